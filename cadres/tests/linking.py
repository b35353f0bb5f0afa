"""Four households of 石桥村 and two 村民代表, and how they are linked: what the tests of 包户联系 share."""

import datetime as dt

import pytest

from cadres import actions
from cadres.models import Representative
from conftest import SINCE
from liaison.models import AuditEntry
from villages.models import Household

TODAY = dt.date(2026, 11, 21)
EARLIER = dt.date(2026, 3, 1)
TOMORROW = dt.date(2026, 11, 22)


@pytest.fixture
def homes(shiqiao):
    """Four households of 石桥村."""
    first = shiqiao.households.get()
    more = [
        Household.objects.create(
            township=shiqiao.township,
            village=shiqiao,
            group=first.group,
            number=f"00{n}",
            head_name=f"户主{n}",
        )
        for n in (2, 3, 4)
    ]
    return [first, *more]


@pytest.fixture
def he(shiqiao):
    """何秀英, 村民代表 of 石桥村 since 2020."""
    return Representative.objects.create(village=shiqiao, name="何秀英", since=SINCE)


@pytest.fixture
def ma(shiqiao):
    """马春, another one."""
    return Representative.objects.create(village=shiqiao, name="马春", since=SINCE)


def link(by, homes, who, since=TODAY, **more):
    return actions.link_households(by=by, households=homes, who=who, since=since, on=TODAY, **more)


def now_with(who):
    """The households linked to somebody today."""
    return {row.household for row in who.household_links.current(TODAY)}


def trail(action):
    return AuditEntry.objects.filter(action=action)
