"""save_year(): many plans at once or none, by the rules of one plan; told of once, each in the trail."""

import datetime as dt

import pytest

from cadres.actions import plan_year
from cadres.actions.plan_year import RowsRefused, YearRow, save_year
from cadres.models import LiaisonPlan, Notice
from cadres.plan_checks import PlanRefused
from cadres.signals import plans_changed
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry

TODAY = dt.date(2025, 12, 20)


@pytest.fixture
def facts(li, shiqiao):
    """石桥村 every Tuesday of 2026."""
    plan = LiaisonPlan(
        team=li.team, village=shiqiao, place="一楼", weekdays=[1], starts_at=dt.time(9),
        ends_at=dt.time(11, 30), valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 12, 31),
    )  # fmt: skip
    return {name: getattr(plan, name) for name in plan_year.FIELDS}


@pytest.fixture
def told():
    """What is told to those who listen: (plans, since)."""
    heard = []

    def listen(sender, *, plans, since, **kwargs):
        heard.append((list(plans), since))

    plans_changed.connect(listen)
    yield heard
    plans_changed.disconnect(listen)


def saved(by, *rows, today=TODAY, year=2026):
    return save_year(by=by, today=today, year=year, rows=rows)


def test_made_and_changed_are_told_once_each_and_audited_each(
    zhao, plan, facts, wang, heping, told
):
    new = facts | {"team": wang.team, "village": heping}
    late = new | {"weekdays": [3], "valid_from": dt.date(2026, 7, 1)}
    done = saved(
        zhao, YearRow(new), YearRow(late), YearRow(facts | {"weekdays": [4]}, plan, plan.version)
    )
    assert (len(done.made), len(done.changed)) == (2, 1)
    assert done.in_words() == "新增 2 条，修改 1 条"
    assert [len(plans) for plans, _ in told] == [2, 1]
    lines = AuditEntry.objects.filter(action__endswith="驻点安排").order_by("position")
    assert [line.action for line in lines] == ["新增驻点安排", "新增驻点安排", "修改驻点安排"]
    assert lines[2].before["时间"] == "每周二 09:00–11:30"
    assert lines[2].after["时间"] == "每周五 09:00–11:30"
    assert done.changed[0].sessions.order_by("on").first().on == dt.date(2026, 1, 4)


def test_who_may_not_and_where_one_may_not(li, qian, zhao, facts, foreign_village):
    with pytest.raises(NotAllowed, match="不能安排驻点"):
        saved(li, YearRow(facts))
    for who, wrong, sentence in (
        (qian, facts, "不在您的工作范围"),
        (zhao, facts | {"village": foreign_village}, "不在您的工作范围"),
    ):
        with pytest.raises(RowsRefused) as refused:
            saved(who, YearRow(wrong))
        assert sentence in str(refused.value.faults[0])
    assert not LiaisonPlan.objects.exists()


def test_another_offices_plan_is_no_longer_there(qian, plan, facts):
    with pytest.raises(RowsRefused) as refused:
        saved(qian, YearRow(None, plan, plan.version))
    assert "已经没有了" in str(refused.value.faults[0])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weekdays": []}, "rhythm"),
        ({"recurrence": "rota", "weekdays": []}, "rhythm"),
        ({"place": ""}, "place"),
        ({"village": "heping"}, "team"),
    ],
)
def test_a_row_that_cannot_be_names_its_cell_and_stops_all(
    zhao, facts, wang, heping, shiqiao, wrong, field
):
    facts["team"].seats.update(kind="guest")  # nobody to take turns
    type(shiqiao).objects.filter(pk=shiqiao.pk).update(office="")
    shiqiao.refresh_from_db()
    wrong = {name: heping if value == "heping" else value for name, value in wrong.items()}
    good = facts | {"team": wang.team, "village": heping}
    with pytest.raises(RowsRefused) as refused:
        saved(zhao, YearRow(good), YearRow(facts | {"village": shiqiao} | wrong))
    [(at, fault)] = refused.value.faults.items()
    assert (at, type(fault), fault.field) == (1, PlanRefused, field)
    assert not LiaisonPlan.objects.exists()


def test_a_stale_row_stops_all_but_the_same_change_twice_is_none(zhao, plan, facts):
    LiaisonPlan.objects.filter(pk=plan.pk).update(weekdays=[3], version=2)
    with pytest.raises(RowsRefused) as refused:
        saved(zhao, YearRow(facts | {"weekdays": [4]}, plan, 1))
    assert isinstance(refused.value.faults[0], Stale)
    assert refused.value.faults[0].current.weekdays == [3]
    same = {name: getattr(LiaisonPlan.objects.get(pk=plan.pk), name) for name in plan_year.FIELDS}
    assert saved(zhao, YearRow(same, plan, 1)).in_words() == ""


def test_two_plans_may_change_places_in_time(zhao, plan, facts):
    """One that ends makes room for the same rhythm from the next day on."""
    LiaisonPlan.objects.filter(pk=plan.pk).update(valid_from=dt.date(2025, 1, 1))
    done = saved(zhao, YearRow(None, plan, 1), YearRow(facts))
    assert done.in_words() == "新增 1 条，结束 1 条"
    plan.refresh_from_db()
    assert plan.valid_to == dt.date(2025, 12, 31)
    with pytest.raises(RowsRefused, match="有的行不能保存"):
        saved(zhao, YearRow(facts))


def test_a_day_that_was_told_of_keeps_a_plan_from_being_taken_back(zhao, li, facts):
    [plan] = saved(zhao, YearRow(facts)).made
    first = plan.sessions.order_by("on").first()
    now = clock.now()
    notice = {"kind": "remind", "slot": "x", "title": "驻点", "due_at": now, "created_at": now}
    Notice.objects.create(recipient=li, subject=f"session:{first.pk}", **notice)
    with pytest.raises(RowsRefused) as refused:
        saved(zhao, YearRow(None, plan, plan.version))
    assert "不能撤销；请改截止日期" in str(refused.value.faults[0])
    assert plan.sessions.count() == 51  # nothing of it has gone
