"""回访抽样 by period and team: only that team's matters of those days, the same by its seed, asked by other hands."""

import datetime as dt
import secrets

import pytest

from conftest import appoint
from grievances import actions
from grievances.models import FollowUpSample, Grievance
from grievances.sampling import draw
from liaison.errors import NotAllowed

from .conftest import DAY, moment
from .drawn import NEXT, NOVEMBER, PATH

OCTOBER = dt.date(2026, 10, 20)


@pytest.fixture
def answered(li, wang, facts, act, shiqiao, heping):
    """``answered(village, on, n)``: n of a village, settled by 陈 of 民政办 and answered on a day."""

    def lead(village, on, number):
        rows, by = [], {shiqiao: li, heping: wang}[village]
        for _ in range(number):
            row = actions.register(by=by, on=on, now=moment(on), **{**facts, "village": village})
            for name in PATH:
                row = act(name, row, on=on, now=moment(on, 11))
            rows.append(act("answer", row, by=by, on=on, now=moment(on, 11)).pk)
        return set(rows)

    return lead


@pytest.fixture
def two_months(answered, shiqiao, heping):
    """Matters of both teams in October and November: {(village, day): their ids}."""
    places = [(village, on) for on in (OCTOBER, DAY) for village in (shiqiao, heping)]
    return {place: answered(*place, 3) for place in places}


@pytest.fixture
def drawing(zhao, qingshan):
    """``drawing(people, …)``: 赵 draws on the first of December."""

    def draw_it(people, **more):
        asked = {"share": 100, "township": qingshan, **NOVEMBER, **more}
        return actions.draw_sample(by=zhao, now=moment(NEXT), people=people, **asked)

    return draw_it


def drawn_of(sample):
    return {row.grievance_id for row in sample.matters.all()}


def test_a_team_s_draw_takes_that_team_s_matters_of_those_days_alone(
    two_months, drawing, li, wang, sun, shiqiao, heping
):
    assert drawn_of(drawing([sun], team=li.team)) == two_months[shiqiao, DAY]
    assert drawn_of(drawing([sun], team=wang.team)) == two_months[heping, DAY]
    days = {"starts_on": dt.date(2026, 10, 1), "ends_on": dt.date(2026, 10, 31)}
    assert drawn_of(drawing([sun], team=li.team, **days)) == two_months[shiqiao, OCTOBER]
    of_all = drawing([sun])  # without a team, both
    assert drawn_of(of_all) == two_months[shiqiao, DAY] | two_months[heping, DAY]


def test_each_team_is_drawn_once_for_its_days(two_months, drawing, li, wang, sun):
    drawing([sun], team=li.team)
    with pytest.raises(NotAllowed, match="已经抽过"):
        drawing([sun], team=li.team, starts_on=dt.date(2026, 11, 15))
    assert drawing([sun], team=wang.team).team == wang.team


def test_the_recorded_seed_gives_the_same_and_another_another(
    answered, drawing, li, sun, shiqiao, monkeypatch
):
    answered(shiqiao, DAY, 12)
    monkeypatch.setattr(secrets, "token_hex", lambda size: "5eed")
    sample = drawing([sun], team=li.team, share=None, size=4)
    kept = FollowUpSample.objects.get(pk=sample.pk)
    population = [tuple(pair) for pair in kept.population]
    again = draw(population[::-1], kept.size, kept.seed)
    assert (kept.seed, kept.population_count, len(again)) == ("5eed", 12, 4)
    assert [row.grievance_id for row in sample.matters.order_by("pk")] == again
    assert kept.can_be_drawn_again()
    others = {tuple(draw(population, 4, str(seed))) for seed in range(8)}
    assert others - {tuple(again)}


def test_it_never_goes_to_the_handler_or_his_unit(
    two_months, drawing, li, wang, sun, zhou, chen, minzheng, qingshan
):
    """付 sits in 陈's unit, 陈 handled them, 李 wrote them down: 孙 and 周 are left."""
    fu = appoint(qingshan, "fu", "付镇", "leader", title="分管副镇长", department=minzheng)
    sample = drawing([fu, chen, li, sun, zhou], team=li.team)
    assert {row.given_to for row in sample.matters.all()} == {sun, zhou}
    for matter in Grievance.objects.filter(pk__in=drawn_of(sample)):
        assert matter.handler == chen
    for people, words in (([fu], "没有可以回访的人"), ([chen], "请选择由谁回访")):
        with pytest.raises(NotAllowed, match=words):
            drawing(people, team=wang.team)
    assert FollowUpSample.objects.count() == 1
