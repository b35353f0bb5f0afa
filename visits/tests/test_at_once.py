"""Two desks in the same moment: one stand-in for one day, one make-up day, one request."""

import datetime as dt

import pytest

from conftest import appoint
from desk.tests.at_once import at_once
from liaison import clock
from tests.test_at_once import one_is_told, told
from visits import actions
from visits.models import LeaveRequest, LiaisonSession

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ahead(day):
    """石桥村's next Tuesday."""
    LiaisonSession.objects.filter(pk=day.pk).update(on="2026-11-24")
    day.refresh_from_db()
    return day


def test_two_desks_give_the_same_stand_in_to_two_villages(
    ahead, feng, wang, heping, zhao, qingshan
):
    he = appoint(qingshan, "hexin", "何欣", "cadre", title="综治干部")
    other = LiaisonSession.objects.create(
        township=heping.township, team=wang.team, village=heping, on="2026-11-24",
        starts_at=dt.time(10), ends_at=dt.time(12), place="和平村委会",
    )  # fmt: skip
    other.refresh_from_db()
    now = clock.now()
    asked = [
        actions.ask_leave(session=session, by=by, now=now, kind="personal")
        for session, by in ((ahead, feng), (other, wang))
    ]
    calls = [
        told(actions.approve_leave, leave=leave, by=zhao, now=now, version=1, stand_in=he)
        for leave in asked
    ]
    results, states = at_once(
        calls,
        lambda: sorted(LeaveRequest.objects.values_list("state", "stand_in__username")),
    )
    one_is_told(results, "另选一人")
    assert sorted(states, key=str) == [("approved", "hexin"), ("requested", None)]


def test_two_taps_ask_once(ahead, feng):
    calls = [told(actions.ask_leave, session=ahead, by=feng, now=clock.now(), kind="sick")] * 2
    results, count = at_once(calls, LeaveRequest.objects.count)
    one_is_told(results, "已为这一天请过假")
    assert count == 1


def test_lead_and_office_name_two_days_for_one(day, li, zhao, feng):
    LiaisonSession.objects.filter(pk=day.pk).update(on="2026-11-10", status="missed")
    day.refresh_from_db()
    calls = [
        told(
            actions.make_up, session=day, by=by, now=clock.now(), version=None,
            on=dt.date(2026, 11, on),
        )
        for by, on in ((li, 28), (zhao, 29))
    ]  # fmt: skip
    results, count = at_once(calls, LiaisonSession.objects.exclude(made_up_for=None).count)
    one_is_told(results, "补驻")
    assert count == 1


def test_approved_here_and_withdrawn_there(ahead, feng, li):
    leave = actions.ask_leave(session=ahead, by=feng, now=clock.now(), kind="sick")
    calls = [
        told(verb, leave=leave, by=by, now=clock.now(), version=1)
        for verb, by in ((actions.approve_leave, li), (actions.withdraw_leave, feng))
    ]
    results, state = at_once(calls, lambda: LeaveRequest.objects.get().state)
    one_is_told(results, "刚被别人改过")
    assert state in ("approved", "withdrawn")
