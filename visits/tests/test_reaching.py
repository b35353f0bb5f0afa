"""Which households were reached and when last, wherever their people live now."""

import datetime as dt

import pytest

from liaison import clock
from villages import actions as registry
from villages.models import Household
from visits import actions
from visits.models import Visit
from visits.reaching import reached, reaching, with_last_reached

pytestmark = pytest.mark.django_db


def on(text):
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.fixture
def call(li, shiqiao, neighbours):
    """``call("001", "10-05", "phone")``: one visit to a household, written down today."""

    def log(number, day, mode="home"):
        return actions.log_visit(
            by=li, now=clock.now(), occurred_on=on(day), village=shiqiao, mode=mode,
            household=shiqiao.households.get(number=number),
        )  # fmt: skip

    return log


def last(visits=None):
    """{number: (day or None, mode)} of 石桥村's roll."""
    rows = with_last_reached(Household.objects.exclude(residence="cancelled"), visits)
    return {row.number: (row.last_reached_on, row.last_reached_mode) for row in rows}


def numbers(**asked):
    return sorted(row.number for row in reached(Household.objects.all(), reaching(**asked)))


def test_the_last_day_is_the_day_it_happened_not_the_day_it_was_typed(call):
    call("001", "10-05")
    call("001", "09-01", "phone")  # entered later
    call("002", "10-06", "reception")
    told = last()
    assert told["001"] == (on("10-05"), "home")
    assert told["002"] == told["003"] == (None, "")


def test_of_two_on_one_day_the_one_written_last_tells_the_mode(call):
    call("001", "10-05")
    call("001", "10-05", "evening")
    assert last()["001"] == (on("10-05"), "evening")


def test_which_modes_count_is_asked_for(call):
    call("001", "10-05")
    call("002", "10-06", "phone")
    call("003", "10-07", "reception")
    assert numbers() == ["001", "002"]
    assert numbers(modes=["phone", "evening"]) == ["002"]
    assert numbers(modes=["reception"]) == ["003"]
    assert numbers(modes=[]) == []
    assert last(reaching(["reception"]))["003"] == (on("10-07"), "reception")


def test_both_ends_of_a_period_belong_to_it(call):
    call("001", "10-01")
    call("002", "10-31")
    call("003", "11-01")
    assert numbers(since=on("10-01"), until=on("10-31")) == ["001", "002"]
    assert numbers(until=on("10-01")) == ["001"]
    assert numbers(since=on("11-01")) == ["003"]


def test_a_household_joined_to_another_counts_where_its_people_are(call, zhao, shiqiao):
    """Even through a chain: 003 into 002, then 002 into 001."""
    call("003", "10-05", "evening")
    home = {row.number: row for row in shiqiao.households.all()}
    for gone, kept in (("003", "002"), ("002", "001")):
        registry.merge_households(
            household=home[gone], version=None, into=home[kept], relations={}, by=zhao,
            on=on("10-20"), now=clock.now(),
        )  # fmt: skip
    assert last()["001"] == (on("10-05"), "evening")
    assert numbers() == ["001"]
    assert numbers(since=on("10-06")) == []
    call("001", "11-02")
    assert last()["001"] == (on("11-02"), "home")
    assert Visit.objects.filter(household=home["003"]).exists()  # what was written stays as it was
