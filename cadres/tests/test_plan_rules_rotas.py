"""轮值 and a fixed day elsewhere: who is on turn that day is warned of, who is not is left in peace."""

import datetime as dt

import pytest

from cadres import plan_rules
from cadres.models import LiaisonPlan, RotaTurn, Seat
from conftest import appoint
from liaison import clock

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def gao(wang, qingshan):
    """高 sits in 和平村's team beside 王."""
    gao = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    Seat.objects.create(team=wang.team, post=gao.post, order=1)
    return gao


@pytest.fixture
def rota(wang, heping, li, gao):
    """和平村: each working morning in turn, saved; 李 takes turns there too, and sits in 石桥村 on Tuesdays."""
    Seat.objects.create(team=wang.team, post=li.post, order=2)
    return LiaisonPlan.objects.create(
        team=wang.team, village=heping, place="和平村委会", recurrence="rota",
        starts_at=dt.time(9), ends_at=dt.time(11, 30), valid_from=dt.date(2026, 11, 23),
        valid_to=dt.date(2026, 12, 31),
    )  # fmt: skip


def turns(plan, **weekdays):
    """Everybody of the rota on a weekday of his own, by name."""
    for turn, (post, weekday) in enumerate(weekdays.values(), start=1):
        RotaTurn.objects.create(plan=plan, post=post, turn=turn, weekday=weekday)


def said(*plans):
    return plan_rules.warnings(list(plans), today=TODAY)


def test_who_is_on_turn_elsewhere_is_warned_of_by_his_first_such_day(plan, rota, li, wang, gao):
    turns(rota, li=(li.post, 1), wang=(wang.post, 2), gao=(gao.post, 3))
    sentence = "李明在2026-11-24要同时到和平村、石桥村，请错开时间或换人。"
    assert said(rota) == [sentence]
    assert said(plan) == [sentence]  # whichever of the two is being saved


def test_who_is_not_on_turn_that_day_is_not(plan, rota, li, wang, gao):
    turns(rota, li=(li.post, 2), wang=(wang.post, 1), gao=(gao.post, 3))
    assert said(rota) == said(plan) == []


def test_turns_that_go_round_are_asked_day_by_day(plan, rota, li):
    # 王, 高, 李 from Monday 23 November: 李's are every third working day, the twelfth the first Tuesday of them
    [sentence] = said(rota)
    assert "李明在2026-12-08" in sentence


def test_other_hours_are_no_clash(plan, rota, li):
    turns(rota, li=(li.post, 1))
    rota.starts_at, rota.ends_at = dt.time(14), dt.time(17)
    assert said(rota) == []


def test_who_does_not_rotate_is_there_every_day(plan, rota, li, wang):
    turns(rota, wang=(wang.post, 1))
    Seat.objects.filter(team=rota.team, post=li.post).update(kind=Seat.Kind.ASSISTANT)
    [sentence] = said(rota)
    assert "李明在2026-11-24" in sentence
    Seat.objects.filter(team=rota.team, post=li.post).update(kind=Seat.Kind.AUXILIARY)
    assert said(rota) == []


def test_an_order_that_is_only_proposed_counts(plan, rota, li, wang, gao):
    turns(rota, li=(li.post, 2), wang=(wang.post, 1))
    rota.proposed_turns = [(1, li.post, 1), (2, wang.post, None)]
    [sentence] = said(rota)
    assert "李明在2026-11-24" in sentence


def test_two_rotas_clash_only_on_a_day_that_is_somebody_s_in_both(plan, rota, li, wang):
    plan.recurrence, plan.weekdays, plan.valid_to = "rota", [], dt.date(2026, 12, 31)
    plan.save()
    Seat.objects.create(team=plan.team, post=wang.post, order=1)
    turns(plan, li=(li.post, 0), wang=(wang.post, 3))
    turns(rota, li=(li.post, 1), wang=(wang.post, 2))
    assert said(plan, rota) == []
    rota.proposed_turns = [(1, li.post, 1), (2, wang.post, 3)]
    [sentence] = said(plan, rota)
    assert sentence.startswith("王强在2026-11-26")
