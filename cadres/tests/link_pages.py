"""石桥村 with six households, 何秀英 and 李 who answer for some of them: what the tests of /links/ share."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres import actions
from cadres.models import LinkPolicy, Representative
from conftest import SINCE
from liaison import clock
from villages.models import Household

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def homes(shiqiao):
    """Six households of 石桥村 in two groups, one of them 空挂."""
    first = shiqiao.households.get()
    second = shiqiao.groups.create(name="第2组", number=2)
    more = [
        Household.objects.create(
            township=shiqiao.township,
            village=shiqiao,
            group=first.group if n < 4 else second,
            number=f"00{n}",
            head_name=f"户主{n}",
            residence="vacant" if n == 6 else "resident",
        )
        for n in range(2, 7)
    ]
    return [first, *more]


@pytest.fixture
def he(shiqiao):
    """何秀英, 村民代表 of 石桥村."""
    return Representative.objects.create(
        village=shiqiao, name="何秀英", group=shiqiao.groups.first(), since=SINCE
    )


@pytest.fixture
def linked(homes, he, li, zhao):
    """何秀英 has the first two, 李's post the first one; bounds 3–5."""
    today = clock.today()
    LinkPolicy.objects.create(
        township=he.village.township, kind="representative", least=3, most=5, since=DAY
    )
    for who, own in ((he, homes[:2]), (li.post, homes[:1])):
        actions.link_households(by=zhao, households=own, who=who, since=DAY, on=today)


def listed(client, name="cadres:links", **query):
    """The rows of a list."""
    return client.get(reverse(name), query).context["page"].rows
