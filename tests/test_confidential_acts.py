"""What the ledger does with a matter, done by its readers alone with a confidential one, or refused."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import Notice, User
from desk.todo import todos
from grievances import actions
from grievances.actions.dating import date_undated
from grievances.actions.tending import tend_confidential
from grievances.models import (
    DeadlinePolicy,
    Extension,
    Grievance,
    LookBack,
    SettlementMethod,
    Supervision,
)
from grievances.turns import turn_of
from liaison.errors import NotAllowed
from tests.confidential import quiet, reported
from tests.filling import fill_in
from tests.lived_in import DAY, NOW


def test_more_time_is_asked_by_one_reader_and_granted_by_another(town, minzheng, signed_in):
    """Whatever their roles; not by the one who asked, not by the office whose list it is not in."""
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None}
    matter = actions.accept(grievance=matter, by=town.zhou, **given)
    DeadlinePolicy.objects.filter(pk=matter.policy_id).update(extend_by=5)
    due = matter.due_on
    ask = reverse("grievances:extend", args=[matter.number])
    fill_in(signed_in(town.zhou), ask, on=str(DAY), amount=3, reason="取证还要时间")
    extension = Extension.objects.get(grievance=matter)
    decide = {"extension": extension, "approve": True, **given}
    with pytest.raises(NotAllowed, match="本人申请"):
        actions.decide_extension(by=town.zhou, **decide)
    with pytest.raises(NotAllowed, match="没有这件诉求"):
        actions.decide_extension(by=town.zhao, **decide)
    page = reverse("grievances:extension_decide", args=[extension.pk])
    assert signed_in(town.zhao).get(page).status_code == 404
    actions.name_reader(grievance=matter, by=town.zhou, user=town.lyu, reason="协助核实", **given)
    assert (
        "另一位知情人审批"
        in signed_in(town.lyu)
        .get(reverse("grievances:detail", args=[matter.number]))
        .content.decode()
    )
    fill_in(signed_in(town.lyu), page, on=str(DAY), answer="yes", granted=2)
    matter.refresh_from_db()
    assert matter.due_on > due
    told = reverse("grievances:extension_told", args=[extension.pk])
    fill_in(signed_in(town.zhou), told, on=str(DAY), mode="phone")
    extension.refresh_from_db()
    assert extension.told_by == town.zhou
    for user in (town.zhao, town.zhou):  # the list holds none, not even a reader's own
        rows = signed_in(user).get("/ledger/extensions/").context["page"].rows
        assert extension not in list(rows)


def test_it_is_neither_merged_nor_merged_into_and_says_why(town):
    """And a number of the other series is no number of the township's list."""
    matter = reported(town)
    open_one = town.ours["Grievance"]
    given = {"on": DAY, "now": NOW, "version": None, "words": "同一件事"}
    with pytest.raises(NotAllowed, match="只在专办人和承办人之间办理，不办“并案”"):
        actions.merge(grievance=matter, by=town.zhou, main_number=open_one.number, **given)
    Grievance.objects.filter(pk=open_one.pk).update(status="in_hand")
    with pytest.raises(NotAllowed, match="本镇没有编号为"):
        actions.merge(grievance=open_one, by=town.zhao, main_number=matter.number, **given)


def test_a_confidential_matter_gets_its_date_when_the_calendar_comes(town):
    """In a year without calendar it waits without a date, and is dated like any other, untold to others."""
    matter = reported(town)
    Grievance.every.filter(pk=matter.pk).update(due_at=None, due_on=None)
    notices = Notice.objects.count()
    assert date_undated(now=NOW) >= 1
    matter.refresh_from_db()
    assert matter.due_on
    assert Notice.objects.count() == notices


def test_whose_turn_it_is_is_one_of_its_readers(town, minzheng, signed_in):
    """Never the office's or the unit's, who may not know of it."""
    matter = reported(town)
    given = {"by": town.zhou, "on": DAY, "now": NOW, "version": None}
    assert turn_of(matter, DAY).who == "专办人 周明"
    page = signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    assert "专办人 周明" in page.content.decode()
    matter = actions.accept(grievance=matter, **given)
    matter = actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    assert turn_of(matter, DAY).who == "承办人 陈静"
    method = SettlementMethod.objects.get(name="①实质办结")
    done = {"settlement": "substantive", "method": method, "words": "已立案"}
    matter = actions.settle(grievance=matter, **done, **given | {"by": town.chen})
    matter = actions.answer(grievance=matter, mode="oral", **given | {"by": town.chen})
    assert turn_of(matter, DAY).person == town.zhou
    Grievance.every.filter(pk=matter.pk).update(settled_by=town.zhou)
    matter.refresh_from_db()
    assert turn_of(matter, DAY).who == "知情人(请另行指定)"


def test_no_supervision_of_it_goes_by_the_ledger_s_own_ways(town, signed_in):
    """督办 and 催办 are told to a unit and to the office, which may not know of it: refused, and not offered."""
    matter = reported(town)
    given = {"grievance": matter, "by": town.zhou, "now": NOW, "version": None}
    with pytest.raises(NotAllowed, match="不办督办和催办"):
        actions.urge(**given)
    with pytest.raises(NotAllowed, match="不办督办和催办"):
        actions.supervise(**given, on=DAY, level="plain")
    page = signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    assert reverse("grievances:urge", args=[matter.number]) not in page.content.decode()


def test_what_was_under_supervision_before_is_answered_without_a_notice(town):
    """孙 asked while it was an ordinary matter; the new number is told to nobody."""
    matter = town.ours["Grievance"]
    row = Supervision.objects.filter(grievance=matter).first()
    actions.make_confidential(
        grievance=matter, by=town.zhou, on=DAY, now=NOW, version=None, ground="other", reason="点名"
    )
    before = Notice.objects.count()
    actions.reply_supervision(
        supervision=row, by=town.zhou, on=DAY, now=NOW, words="已办", version=None
    )
    assert Notice.objects.count() == before


def test_what_is_looked_at_again_comes_back_to_its_readers_and_stays_on_their_desk(town):
    """Settled it is on their desk until it is crossed off; the promised day is told to them once."""
    matter = reported(town)
    given = {"by": town.zhou, "on": DAY, "now": NOW, "version": None}
    matter = actions.accept(grievance=matter, **given)
    method = SettlementMethod.objects.filter(comes_back=True).first()
    back = DAY + dt.timedelta(days=30)
    actions.settle(
        grievance=matter, settlement=method.settlement, method=method, words="分步查办",
        comes_back_on=back, **given,
    )  # fmt: skip
    waiting = {
        todo.label: todo.count for todo in todos(User.objects.get(pk=town.zhou.pk), DAY, NOW)
    }
    assert waiting["有需您办理的事项"] == 1
    before = len(quiet(town.zhou))
    for hours in (0, 1):
        tend_confidential(now=NOW + dt.timedelta(days=30, hours=hours))
    assert len(quiet(town.zhou)) == before + 1
    assert not LookBack.objects.visible_to(town.zhou).filter(grievance=matter).exists()
