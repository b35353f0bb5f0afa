"""Periods: months that begin on the 19th are months too."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest

from reports import periods
from reports.models import ReportPolicy

D = dt.date


@pytest.mark.parametrize(
    ("text", "first_day", "start", "end", "year_start"),
    [
        ("2026-10", 1, D(2026, 10, 1), D(2026, 10, 31), D(2026, 1, 1)),
        ("2028-02", 1, D(2028, 2, 1), D(2028, 2, 29), D(2028, 1, 1)),
        ("2026-10", 19, D(2026, 9, 19), D(2026, 10, 18), D(2025, 12, 19)),
        ("2026-01", 19, D(2025, 12, 19), D(2026, 1, 18), D(2025, 12, 19)),
        ("2026Q3", 1, D(2026, 7, 1), D(2026, 9, 30), D(2026, 1, 1)),
        ("2026Q1", 19, D(2025, 12, 19), D(2026, 3, 18), D(2025, 12, 19)),
        ("2026", 1, D(2026, 1, 1), D(2026, 12, 31), D(2026, 1, 1)),
        ("2026", 19, D(2025, 12, 19), D(2026, 12, 18), D(2025, 12, 19)),
        ("2026-10-05..2026-10-15", 1, D(2026, 10, 5), D(2026, 10, 15), D(2026, 1, 1)),
        ("2025-11-01..2026-02-03", 1, D(2025, 11, 1), D(2026, 2, 3), D(2025, 11, 1)),
        ("2026-12-20..2026-12-31", 19, D(2026, 12, 20), D(2026, 12, 31), D(2026, 12, 19)),
        ("2099-12", 19, D(2099, 11, 19), D(2099, 12, 18), D(2098, 12, 19)),
    ],
)
def test_a_period_is_read_as_it_is_written(text, first_day, start, end, year_start):
    """Month, quarter, year, two days; 累计 begins with the year the period ends in."""
    period = periods.parse(text, first_day)
    assert (period.start, period.end, period.year_start) == (start, end, year_start)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-00",
        "1999-01",
        "2100",
        "2026Q5",
        "10月",
        "2026-10-32..2026-11-01",
        "2026-10-15..2026-10-01",
        "2026-10-01..9999-12-31",
        "9" * 40,
        "2026-1०",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text):
    """It says how to write one, or what is wrong with the two days."""
    with pytest.raises(periods.NotAPeriod, match="请"):
        periods.parse(text)


@pytest.mark.parametrize(
    ("day", "first_day", "key"),
    [
        (D(2026, 10, 18), 19, "2026-10"),
        (D(2026, 10, 19), 19, "2026-11"),
        (D(2026, 12, 19), 19, "2027-01"),
        (D(2026, 12, 31), 1, "2026-12"),
    ],
)
def test_a_day_lies_in_one_reporting_month(day, first_day, key):
    """And that month's bounds hold it."""
    month = periods.month_of(day, first_day)
    assert month.key == key
    assert month.start <= day <= month.end


def test_months_follow_one_another_without_gap():
    """Twelve months up to the period's last, each beginning the day after the one before."""
    months = periods.months_until(periods.parse("2026Q1", 19), 12, 19)
    assert [months[0].key, months[-1].key, len(months)] == ["2025-04", "2026-03", 12]
    neighbours = itertools.pairwise(months)
    assert all(one.end + dt.timedelta(days=1) == two.start for one, two in neighbours)


def test_a_changed_definition_moves_no_past_figure(qingshan, elsewhere):
    """The row in force in the period counts; the township's own goes before the county's."""
    rows = ReportPolicy.objects
    county = rows.create(since=D(2026, 1, 1), weight_basically=Decimal(1))
    own = rows.create(township=qingshan, since=D(2026, 7, 1), month_first_day=19)

    def in_force(day, *townships):
        return rows.in_force(day, [township.pk for township in townships])

    assert in_force(D(2026, 6, 30), qingshan) == county
    assert in_force(D(2026, 7, 1), qingshan) == own
    assert in_force(D(2026, 7, 1), elsewhere) == county
    assert in_force(D(2026, 7, 1), qingshan, elsewhere) == county
    usual = in_force(D(2025, 12, 31), qingshan)
    assert (usual.pk, usual.month_first_day, usual.weight_basically) == (None, 1, Decimal("0.9"))
    assert own.in_words() == "统计月自上月19日起，基本满意按0.9计"
