"""A Tuesday to come, who may stand in, and 冯 who asks for leave: what the tests of 驻点日请假 share."""

import datetime as dt

import pytest

from cadres.models import Notice
from conftest import appoint
from liaison import clock
from visits import actions
from visits.models import LiaisonSession

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
