"""Each reminder at its offset and once; what came too late, and what changed while a mail was held."""

import datetime as dt

import pytest

from cadres import heartbeat
from cadres.actions import set_reminder_times
from cadres.actions.notices import retry
from cadres.delivering import deliver_due
from cadres.models import Delivery, GroupNotice, GroupRobot, Heartbeat, Notice, Seat
from cadres.reminder_times import Offset
from conftest import appoint
from visits import actions
from visits.models import LiaisonSession
from visits.recalling import recall_reminders
from visits.reminding import remind

from .reminding import EVENING, TUESDAY, at, gao, session

__all__ = ["gao", "session"]  # fixtures, asked for by name


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
