"""Two desks do it in one moment: one is served, the other told; nobody waits for ever, nothing is half done."""

import datetime as dt

import pytest

from desk.tests.at_once import at_once
from tests.test_at_once import one_is_told, told
from villages import actions
from villages.models import Household, RegistryEvent, Resident

pytestmark = pytest.mark.django_db(transaction=True)
NOW = dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)
WHEN = {"on": dt.date(2026, 11, 3), "now": NOW}


def of(household, by, **facts):
    return {"household": household, "version": household.version, "by": by, **WHEN, **facts}


def counts():
    """(events, 户 on the roll, 人 on the roll as the households count them, as they are)."""
    homes = Household.objects.all()
    return (
        RegistryEvent.objects.count(),
        homes.exclude(residence="cancelled").count(),
        sum(homes.values_list("residents_count", flat=True)),
        Resident.objects.present().count(),
    )


def test_two_households_send_somebody_to_each_other(family, li, zhao):
    second = Resident.objects.create(
        township=family.home.township, village=family.home.village, household=family.neighbour,
        name="林小草", relation="女",
    )  # fmt: skip
    Household.objects.filter(pk=family.neighbour.pk).update(residents_count=2)
    calls = [
        told(
            actions.move_residents,
            **of(family.home, li, residents=[family.son], to=family.neighbour),
        ),
        told(
            actions.move_residents, **of(family.neighbour, zhao, residents=[second], to=family.home)
        ),
    ]
    results, (events, _, counted, present) = at_once(calls, counts)
    one_is_told(results, "刚被别人改过")
    assert (events, counted) == (1, present)


def test_two_households_join_each_other(family, zhao):
    calls = [
        told(actions.merge_households, **of(one, zhao, into=other, relations={}))
        for one, other in ((family.home, family.neighbour), (family.neighbour, family.home))
    ]
    results, (_, homes, counted, present) = at_once(calls, counts)
    assert sorted(said == "done" for said in results) == [False, True]
    assert (homes, counted) == (1, present)


def test_one_death_written_down_at_two_desks(family, li, zhao):
    calls = [
        told(actions.record_death, **of(family.home, by, resident=family.wife)) for by in (li, zhao)
    ]
    results, (events, _, counted, present) = at_once(calls, counts)
    one_is_told(results, "刚被别人改过")
    assert (events, counted) == (1, present)


def test_two_households_split_off_under_one_number(family, li, zhao):
    lin = Resident.objects.create(
        township=family.home.township,
        village=family.home.village,
        household=family.neighbour,
        name="林小草",
    )
    group = family.home.group
    calls = [
        told(
            actions.split_household,
            **of(home, by, residents=[one], head=one, group=group, number="77", address=""),
        )
        for home, by, one in ((family.home, li, family.son), (family.neighbour, zhao, lin))
    ]
    results, count = at_once(calls, Household.objects.filter(number="77").count)
    one_is_told(results, "户编号")
    assert count == 1


def test_two_entries_merged_both_ways(family, zhao):
    twin = Resident.objects.create(
        township=family.home.township,
        village=family.home.village,
        household=family.neighbour,
        name="周小山",
    )
    calls = [
        told(
            actions.merge_residents,
            resident=one, version=1, other=other, other_version=1, take=set(), by=zhao, **WHEN,
        )
        for one, other in ((family.son, twin), (twin, family.son))
    ]  # fmt: skip
    results, present = at_once(calls, Resident.objects.present().filter(name="周小山").count)
    assert sorted(said == "done" for said in results) == [False, True]
    assert present == 1
