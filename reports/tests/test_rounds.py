"""What a round has come to: households once, groups that add up, each number the length of its list."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from villages import actions as registry

from .rounds import NOW, counts, first_round, roll, table, visit

__all__ = ["first_round", "roll"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


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
