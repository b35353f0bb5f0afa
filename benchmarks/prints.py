"""便民服务卡 of 22 villages in one print: the PDF, beside reading the fonts, which a process does once; then 走访单
of a whole township through the server (sheets.py)."""

import io
import os
from time import perf_counter

import django

from . import sheets

VILLAGES, PEOPLE = 22, 5  # 营仔 has 22 teams


def main() -> None:
    """Draw both sizes and print seconds, pages and KiB; no database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")
    django.setup()
    from cadres.cards.pdf import draw_cards
    from liaison.pdf import fonts

    start = perf_counter()
    fonts.ready()
    print(f"{'reading the fonts':<34}{perf_counter() - start:>8.2f} s")
    for size, backs in (("a7", True), ("a5", False)):
        start = perf_counter()
        pdf = draw_cards(list(_cards()), size=size, backs=backs, title="便民服务卡")
        seconds = perf_counter() - start
        words = f"{VILLAGES} villages, {size}, {pages_of(pdf)} pages"
        print(f"{words:<34}{seconds:>8.2f} s{len(pdf) / 1024:>8.0f} KiB")
    sheets.main()


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def _cards():
    from cadres.cards.content import Card, Person
    from cadres.models import CardText
    from villages.models import Township, Village

    township = Township(name="青山镇")
    text = CardText(township=township, office_phone="15455999999")
    for number in range(VILLAGES):
        village = Village(township=township, name=f"第{number + 1}村")
        people = [
            Person(
                "member", "成员", f"成员{each}", f"驻村干部{each}", f"15455{number:03d}{each:03d}"
            )
            for each in range(PEOPLE)
        ]
        yield Card(village, text, people)
