"""驻点日请假: who asks, who decides, and what each of them is told."""

import datetime as dt

import pytest

from cadres.models import Holding, Notice, Seat
from conftest import appoint
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits import actions
from visits.attendance import seats_of
from visits.models import LeaveRequest, LiaisonSession
from visits.reminding import remind
from visits.sitting import expected_of, sitters

from .leaving import NEXT, again, approve, told

pytestmark = pytest.mark.django_db


# --- 申请 ------------------------------------------------------------------------------------


def test_a_member_asks_and_his_lead_is_told_without_why(ask, feng, li, zhao, he):
    leave = ask(words="腰疼", stand_in=he)
    assert (leave.post_title, leave.person_name, leave.stand_in_name) == (
        "驻村干部",
        "冯兰",
        "何欣",
    )
    assert told("leave_requested") == ["li"]
    said = " ".join(f"{notice.title}{notice.text}" for notice in Notice.objects.all())
    trail = " ".join(f"{e.object_label}{e.before}{e.after}" for e in AuditEntry.objects.all())
    assert not any(word in said + trail for word in ("病", "腰疼", "冯兰"))


def test_the_lead_s_own_goes_to_the_office(ask, li, zhao):
    ask(by=li)
    assert told("leave_requested") == ["zhao"]


def test_without_a_lead_it_goes_to_the_office(ask, li, zhao):
    Holding.objects.filter(user=li).update(until="2026-11-01")
    ask()
    assert told("leave_requested") == ["zhao"]


def test_nobody_asks_who_has_no_seat_or_for_a_day_that_is_not_ahead(ask, ahead, li, zhao, wang):
    with pytest.raises(NotAllowed, match="不在石桥村驻点团队的席位上"):
        ask(by=zhao)
    with pytest.raises(NotAllowed, match="不在您负责的村"):
        ask(by=wang)
    with pytest.raises(NotAllowed, match="事假、病假或公假"):
        ask(kind="休假")
    LiaisonSession.objects.update(on="2026-11-10")
    ahead.refresh_from_db()
    with pytest.raises(NotAllowed, match="已经过去"):
        ask()
    LiaisonSession.objects.update(on=NEXT, status="cancelled")
    ahead.refresh_from_db()
    with pytest.raises(NotAllowed, match="已取消"):
        ask()
    assert not LeaveRequest.objects.exists()


def test_once_a_day_until_it_is_withdrawn(ask, feng):
    first = ask()
    with pytest.raises(NotAllowed, match="已为这一天请过假"):
        ask()
    actions.withdraw_leave(leave=first, by=feng, now=clock.now(), version=1)
    assert ask().state == "requested"


# --- 批复 ------------------------------------------------------------------------------------


def test_the_lead_approves_and_the_reminder_goes_to_the_stand_in_only(ask, ahead, feng, li, he):
    leave = approve(ask(stand_in=he), li, stand_in=he, words="同意")
    assert (leave.state, leave.decided_by, leave.decision) == ("approved", li, "同意")
    assert told("leave_decided") == ["feng"]
    assert told("stand_in") == ["hexin"]
    assert "代驻村干部" in Notice.objects.get(kind="stand_in").text
    remind(now=dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC))
    assert told("session_reminder") == ["hexin", "li"]
    assert [(s.person, s.post, s.stands_in_for) for s in sitters(ahead)] == [
        (li, li.post, None), (he, feng.post, feng),
    ]  # fmt: skip


def test_approved_without_a_stand_in_nobody_comes_for_him(ask, ahead, li, feng):
    approve(ask(), li)
    assert expected_of([ahead])[ahead.pk] == [li]
    assert seats_of(ahead)[1].expected().leave_kind == "sick"


def test_the_sheet_comes_prefilled_with_who_stands_in(ask, ahead, li, he):
    approve(ask(), li, stand_in=he)
    said = seats_of(ahead)[1].expected()
    assert (said.mark, said.stand_in, said.stand_in_person) == ("stand_in", "何欣", he)


def test_nobody_decides_his_own_and_a_lead_s_is_the_office_s(
    ask, ahead, feng, li, zhao, wang, qingshan
):
    clerk = appoint(qingshan, "ban", "班小", "office", title="驻点办主任")
    Seat.objects.create(team=ahead.team, post=clerk.post, order=9)
    for asker, decider in ((li, zhao), (clerk, li)):
        leave = ask(by=asker)
        with pytest.raises(NotAllowed, match="自己的请假不能自己批"):
            approve(leave, asker)
        assert approve(leave, decider).state == "approved"
    leave = ask()
    with pytest.raises(NotAllowed, match="不由您办理"):
        approve(leave, wang)


def test_two_leads_one_day_the_head_decides_only_without_a_lead(
    ask, ahead, li, feng, zhao, qingshan
):
    head = appoint(qingshan, "zuzhang", "祖长", "cadre", title="驻村工作组组长")
    Seat.objects.create(team=ahead.team, post=head.post, kind=Seat.Kind.HEAD, order=2)
    leave = ask()
    with pytest.raises(NotAllowed, match="不由您办理"):
        approve(leave, head)
    Seat.objects.filter(post=li.post).delete()
    assert approve(leave, again(head)).state == "approved"


def test_it_is_decided_once_and_a_refusal_says_why(ask, li, zhao, feng):
    leave = ask()
    with pytest.raises(NotAllowed, match="写明原因"):
        actions.refuse_leave(leave=leave, by=li, now=clock.now(), version=1, words=" ")
    refused = actions.refuse_leave(leave=leave, by=li, now=clock.now(), version=1, words="人手不够")
    assert (refused.state, refused.version) == ("refused", 2)
    with pytest.raises(Stale):
        actions.approve_leave(leave=leave, by=zhao, now=clock.now(), version=1)
    with pytest.raises(NotAllowed, match="未批准，不用再批"):
        approve(refused, zhao)
    assert told("leave_decided") == ["feng"]


def test_a_day_moved_since_frees_nobody(ask, ahead, li, feng, he):
    leave = approve(ask(), li, stand_in=he)
    LiaisonSession.objects.update(on="2026-11-25")
    ahead.refresh_from_db()
    assert expected_of([ahead])[ahead.pk] == [li, feng]
    assert not LiaisonSession.objects.visible_to(again(he)).exists()
    leave.refresh_from_db()
    assert not leave.is_in_force


def test_withdrawn_he_is_expected_again_and_both_are_told(ask, ahead, feng, li, he):
    leave = approve(ask(), li, stand_in=he)
    with pytest.raises(NotAllowed, match="由本人撤回"):
        actions.withdraw_leave(leave=leave, by=li, now=clock.now(), version=2)
    actions.withdraw_leave(leave=leave, by=feng, now=clock.now(), version=2)
    assert told("leave_withdrawn") == ["hexin", "li"]
    assert expected_of([ahead])[ahead.pk] == [li, feng]
    assert not LiaisonSession.objects.visible_to(again(he)).exists()
