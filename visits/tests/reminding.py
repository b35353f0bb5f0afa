"""石桥村's Tuesday and whom it is recalled to: what the tests of reminders share."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres.models import Notice, Seat
from conftest import appoint
from visits.planning import plan_sessions

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
