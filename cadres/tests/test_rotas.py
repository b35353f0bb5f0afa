"""轮值: the clerk writes who sits when, a line a turn; the days say whose they are."""

import datetime as dt
import uuid

import pytest

from cadres import rota
from cadres.actions.calendar import moves
from cadres.actions.plans import change_plan, make_plan
from cadres.calendar_changes import changes
from cadres.models import CalendarDay, LiaisonPlan, Seat
from conftest import appoint
from liaison import clock
from liaison.errors import NotAllowed

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def gao(li, qingshan):
    """高 sits beside 李; 马 keeps the records and rotates with nobody."""
    gao = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    ma = appoint(qingshan, "ma", "马兰", "cadre", title="记录员")
    Seat.objects.create(team=li.team, post=gao.post, order=1)
    Seat.objects.create(team=li.team, post=ma.post, kind=Seat.Kind.ASSISTANT, order=2)
    return gao


@pytest.fixture
def facts(li, shiqiao):
    """Every working day in turn, from Monday 23 November."""
    return {
        "team": li.team, "village": shiqiao, "place": "", "recurrence": "rota",
        "starts_at": dt.time(9), "ends_at": dt.time(11, 30), "holiday_rule": "next",
        "valid_from": dt.date(2026, 11, 23), "valid_to": dt.date(2026, 12, 31),
    }  # fmt: skip


def said(turns):
    """(turn, title, weekday) of each."""
    return [(turn, post.title, weekday) for turn, post, weekday in turns]


def test_a_line_is_a_turn_by_post_or_by_name_and_reads_back(li, gao):
    text = "党委委员、记录员 周一\n高远"
    turns = rota.read_turns(text, li.team, TODAY)
    assert said(turns) == [(1, "党委委员", 0), (1, "记录员", 0), (2, "团委书记", None)]
    assert rota.read_turns(rota.in_words(turns), li.team, TODAY) == turns
    assert rota.read_turns("  \n", li.team, TODAY) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("党委委员\n王强", "第2行的“王强”不是"),
        ("党委委员\n李明", "第2行的“李明”前面已经有了"),
        ("党委委员 周一\n高远 周一", "周一排了两行"),
    ],
)
def test_what_is_unclear_is_refused_by_its_line(li, gao, text, sentence):
    with pytest.raises(rota.UnclearTurns, match=sentence):
        rota.read_turns(text, li.team, TODAY)


def test_without_an_order_lead_and_members_take_turns(zhao, facts, gao):
    plan = make_plan(by=zhao, today=TODAY, **facts)
    assert said(plan.rota_turns()) == [(1, "党委委员", None), (2, "团委书记", None)]
    assert not plan.turns.exists()


def test_an_order_is_stored_changed_and_left_alone(zhao, facts, li, gao):
    turns = rota.read_turns("高远\n党委委员 周一", li.team, TODAY)
    plan = make_plan(by=zhao, today=TODAY, turns=turns, **facts)
    assert said(plan.rota_turns()) == [(1, "团委书记", None), (2, "党委委员", 0)]
    plan = change_plan(plan=plan, by=zhao, today=TODAY, version=1, place="文化室")
    assert plan.turns.count() == 2
    weekly = {"recurrence": "weekly", "weekdays": [1]}
    plan = change_plan(plan=plan, by=zhao, today=TODAY, version=2, turns=(), **weekly)
    assert not plan.turns.exists()


def test_somebody_who_does_not_sit_there_takes_no_turn(zhao, facts, li, gao, wang):
    with pytest.raises(NotAllowed, match="不在石桥村驻点团队里"):
        make_plan(by=zhao, today=TODAY, turns=[(1, wang.post, None)], **facts)
    assert not LiaisonPlan.objects.exists()


def test_the_page_shows_whose_day_it_is_before_anything_is_saved(signed_in, zhao, facts, gao):
    facts |= {
        "team": facts["team"].pk, "village": facts["village"].pk, "rhythm": "每个工作日轮值",
        "turns": "党委委员 周一\n高远\n马兰", "form_key": "2a3f5c4e-0000-4000-8000-000000000001",
        "preview": "1",
    }  # fmt: skip
    text = signed_in(zhao).post("/plans/new/", facts).content.decode()
    days = text[text.index('<ol class="plan-days">') :]
    shown = [line.split("</li>")[0] for line in days.split("<li>")[1:5]]
    assert [line[:10] for line in shown] == ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"]
    assert [
        "党委委员" in shown[0],
        "团委书记" in shown[1],
        "记录员" in shown[2],
        "团委书记" in shown[3],
    ] == [True] * 4
    assert not LiaisonPlan.objects.exists()


def test_a_local_day_that_shifts_the_turns_says_so(zhao, facts, li, gao, qingshan):
    plan = make_plan(by=zhao, today=TODAY, **facts)  # 李 and 高, day about
    wednesday = dt.date(2026, 11, 25)
    said = {"township": qingshan, "on": wednesday, "is_workday": False, "today": TODAY}
    [move] = moves(**said)
    assert (move.plan, move.before, move.after, move.turns) == (plan, wednesday, None, True)
    trial = [CalendarDay(on=wednesday, kind="holiday", name="庙会", township=qingshan)]
    [change] = changes(plans=[plan], trial=trial, today=TODAY)
    assert change.turns
    # Everybody has a weekday of his own: nobody's turn is moved by a Wednesday that falls away
    turns = [(1 + at, post, at) for at, post in enumerate((li.post, gao.post))]
    change_plan(plan=plan, by=zhao, today=TODAY, version=plan.version, turns=turns, **facts)
    said["on"] = dt.date(2026, 11, 24)
    assert [move.turns for move in moves(**said)] == [False]


def test_the_page_says_that_the_turns_go_on_later(signed_in, zhao, facts, gao):
    make_plan(by=zhao, today=TODAY, **facts)
    day = {"on": "2026-11-25", "kind": "holiday", "name": "庙会", "form_key": str(uuid.uuid4())}
    shown = signed_in(zhao).post("/calendar/days/new/", day).content.decode()
    assert "其后轮值人员依次顺延" in shown
