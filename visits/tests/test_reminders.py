"""The evening before, each member has one reminder: in the site and by mail, and never twice."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres import heartbeat
from cadres.actions import set_reminder_times
from cadres.actions.notices import retry
from cadres.delivering import deliver_due
from cadres.models import (
    Delivery,
    GroupNotice,
    GroupRobot,
    Heartbeat,
    Holding,
    LiaisonPlan,
    Notice,
    Seat,
)
from cadres.reminder_times import Offset
from conftest import SINCE, appoint
from visits import actions
from visits.models import LiaisonSession
from visits.planning import plan_sessions
from visits.recalling import recall_reminders
from visits.reminding import remind

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = dt.date(2026, 11, 24)


def at(day, hour, minute=0):
    """A Shanghai moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


EVENING = at(23, 17)


@pytest.fixture
def session(plan):
    """石桥村's Tuesday, planned."""
    plan_sessions(today=dt.date(2026, 11, 21))
    return plan.sessions.get(on=TUESDAY)


@pytest.fixture
def gao(li, qingshan):
    """高: a member of 石桥村's team beside 李."""
    user = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    Seat.objects.create(team=li.team, post=user.post)
    return user


def told():
    """Who has a reminder, in order."""
    rows = Notice.objects.filter(kind="session_reminder").order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


def test_each_member_is_told_once_in_the_site_and_by_mail(session, li, gao, wang, mailoutbox):
    assert remind(now=EVENING) == 2
    assert deliver_due(EVENING)["sent"] == 2
    assert told() == ["gao", "li"]
    assert sorted(mail.to[0] for mail in mailoutbox) == ["gao@example.test", "li@example.test"]
    notice = Notice.objects.get(recipient=li)
    assert notice.title == "驻点提醒：2026-11-24(周二)石桥村"
    assert "09:00到石桥村委会一楼驻点，11:30结束" in mailoutbox[0].body
    assert notice.url == f"/sessions/{session.pk}/"


def test_a_second_pass_tells_nobody_again(session, li, mailoutbox):
    for minute in range(3):
        remind(now=at(23, 17, minute))
        deliver_due(at(23, 17, minute))
    assert told() == ["li"]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (at(22, 16, 59), 0),  # more than two days before
        (at(22, 17, 0), 1),
        (at(23, 16, 59), 1),
        (at(23, 17, 0), 1),
        (at(23, 23, 59), 1),
        (at(24, 7, 30), 1),
        (at(24, 8, 59), 1),  # the scheduler was down all night
        (at(24, 9, 0), 0),  # the day has begun
        (at(25, 17, 0), 0),
    ],
)
def test_a_first_pass_tells_once_until_the_day_begins(session, li, moment, count):
    assert remind(now=moment) == count


def test_a_late_scheduler_catches_up_once(session, li, mailoutbox):
    remind(now=at(24, 8, 30))
    deliver_due(at(24, 8, 30))
    remind(now=at(24, 8, 31))
    deliver_due(at(24, 8, 31))
    assert len(mailoutbox) == 1


def test_a_mail_that_waited_past_the_beginning_is_not_sent(session, li, mailoutbox):
    remind(now=EVENING)
    assert deliver_due(at(24, 9, 0))["expired"] == 1
    assert not mailoutbox
    assert Delivery.objects.get().state == "expired"
    assert told() == ["li"]


def test_the_successor_is_told_not_the_predecessor(session, li, qingshan, gao):
    Holding.objects.filter(user=li).update(until=dt.date(2026, 11, 23))
    Holding.objects.create(user=gao, post=li.post, since=TUESDAY)
    remind(now=EVENING)
    assert told() == ["gao"]  # one notice, though he sits in two seats


def test_nobody_is_told_of_a_cancelled_or_held_day(session, li):
    for status in ("cancelled", "held", "missed"):
        type(session).objects.filter(pk=session.pk).update(status=status)
        assert remind(now=EVENING) == 0


def test_somebody_without_an_address_is_told_in_the_site(session, li, mailoutbox):
    li.email = ""
    li.save()
    remind(now=EVENING)
    assert told() == ["li"]
    assert not Delivery.objects.exists()


def test_a_deactivated_account_is_not_told(session, li):
    li.is_active = False
    li.save()
    assert remind(now=EVENING) == 0


def test_one_member_who_joins_at_night_is_told_at_the_next_pass(session, li, qingshan):
    remind(now=EVENING)
    late = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    Seat.objects.create(team=li.team, post=late.post)
    assert Holding.objects.get(user=late).since == SINCE
    assert remind(now=at(23, 20)) == 1
    assert told() == ["gao", "li"]


def test_a_moved_day_is_announced_again_for_its_new_date(session, li):
    remind(now=EVENING)
    type(session).objects.filter(pk=session.pk).update(on=dt.date(2026, 11, 25))
    assert remind(now=at(24, 17)) == 1
    assert told() == ["li", "li"]


def queries_of_reminding():
    """How many queries one pass takes that tells somebody."""
    with CaptureQueriesContext(connection) as captured:
        assert remind(now=EVENING)
    Notice.objects.all().delete()
    return len(captured)


def test_more_teams_cost_no_more_queries(session, li, wang, heping):
    one = queries_of_reminding()
    LiaisonPlan.objects.create(
        team=wang.team, village=heping, place="和平村委会", weekdays=[1],
        starts_at=dt.time(9), ends_at=dt.time(11), valid_from=SINCE,
    )  # fmt: skip
    plan_sessions(today=dt.date(2026, 11, 21))
    assert queries_of_reminding() == one


# --- Each offset once, and what came too late ------------------------------------------------


def told_and_carried(moment):
    """One pass: how many notices are new, and what became of the deliveries."""
    return remind(now=moment), deliver_due(moment)


def test_each_offset_tells_once_by_site_mail_and_sms(session, li, mailoutbox, settings, far_end):
    settings.SMS_URL = far_end.url
    li.set_phones(["15400001234"])
    li.save()
    assert told_and_carried(at(22, 16, 59)) == (0, {})
    assert told_and_carried(at(22, 17)) == (1, {"sent": 1})
    assert told_and_carried(at(22, 17, 1)) == (0, {})
    assert told_and_carried(EVENING) == (1, {"sent": 2})  # the evening before by SMS too
    assert told_and_carried(at(24, 7, 30)) == (1, {"sent": 1})
    assert told_and_carried(at(24, 9)) == (0, {})
    slots = Notice.objects.order_by("pk").values_list("slot", flat=True)
    assert [slot.rpartition("/")[2] for slot in slots] == ["2.1", "1.1", "0.1"]
    assert (len(mailoutbox), len(far_end.asked)) == (3, 1)
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 3


def test_after_26_hours_each_due_item_comes_once_and_the_stale_are_marked(
    session, li, zhao, signed_in, mailoutbox
):
    told_and_carried(at(22, 16))
    back = at(23, 18)  # two evenings due; the first is over
    assert told_and_carried(back) == (2, {"sent": 1})
    assert told_and_carried(back + dt.timedelta(minutes=1)) == (0, {})
    stale = Delivery.objects.get(state="expired")
    assert (stale.notice.slot, stale.reason) == (
        "2026-11-24T0900/2.1",
        "已过提醒时间，不再发送",
    )
    assert Notice.objects.visible_to(li).unread().get().slot == "2026-11-24T0900/1.1"
    listed = signed_in(zhao).get("/notices/stuck/?state=expired").content.decode()
    assert "过期未发" in listed
    assert "2026-11-22 17:00" in listed
    assert len(mailoutbox) == 1


def test_a_day_that_passed_unannounced_is_marked_and_told_to_nobody(session, li, zhao, mailoutbox):
    told_and_carried(at(22, 18))
    li.email = ""
    li.save()
    assert told_and_carried(at(24, 20)) == (2, {})
    assert set(Delivery.objects.filter(state="expired").values_list("channel")) == {("site",)}
    assert Notice.objects.visible_to(li).unread().count() == 1  # of Sunday, told in time
    late = Delivery.objects.filter(state="expired").first()
    assert retry(by=zhao, now=at(24, 20, 30), pk=late.pk).count == 1
    assert deliver_due(at(24, 20, 30)) == {"sent": 1}
    assert Notice.objects.visible_to(li).unread().count() == 2


def test_a_first_pass_ever_marks_nothing_stale(session, li):
    assert remind(now=at(25, 12)) == 0
    assert not Notice.objects.exists()


def test_days_planned_or_people_seated_later_make_nothing_stale(session, li, qingshan):
    remind(now=at(24, 8))
    late = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    Seat.objects.create(team=li.team, post=late.post)
    assert remind(now=at(24, 8, 1)) == 1  # this morning's, and neither evening's
    assert not Delivery.objects.filter(state="expired").exists()


def test_a_day_that_begins_at_another_hour_is_told_anew_once(session, li):
    remind(now=EVENING)
    type(session).objects.filter(pk=session.pk).update(starts_at=dt.time(14))
    assert remind(now=at(23, 19)) == 1
    assert remind(now=at(23, 19, 1)) == 0
    assert "14:00到石桥村委会" in Notice.objects.latest("pk").text


def test_a_group_is_told_once_however_many_members(session, li, gao, wang, far_end):
    def robot(name, team):
        return GroupRobot.objects.create(
            township=li.township, team=team, kind="wecom", name=name, address=far_end.url
        )

    whole, own, others = (
        robot("全镇群", None),
        robot("石桥村群", li.team),
        robot("和平群", wang.team),
    )
    assert told_and_carried(EVENING) == (4, {"sent": 4})  # two members, two groups
    assert {row.robot for row in GroupNotice.objects.all()} == {whole, own}
    assert len(far_end.asked) == 2
    text = far_end.bodies[0]["text"]["content"]
    assert "石桥村委会一楼" in text
    assert not any(person.display_name in text for person in (li, gao, wang))
    assert told_and_carried(at(23, 17, 1)) == (0, {})
    assert others.notices.count() == 0


def test_the_township_s_own_times_hold(session, li, zhao, qian):
    set_reminder_times(
        by=zhao, township=zhao.township, offsets=[Offset(3, dt.time(12))], quiet_from=dt.time(0),
        quiet_to=dt.time(0), since=TUESDAY, on=dt.date(2026, 11, 20),
    )  # fmt: skip
    assert remind(now=at(21, 12)) == 1
    assert remind(now=EVENING) == 0


def test_the_next_moment_is_known_for_the_banner(session, li):
    remind(now=at(22, 12))
    assert Heartbeat.objects.get(pk="remind").next_due_at == at(22, 17)
    assert not heartbeat.is_late(at(22, 17, 4))
    assert heartbeat.is_late(at(22, 17, 6))
    remind(now=at(24, 10))  # the next Tuesday
    assert Heartbeat.objects.get(pk="remind").next_due_at == at(29, 17)


# --- What changed while a mail was held -------------------------------------------------------


@pytest.fixture
def held(session, li, gao, zhao):
    """The evening's mails to 李 and 高, with no mail server to take them until the morning."""
    remind(now=EVENING)
    Delivery.objects.update(next_try_at=MORNING, state="failed", attempts=1)
    return session


MORNING = at(24, 7)


def test_an_excused_member_s_mail_is_not_sent_in_the_morning(held, li, gao, zhao, mailoutbox):
    leave = actions.ask_leave(session=held, by=gao, now=EVENING, kind="sick")
    actions.approve_leave(leave=leave, by=li, now=EVENING, version=leave.version)
    assert recall_reminders(now=at(24, 6, 59)) == 0  # nothing is due yet
    assert recall_reminders(now=MORNING) == 1
    assert recall_reminders(now=MORNING) == 0
    deliver_due(MORNING)
    reminded = [mail.to for mail in mailoutbox if "驻点提醒" in mail.subject]
    assert reminded == [["li@example.test"]]
    recalled = Delivery.objects.get(state="expired")
    assert (recalled.notice.recipient, recalled.reason) == (gao, "安排已变，不再发送")


@pytest.mark.parametrize(
    "changed",
    [{"status": "cancelled"}, {"on": TUESDAY + dt.timedelta(days=1)}, {"starts_at": dt.time(10)}],
)
def test_a_day_that_is_off_or_elsewhere_is_not_reminded_of(held, changed):
    LiaisonSession.objects.filter(pk=held.pk).update(**changed)
    assert recall_reminders(now=MORNING) == 2


def test_a_day_that_stands_keeps_its_mails(held, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert recall_reminders(now=MORNING) == 0
    assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}
