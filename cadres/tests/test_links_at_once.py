"""Two clerks link, appoint or hand over in one moment: one after the other, never two of a kind."""

import datetime as dt

import pytest

from cadres import actions
from cadres.models import HouseholdLink, Representative
from conftest import SINCE
from desk.tests.at_once import at_once
from liaison import clock
from tests.test_at_once import one_is_told, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(shiqiao):
    """Three representatives of 石桥村."""
    return [
        Representative.objects.create(village=shiqiao, name=name, since=SINCE)
        for name in ("何秀英", "马春", "徐来")
    ]


def test_a_household_linked_to_three_at_once_has_one(zhao, household, people):
    today = clock.today()
    calls = [
        told(
            actions.link_households, by=zhao, households=[household], who=who, since=today, on=today
        )
        for who in people
    ]
    current = HouseholdLink.objects.current(today)
    results, count = at_once(calls, current.count)
    assert results == ["done"] * 3  # each hands over to the next
    assert count == 1


def test_of_those_who_saw_the_same_page_one_is_served(zhao, household, people):
    today = clock.today()
    facts = {"by": zhao, "households": [household], "since": today, "on": today, "seen": 0}
    calls = [told(actions.link_households, who=who, **facts) for who in people]
    results, count = at_once(calls, HouseholdLink.objects.count)
    one_is_told(results, "刚被别人改为")
    assert count == 1


def test_a_representative_appointed_twice_at_once_is_one(zhao, shiqiao):
    today = clock.today()
    facts = {"by": zhao, "village": shiqiao, "name": "何秀英", "since": today, "on": today}
    calls = [told(actions.appoint_representative, **facts)] * 2
    results, count = at_once(calls, Representative.objects.count)
    one_is_told(results, "已有在任")
    assert count == 1


def test_who_leaves_while_he_is_given_a_household_keeps_none(zhao, household, people):
    today = clock.today()
    calls = [
        told(
            actions.link_households,
            by=zhao,
            households=[household],
            who=people[0],
            since=today - dt.timedelta(days=1),
            on=today,
        ),
        told(actions.end_representative, by=zhao, representative=people[0], until=today, on=today),
    ]
    results, open_links = at_once(calls, HouseholdLink.objects.filter(until=None).count)
    assert "done" in results
    assert open_links == 0
