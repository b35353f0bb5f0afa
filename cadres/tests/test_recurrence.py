"""驻点时间: weekly, day of month, first working Monday; kept, skipped or postponed over holidays."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.imports.times import read_time
from cadres.models import LiaisonPlan
from cadres.recurrence import PlannedDay, days_of, holidays_met
from cadres.tests.tables import day, rows
from cadres.workcalendar import WorkCalendar

Recurrence, HolidayRule = LiaisonPlan.Recurrence, LiaisonPlan.HolidayRule
RULES = {
    "照常": HolidayRule.KEEP,
    "取消": HolidayRule.SKIP,
    "顺延": HolidayRule.NEXT,
    "补驻": HolidayRule.MAKE_UP,
}
WEEKDAYS = "一二三四五六日"
LONG_AGO = dt.date(2004, 1, 1)


def a_plan(words="每周二", rule="顺延", valid_from=LONG_AGO, valid_to=None):
    """An unsaved plan from the words of the table."""
    facts = read_time(words).rhythm.as_fields() | {"holiday_rule": RULES[rule[:2]]}
    if rule.startswith("补驻"):
        facts["make_up_weekday"] = WEEKDAYS.index(rule[-1])
    return LiaisonPlan(valid_from=valid_from, valid_to=valid_to, **facts)


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


@pytest.mark.parametrize(
    ("words", "rule", "to"),
    [
        ("每周二", "顺延", "2026-02-24 2026-05-06 2026-10-08"),
        ("每周二", "照常", "2026-02-17 2026-05-05 2026-10-06"),
        ("每周二", "取消", "- - -"),
        ("每周二", "补驻周六", "2026-02-28 2026-05-09 2026-10-10"),
    ],
)
def test_what_becomes_of_each_day_a_holiday_meets(calendar, words, rule, to):
    year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    found = holidays_met(a_plan(words, rule), *year, calendar)
    assert [day.isoformat() for day, _ in found] == ["2026-02-17", "2026-05-05", "2026-10-06"]
    assert " ".join(goes.isoformat() if goes else "-" for _, goes in found) == to


def test_working_days_meet_no_holiday_and_an_unknown_year_ends_the_search(calendar):
    year = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
    assert holidays_met(a_plan("每月第一个工作日"), *year, calendar) == []
    assert len(holidays_met(a_plan(), *year, calendar)) == 3
    ended = a_plan(valid_to=dt.date(2026, 10, 7))
    assert holidays_met(ended, *year, calendar)[-1] == (dt.date(2026, 10, 6), None)


@pytest.mark.parametrize("words", ["每周二", "每月10日"])
def test_a_kept_day_needs_no_calendar(calendar, words):
    found = days_of(a_plan(words, "照常"), dt.date(2027, 1, 1), dt.date(2027, 3, 31), calendar)
    assert len(found) == (13 if words == "每周二" else 3)
    assert found.stopped == ""


@pytest.mark.parametrize(
    ("words", "rule"),
    [("每周二", "顺延"), ("每周二", "取消"), ("每月第一个为工作日的周一", "照常")],
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
    words=st.sampled_from(
        [f"每周{name}" for name in WEEKDAYS] + ["每月10日", "每月第一个为工作日的周三"]
    ),
    rule=st.sampled_from(["照常", "取消", "顺延", "补驻周六"]),
    start=st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
)
def test_whatever_the_holidays_days_are_single_ordered_and_within_range(off, words, rule, start):
    calendar = WorkCalendar({2025, 2026}, dict.fromkeys(off, False))
    end = dt.date(2026, 4, 30)
    found = list(days_of(a_plan(words, rule), start, end, calendar))
    dates = [planned.on for planned in found]
    assert dates == sorted(set(dates))
    assert all(start <= on <= end for on in dates)
    moved = [planned for planned in found if planned.moved_from]
    if rule in ("取消", "顺延") or words.startswith("每月第一个"):
        assert all(calendar.is_workday(on) for on in dates)
    if rule == "顺延":
        assert all(each.on == calendar.next_workday(each.moved_from) for each in moved)
    if rule.startswith("补驻"):
        assert all(each.on.weekday() == 5 and not calendar.is_holiday(each.on) for each in moved)


@given(off=holidays, middle=st.dates(dt.date(2026, 1, 5), dt.date(2026, 4, 20)))
def test_two_halves_of_a_range_give_the_days_of_the_whole(off, middle):
    calendar = WorkCalendar({2025, 2026}, dict.fromkeys(off, False))
    first, last = dt.date(2026, 1, 1), dt.date(2026, 4, 30)
    halves = [
        *days_of(a_plan(), first, middle, calendar),
        *days_of(a_plan(), middle + dt.timedelta(days=1), last, calendar),
    ]
    assert [p.on for p in halves] == [p.on for p in days_of(a_plan(), first, last, calendar)]


# --- Rotas ----------------------------------------------------------------------------------


def a_rota(*turns, valid_from=dt.date(2026, 9, 28)):
    """A rota whose turns are (turn, who, weekday or None)."""
    plan = LiaisonPlan(recurrence=Recurrence.ROTA, valid_from=valid_from)
    plan.proposed_turns = turns
    return plan


def whose_days(plan, calendar, start, end):
    """[(day, turn)] of a range."""
    return [(each.on.isoformat()[5:], each.turn) for each in days_of(plan, start, end, calendar)]


def test_leaders_take_working_days_in_turn_and_the_heads_their_own_monday(calendar):
    """莱州: 每周一为党政主要负责人接待日, the others by rota; a holiday passes nobody over."""
    plan = a_rota(
        (1, "书记", 0), (1, "镇长", 0), (2, "副书记", None), (3, "副镇长", None), (4, "委员", None)
    )
    assert whose_days(plan, calendar, dt.date(2026, 9, 28), dt.date(2026, 10, 13)) == [
        ("09-28", 1), ("09-29", 2), ("09-30", 3),  # Monday to Wednesday, then 国庆
        ("10-08", 4), ("10-09", 2), ("10-10", 3),  # Thursday, Friday, the Saturday worked instead
        ("10-12", 1), ("10-13", 4),
    ]  # fmt: skip


def test_a_rota_reads_the_same_from_any_day(calendar):
    plan = a_rota((1, "甲", None), (2, "乙", None), (3, "丙", None))
    whole = whose_days(plan, calendar, dt.date(2026, 9, 28), dt.date(2026, 11, 30))
    late = whose_days(plan, calendar, dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert late == [each for each in whole if each[0] >= "11-01"]


def test_a_rota_of_an_empty_team_has_no_days(calendar, li):
    plan = a_rota()
    plan.team = li.team
    week = dt.date(2026, 11, 23), dt.date(2026, 11, 27)
    assert [turn for _, turn in whose_days(plan, calendar, *week)] == [1] * 5
    li.team.seats.all().delete()
    assert not whose_days(plan, calendar, *week)
