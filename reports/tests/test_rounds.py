"""What a round has come to: households once, groups that add up, each number the length of its list."""

import datetime as dt
import io
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.rounds import RoundTable
from villages import actions as registry
from villages.models import Group, Household, Section, Village
from visits.models import Visit, VisitRound
from visits.models.rounds import usual_modes

pytestmark = pytest.mark.django_db
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


def test_households_are_counted_once_group_by_group(first_round, zhao):
    told = table(first_round, zhao)
    lines = [(line.kind, line.name, counts(line)) for line in told.by_group]
    assert lines == [
        ("section", "东片", (4, 2, 2, 1, 0, 0, 0, 0)),
        # 003 was reached the day before and 004 the day after the round: by its end 004 had never been
        ("group", "第1组", (4, 2, 2, 1, 0, 0, 0, 0)),
        ("group", "第2组", (1, 0, 1, 1, 1, 1, 1, 0)),
        ("group", "第1组", (1, 0, 1, 1, 0, 0, 0, 0)),  # of 和平村
    ]
    assert [counts(line)[:4] for line in told.by_village] == [(5, 2, 3, 2), (1, 0, 1, 1)]
    assert counts(told.total) == (6, 2, 4, 3, 1, 1, 1, 0)
    assert told.total.figure.in_words == "2/6，33.3%"


def test_what_counts_is_the_rounds_own(first_round, zhao):
    first_round.modes, first_round.target = ["home", "reception"], ["resident", "away"]
    told = table(first_round, zhao)
    assert told.apart == {"vacant": "空挂"}
    assert counts(told.total)[:2] == (
        6,
        2,
    )  # 001 at its door, 013 who came; 011 belongs to the target now


def test_a_round_closed_early_ends_on_that_day(first_round, zhao, roll):
    first_round.closed_on = dt.date(2026, 5, 5)
    assert counts(table(first_round, zhao).total)[5:6] == (0,)  # 011 was called the day after
    visit(roll.homes["003"], roll.by, "05-05")  # written down today
    assert counts(table(first_round, zhao).total)[1] == 3


def test_a_household_cancelled_after_it_was_reached_stays_one_unreached_goes(
    first_round, zhao, roll
):
    for number in ("001", "003"):
        registry.cancel_household(
            household=roll.homes[number], version=None, by=zhao, on=dt.date(2026, 9, 1), now=NOW,
            reason="迁走",
        )  # fmt: skip
    told = table(first_round, zhao).total
    assert counts(told)[:3] == (5, 2, 3)
    assert told.covered.gone == 1


def test_joined_and_moved_households_count_once_where_they_are_now(first_round, zhao, roll):
    """002, reached in the round, joins 003; 001 goes to 第2组."""
    registry.merge_households(
        household=roll.homes["002"], version=None, into=roll.homes["003"], relations={}, by=zhao,
        on=dt.date(2026, 9, 1), now=NOW,
    )  # fmt: skip
    registry.change_group(
        household=roll.homes["001"], version=None, group=roll.second, by=zhao,
        on=dt.date(2026, 9, 1), now=NOW,
    )  # fmt: skip
    lines = {line.name: counts(line)[:2] for line in table(first_round, zhao).by_group[:3]}
    assert lines == {"东片": (2, 1), "第1组": (2, 1), "第2组": (2, 1)}


def test_each_number_is_the_length_of_its_list(signed_in, zhao, first_round):
    client, told = signed_in(zhao), table(first_round, zhao)
    for line in [*told.by_village, *told.by_group, told.total]:
        parts = [*line.figure.above, *line.figure.below, *(line.part(name) for name in line.rows)]
        for part in parts:
            url = f"{reverse(part.rows.page)}?{part.rows.query}"
            assert client.get(url).context["page"].total == part.number, (line.name, part)


def test_the_pages_show_what_is_still_to_do(signed_in, zhao, li, first_round, shiqiao, heping):
    client = signed_in(zhao)
    page = client.get(reverse("reports:round", args=[first_round.pk]))
    assert page.context["tiles"][0][:2] == ("本轮未走访", 4)
    assert "33.3%" in page.content.decode()
    village = reverse("reports:round_village", args=[first_round.pk, shiqiao.code])
    text = client.get(village).content.decode()
    assert "东片" in text and "2/5 户" in text
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(village, {"format": "xlsx"})))
    ).active
    rows = [row[:8] for row in sheet.iter_rows(values_only=True) if row[0] == "石桥村"]
    assert [row[1:7] for row in rows] == [
        ("东片", "第1组", 4, 2, 2, 1), (None, "第2组", 1, 0, 1, 1),
    ]  # fmt: skip
    client = signed_in(li)
    assert client.get(village).status_code == 200
    foreign = reverse("reports:round_village", args=[first_round.pk, heping.code])
    assert client.get(foreign).status_code == 404
    assert client.get(reverse("reports:round", args=[first_round.pk])).context["tiles"][2][1] == 5


def test_a_contact_counts_the_households_linked_to_him(signed_in, contact, first_round, roll):
    contact.post.household_links.create(
        village=roll.village, household=roll.homes["001"], kind="cadre", since="2020-01-01"
    )
    page = signed_in(contact).get(reverse("reports:round", args=[first_round.pk]))
    assert [tile[1] for tile in page.context["tiles"][:3]] == [0, 1, 1]
    assert "只统计这些户" in page.content.decode()


def test_a_round_of_some_villages_holds_no_others(signed_in, zhao, first_round, heping, shiqiao):
    first_round.villages.set([shiqiao])
    client = signed_in(zhao)
    assert [line.name for line in table(first_round, zhao).by_village] == ["石桥村"]
    page = client.get(reverse("visits:coverage"), {"round": first_round.pk}).context["page"]
    assert page.total == 5
    other = reverse("reports:round_village", args=[first_round.pk, heping.code])
    assert client.get(other).status_code == 404


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
