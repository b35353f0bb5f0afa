"""The evening before a liaison day, and what the 走访单 printed then says."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from liaison import clock
from visits.models import SheetLine, Visit

Kind = SheetLine.Kind


@pytest.fixture
def evening_before(time_machine):
    """Monday 18:00 in Shanghai: the sheets are printed."""
    time_machine.move_to(dt.datetime(2026, 11, 16, 10, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def reached(shiqiao, li):
    """``reached("003", date)``: somebody knocked there."""

    def visit(number, on, mode="home"):
        home = shiqiao.households.get(number=number)
        return Visit.objects.create(
            township=shiqiao.township, village=shiqiao, household=home, mode=mode, occurred_on=on,
            entered_at=clock.now(), entered_by=li,
        )  # fmt: skip

    return visit


def words_of(pdf) -> list[str]:
    """Each page's text, without blanks."""
    reader = PdfReader(io.BytesIO(pdf))
    return ["".join(page.extract_text().split()) for page in reader.pages]
