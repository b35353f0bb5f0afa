"""A day not confirmed is the lead's business a day after its end, and the office's two days later."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from cadres.models import Notice
from visits import actions
from visits.confirming import remind_unconfirmed
from visits.models import LiaisonSession, SessionPolicy
from visits.rules import days_to_confirm, days_to_escalate

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0):
    """A Shanghai moment of November 2026; the day is the 17th, 9:00 to 11:30."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def told():
    """[(who, slot)] in order."""
    rows = Notice.objects.filter(kind="session_unconfirmed").order_by("pk")
    return list(rows.values_list("recipient__username", "slot"))


@pytest.mark.parametrize(
    ("moment", "lead", "office"),
    [
        (at(18, 11, 29), 0, 0),
        (at(18, 11, 30), 1, 0),
        (at(20, 11, 29), 1, 0),
        (at(20, 11, 30), 1, 1),
        (at(28, 8), 1, 1),  # the scheduler was down for a week
        (dt.datetime(2027, 1, 20, tzinfo=SHANGHAI), 0, 0),  # long ago: it stands on the list
    ],
)
def test_the_lead_is_told_then_the_office(day, li, zhao, moment, lead, office):
    assert remind_unconfirmed(now=moment) == Counter(lead=lead, office=office)


def test_each_once_however_often_the_step_runs(day, li, feng, zhao):
    for hour in (12, 13, 14):
        remind_unconfirmed(now=at(18, hour))
    for hour in (12, 13):
        remind_unconfirmed(now=at(21, hour))
    assert told() == [("li", "lead:2026-11-17"), ("zhao", "office:2026-11-17")]


def test_what_was_written_up_waits_for_its_lead_all_the_same(day, li, feng, zhao):
    actions.write_up(session=day, by=feng, now=at(17, 20))
    remind_unconfirmed(now=at(18, 12))
    assert "还没有确认" in Notice.objects.get(recipient=li).text
    actions.confirm_held(session=day, by=li, now=at(18, 13))
    assert remind_unconfirmed(now=at(21, 12)) == Counter(lead=0, office=0)


def test_nobody_is_told_of_a_day_called_off(day, li, zhao):
    for status in ("cancelled", "missed"):
        LiaisonSession.objects.update(status=status)
        assert remind_unconfirmed(now=at(21, 12)) == Counter(lead=0, office=0)


def test_the_days_are_the_township_s_own(day, li, zhao, qingshan, elsewhere):
    for township, confirm in ((qingshan, 3), (elsewhere, 1)):
        SessionPolicy.objects.create(
            township=township, since="2026-11-01", confirm_days=confirm, escalate_days=4
        )
    assert remind_unconfirmed(now=at(20, 11)) == Counter(lead=0, office=0)
    assert remind_unconfirmed(now=at(20, 12)) == Counter(lead=1, office=0)
    assert remind_unconfirmed(now=at(24, 12)) == Counter(lead=0, office=1)


def test_the_lists_hold_exactly_those(day, li, feng, zhao):
    rows, today = LiaisonSession.objects, dt.date(2026, 11, 18)
    assert not rows.unconfirmed_for(at(18, 11), days_to_confirm(today)).exists()
    late = rows.unconfirmed_for(at(18, 12), days_to_confirm(today))
    assert list(late.led_by(li)) == [day]
    assert not late.led_by(feng).exists()
    assert not rows.unconfirmed_for(at(18, 12), days_to_escalate(today)).exists()
    assert list(rows.unconfirmed_for(at(20, 12), days_to_escalate(today))) == [day]
