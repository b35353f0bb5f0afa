"""提醒时间: offsets and quiet hours as dated rows; what they give for a day; who may set them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres import actions
from cadres.delivering import deliver_due
from cadres.models import Delivery, Notice, ReminderPolicy
from cadres.notices import notify
from cadres.reminder_times import Offset, slots_of
from cadres.reminding import ReminderTimes
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from tests.filling import fill_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = dt.date(2026, 11, 24)
NINE = dt.time(9)


def at(day, hour, minute=0):
    """A Shanghai moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def shipped():
    """What the product ships."""
    return ReminderPolicy.objects.get(township=None).in_order()


# --- The moments of a day --------------------------------------------------------------------


def test_as_shipped_a_day_is_told_of_three_times(db):
    slots = slots_of(shipped(), TUESDAY, NINE)
    assert [(slot.name, slot.due_at, slot.not_after, slot.by_sms) for slot in slots] == [
        ("2026-11-24T0900/2.1", at(22, 17), at(23, 17), False),
        ("2026-11-24T0900/1.1", at(23, 17), at(24, 7, 30), True),
        ("2026-11-24T0900/0.1", at(24, 7, 30), at(24, 9), False),
    ]


def test_what_would_come_after_the_beginning_is_left_out(db):
    slots = slots_of(shipped(), TUESDAY, dt.time(7))
    assert [slot.due_at for slot in slots] == [at(22, 17), at(23, 17)]
    assert slots[-1].not_after == at(24, 7)


def test_two_moments_of_one_day_have_names_of_their_own():
    two = sorted([Offset(1, dt.time(17)), Offset(1, dt.time(12))])
    assert [slot.name[-3:] for slot in slots_of(two, TUESDAY, NINE)] == ["1.1", "1.2"]
    assert slots_of([], TUESDAY, NINE) == []


# --- Which row holds -------------------------------------------------------------------------


def set_times(by, since, *offsets, quiet=("21:00", "07:00")):
    """A row of 青山镇."""
    return actions.set_reminder_times(
        by=by, township=by.township, offsets=[Offset.of(*each) for each in offsets],
        quiet_from=dt.time.fromisoformat(quiet[0]), quiet_to=dt.time.fromisoformat(quiet[1]),
        since=since, on=dt.date(2026, 11, 20),
    )  # fmt: skip


def test_a_township_s_own_row_holds_from_its_day_on(zhao, qian):
    set_times(zhao, TUESDAY, (3, "09:00"))
    times = ReminderTimes.load()
    monday = TUESDAY - dt.timedelta(days=1)
    assert times.of(zhao.township_id, TUESDAY).in_order() == [Offset(3, dt.time(9))]
    assert times.of(zhao.township_id, monday).in_order() == shipped()
    assert times.of(qian.township_id, TUESDAY).in_order() == shipped()
    assert times.farthest == 3


def test_a_row_of_the_same_day_is_replaced_and_the_trail_has_both(zhao):
    set_times(zhao, TUESDAY, (1, "17:00"))
    row = set_times(zhao, TUESDAY, (1, "18:00"), (0, "07:00", True))
    assert ReminderPolicy.objects.filter(township=zhao.township).get() == row
    assert row.in_words() == "前1天18:00、当天07:00(含短信)；免打扰21:00至次日07:00"
    last = AuditEntry.objects.filter(action="设定提醒时间").last()
    assert last.before["提醒时间"].startswith("前1天17:00")


@pytest.mark.parametrize(
    ("since", "offsets", "words"),
    [
        (dt.date(2026, 11, 19), [(1, "17:00")], "不能早于今天"),
        (TUESDAY, [(1, "17:00"), (1, "17:00", True)], "时间相同"),
        (TUESDAY, [(8, "17:00")], "不早于7天前"),
        (TUESDAY, [(n, "17:00") for n in range(5)], "最多提醒4次"),
    ],
)
def test_what_cannot_be_is_refused(zhao, since, offsets, words):
    with pytest.raises(NotAllowed, match=words):
        set_times(zhao, since, *offsets)
    assert not ReminderPolicy.objects.exclude(township=None).exists()


def test_only_the_office_of_the_township_sets_them(zhao, li, qian, elsewhere):
    with pytest.raises(NotAllowed):
        set_times(li, TUESDAY, (1, "17:00"))
    with pytest.raises(NotAllowed, match="不属于您所在的乡镇"):
        actions.set_reminder_times(
            by=qian, township=zhao.township, offsets=[], quiet_from=NINE, quiet_to=NINE,
            since=TUESDAY, on=TUESDAY,
        )  # fmt: skip


# --- Quiet hours -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(23, 20, 59), at(23, 20, 59)),
        (at(23, 21), at(24, 7)),
        (at(23, 23, 59), at(24, 7)),
        (at(24, 0), at(24, 7)),
        (at(24, 6, 59), at(24, 7)),
        (at(24, 7), at(24, 7)),
    ],
)
def test_quiet_hours_end_in_the_morning(db, moment, opens):
    assert ReminderTimes.load().opens(None, moment) == opens


def test_a_township_may_have_other_quiet_hours_or_none(zhao, qian):
    set_times(zhao, dt.date(2026, 11, 20), quiet=("12:00", "14:30"))
    times = ReminderTimes.load()
    assert times.opens(zhao.township_id, at(23, 13)) == at(23, 14, 30)
    assert times.opens(zhao.township_id, at(23, 23)) == at(23, 23)
    assert times.opens(qian.township_id, at(23, 23)) == at(24, 7)
    set_times(zhao, dt.date(2026, 11, 21), quiet=("00:00", "00:00"))
    assert ReminderTimes.load().opens(zhao.township_id, at(23, 0)) == at(23, 0)


def tell(person, now, not_after=None):
    """One message."""
    return notify(
        recipient=person, kind="test", subject="session:1", slot="s", title="驻点提醒", text="",
        url="/", due_at=now, not_after=not_after, now=now,
    )  # fmt: skip


def test_at_night_a_mail_waits_for_the_morning_and_the_site_does_not(li, mailoutbox):
    tell(li, at(23, 22))
    assert Notice.objects.visible_to(li).unread().count() == 1
    assert not deliver_due(at(23, 22))
    assert not deliver_due(at(24, 6, 59))
    assert deliver_due(at(24, 7)) == {"sent": 1}
    assert len(mailoutbox) == 1


def test_a_mail_still_here_when_the_quiet_hours_begin_waits_too(li, mailoutbox):
    tell(li, at(23, 20, 59))
    assert not deliver_due(at(23, 21, 1))
    assert Delivery.objects.get().next_try_at == at(24, 7)
    assert deliver_due(at(24, 7)) == {"sent": 1}


def test_what_would_be_too_late_in_the_morning_is_marked_at_once(li, mailoutbox):
    tell(li, at(23, 22), not_after=at(24, 6, 30))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason) == ("expired", "免打扰时段内不发，到早上已过提醒时间")
    Delivery.objects.update(state="queued", next_try_at=at(23, 22))
    assert deliver_due(at(23, 22)) == {"expired": 1}
    assert not deliver_due(at(24, 7))
    assert not mailoutbox


def test_a_township_awake_is_served_while_another_sleeps(li, qian, zhao, mailoutbox):
    set_times(zhao, dt.date(2026, 11, 20), quiet=("00:00", "00:00"))
    tell(li, at(23, 22))
    tell(qian, at(23, 22))
    assert deliver_due(at(23, 22)) == {"sent": 1}
    assert [mail.to for mail in mailoutbox] == [["li@example.test"]]


# --- The page --------------------------------------------------------------------------------


def test_the_office_changes_them_on_a_page(signed_in, zhao, time_machine):
    time_machine.move_to(at(20, 10))
    client = signed_in(zhao)
    page = client.get("/notices/times/").content.decode()
    assert "系统自带" in page
    answer = fill_in(
        client, "/notices/times/", days_1="3", at_1="09:00", sms_1="on", days_2="", days_3="0",
        at_3="07:30", quiet_from="20:00", since="2026-11-24",
    )  # fmt: skip
    assert "提醒时间已保存" in answer.content.decode()
    row = ReminderPolicy.objects.get(township=zhao.township)
    assert row.in_words() == "前3天09:00(含短信)、当天07:30；免打扰20:00至次日07:00"


def test_a_day_without_an_hour_is_refused_beside_its_field(signed_in, zhao):
    client = signed_in(zhao)
    with pytest.raises(AssertionError, match="请填写几点提醒"):
        fill_in(client, "/notices/times/", days_4="5", at_4="")
    assert not ReminderPolicy.objects.exclude(township=None).exists()


def test_the_index_of_settings_leads_there(signed_in, zhao, admin):
    assert 'href="/notices/times/"' in signed_in(zhao).get("/settings/").content.decode()
    index = signed_in(admin).get("/settings/").content.decode()
    assert 'href="/notices/robots/"' in index
    assert 'href="/notices/times/"' not in index
