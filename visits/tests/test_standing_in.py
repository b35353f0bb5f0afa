"""代班: who is free on a day of leave, and what a stand-in may see and write."""

import datetime as dt

import pytest

from cadres import actions as people
from cadres.handover import Change, survey
from cadres.models import Holding, Seat
from conftest import SINCE, appoint
from liaison import clock
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from villages.models import Household, Village
from visits import actions
from visits.attendance import may_write_up, seats_of
from visits.models import LeaveRequest, LiaisonSession
from visits.sitting import expected_of
from visits.standing_in import free_for

from .leaving import NEXT, again, approve, told

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def gao(qingshan):
    """高: a cadre with a post but no seat, who will follow 冯."""
    return appoint(qingshan, "gao", "高远", "cadre", title="团委书记")


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
