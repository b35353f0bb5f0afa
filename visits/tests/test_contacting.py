"""走访间隔: when a household is due and why, by a table the office can read; and the same rule for a whole roll."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.errors import NotAllowed
from villages.models import Household, Resident, ResidentTag, TagHolding
from visits.actions.duties import set_contact_policy
from visits.contacting import Intervals, Need, NextContact, hang_next_contacts, next_contact
from visits.models import ContactPolicy, Visit

DAY = dt.date(2026, 11, 17)
NOW = dt.datetime(2026, 11, 17, 2, tzinfo=dt.UTC)
MODES = {label: value for value, label in Visit.Mode.choices}


def table():
    path = Path(__file__).parent / "intervals.csv"
    with path.open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def needs_of(text, tags):
    """「一般户180 独居老人30(入户走访)」 as the Needs that fit a household with these tags."""
    found = []
    for word in text.split():
        name, days, mode = re.fullmatch(r"(\D+)(\d+)(?:\((.+)\))?", word).groups()
        if name == "一般户" or name in tags.split():
            found.append(Need(int(days), (MODES[mode],) if mode else (), name))
    return found


def contacts_of(text):
    words = text.split()
    return [
        (dt.date.fromisoformat(on), MODES[mode])
        for on, mode in zip(words[::2], words[1::2], strict=True)
    ]


@pytest.mark.parametrize("row", table(), ids=lambda row: row["接触"] or "never")
def test_due_days_match_the_table(row):
    found = next_contact(needs_of(row["间隔表"], row["标签"]), contacts_of(row["接触"]))
    said = "不要求" if found is None else str(found.on or "尽快")
    assert said == row["应于"]


def test_it_says_why_in_the_office_s_words():
    need = Need(30, (), "独居老人", 5, True)
    met = NextContact(need, dt.date(2026, 10, 12), Visit.Mode.PHONE)
    assert met.in_words() == "独居老人，30天一次，上次 2026-10-12 电话，应于 2026-11-11 前"
    assert met.in_words(plainly=False).startswith("重点户，30天一次，")
    assert NextContact(Need(180)).in_words() == "一般户，180天一次，还没有走访过，请尽快"
    assert met.is_due(dt.date(2026, 11, 11)) and not met.is_due(dt.date(2026, 11, 10))
    assert met.is_late(dt.date(2026, 11, 12)) and not met.is_late(dt.date(2026, 11, 11))


# --- With rows --------------------------------------------------------------------------------


def tagged(household, *names):
    person = Resident.objects.create(
        township=household.township, village=household.village, household=household, name="周奶奶"
    )
    for name in names:
        TagHolding.objects.create(resident=person, tag=ResidentTag.objects.get(name=name))
    return person


def visited(household, on, by, mode="home"):
    return Visit.objects.create(
        township=household.township, village=household.village, household=household, mode=mode,
        occurred_on=on, entered_at=NOW, entered_by=by,
    )  # fmt: skip


def due(household, on=DAY):
    rows = Household.objects.filter(pk=household.pk)
    return Intervals.of([household.township_id], on).due(rows, on).exists()


def test_what_the_house_begins_with(household, li):
    assert due(household)  # nobody was ever there
    visited(household, DAY - dt.timedelta(days=31), li, "phone")
    assert not due(household)
    tagged(household, "独居老人")
    assert due(household)
    [row] = hang_next_contacts([household], DAY)
    assert row.contact.in_words() == "独居老人，30天一次，上次 2026-10-17 电话，应于 2026-11-16 前"


def test_a_township_s_own_row_goes_before_the_general_one(household, li, zhao, qingshan, elsewhere):
    visited(household, DAY - dt.timedelta(days=100), li)
    assert not due(household)
    set_contact_policy(by=zhao, township=qingshan, days=90, since=DAY, on=DAY)
    assert due(household)
    assert Intervals.of([elsewhere.pk], DAY).by_township[elsewhere.pk][None].days == 180


def test_what_was_due_on_a_day_does_not_change_by_a_later_row(household, li, zhao, qingshan):
    visited(household, DAY - dt.timedelta(days=100), li)
    set_contact_policy(by=zhao, township=qingshan, days=90, since=DAY, on=DAY)
    before = DAY - dt.timedelta(days=1)
    assert not due(household, before)
    assert due(household, DAY)
    with pytest.raises(NotAllowed, match="不能早于今天"):
        set_contact_policy(by=zhao, township=qingshan, days=30, since=before, on=DAY)


def test_a_tag_s_interval_is_ended_by_a_row_without_days(household, li, zhao, qingshan):
    tag = ResidentTag.objects.get(name="独居老人")
    tagged(household, "独居老人")
    visited(household, DAY - dt.timedelta(days=40), li)
    assert due(household)
    row = set_contact_policy(by=zhao, township=qingshan, tag=tag, days=None, since=DAY, on=DAY)
    assert row.in_words() == "不再要求"
    assert not due(household)


def test_only_the_office_of_the_township_sets_them(qingshan, zhao, li, qian, sun):
    row = set_contact_policy(by=zhao, township=qingshan, days=60, since=DAY, on=DAY)
    again = set_contact_policy(by=zhao, township=qingshan, days=90, since=DAY, on=DAY)
    assert (again.pk, again.days) == (row.pk, 90)
    for other in (li, qian, sun):
        with pytest.raises(NotAllowed, match="镇驻点办"):
            set_contact_policy(by=other, township=qingshan, days=60, since=DAY, on=DAY)
    for days, modes, words in ((0, (), "1至730"), (731, (), "1至730"), (30, ("boat",), "方式")):
        with pytest.raises(NotAllowed, match=words):
            set_contact_policy(
                by=zhao, township=qingshan, days=days, modes=modes, since=DAY, on=DAY
            )


def test_tags_that_ended_and_people_who_left_ask_for_nothing(household, li):
    person = tagged(household, "独居老人")
    visited(household, DAY - dt.timedelta(days=40), li)
    assert due(household)
    TagHolding.objects.update(valid_until=DAY - dt.timedelta(days=1))
    assert not due(household)
    TagHolding.objects.update(valid_until=None)
    person.left_on = DAY
    person.save()
    assert not due(household)


def test_visits_of_a_joined_household_count_for_the_living_one(household, li):
    joined = Household.objects.create(
        township=household.township, village=household.village, group=household.group,
        number="009", merged_into=household, residence="cancelled",
    )  # fmt: skip
    visited(joined, DAY - dt.timedelta(days=5), li)
    assert not due(household)
    [row] = hang_next_contacts([household], DAY)
    assert row.contact.last == DAY - dt.timedelta(days=5)


TAGS = ("低保", "独居老人", "党员")


@given(
    tags=st.sets(st.sampled_from(TAGS)),
    met=st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(list(Visit.Mode.values))), max_size=4
    ),
    policies=st.dictionaries(
        st.sampled_from((None, *TAGS)),
        st.tuples(
            st.sampled_from((None, 1, 30, 90, 180)),
            st.sampled_from(((), ("home",), ("phone", "evening"), ("reception",))),
        ),
    ),
    ahead=st.integers(-3, 40),
)
def test_the_roll_and_the_single_household_agree(household, li, tags, met, policies, ahead):
    """One rule for the list, in the database, and one for the words beside it: the same households."""
    for model in (Visit, TagHolding, ContactPolicy):
        model.objects.all().delete()
    Resident.objects.all().delete()
    tagged(household, *sorted(tags))
    for days, mode in met:
        visited(household, DAY - dt.timedelta(days=days), li, mode)
    for name, (days, modes) in policies.items():
        ContactPolicy.objects.create(
            township=household.township, days=days, modes=list(modes), since=DAY,
            tag=ResidentTag.objects.get(name=name) if name else None,
        )  # fmt: skip
    by = DAY + dt.timedelta(days=ahead)
    intervals = Intervals.of([household.township_id], DAY)
    rows = Household.objects.filter(pk=household.pk)
    [row] = hang_next_contacts([household], DAY, intervals)
    assert intervals.due(rows, by).exists() == (row.contact is not None and row.contact.is_due(by))


def test_it_costs_three_queries_however_many(household, li, django_assert_num_queries):
    homes = [
        Household.objects.create(
            township=household.township, village=household.village, group=household.group,
            number=f"1{n:02}",
        )
        for n in range(6)
    ]  # fmt: skip
    for home in homes:
        visited(home, DAY, li)
    with django_assert_num_queries(3):
        hang_next_contacts(homes[:1], DAY)
    with django_assert_num_queries(3):
        hang_next_contacts(homes, DAY)
