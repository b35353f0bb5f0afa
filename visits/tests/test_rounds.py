"""遍访轮次: made, changed, closed and opened again by the office; read by whoever reads visits."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits.actions import rounds as actions
from visits.models import Visit, VisitRound
from visits.models.rounds import usual_modes, usual_target
from visits.rounds import house_order

pytestmark = pytest.mark.django_db
START, END = dt.date(2026, 8, 1), dt.date(2026, 12, 31)


def facts(**changes):
    usual = {
        "name": "2026年第二轮", "starts_on": START, "ends_on": END, "target": usual_target(),
        "modes": usual_modes(), "villages": [],
    }  # fmt: skip
    return usual | changes


@pytest.fixture
def second(zhao, qingshan):
    """2026年第二轮 of all 青山镇."""
    return actions.make_round(by=zhao, township=qingshan, **facts())


def test_the_office_makes_a_round_and_the_trail_tells_it(second, shiqiao, heping):
    assert list(second.villages_in_order()) == [shiqiao, heping]
    line = AuditEntry.objects.get(action="新增遍访轮次")
    assert line.after["村(社区)"] == "全部村(社区)"
    assert line.after["计入的方式"] == "除定点接访、集中座谈外的各种方式"


def test_some_villages_alone_may_be_named(zhao, qingshan, shiqiao, heping):
    row = actions.make_round(by=zhao, township=qingshan, **facts(villages=[heping]))
    assert list(row.villages_in_order()) == [heping]
    assert list(VisitRound.objects.of_village(heping)) == [row]
    assert not VisitRound.objects.of_village(shiqiao).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": dt.date(2026, 7, 31)}, "截止日期早于"), ({"target": []}, "应走访哪些户"),
        ({"target": ["resident", "cancelled"]}, "已注销"), ({"modes": []}, "计入的方式"),
        ({"modes": ["telepathy"]}, "计入的方式"),
    ],
)  # fmt: skip
def test_a_round_that_cannot_be_is_refused(zhao, qingshan, changes, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        actions.make_round(by=zhao, township=qingshan, **facts(**changes))
    assert not VisitRound.objects.exists()


def test_only_the_office_of_the_township_makes_one(
    li, qian, zhao, qingshan, foreign_village, second
):
    for user in (li, qian):
        with pytest.raises(NotAllowed):
            actions.make_round(by=user, township=qingshan, **facts(name="又一轮"))
    with pytest.raises(NotAllowed, match="不都在本镇"):
        actions.make_round(
            by=zhao, township=qingshan, **facts(name="又一轮", villages=[foreign_village])
        )
    with pytest.raises(NotAllowed, match="已有“2026年第二轮”"):
        actions.make_round(by=zhao, township=qingshan, **facts())
    for user in (li, qian):
        with pytest.raises(NotAllowed):
            actions.close_round(visit_round=second, by=user, on=END, version=1, reason="完")


def test_a_round_is_changed_by_whoever_saw_it_last(second, zhao, heping):
    actions.change_round(
        visit_round=second, by=zhao, version=1, **facts(name="第二轮", villages=[heping])
    )
    second.refresh_from_db()
    assert (second.name, second.version, list(second.villages.all())) == ("第二轮", 2, [heping])
    with pytest.raises(Stale):
        actions.change_round(visit_round=second, by=zhao, version=1, **facts())


def test_a_closed_round_stands_until_it_is_opened_again(second, zhao):
    day = dt.date(2026, 11, 17)
    with pytest.raises(NotAllowed, match="没有结束"):
        actions.reopen_round(visit_round=second, by=zhao, version=1, reason="补走")
    with pytest.raises(NotAllowed, match="还没有开始"):
        actions.close_round(
            visit_round=second, by=zhao, on=dt.date(2026, 7, 1), version=1, reason="完"
        )
    row = actions.close_round(visit_round=second, by=zhao, on=day, version=1, reason="走完了")
    assert (row.state(day), row.last_day) == ("已结束", day)
    with pytest.raises(NotAllowed, match="重新开启"):
        actions.change_round(visit_round=row, by=zhao, version=2, **facts())
    with pytest.raises(NotAllowed, match="已经结束"):
        actions.close_round(visit_round=row, by=zhao, on=day, version=2, reason="再结")
    row = actions.reopen_round(visit_round=row, by=zhao, version=2, reason="补走")
    assert (row.state(day), row.last_day) == ("进行中", END)
    assert AuditEntry.objects.filter(action__in=("结束遍访轮次", "重新开启遍访轮次")).count() == 2


def test_a_round_says_where_it_stands():
    row = VisitRound(starts_on=START, ends_on=END)
    days = {dt.date(2026, 7, 31): "未开始", START: "进行中", END: "进行中"}
    assert {day: row.state(day) for day in days} == days
    assert row.state(dt.date(2027, 1, 1)) == "已到期"
    assert row.target_words() == "常住、季节外出"
    row.modes = [Visit.Mode.PHONE, Visit.Mode.EVENING]
    assert row.modes_words() == "电话、晚间走访"


def test_the_pages_make_change_close_and_open(signed_in, zhao, second, heping):
    client = signed_in(zhao)
    filled = facts(name="第三轮", form_key=uuid.uuid4(), villages=[heping.pk])
    for _ in range(2):  # a double tap
        assert client.post(reverse("visits:new_round"), filled).status_code == 302
    third = VisitRound.objects.get(name="第三轮")
    asked = {"args": [third.pk]}
    changed = facts(name="冬季遍访", version=1)
    assert client.get(reverse("visits:change_round", **asked)).status_code == 200
    assert client.post(reverse("visits:change_round", **asked), changed).status_code == 302
    assert client.post(reverse("visits:change_round", **asked), changed).status_code == 409
    wrong = {**changed, "version": 2, "ends_on": "2026-07-01"}
    page = client.post(reverse("visits:change_round", **asked), wrong)
    assert page.status_code == 422 and "截止日期早于起始日期" in page.content.decode()
    switch = reverse("visits:switch_round", **asked)
    assert "结束以后发生的走访不再计入" in client.get(switch).content.decode()
    assert client.post(switch, {"version": 2}).status_code == 422
    assert client.post(switch, {"version": 2, "reason": "提前走完"}).status_code == 302
    listed = client.get(reverse("visits:rounds")).content.decode()
    assert "冬季遍访" in listed and "重新开启" in listed
    page = client.get(reverse("visits:rounds"), {"state": "running"}).context["page"]
    assert [row.name for row in page.rows] == ["2026年第二轮"]
    assert client.post(switch, {"version": 3, "reason": "还有几户"}).status_code == 302


def test_who_only_reads_is_offered_no_buttons(signed_in, li, second):
    client = signed_in(li)
    listed = client.get(reverse("visits:rounds")).content.decode()
    assert "2026年第二轮" in listed and "新增轮次" not in listed
    assert reverse("visits:change_round", args=[second.pk]) not in listed
    assert client.get(reverse("visits:new_round")).status_code == 403


def test_houses_stand_in_order():
    numbers = ["10-1", "9", "10", "甲2", "甲10", "010", "2-10", "2-9"]
    assert sorted(numbers, key=house_order) == [
        "2-9", "2-10", "9", "10", "010", "10-1", "甲2", "甲10",
    ]  # fmt: skip
