"""A household gets another head, another state, joins another one, is cancelled and comes back."""

import datetime as dt

import pytest

from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from villages import actions
from villages.models import Household, Resident, ResidentTag, TagHolding

from .conftest import PHONE
from .test_life_of_people import DAY, NOW, TOMORROW, fresh, kinds, told

WHEN = {"on": DAY, "now": NOW}


def of(household, by, **facts):
    """What every verb of a household takes."""
    return {"household": household, "version": fresh(household).version, "by": by, **WHEN, **facts}


# --- 户主变更, 居住状态, 注销 ----------------------------------------------------------------


def test_the_wife_becomes_head_and_the_others_are_what_they_are_to_her(family, li):
    relations = {family.head.pk: "夫", family.son.pk: "子"}
    actions.appoint_head(**of(family.home, li, head=family.wife, relations=relations))
    assert [fresh(each).relation for each in (family.wife, family.head)] == ["户主", "夫"]
    assert fresh(family.home).head_name == "王秀英"
    assert told(family.home, li) == ["户主变更为王秀英（原户主周大山）"]
    assert AuditEntry.objects.get(action="户主变更").before == {"户主": "周大山"}


def test_an_old_head_must_become_something_else(family, li):
    for relations in ({}, {family.head.pk: ""}, {family.head.pk: "户主"}):
        with pytest.raises(NotAllowed, match="原户主周大山"):
            actions.appoint_head(**of(family.home, li, head=family.wife, relations=relations))
    with pytest.raises(NotAllowed, match="已是户主"):
        actions.appoint_head(**of(family.home, li, head=family.head, relations={}))
    with pytest.raises(NotAllowed, match="不在这一户"):
        actions.appoint_head(**of(family.home, li, head=family.lin, relations={}))


def test_a_household_goes_away_for_the_season(family, li, wang):
    with pytest.raises(NotAllowed):
        actions.change_residence(**of(family.home, wang, residence="seasonal"))
    actions.change_residence(**of(family.home, li, residence="seasonal"))
    assert fresh(family.home).residence == "seasonal"
    assert told(family.home, li) == ["居住状态变更（常住 → 季节外出）"]
    for same in ("seasonal", "cancelled"):
        with pytest.raises(NotAllowed):
            actions.change_residence(**of(family.home, li, residence=same))
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        actions.change_residence(**of(family.home, li, residence="away") | {"on": TOMORROW})


def test_a_household_with_people_is_not_cancelled(family, li, zhao):
    with pytest.raises(NotAllowed, match="还有3人在册"):
        actions.cancel_household(**of(family.home, li, reason="误登"))
    Resident.objects.filter(household=family.neighbour).update(left_on=DAY)
    actions.cancel_household(**of(family.neighbour, li, reason="全户迁出"))
    row = fresh(family.neighbour)
    assert (row.residence, row.cancelled_on) == ("cancelled", DAY)
    with pytest.raises(NotAllowed, match="已注销"):
        actions.cancel_household(**of(row, li, reason="再来"))
    with pytest.raises(NotAllowed):  # the office alone brings it back
        actions.restore_household(**of(row, li, residence="resident"))
    actions.restore_household(**of(row, zhao, residence="resident"))
    assert kinds(row) == ["returned", "cancelled"]
    with pytest.raises(NotAllowed, match="没有注销"):
        actions.restore_household(**of(row, zhao, residence="resident"))


# --- 并户 -----------------------------------------------------------------------------------


def test_a_household_joins_another_and_its_history_goes_along(family, zhao, li):
    actions.change_residence(**of(family.neighbour, li, residence="seasonal"))
    relations = {family.lin.pk: "女婿"}
    kept = actions.merge_households(
        **of(family.neighbour, zhao, into=family.home, relations=relations)
    )
    lin, ending = fresh(family.lin), fresh(family.neighbour)
    assert (lin.household, lin.relation) == (family.home, "女婿")
    assert (ending.residence, ending.cancelled_on, ending.merged_into) == ("cancelled", DAY, kept)
    assert fresh(kept).residents_count == 4
    assert fresh(kept).history_ids() == [kept.pk, ending.pk]
    assert told(kept, li) == [
        "石桥村第1组002户并入本户，林水生",
        "石桥村第1组002户：居住状态变更（常住 → 季节外出）",
    ]
    assert told(ending, li)[0] == "林水生并入石桥村第1组001户"
    counts = Household.objects.filter(village=kept.village)
    assert counts.on_the_roll().count() == counts.resident().count() == 1


def test_joining_is_the_offices_and_stays_in_the_village(family, li, zhao, heping):
    facts = {"into": family.home, "relations": {}}
    with pytest.raises(NotAllowed, match="岗位"):
        actions.merge_households(**of(family.neighbour, li, **facts))
    with pytest.raises(NotAllowed, match="本村内"):
        actions.merge_households(**of(heping.households.get(), zhao, **facts))
    with pytest.raises(NotAllowed, match="同一户"):
        actions.merge_households(**of(family.home, zhao, **facts))
    with pytest.raises(NotAllowed, match="一位户主"):
        relations = {family.lin.pk: "户主"}
        actions.merge_households(
            **of(family.neighbour, zhao, into=family.home, relations=relations)
        )
    assert fresh(family.neighbour).merged_into is None
    actions.merge_households(**of(family.neighbour, zhao, **facts))
    with pytest.raises(NotAllowed, match="已并入另一户"):
        actions.change_residence(**of(family.neighbour, zhao, residence="away"))
    with pytest.raises(NotAllowed, match="已并入另一户"):
        actions.restore_household(**of(family.neighbour, zhao, residence="away"))


def test_a_chain_of_joined_households_is_one_history(family, zhao):
    third = Household.objects.create(
        township=family.home.township,
        village=family.home.village,
        group=family.home.group,
        number="3",
    )
    actions.merge_households(**of(third, zhao, into=family.neighbour, relations={}))
    actions.merge_households(**of(family.neighbour, zhao, into=family.home, relations={}))
    assert fresh(family.home).history_ids() == [family.home.pk, family.neighbour.pk, third.pk]
    # One step from any of them leads to where the people are now.
    assert fresh(third).merged_into == fresh(family.neighbour).merged_into == family.home


# --- 重复登记 -------------------------------------------------------------------------------


@pytest.fixture
def twin(family):
    """周小山 once more, in the neighbour's household: with a phone, a number and a tag."""
    twin = Resident(
        township=family.home.township, village=family.home.village, household=family.neighbour,
        name="周小山", relation="外甥",
    )  # fmt: skip
    twin.set_id_number("430181199505069033")
    twin.set_phones([PHONE])
    twin.save()
    tag = ResidentTag.objects.get(name="外出务工")
    TagHolding.objects.create(resident=twin, tag=tag, valid_from=DAY)
    return twin


def merged(family, twin, by, **facts):
    given = {"resident": family.son, "version": fresh(family.son).version, "other": twin}
    given |= {
        "other_version": fresh(twin).version,
        "take": {"id_number", "phones"},
        "by": by,
        **WHEN,
    }
    return actions.merge_residents(**given | facts)


def test_two_entries_become_one_person_with_both_histories(family, twin, zhao, li):
    kept = merged(family, twin, zhao)
    assert kept.pk == family.son.pk
    kept, gone = fresh(kept), fresh(twin)
    assert (kept.id_number, kept.phones) == ("430181199505069033", PHONE)
    assert kept.birth_date == dt.date(1995, 5, 6)
    assert (gone.left_as, gone.left_on, gone.merged_into) == ("duplicate", DAY, kept)
    assert gone.id_index == ""
    assert [held.tag.name for held in kept.tag_holdings.current(DAY).in_order()] == ["外出务工"]
    assert kept.history_ids() == [kept.pk, gone.pk]
    assert kinds(family.home) == ["duplicate"]
    assert kinds(family.neighbour) == ["duplicate"]
    assert fresh(family.neighbour).residents_count == 1
    assert "430181199505069033" not in str(AuditEntry.objects.get(action="重复登记合并").after)
    with pytest.raises(NotAllowed, match="重复登记的记录"):
        actions.return_to_roll(resident=gone, version=gone.version, relation="", by=li, **WHEN)


def test_merging_people_is_refused_in_sentences(family, twin, zhao, li, qian):
    for stranger in (li, qian):
        with pytest.raises(NotAllowed):
            merged(family, twin, stranger)
    with pytest.raises(NotAllowed, match="同一条"):
        merged(family, family.son, zhao)
    for old in ({"version": 99}, {"other_version": 99}):
        with pytest.raises(Stale):
            merged(family, twin, zhao, **old)
    merged(family, twin, zhao)
    with pytest.raises(NotAllowed, match="已不在册"):
        merged(family, twin, zhao)


def test_a_double_that_headed_its_household_leaves_it_another_head(family, zhao):
    lin = Resident.objects.create(
        township=family.home.township,
        village=family.home.village,
        household=family.home,
        name="林水生",
    )
    facts = {"resident": lin, "version": 1, "other": family.lin, "other_version": 1, "take": set()}
    with pytest.raises(NotAllowed, match="空挂"):
        actions.merge_residents(by=zhao, **WHEN, **facts)
    actions.merge_residents(by=zhao, empty_as="cancelled", **WHEN, **facts)
    assert fresh(family.neighbour).is_cancelled


def test_a_double_head_of_the_same_household_hands_it_on(family, zhao):
    double = Resident.objects.create(
        township=family.home.township,
        village=family.home.village,
        household=family.home,
        name="周大山",
    )
    head = family.head
    actions.merge_residents(
        resident=double, version=1, other=head, other_version=fresh(head).version,
        take={"id_number"}, by=zhao, **WHEN,
    )  # fmt: skip
    assert fresh(double).relation == "户主"
    assert fresh(double).id_number == head.id_number
    assert fresh(family.home).residents_count == 3
