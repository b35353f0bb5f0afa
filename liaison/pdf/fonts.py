"""The fonts a PDF embeds pieces of: Noto Serif SC for words, Vera Bold for telephone figures.

Both are files beside the code (``bin/static_assets.py`` lays the first into ``var/fonts``, reportlab brings
the second), so a print looks the same on every machine and asks nothing of its system.
"""

from functools import lru_cache
from threading import Lock

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from liaison.errors import NotAllowed

SONG, BOLD, FIGURES = "HouseSong", "HouseSongBold", "HouseFigures"
FILES = {SONG: "NotoSerifSC-Regular.ttf", BOLD: "NotoSerifSC-Bold.ttf"}
UNKNOWN = "〓"  # the printer's own mark for a character he has no type for
_reading = Lock()  # the first two prints of a process may come at once


def ready() -> None:
    """Have the fonts read, once a process.

    Raises:
        NotAllowed: their files are not there.
    """
    with _reading:
        _read(str(settings.BASE_DIR / "var" / "fonts"))


@lru_cache(maxsize=1)
def _read(folder):
    try:
        for name, file in FILES.items():
            pdfmetrics.registerFont(TTFont(name, f"{folder}/{file}"))
        pdfmetrics.registerFont(TTFont(FIGURES, "VeraBd.ttf"))
    except TTFError as missing:
        raise NotAllowed(
            "服务器上缺少打印用的字体，请系统管理员运行 make setup；在此之前可选“网页”打印。"
        ) from missing


def missing_from(text: str) -> str:
    """The characters of a text that cannot be printed, each once, in their order."""
    ready()
    held = pdfmetrics.getFont(SONG).face.charToGlyph
    return "".join(dict.fromkeys(c for c in text if ord(c) not in held and not c.isspace()))


def printable(text: str) -> str:
    """The text with 〓 for what cannot be printed: a gap that is seen, not one that is overlooked."""
    lacking = missing_from(text)
    return text.translate({ord(c): UNKNOWN for c in lacking}) if lacking else text
