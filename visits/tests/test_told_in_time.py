"""A plan that makes up for holidays by itself never names a day that villagers could not be told of in time."""

import datetime as dt

import pytest

from cadres.actions import calendar as calendar_actions
from cadres.actions.plans import make_plan
from cadres.models import CalendarDay, CalendarYear, LiaisonPlan
from visits.models import LiaisonSession, SessionPolicy
from visits.planning import plan_sessions, replan_all

MONDAY = dt.date(2026, 11, 23)
HOLIDAY = dt.date(2026, 11, 24)  # a Tuesday of the plan
DECEMBER = dt.date(2026, 12, 1)
WEDNESDAY, THURSDAY, FRIDAY = 2, 3, 4


@pytest.fixture
def making_up(plan):
    """``making_up(weekday)``: every Tuesday; one that meets a holiday is made up for on that weekday."""

    def by(weekday, **facts):
        usual = {"holiday_rule": LiaisonPlan.HolidayRule.MAKE_UP, "make_up_weekday": weekday}
        facts = usual | facts
        LiaisonPlan.objects.filter(pk=plan.pk).update(**facts)
        plan.refresh_from_db()
        return plan

    return by


@pytest.fixture
def fair(zhao, qingshan):
    """``fair(today)``: the clerk makes the Tuesday a local holiday, on that day."""

    def on(today=MONDAY, holiday=HOLIDAY):
        calendar_actions.set_local_day(
            township=qingshan, by=zhao, today=today, on=holiday, kind="holiday", name="庙会"
        )

    return on


def made_up(plan, missed=HOLIDAY):
    """The days planned for the missed one."""
    return list(plan.sessions.filter(moved_from=missed).values_list("on", flat=True))


@pytest.mark.parametrize(
    ("weekday", "on"),
    [
        (WEDNESDAY, dt.date(2026, 12, 2)),  # two days from Monday: a week on
        (THURSDAY, dt.date(2026, 11, 26)),  # three: in time
        (FRIDAY, dt.date(2026, 11, 27)),
    ],
)
def test_a_day_nearer_than_three_days_is_a_week_on(making_up, fair, weekday, on):
    plan = making_up(weekday)
    plan_sessions(today=dt.date(2026, 11, 18))
    fair()
    assert made_up(plan) == [on]
    assert not plan.sessions.filter(on=HOLIDAY).exists()


def test_days_made_for_the_first_time_keep_the_notice_too(making_up, qingshan):
    plan = making_up(WEDNESDAY)
    CalendarDay.objects.create(on=HOLIDAY, kind="holiday", name="庙会", township=qingshan)
    plan_sessions(today=MONDAY)
    assert made_up(plan) == [dt.date(2026, 12, 2)]
    assert plan.sessions.filter(on=DECEMBER).exists()  # the week's own Tuesday beside it


def test_the_township_s_own_notice_counts(making_up, fair, qingshan):
    SessionPolicy.objects.create(township=qingshan, since=dt.date(2026, 1, 1), make_up_notice=7)
    plan = making_up(FRIDAY)
    fair()
    assert made_up(plan) == [dt.date(2026, 12, 4)]


def test_a_day_announced_in_time_stays_when_it_comes_near(making_up, fair, zhao):
    plan = making_up(FRIDAY)
    fair()
    for today in (dt.date(2026, 11, 25), dt.date(2026, 11, 26)):
        plan_sessions(today=today)
        replan_all([plan], by=zhao, today=today, since=today)
        assert made_up(plan) == [dt.date(2026, 11, 27)]


def test_a_day_put_off_stays_where_it_was_put(making_up, fair, zhao):
    plan = making_up(WEDNESDAY)
    fair()
    for today in (MONDAY, dt.date(2026, 11, 25), dt.date(2026, 12, 1)):
        plan_sessions(today=today)
        replan_all([plan], by=zhao, today=today, since=min(today, dt.date(2026, 11, 24)))
        assert made_up(plan) == [dt.date(2026, 12, 2)]


def test_it_stays_when_the_plan_names_no_other_day(making_up, fair, zhao):
    plan = making_up(WEDNESDAY, recurrence="days", weekdays=[], days=["2026-11-24"])
    fair()
    thursday = dt.date(2026, 11, 26)
    replan_all([plan], by=zhao, today=thursday, since=thursday)
    assert made_up(plan) == [dt.date(2026, 12, 2)]


def test_it_goes_with_a_team_that_is_put_out_of_use(making_up, fair):
    plan = making_up(WEDNESDAY)
    fair()
    plan.team.is_active = False
    plan.team.save()
    plan_sessions(today=dt.date(2026, 11, 26))
    assert made_up(plan) == []


def test_neither_a_holiday_nor_another_day_of_the_plan_is_taken(making_up, fair, qingshan):
    plan = making_up(WEDNESDAY)
    fair()
    CalendarDay.objects.create(
        on=dt.date(2026, 12, 9), kind="holiday", name="本地放假", township=qingshan
    )
    fair(dt.date(2026, 11, 30), DECEMBER)  # its Wednesday is the one the first was put off to
    assert made_up(plan) == [dt.date(2026, 12, 2)]
    assert made_up(plan, DECEMBER) == [dt.date(2026, 12, 16)]


def test_nothing_is_planned_beyond_the_plan_s_end(making_up, fair):
    plan = making_up(WEDNESDAY, valid_to=dt.date(2026, 12, 1))
    fair()
    assert made_up(plan) == []
    assert not plan.sessions.filter(on=dt.date(2026, 11, 25)).exists()


def test_a_year_nobody_has_published_is_not_guessed(making_up, fair):
    CalendarYear.objects.filter(year=2027).delete()
    plan = making_up(WEDNESDAY, valid_to=None)
    fair(dt.date(2026, 12, 28), dt.date(2026, 12, 29))
    assert made_up(plan, dt.date(2026, 12, 29)) == []


def test_a_plan_entered_late_keeps_its_past_days(zhao, li, shiqiao, qingshan):
    CalendarDay.objects.create(on=HOLIDAY, kind="holiday", name="庙会", township=qingshan)
    plan = make_plan(
        by=zhao, today=dt.date(2026, 11, 28), team=li.team, village=shiqiao, place="",
        recurrence="weekly", weekdays=[1], starts_at=dt.time(9), ends_at=dt.time(11, 30),
        holiday_rule="make_up", make_up_weekday=WEDNESDAY, valid_from=dt.date(2026, 11, 1),
    )  # fmt: skip
    assert made_up(plan) == [dt.date(2026, 11, 25)]


def test_postponing_needs_no_notice(making_up, fair):
    plan = making_up(WEDNESDAY, holiday_rule=LiaisonPlan.HolidayRule.NEXT)
    fair()
    assert made_up(plan) == [dt.date(2026, 11, 25)]
    assert LiaisonSession.objects.filter(on=dt.date(2026, 11, 25)).count() == 1
