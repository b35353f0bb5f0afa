"""石桥村's households, a round over them, and how what it has come to is counted."""

import datetime as dt
from types import SimpleNamespace

import pytest

from reports.rounds import RoundTable
from villages.models import Group, Household, Section
from visits.models import Visit, VisitRound
from visits.models.rounds import usual_modes

START, END = dt.date(2026, 3, 1), dt.date(2026, 7, 31)
NOW = dt.datetime(2026, 11, 21, 4, tzinfo=dt.UTC)


def household(group, number, residence="resident", **more):
    village = group.village
    return Household.objects.create(
        township=village.township, village=village, group=group, number=number,
        head_name=f"户主{number}", residence=residence, **more,
    )  # fmt: skip


def visit(home, by, on, mode="home"):
    return Visit.objects.create(
        township=home.township, village=home.village, household=home, mode=mode, entered_at=NOW,
        occurred_on=dt.date.fromisoformat(f"2026-{on}") if isinstance(on, str) else on,
        entered_by=by,
    )  # fmt: skip


@pytest.fixture
def roll(shiqiao, li):
    """石桥村: 东片 with 第1组 (001–004), 第2组 without a 片 (011 away, 012 vacant, 013)."""
    first = shiqiao.groups.get()
    first.section = Section.objects.create(village=shiqiao, name="东片")
    first.save()
    second = Group.objects.create(village=shiqiao, name="第2组", number=2)
    homes = {"001": shiqiao.households.get()}
    for number, residence in (("002", "seasonal"), ("003", "resident"), ("004", "resident")):
        homes[number] = household(first, number, residence)
    for number, residence in (("011", "away"), ("012", "vacant"), ("013", "resident")):
        homes[number] = household(second, number, residence)
    return SimpleNamespace(homes=homes, first=first, second=second, village=shiqiao, by=li)


@pytest.fixture
def first_round(qingshan, roll, heping):
    """第一轮, 1 March to 31 July, in which 001 was reached twice, 002 by telephone, 011 by telephone."""
    row = VisitRound.objects.create(
        township=qingshan, name="第一轮", starts_on=START, ends_on=END, modes=usual_modes()
    )
    for number, on, mode in (
        ("001", "03-01", "home"),  # its first day
        ("001", "07-31", "evening"),  # its last
        ("002", "05-05", "phone"),
        ("011", "05-06", "phone"),
        ("003", "02-28", "home"),  # the day before
        ("004", "08-01", "home"),  # the day after
        ("013", "05-07", "reception"),  # came to us
    ):
        visit(roll.homes[number], roll.by, on, mode)
    return row


def table(visit_round, user):
    villages = visit_round.villages_in_order().visible_to(user)
    return RoundTable(
        reader=user, visit_round=visit_round, villages=list(villages), today=dt.date(2026, 11, 21)
    )


def counts(place):
    """(target, reached, missing, never, away, reached of them, vacant, reached of them)."""
    said = place.covered
    return (
        said.target, said.reached, said.missing, said.never, said.away, said.away_reached,
        said.vacant, said.vacant_reached,
    )  # fmt: skip
