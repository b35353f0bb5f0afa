"""驻点时间: weekly, day of month, first working Monday; kept, skipped or postponed over holidays."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.models import LiaisonPlan
from cadres.recurrence import PlannedDay, days_of
from cadres.tests.tables import day, rows
from cadres.workcalendar import WorkCalendar

Recurrence, HolidayRule = LiaisonPlan.Recurrence, LiaisonPlan.HolidayRule
RULES = {"照常": HolidayRule.KEEP, "取消": HolidayRule.SKIP, "顺延": HolidayRule.NEXT}
WEEKDAYS = "一二三四五六日"
LONG_AGO = dt.date(2004, 1, 1)


def a_plan(words="每周二", rule="顺延", valid_from=LONG_AGO, valid_to=None):
    """An unsaved plan from the words of the table."""
    rhythm = (
        {"recurrence": Recurrence.WEEKLY, "weekday": WEEKDAYS.index(words[-1])}
        if (words.startswith("每周"))
        else {"recurrence": Recurrence.FIRST_WORKING_WEEKDAY, "weekday": WEEKDAYS.index(words[-1])}
    )
    if words.startswith("每月"):
        rhythm = {"recurrence": Recurrence.MONTHLY_DAY, "month_day": int(words[2:-1])}
    return LiaisonPlan(holiday_rule=RULES[rule], valid_from=valid_from, valid_to=valid_to, **rhythm)


def expected(text):
    """「2026-10-08(2026-10-06)」 as a PlannedDay."""
    on, _, moved_from = text.rstrip(")").partition("(")
    return PlannedDay(day(on), day(moved_from) if moved_from else None)


@pytest.fixture
def calendar(db):
    """The country's calendar."""
    return WorkCalendar.load()


@pytest.mark.parametrize(("words", "rule", "start", "end", "days", "why"), rows("plan_days.csv"))
def test_days_match_the_table(calendar, words, rule, start, end, days, why):
    found = days_of(a_plan(words, rule), day(start), day(end), calendar)
    assert list(found) == [expected(text) for text in days.split()], why
    assert found.stopped == ""


@pytest.mark.parametrize("words", ["每周二", "每月10日"])
def test_a_kept_day_needs_no_calendar(calendar, words):
    found = days_of(a_plan(words, "照常"), dt.date(2027, 1, 1), dt.date(2027, 3, 31), calendar)
    assert len(found) == (13 if words == "每周二" else 3)
    assert found.stopped == ""


@pytest.mark.parametrize(
    ("words", "rule"), [("每周二", "顺延"), ("每周二", "取消"), ("首个工作周一", "照常")]
)
def test_other_days_stop_where_the_calendar_ends_and_say_so(calendar, words, rule):
    found = days_of(a_plan(words, rule), dt.date(2026, 12, 1), dt.date(2027, 2, 28), calendar)
    assert found.days
    assert all(planned.on.year == 2026 for planned in found)
    assert re.match("2027年工作日历未发布", found.stopped)


def test_no_day_outside_the_plans_validity(calendar):
    plan = a_plan(valid_from=dt.date(2026, 9, 30), valid_to=dt.date(2026, 10, 7))
    assert days_of(plan, dt.date(2026, 9, 1), dt.date(2026, 10, 31), calendar).days == ()
    plan.valid_to = dt.date(2026, 10, 8)
    found = days_of(plan, dt.date(2026, 9, 1), dt.date(2026, 10, 31), calendar)
    assert list(found) == [PlannedDay(dt.date(2026, 10, 8), dt.date(2026, 10, 6))]


holidays = st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), max_size=60)


@given(
    off=holidays,
    words=st.sampled_from([f"每周{name}" for name in WEEKDAYS] + ["每月10日", "首个工作周三"]),
    rule=st.sampled_from(sorted(RULES)),
    start=st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
)
def test_whatever_the_holidays_days_are_single_ordered_and_within_range(off, words, rule, start):
    calendar = WorkCalendar({2025, 2026}, dict.fromkeys(off, False))
    end = dt.date(2026, 4, 30)
    found = list(days_of(a_plan(words, rule), start, end, calendar))
    dates = [planned.on for planned in found]
    assert dates == sorted(set(dates))
    assert all(start <= on <= end for on in dates)
    if rule != "照常" or words.startswith("首个"):
        assert all(calendar.is_workday(on) for on in dates)
    assert all(
        planned.on == calendar.next_workday(planned.moved_from)
        for planned in found
        if planned.moved_from
    )


@given(off=holidays, middle=st.dates(dt.date(2026, 1, 5), dt.date(2026, 4, 20)))
def test_two_halves_of_a_range_give_the_days_of_the_whole(off, middle):
    calendar = WorkCalendar({2025, 2026}, dict.fromkeys(off, False))
    first, last = dt.date(2026, 1, 1), dt.date(2026, 4, 30)
    halves = [
        *days_of(a_plan(), first, middle, calendar),
        *days_of(a_plan(), middle + dt.timedelta(days=1), last, calendar),
    ]
    assert [p.on for p in halves] == [p.on for p in days_of(a_plan(), first, last, calendar)]
