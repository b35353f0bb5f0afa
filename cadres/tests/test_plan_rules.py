"""Before plans are saved the office is told what to look at: advice, asked for once, never a refusal."""

import datetime as dt

import pytest

from cadres import plan_rules
from cadres.models import LiaisonPlan, LiaisonTeam, Seat
from liaison import clock

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def wangs_plan(wang, heping):
    """和平村: every Tuesday 9:00-11:30, not saved; its team is as it should be."""
    return LiaisonPlan(
        team=wang.team, village=heping, place="和平村委会", weekdays=[1],
        starts_at=dt.time(9), ends_at=dt.time(11, 30), valid_from=TODAY,
    )  # fmt: skip


def test_a_team_that_is_whole_is_not_remarked_upon(plan, wangs_plan):
    assert plan_rules.warnings([wangs_plan], today=TODAY) == []


def test_somebody_in_two_places_at_once(plan, wangs_plan, li):
    Seat.objects.create(team=wangs_plan.team, post=li.post)
    sentence = "李明在2026-11-24要同时到和平村、石桥村，请错开时间或换人。"
    assert plan_rules.warnings([wangs_plan], today=TODAY) == [sentence]
    wangs_plan.starts_at, wangs_plan.ends_at = dt.time(14), dt.time(17)
    assert plan_rules.warnings([wangs_plan], today=TODAY) == []


def test_who_only_helps_out_is_fixed_to_no_place(plan, wangs_plan, li):
    Seat.objects.create(team=wangs_plan.team, post=li.post, kind=Seat.Kind.AUXILIARY)
    assert plan_rules.warnings([wangs_plan], today=TODAY) == []


def test_a_plan_that_is_changed_does_not_clash_with_what_it_was(plan):
    assert plan_rules.warnings([plan], today=TODAY) == []


def test_plans_entered_together_are_held_against_each_other(plan, wangs_plan, li):
    Seat.objects.create(team=wangs_plan.team, post=li.post)
    plan.weekdays = [3]
    assert plan_rules.warnings([plan, wangs_plan], today=TODAY) == []
    wangs_plan.weekdays = [3]
    [sentence] = plan_rules.warnings([plan, wangs_plan], today=TODAY)
    assert "2026-11-26" in sentence


def test_no_lead_and_a_village_with_two_teams(wangs_plan, heping, qingshan):
    other = LiaisonTeam.objects.create(township=qingshan, name="机动组")
    other.villages.add(heping)
    wangs_plan.team.seats.update(kind=Seat.Kind.MEMBER)
    said = "\n".join(plan_rules.warnings([wangs_plan], today=TODAY))
    assert "团队还没有责任人" in said
    assert "和平村已由“机动组”联系" in said


def test_the_page_shows_the_advice_once_and_saves_on_the_second_press(
    signed_in, zhao, plan, wangs_plan, li
):
    Seat.objects.create(team=wangs_plan.team, post=li.post)
    client = signed_in(zhao)
    filled = {
        "team": wangs_plan.team_id, "village": wangs_plan.village_id, "rhythm": "每周二",
        "starts_at": "09:00", "ends_at": "11:30", "holiday_rule": "next", "valid_from": "2026-11-21",
        "form_key": "2a3f5c4e-0000-4000-8000-000000000002",
    }  # fmt: skip
    first = client.post("/plans/new/", filled)
    assert first.status_code == 422
    assert "李明在2026-11-24要同时到" in first.content.decode()
    assert LiaisonPlan.objects.count() == 1
    seen = first.context["form"].data["seen"]
    assert client.post("/plans/new/", filled | {"seen": seen}).status_code == 302
    assert LiaisonPlan.objects.count() == 2
