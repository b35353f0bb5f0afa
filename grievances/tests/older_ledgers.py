"""Older ledgers for tests: 营仔镇 with its real villages, the sample workbook, small tables made on the spot."""

import datetime as dt
from io import BytesIO
from pathlib import Path

from django.db import transaction
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from liaison.imports.kinds import KINDS, Place
from liaison.imports.trace import NoTrace
from liaison.reading.excel_read import read_book
from villages.models import Township, Village

SAMPLE = Path(__file__).parent / "files" / "c-民情台帐-营仔镇.xlsx"
ON = dt.date(2026, 11, 20)
CODE = "440881109"
# The 22 villages of 营仔镇, in the order of the division list: 001, 201 to 221
NAMES = (
    "营圩居委会 下洋村委会 凌禄村委会 竹墩村委会 营仔村委会 白沙村委会 大同村委会 多浪坡村委会 新村村委会"
    " 大榄田村委会 鱼龙埠村委会 圩仔村委会 包墩村委会 仰塘村委会 垌口村委会 福山村委会"
    " 大山村委会 北堤村委会 云峡村委会 犁头沙村委会 新围仔村委会 草港村委会"
)


def yingzai() -> Township:
    """营仔镇 as the division list has it."""
    township = Township.objects.create(
        code=f"{CODE}000", name="营仔镇", county_code="440881000000", county_name="廉江市",
        province_and_city="广东省湛江市", ledger_prefix="109",
    )  # fmt: skip
    numbers = ["001", *map(str, range(201, 222))]
    Village.objects.bulk_create(
        Village(township=township, code=f"{CODE}{number}", name=name)
        for number, name in zip(numbers, NAMES.split(), strict=True)
    )
    return township


def workbook(*rows, name="台账", date_1904=False) -> bytes:
    """The bytes of a sheet with these rows."""
    book = Workbook()
    book.active.title = name
    if date_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def staged(data, township, village=None, *, within=None, on=ON):
    """A file compared with what is stored."""
    place = Place(township=township, village=village, within=within, on=on)
    return KINDS["ledger"].stage(read_book(data), place)


def take(data, township, village=None, *, by=None, trace=None, name="台账.xlsx"):
    """Store a file as a command would; returns what was staged."""
    ledger = staged(data, township, village)
    ledger.prepare(lambda *args: None)
    with transaction.atomic():
        ledger.write(by=by, file_name=name, trace=trace or NoTrace())
    return ledger


def problems(ledger):
    """{(row, code)} of refusals and warnings."""
    return {(each.row, each.code) for each in [*ledger.refused, *ledger.warnings]}
