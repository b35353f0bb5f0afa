"""A day called off: whoever was told of it is told that it is off, once; nobody else hears of it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres.models import Notice
from visits.actions import cancel_session
from visits.calling_off import tell_called_off
from visits.planning import plan_sessions
from visits.reminding import remind

TUESDAY = dt.date(2026, 11, 24)


def at(day, hour):
    """A Shanghai moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def session(plan):
    """石桥村's Tuesday, planned."""
    plan_sessions(today=dt.date(2026, 11, 21))
    return plan.sessions.get(on=TUESDAY)


def called_off(session, zhao, now):
    """The office cancels it."""
    session.refresh_from_db()
    return cancel_session(session=session, by=zhao, now=now, version=session.version, reason="防汛")


def told():
    """Who was told that a day is off."""
    rows = Notice.objects.filter(kind="session_called_off")
    return list(rows.values_list("recipient__username", flat=True))


def test_who_was_reminded_is_told_once(session, li, wang, zhao):
    remind(now=at(22, 17))
    called_off(session, zhao, at(23, 9))
    assert tell_called_off(now=at(23, 9)) == 1
    assert tell_called_off(now=at(23, 10)) == 0
    assert told() == ["li"]
    text = Notice.objects.get(kind="session_called_off").text
    assert "防汛" not in text
    assert "已取消" in text


def test_nobody_is_told_of_a_day_nobody_knew_of(session, li, zhao):
    called_off(session, zhao, at(21, 9))
    assert tell_called_off(now=at(21, 9)) == 0


def test_a_day_that_stands_or_is_past_tells_nothing(session, li, zhao):
    remind(now=at(22, 17))
    assert tell_called_off(now=at(23, 9)) == 0
    called_off(session, zhao, at(23, 9))
    assert tell_called_off(now=at(25, 9)) == 0
