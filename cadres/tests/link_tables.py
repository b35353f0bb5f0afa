"""A table of 包户联系 for 石桥村's four households, and how it is read and taken in."""

import datetime as dt

import pytest

from liaison.imports.trace import NoTrace
from villages.models import Household

from .import_files import staged, workbook

HEADS = ("村", "组", "户编号", "户主", "包户干部", "村民代表", "代表电话", "起始日期")
TODAY = dt.date(2026, 11, 21)
PHONE = "15400000001"


@pytest.fixture
def homes(shiqiao, heping, li):
    """石桥村: 001 周大山, 002 户主2, 003 户主3 of group 1, 004 周大山 of group 2."""
    first = shiqiao.households.get()
    second = shiqiao.groups.create(name="第2组", number=2)
    more = [
        Household.objects.create(
            township=shiqiao.township,
            village=shiqiao,
            group=second if n == 4 else first.group,
            number=f"00{n}",
            head_name="周大山" if n == 4 else f"户主{n}",
        )
        for n in (2, 3, 4)
    ]
    return [first, *more]


def line(**said):
    """One row under HEADS."""
    said = {"村": "石桥村"} | said
    return [said.get(head, "") for head in HEADS]


def table(*lines, heads=HEADS):
    return workbook(("包户联系", [heads, *lines]))


def read(township, *lines, **more):
    return staged("links", table(*lines), township, **more)


def take(stage, by=None, trace=None):
    from django.db import transaction

    stage.prepare(lambda *said: None)
    with transaction.atomic():
        stage.write(by=by, file_name="包户.xlsx", trace=trace or NoTrace())


GOOD = (
    line(户编号="001", 户主="周大山", 包户干部="李明", 村民代表="何秀英"),
    line(组="1组", 户主="户主2", 包户干部="李明", 村民代表="何秀英"),
    line(组="二组", 户主="周大山", 村民代表="马春"),
)
