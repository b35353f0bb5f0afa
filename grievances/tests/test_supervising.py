"""督办, its answer and its end; 催办 once a day; who may, who may not, and what each finds on his desk."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import Notice
from desk.todo import todos
from grievances import actions
from grievances.actions.supervising import reply_day
from grievances.models import Supervision, SupervisionRule
from liaison.errors import NotAllowed, Stale

from .conftest import DAY, moment

NOW = moment(DAY, 15)
FRIDAY = DAY + dt.timedelta(days=3)


@pytest.fixture
def in_hand(matter_at):
    """陈 has it."""
    return matter_at("in_hand")


@pytest.fixture
def supervise(in_hand, sun):
    """``supervise("yellow")``: 孙 does, the answer due on Friday."""

    def do(level="plain", by=None, **more):
        given = {"on": DAY, "now": NOW, "level": level, "reply_due_on": FRIDAY, **more}
        return actions.supervise(grievance=in_hand, by=by or sun, **given)

    return do


def titles(user):
    return list(Notice.objects.filter(recipient=user).values_list("title", flat=True))


def waits(user, on=DAY):
    """{words: (count, length of the list behind)} of the desk."""
    return {todo.label: todo for todo in todos(user, on, moment(on, 16))}


def test_from_plain_to_red_each_level_is_a_row_and_the_unit_answers_the_last(
    supervise, in_hand, sun, chen, zhou
):
    supervise("plain", words="请抓紧")
    supervise("yellow", by=zhou)
    red = supervise("red")
    rows = Supervision.objects.order_by("pk")
    assert [row.in_words() for row in rows] == ["已升级", "已升级", "待回复"]
    with pytest.raises(NotAllowed, match="只能升级"):
        supervise("red")
    assert f"诉求{in_hand.number}被红牌督办，请于{FRIDAY}前回复" in titles(chen)
    given = {"on": DAY, "now": NOW}
    actions.reply_supervision(supervision=red, by=chen, words="已派人，周五修好", **given)
    with pytest.raises(NotAllowed, match="不用再回复"):
        actions.reply_supervision(supervision=red, by=chen, words="再说一遍", **given)
    assert f"诉求{in_hand.number}的督办已回复" in titles(sun)
    actions.lift_supervision(supervision=red, by=zhou, words="", **given)
    assert [step.act_name for step in in_hand.steps.order_by("pk")][-5:] == [
        "普通督办", "黄牌督办", "红牌督办", "回复督办", "解除督办",
    ]  # fmt: skip
    in_hand.refresh_from_db()
    assert in_hand.status == "in_hand"
    supervise("plain")  # anew, once it was lifted


def test_who_may_not_and_what_is_not_allowed(supervise, in_hand, li, chen, wang, zhao, sun):
    for stranger in (li, chen):
        with pytest.raises(NotAllowed, match="镇领导、督查组"):
            supervise(by=stranger)
    with pytest.raises(NotAllowed, match="没有这件诉求"):
        supervise(by=wang)
    with pytest.raises(NotAllowed, match="早于督办日期"):
        supervise(reply_due_on=DAY - dt.timedelta(days=1))
    with pytest.raises(Stale):
        supervise(version=1)
    row = supervise()
    given = {"supervision": row, "on": DAY, "now": NOW}
    with pytest.raises(NotAllowed, match="民政办回复"):
        actions.reply_supervision(by=li, words="我来答", **given)
    with pytest.raises(NotAllowed, match="请写明"):
        actions.reply_supervision(by=chen, words=" ", **given)
    with pytest.raises(NotAllowed, match="还没有回复"):
        actions.lift_supervision(by=sun, words="", **given)
    with pytest.raises(NotAllowed, match="办理"):
        actions.lift_supervision(by=chen, words="不必了", **given)
    actions.reply_supervision(
        by=zhao, words="代为回复", **given
    )  # the office, on the unit's behalf


def test_the_answer_is_due_by_the_rule_of_the_level_in_workdays(qingshan, supervise):
    assert reply_day(qingshan.pk, "plain", dt.date(2026, 12, 30)) is None  # 2027 is not published
    # Tuesday the 17th: 5, 3 and 1 working days.
    days = {level: reply_day(qingshan.pk, level, DAY) for level in ("plain", "yellow", "red")}
    assert [str(day) for day in days.values()] == ["2026-11-24", "2026-11-20", "2026-11-18"]
    SupervisionRule.objects.create(township=qingshan, level="plain", reply_days=2)
    assert supervise(reply_due_on=None).reply_due_on == dt.date(2026, 11, 19)


def test_it_waits_on_the_desk_of_the_unit_and_late_on_that_of_who_asked(
    supervise, chen, sun, zhou, zhao, signed_in
):
    row = supervise()
    assert waits(chen)["督办待回复"].count == 1
    assert "督办回复超期" not in waits(sun)
    monday = FRIDAY + dt.timedelta(days=3)
    for person in (sun, zhou, zhao):
        todo = waits(person, monday)["督办回复超期"]
        assert (todo.count, todo.is_late) == (1, True)
    listed = signed_in(chen).get(waits(chen)["督办待回复"].url)
    assert list(listed.context["page"].rows) == [row]
    given = {"supervision": row, "on": DAY, "now": NOW}
    actions.reply_supervision(by=chen, words="已修好", **given)
    assert "督办待回复" not in waits(chen)
    assert "督办回复超期" not in waits(sun, monday)


def test_a_click_urges_once_a_day_and_is_counted(in_hand, sun, zhou, chen, li, signed_in):
    url = reverse("grievances:urge", args=[in_hand.number])
    client = signed_in(sun)
    assert client.post(url, {"version": in_hand.version}).status_code == 302
    in_hand.refresh_from_db()
    refused = client.post(url, {"version": in_hand.version})
    assert refused.status_code == 422
    assert "今天已经催办过" in refused.content.decode()
    assert titles(chen).count(f"诉求{in_hand.number}有人催办，请抓紧办理") == 1
    page = client.get(reverse("grievances:detail", args=[in_hand.number])).content.decode()
    assert "已催办 1 次" in page
    tomorrow = moment(DAY + dt.timedelta(days=400), 9)
    actions.urge(grievance=in_hand, by=zhou, now=tomorrow)
    with pytest.raises(NotAllowed):
        actions.urge(grievance=in_hand, by=li, now=tomorrow)


def test_what_no_unit_has_the_office_is_urged_for(registered, sun, zhao, chen):
    actions.urge(grievance=registered, by=sun, now=NOW)
    assert f"诉求{registered.number}有人催办，请抓紧办理" in titles(zhao)
    assert titles(chen) == []


def test_settled_matters_are_neither_supervised_nor_urged(matter_at, sun):
    matter = matter_at("settled")
    with pytest.raises(NotAllowed, match="不用督办"):
        actions.urge(grievance=matter, by=sun, now=NOW)


def test_the_forms_of_the_page_do_it(in_hand, sun, chen, signed_in):
    def send(user, name, **said):
        url = reverse(f"grievances:{name}", args=[in_hand.number])
        client = signed_in(user)
        form = client.get(url).context["form"]
        given = {"form_key": form["form_key"].value(), "version": form["version"].value(), **said}
        return client.post(url, {"on": DAY.isoformat(), **given})

    assert (
        send(sun, "supervise", level="yellow", reply_due_on=FRIDAY.isoformat()).status_code == 302
    )
    assert send(chen, "reply_supervision", words="已派人").status_code == 302
    assert send(sun, "lift_supervision", words="").status_code == 302
    assert Supervision.objects.get().in_words() == "已解除"
    assert send(sun, "lift_supervision", words="").status_code == 422
