"""驻点日请假: who asks, who decides, who stands in, and what each of them is told and may see."""

import datetime as dt

import pytest

from cadres import actions as people
from cadres.cards.content import cards_of
from cadres.handover import Change, survey
from cadres.models import CardText, Holding, Notice, Seat
from conftest import SINCE, appoint
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from villages.models import Household, Village
from visits import actions
from visits.actions import posting
from visits.attendance import may_write_up, seats_of
from visits.day_cards import day_cards
from visits.models import LeaveRequest, LiaisonSession
from visits.posters import posters_of
from visits.posting import due
from visits.reminding import remind
from visits.sitting import expected_of, sitters
from visits.standing_in import free_for

pytestmark = pytest.mark.django_db
NEXT = dt.date(2026, 11, 24)  # a Tuesday; today is the 17th


@pytest.fixture
def ahead(day):
    """石桥村's next Tuesday."""
    LiaisonSession.objects.filter(pk=day.pk).update(on=NEXT)
    day.refresh_from_db()
    return day


@pytest.fixture
def he(qingshan, li):
    """何: a cadre who sits in no team."""
    return appoint(qingshan, "hexin", "何欣", "cadre", title="综治干部")


@pytest.fixture
def gao(qingshan):
    """高: a cadre with a post but no seat, who will follow 冯."""
    return appoint(qingshan, "gao", "高远", "cadre", title="团委书记")


@pytest.fixture
def ask(ahead, feng):
    """``ask(by=…)``: 冯 asks for the 24th."""

    def asks(**said):
        usual = {"session": ahead, "by": feng, "now": clock.now(), "kind": "sick"}
        return actions.ask_leave(**(usual | said))

    return asks


def again(user):
    """The same person at his next request: rights are worked out once a request."""
    return type(user).objects.get(pk=user.pk)


def approve(leave, by, **said):
    """Approve, as just read."""
    usual = {"leave": leave, "by": by, "now": clock.now(), "version": leave.version}
    return actions.approve_leave(**(usual | said))


def told(kind):
    """Who was told of what, in order."""
    rows = Notice.objects.filter(kind=kind).order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


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


# --- 谁有空 ----------------------------------------------------------------------------------


def test_free_is_who_sits_nowhere_else_at_that_hour_in_the_order_of_posts(
    ahead, feng, li, wang, he, zhao, chen, heping, qian
):
    he.post.order = 1  # 何's post comes after those without an order
    he.post.save()
    other = LiaisonSession.objects.create(
        township=heping.township, team=wang.team, village=heping, on=NEXT,
        starts_at=dt.time(9), ends_at=dt.time(11), place="和平村委会",
    )  # fmt: skip

    def free():
        return [each.person.username for each in free_for(ahead, besides={feng.pk})]

    # 王 sits in 和平村; 陈's post does not write days up; 钱 is of another township
    assert sorted(free()[:-1]) == ["li", "zhao"]
    assert free()[-1] == "hexin"
    LiaisonSession.objects.filter(pk=other.pk).update(starts_at="14:00", ends_at="16:00")
    assert "wang" in free()  # in the afternoon he sits there, in the morning he is free
    LiaisonSession.objects.filter(pk=other.pk).update(starts_at="09:00", status="cancelled")
    assert "wang" in free()


def test_who_is_on_leave_or_asked_elsewhere_is_not_free(ask, ahead, feng, li, he, wang, heping):
    other = LiaisonSession.objects.create(
        township=heping.township, team=wang.team, village=heping, on=NEXT,
        starts_at=dt.time(9), ends_at=dt.time(11), place="和平村委会",
    )  # fmt: skip
    ask(session=other, by=wang, stand_in=he)
    free = {each.person.username for each in free_for(ahead)}
    assert not free & {"wang", "hexin"}
    with pytest.raises(NotAllowed, match="何欣那天另有驻点、请假或已安排代班"):
        ask(stand_in=he)
    assert ask(stand_in=li).stand_in == li  # his own team's lead is there anyway


def test_two_requests_cannot_both_have_the_same_stand_in(
    ask, ahead, feng, li, he, wang, zhao, heping
):
    other = LiaisonSession.objects.create(
        township=heping.township, team=wang.team, village=heping, on=NEXT,
        starts_at=dt.time(9), ends_at=dt.time(11), place="和平村委会",
    )  # fmt: skip
    mine, his = ask(), ask(session=other, by=wang)
    approve(mine, li, stand_in=he)
    with pytest.raises(NotAllowed, match="另选一人"):
        approve(his, zhao, stand_in=he)
    his.refresh_from_db()
    assert (his.state, his.stand_in) == ("requested", None)


def test_who_agreed_to_stand_in_does_not_ask_for_that_day(ask, ahead, feng, li, he):
    approve(ask(), li, stand_in=li)
    with pytest.raises(NotAllowed, match="已答应代班"):
        ask(by=li)


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


# --- 代班人看得到什么 --------------------------------------------------------------------------


def test_the_stand_in_sees_the_day_always_and_the_village_on_that_day_alone(
    ask, ahead, feng, li, he, household, heping, time_machine
):
    assert not LiaisonSession.objects.visible_to(he).exists()
    approve(ask(), li, stand_in=he)
    for moment, sees in (
        (dt.datetime(2026, 11, 23, 15, 59, tzinfo=dt.UTC), False),  # 23:59 in Shanghai
        (dt.datetime(2026, 11, 23, 16, 1, tzinfo=dt.UTC), True),  # 00:01 of the day
        (dt.datetime(2026, 11, 24, 15, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 24, 16, 1, tzinfo=dt.UTC), False),
    ):
        time_machine.move_to(moment, tick=False)
        him = again(he)
        assert list(LiaisonSession.objects.visible_to(him)) == [ahead]
        assert list(Household.objects.visible_to(him)) == ([household] if sees else [])
        assert may_write_up(ahead, him, clock.now()) is sees
    time_machine.move_to(dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC), tick=False)
    him = again(he)
    assert Village.objects.visible_to(him, "visits.log").exists()
    # He acts as the team does in front of people, not as it does between two days
    for permission in ("villages.edit_households", "villages.reveal", "visits.manage"):
        assert not Village.objects.visible_to(him, permission).exists()
    assert not LeaveRequest.objects.visible_to(him).exists()


def test_the_stand_in_writes_the_day_up_and_the_lead_confirms(
    ask, ahead, feng, li, he, household, time_machine
):
    approve(ask(), li, stand_in=he)
    time_machine.move_to(dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC), tick=False)
    him, now = again(he), clock.now()
    marks = [seat.expected() for seat in seats_of(ahead)]
    actions.record_attendance(session=ahead, by=him, now=now, marks=marks)
    visit = actions.log_visit(
        by=him, now=now, occurred_on=NEXT, village=ahead.village, mode="reception",
        session=ahead, household=household,
    )  # fmt: skip
    assert visit.entered_by == he
    assert actions.write_up(session=ahead, by=him, now=now).confirmed_at is None
    with pytest.raises(NotAllowed, match="责任人确认"):
        actions.confirm_held(session=ahead, by=him, now=now)
    assert [line.in_words() for line in ahead.attendance.order_by("pk")] == ["到", "代(何欣)"]


def test_a_deactivated_stand_in_is_expected_nowhere(ask, ahead, li, he):
    approve(ask(), li, stand_in=he)
    he.is_active = False
    he.save()
    assert expected_of([ahead])[ahead.pk] == [li]


def test_leave_for_two_seats_of_one_person_frees_both(ask, ahead, feng, li, qingshan):
    second = appoint(qingshan, "er", "二岗", "cadre", title="扶贫专干")
    Holding.objects.filter(user=second).update(user=feng)
    Seat.objects.create(team=ahead.team, post=second.post, order=3)
    assert Holding.objects.filter(user=feng, since=SINCE).count() == 2
    approve(ask(), li)
    assert expected_of([ahead])[ahead.pk] == [li]
    assert [seat.expected().mark for seat in seats_of(ahead)] == ["present", "leave", "leave"]


def test_a_stand_in_is_not_stopped_before_somebody_else_stands_in(ask, he, admin, li, ahead):
    approve(ask(stand_in=he), li, stand_in=he)
    he.holdings.update(until=clock.today() - dt.timedelta(days=1))
    with pytest.raises(NotAllowed, match="答应代班的驻点日（1天）"):
        people.deactivate(by=admin, user=he, today=clock.today())
    people.deactivate(by=admin, user=he, today=NEXT + dt.timedelta(days=1))
    assert not again(he).is_active


def test_leave_of_who_has_left_the_post_is_void_and_the_stand_in_is_told(
    ask, ahead, li, feng, he, admin, gao
):
    """His successor sits on the day; nobody comes for him."""
    leave, last = approve(ask(stand_in=he), li, stand_in=he), clock.today()
    holding = feng.holdings.get()
    change = Change(feng, feng.post, last, gao, last + dt.timedelta(days=1))
    seen = survey(change, holding=holding, reader=admin, today=last)
    assert [(item.title, item.count) for item in seen.moving if "请假" in item.title] == [
        ("本人的驻点日请假", 1)
    ]
    people.hand_over_post(
        by=admin, holding=holding, until=last, successor=gao, today=last, now=clock.now()
    )
    leave.refresh_from_db()
    assert leave.state == "approved"  # until the day has come
    people.carry_due(now=clock.now() + dt.timedelta(days=1))
    leave.refresh_from_db()
    assert leave.state == "withdrawn"
    assert told("leave_lapsed") == ["hexin"]
    assert expected_of([ahead])[ahead.pk] == [li, gao]
    assert AuditEntry.objects.filter(action="驻点日请假作废").count() == 1


def test_leave_stays_while_he_sits_there_by_another_post(ask, ahead, li, feng, he, admin, qingshan):
    second = appoint(qingshan, "er", "二号", "cadre", title="妇联干部").post
    second.holdings.update(user=feng)
    Seat.objects.create(team=li.team, post=second, order=5)
    leave, last = approve(ask(stand_in=he), li, stand_in=he), clock.today()
    people.hand_over_post(
        by=admin, holding=feng.holdings.get(post=feng.post), until=last, today=last, now=clock.now()
    )
    people.carry_due(now=clock.now() + dt.timedelta(days=1))
    leave.refresh_from_db()
    assert leave.state == "approved"


# --- What hangs on the board --------------------------------------------------------------


def board(day, by):
    """(the days to announce on the Sunday before, what a notice printed then would say)."""
    rows = LiaisonSession.objects.select_related("village__township", "township", "team")
    (poster,) = posters_of(rows.filter(pk=day.pk), NEXT)
    return list(due(by, NEXT - dt.timedelta(days=2))), poster


def put_up(day, by):
    sunday = clock.now() + dt.timedelta(days=5)
    posting.mark_posted(by=by, sessions={day.pk: day.version}, now=sunday)


def test_a_notice_follows_who_sits_there(ask, ahead, li, feng, he):
    put_up(ahead, li)
    leave = ask(stand_in=he)
    assert board(ahead, li)[0] == []  # asked for is not granted
    approve(leave, li, stand_in=he)
    days, poster = board(ahead, li)
    assert (days, poster.names) == ([ahead], ["李明", "何欣"])
    assert "原公示的驻点人员有变动" in poster.opening
    put_up(ahead, li)
    assert board(ahead, li)[0] == []
    leave.refresh_from_db()
    actions.withdraw_leave(leave=leave, by=feng, now=clock.now(), version=leave.version)
    days, poster = board(ahead, li)
    assert (days, poster.names) == ([ahead], ["李明", "冯兰"])
    put_up(ahead, li)
    assert board(ahead, li)[0] == []


def test_a_request_refused_or_never_decided_takes_no_notice_down(ask, ahead, li, feng):
    put_up(ahead, li)
    leave = ask()
    actions.withdraw_leave(leave=leave, by=feng, now=clock.now(), version=leave.version)
    again_asked = ask()
    actions.refuse_leave(
        leave=again_asked, by=li, now=clock.now(), version=again_asked.version, words="人手不够"
    )
    assert board(ahead, li)[0] == []


def test_the_number_on_a_notice_is_of_somebody_who_sits_there(ask, ahead, li, feng, zhao, qingshan):
    CardText.objects.create(township=qingshan, phones="all")
    for person, number in ((li, "15455500001"), (feng, "15455500002")):
        person.set_phones([number])
        person.save()
    assert board(ahead, li)[1].contact == "154 5550 0001（李明）"
    approve(ask(by=li), zhao)
    assert board(ahead, li)[1].contact == "154 5550 0002（冯兰）"


def test_the_card_of_the_day_names_who_stands_in(ask, ahead, li, feng, he, qingshan):
    CardText.objects.create(township=qingshan, phones="all")
    he.set_phones(["15455500003"])
    he.save()
    approve(ask(stand_in=he), li, stand_in=he)
    (card,) = day_cards([ahead], NEXT)
    lines = [(each.name, each.duty, each.post, each.phone) for each in card.people]
    assert lines == [("李明", "责任人", "党委委员", ""), ("何欣", "成员", "代班", "15455500003")]
    (usual,) = cards_of([ahead.village], NEXT)  # the team's own card stays as it is
    assert [each.name for each in usual.people] == ["李明", "冯兰"]
