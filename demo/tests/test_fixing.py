"""A practice put on plans that stand: what says the same stays, what differs gives way, whatever day it begins."""

import datetime as dt

import pytest

from cadres.models import LiaisonPlan, RotaTurn
from demo.tests.test_schemes import loaded
from liaison import clock
from visits.models import LiaisonSession
from visits.planning import plan_sessions

TODAY = dt.date(2026, 11, 21)
FIRST = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def yingzais(plan):
    """The team's plan as 营仔 has it, from January on without an end."""
    change(
        plan, starts_at=dt.time(9), ends_at=dt.time(17, 30), notice_days=2, valid_to=None,
        holiday_rule="next",
    )  # fmt: skip
    plan_sessions(today=dt.date(2026, 10, 31))
    return plan


def change(plan, **facts):
    LiaisonPlan.objects.filter(pk=plan.pk).update(**facts)
    plan.refresh_from_db()


def another(plan, **facts):
    """One more plan of the team in the village: Fridays."""
    same = ("team", "village", "place", "starts_at", "ends_at")
    usual = {name: getattr(plan, name) for name in same} | {"weekdays": [4]}
    return LiaisonPlan.objects.create(**(usual | facts))


def stored():
    """Every plan and day, as they stand."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (LiaisonPlan, RotaTurn, LiaisonSession)
    ]


def in_force():
    """(words, from, to) of every plan, in order."""
    plans = LiaisonPlan.objects.order_by("valid_from", "pk")
    return [(plan.in_words(), plan.valid_from, plan.valid_to) for plan in plans]


def test_luyang_tells_the_public_two_days_ahead_and_says_so_once(li, wang, heping, shiqiao):
    loaded("luyang")
    assert [plan.notice_days for plan in LiaisonPlan.objects.all()] == [2, 2]
    before = stored()
    assert "没有改动" in loaded("luyang")
    assert stored() == before


def test_what_says_the_same_stays(yingzais):
    before = stored()
    assert "驻点安排" not in loaded("yingzai", since="2026-11-01")
    assert stored() == before


@pytest.mark.parametrize(
    ("name", "differs"),
    [("holiday_rule", "skip"), ("ends_at", dt.time(11, 30)), ("starts_at", dt.time(8)), ("notice_days", None)],
)  # fmt: skip
def test_another_detail_is_put_right_without_doubling_the_days_already_held(
    yingzais, name, differs
):
    wanted = getattr(yingzais, name)
    held = LiaisonSession.objects.filter(on__lte=TODAY)
    held.update(status="held")
    was = list(held.values())
    assert [row["on"].day for row in was] == [3, 10, 17]
    change(yingzais, **{name: differs})
    assert "修改驻点安排 1 条" in loaded("yingzai", since="2026-11-01")
    yingzais.refresh_from_db()
    assert (getattr(yingzais, name), yingzais.valid_from) == (wanted, dt.date(2026, 1, 1))
    assert LiaisonPlan.objects.count() == 1
    assert list(held.values()) == was
    assert "没有改动" in loaded("yingzai", since="2026-11-01")


def test_from_a_day_to_come_the_old_hours_end_on_its_eve(yingzais):
    change(yingzais, ends_at=dt.time(11, 30))
    said = loaded("yingzai", since="2026-12-01")
    assert "新增驻点安排 1 条，结束原有安排 1 条" in said
    assert in_force() == [
        ("每周二 09:00–11:30", dt.date(2026, 1, 1), dt.date(2026, 11, 30)),
        ("每周二 09:00–17:30", dt.date(2026, 12, 1), None),
    ]
    before = stored()
    assert "没有改动" in loaded("yingzai", since="2026-12-01")
    assert stored() == before


def test_a_plan_that_begins_that_very_day_becomes_the_practice_s(yingzais):
    change(yingzais, valid_from=FIRST)
    said = loaded("luyang", since="2026-11-01")
    assert "修改驻点安排 1 条" in said and "新增驻点安排" not in said
    assert in_force() == [("每月10日 14:30–17:00", FIRST, None)]
    december = LiaisonSession.objects.filter(on__month=12, on__year=2026)
    assert [day.on.day for day in december] == [10]
    assert "没有改动" in loaded("luyang", since="2026-11-01")


@pytest.mark.parametrize("alike", [True, False])
def test_a_plan_that_begins_later_begins_then_and_does_not_stand_beside_it(yingzais, alike):
    facts = {} if alike else {"weekdays": [4]}
    change(yingzais, valid_from=dt.date(2027, 1, 1), **facts)
    LiaisonSession.objects.all().delete()
    loaded("yingzai", since="2026-11-01")
    assert in_force() == [("每周二 09:00–17:30", FIRST, None)]
    before = stored()
    assert "没有改动" in loaded("yingzai", since="2026-11-01")
    assert stored() == before


def test_next_year_s_plan_keeps_its_year(yingzais):
    change(yingzais, valid_to=dt.date(2026, 12, 31))
    another(yingzais, valid_from=dt.date(2027, 1, 1), valid_to=dt.date(2027, 12, 31))
    loaded("yingzai", since="2026-11-01")
    assert in_force() == [
        ("每周二 09:00–17:30", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("每周二 09:00–17:30", dt.date(2027, 1, 1), dt.date(2027, 12, 31)),
    ]


def test_a_second_sitting_that_has_begun_ends_today_and_one_to_come_is_withdrawn(yingzais):
    begun = another(yingzais, valid_from=dt.date(2026, 11, 2))
    coming = another(yingzais, valid_from=dt.date(2026, 12, 4), weekdays=[3])
    plan_sessions(today=dt.date(2026, 11, 2))
    assert "结束原有安排 2 条" in loaded("yingzai", since="2026-11-01")
    begun.refresh_from_db()
    assert begun.valid_to == TODAY
    assert [day.on.day for day in begun.sessions.order_by("on")] == [6, 13, 20]
    assert not LiaisonPlan.objects.filter(pk=coming.pk).exists()
    before = stored()
    assert "没有改动" in loaded("yingzai", since="2026-11-01")
    assert stored() == before


def test_one_to_come_that_was_told_of_stays_and_the_clerk_is_told(yingzais):
    coming = another(yingzais, valid_from=dt.date(2026, 12, 4))
    plan_sessions(today=TODAY)
    LiaisonSession.objects.filter(plan=coming, on="2026-12-04").update(reason="改在文化室")
    assert "另有 1 条以后才开始的安排已经通知过" in loaded("yingzai", since="2026-11-01")
    coming.refresh_from_db()
    assert coming.valid_to is None
    assert coming.sessions.filter(reason="改在文化室").exists()


def test_a_rota_keeps_the_turns_the_office_has_set(li, wang, zhou):
    loaded("laizhou", since="2026-11-01")
    plan = LiaisonPlan.objects.get()
    plan.turns.filter(post=wang.post).delete()
    change(plan, ends_at=dt.time(12))
    assert "修改驻点安排 1 条" in loaded("laizhou", since="2026-11-01")
    assert [post.title for _, post, _ in plan.rota_turns()] == ["党委书记", "党委委员"]
