"""A township in which 冯 is accused: what the tests of confidential matters share.

冯 sits in 石桥村's team, which 李 leads; a villager reports him to 孙. 周 has it on his desk, 吕 asks after it.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from cadres.models import Notice, Seat
from cadres.roles import Role
from conftest import appoint
from grievances import actions
from grievances.models import Category, Grievance, Rung, Source
from liaison import clock
from tests.lived_in import DAY, NOW

WORDS = ("铁皮棚回扣", "六万砂石款", "何大嫂密告", "15400007788")


@pytest.fixture
def town(ours, everybody, qingshan, monkeypatch):
    """The cast in a township where something has happened, with 冯 in 李's team; the clock stands still."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    people = SimpleNamespace(**vars(everybody))
    people.feng = appoint(qingshan, "feng", "冯军", Role.CADRE, title="石桥村驻点干部")
    Seat.objects.create(team=people.li.team, post=people.feng.post, kind=Seat.Kind.MEMBER)
    people.lyu = appoint(qingshan, "lyu", "吕和", Role.LEADER, title="纪委书记")
    people.ours = ours
    ours["ConfidentialPolicy"].delete()
    return people


def reported(town, **more):
    """孙 takes down what 何大嫂 says of 冯; the household is the one of the demo rows."""
    facts = {
        "village": town.ours["Village"], "household": town.ours["Household"], "complainant": WORDS[2],
        "phone": WORDS[3], "summary": WORDS[0], "detail": WORDS[1], "ground": "report",
        "category": Category.objects.first(), "source": Source.objects.first(), "people": [town.feng],
    }  # fmt: skip
    return actions.confide(by=town.sun, on=DAY, now=NOW, **facts | more)


def late(matter, days):
    """Its due day was so many days ago."""
    due = DAY - dt.timedelta(days=days)
    at = timezone.make_aware(dt.datetime.combine(due, dt.time(17)))
    Grievance.every.filter(pk=matter.pk).update(due_on=due, due_at=at)
    matter.refresh_from_db()
    return matter


@pytest.fixture
def ladder(town):
    """Two rungs that are told of delays: after one day and after five."""
    Rung.objects.filter(pk=town.ours["Rung"].pk).update(overdue_days=1)
    Rung.objects.create(
        township=town.ours["Rung"].township, order=99, name="办公会", role="office", overdue_days=5
    )


def quiet(user):
    """What somebody was told of confidential matters, the oldest first."""
    url = reverse("grievances:confidential")
    return [note.title for note in Notice.objects.filter(recipient=user, url=url).order_by("pk")]
