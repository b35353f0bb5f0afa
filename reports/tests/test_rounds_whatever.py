"""What holds of a round whatever happened, and at the size of 鄌郚镇."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from villages.models import Group, Household, Village
from visits.models import Visit, VisitRound

from .rounds import END, NOW, START, counts, roll, table, visit

__all__ = ["roll"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db

# --- what holds whatever happened -----------------------------------------------------------

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 11, 20))
MODES = st.sampled_from(["home", "phone", "evening", "reception"])
VISITS = st.lists(st.tuples(st.integers(0, 6), DAYS, MODES), max_size=25)


@given(done=VISITS, first=DAYS, second=DAYS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_sums_hold_and_households_are_never_more_than_visits(
    roll, zhao, qingshan, heping, done, first, second
):
    """distinct ≤ visits; 组 add up to 片, village and township; the day it happened decides, whenever it was typed."""
    homes = list(roll.homes.values())
    Visit.objects.all().delete()
    VisitRound.objects.all().delete()
    for at, on, mode in done:
        visit(homes[at], roll.by, on, mode)
    start, end = sorted([first, second])
    row = VisitRound.objects.create(
        township=qingshan, name="轮", starts_on=start, ends_on=end, modes=["home", "phone"]
    )
    told = table(row, zhao)
    within = [
        (at, mode) for at, on, mode in done if start <= on <= end and mode in ("home", "phone")
    ]
    target = {at for at, home in enumerate(homes) if home.residence in ("resident", "seasonal")}
    assert told.total.covered.reached == len({at for at, _ in within if at in target})
    assert told.total.covered.reached <= len(within)
    ever = {at for at, on, mode in done if on <= end and mode != "reception"}
    assert told.total.covered.never == len(target - ever) + 1  # and the household of 和平村
    groups = [line for line in told.by_group if line.kind == "group"]
    for place in range(8):
        numbers = [counts(line)[place] for line in groups]
        assert sum(numbers) == counts(told.total)[place]
        assert sum(numbers) == sum(counts(line)[place] for line in told.by_village)


# --- at the size of 鄌郚镇 -------------------------------------------------------------------


@pytest.fixture
def tangwu(qingshan, zhao):
    """12,800 households in 114 groups of 38 villages, and two rounds over them."""
    groups = []
    for at in range(38):
        village = Village.objects.create(
            township=qingshan, code=f"9900011003{at:02}", name=f"村{at:02}"
        )
        groups += [
            Group.objects.create(village=village, name=f"第{n}组", number=n) for n in (1, 2, 3)
        ]
    kinds = ("resident",) * 8 + ("seasonal", "away", "vacant", "cancelled")
    Household.objects.bulk_create(
        (
            Household(
                township=qingshan, village=groups[at % 114].village, group=groups[at % 114],
                number=f"{at:05}", residence=kinds[at % 11 if at % 5 else at % 12],
            )
            for at in range(12_800)
        ),
        batch_size=1000,
    )  # fmt: skip
    rounds = [
        VisitRound.objects.create(township=qingshan, name=name, starts_on=first, ends_on=last)
        for name, first, last in (
            ("第一轮", START, END), ("第二轮", dt.date(2026, 8, 1), dt.date(2026, 12, 31)),
        )
    ]  # fmt: skip
    _walk(qingshan, zhao)
    return rounds


def _walk(township, by):
    modes, start = ("home", "evening", "phone", "reception"), dt.date(2026, 2, 15)
    rows = Household.objects.filter(township=township).order_by("pk")
    Visit.objects.bulk_create(
        (
            Visit(
                township=township, village_id=village, household_id=pk, mode=modes[(at + n) % 4],
                occurred_on=start + dt.timedelta(days=(at * 13 + n * 97) % 280), entered_at=NOW,
                entered_by=by,
            )
            for at, (pk, village) in enumerate(rows.values_list("pk", "village_id"))
            for n in range(at % 4)
        ),
        batch_size=1000,
    )  # fmt: skip


def _counted_apart(visit_round):
    """{group id: [target, reached, never]} by plain loops over every row."""
    found, reached, ever = {}, set(), set()
    for home, on, mode in Visit.objects.values_list("household", "occurred_on", "mode"):
        if mode != "reception" and on <= visit_round.ends_on:
            ever.add(home)
            if on >= visit_round.starts_on:
                reached.add(home)
    for pk, group, residence in Household.objects.values_list("pk", "group", "residence"):
        own = found.setdefault(group, [0, 0, 0])
        if residence in ("resident", "seasonal"):
            for at, counted in enumerate((True, pk in reached, pk not in ever)):
                own[at] += counted
    return found


def test_two_rounds_over_12800_households_read_right(
    signed_in, zhao, tangwu, django_assert_max_num_queries
):
    for visit_round in tangwu:
        expected = _counted_apart(visit_round)
        told = table(visit_round, zhao)
        lines = {
            line.pk: [line.covered.target, line.covered.reached, line.covered.never]
            for line in told.by_group
        }
        assert lines == expected
        assert counts(told.total)[0] == sum(own[0] for own in expected.values()) > 9000
        assert counts(told.total)[1] == sum(own[1] for own in expected.values()) > 2000
    client, url = signed_in(zhao), reverse("reports:round", args=[tangwu[1].pk])
    client.get(url)
    with django_assert_max_num_queries(9):
        assert client.get(url).status_code == 200
    asked = {"round": tangwu[1].pk, "reached": "no", "order": "longest"}
    with django_assert_max_num_queries(13):
        page = client.get(reverse("visits:coverage"), asked).context["page"]
    assert page.total == counts(told.total)[2] or page.total is None
    days = [row.waiting_since for row in page.rows]
    assert days == sorted(days)
