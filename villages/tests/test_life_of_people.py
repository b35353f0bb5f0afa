"""People move, found households, die, move out and come back: each with its day, both histories kept."""

import datetime as dt

import pytest

from liaison import audit
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from villages import actions, history
from villages.models import Group, Household, RegistryEvent, Resident, SearchToken

NOW = dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 3)
TOMORROW = dt.date(2026, 11, 22)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def kinds(household):
    return [event.kind for event in RegistryEvent.objects.of(fresh(household))]


def told(household, user):
    return [line.words for line in history.of_household(fresh(household), user)]


def move(family, by, *people, **facts):
    given = {
        "household": family.home,
        "version": fresh(family.home).version,
        "to": family.neighbour,
    }
    given |= {"residents": people, "by": by, "on": DAY, "now": NOW}
    return actions.move_residents(**given | facts)


def split(family, by, *people, **facts):
    given = {"household": family.home, "version": fresh(family.home).version, "residents": people}
    given |= {"head": people[0] if people else None, "group": family.home.group, "number": "009"}
    given |= {"address": "桥头", "by": by, "on": DAY, "now": NOW}
    return actions.split_household(**given | facts)


def die(family, by, person, **facts):
    given = {"household": person.household, "version": fresh(person.household).version}
    given |= {"resident": person, "by": by, "on": DAY, "now": NOW}
    return actions.record_death(**given | facts)


# --- 迁移 -----------------------------------------------------------------------------------


def test_a_son_moves_to_the_neighbour_and_both_pages_tell(family, li):
    move(family, li, family.son, relations={family.son.pk: "女婿"})
    son = fresh(family.son)
    assert (son.household, son.relation) == (family.neighbour, "女婿")
    assert fresh(family.home).residents_count == 2
    assert fresh(family.neighbour).residents_count == 2
    assert told(family.home, li) == ["周小山迁往石桥村第1组002户"]
    assert told(family.neighbour, li) == ["周小山由石桥村第1组001户迁入"]
    line = AuditEntry.objects.get(action="迁移成员")
    assert (line.after["成员"], line.after["日期"]) == ("周小山", "2026-11-03")
    assert audit.verify() == []


def test_when_the_head_moves_another_is_named(family, li):
    with pytest.raises(NotAllowed, match="选择新户主"):
        move(family, li, family.head)
    assert fresh(family.head).household == family.home
    assert not RegistryEvent.objects.exists()
    move(family, li, family.head, new_head=family.wife)
    assert fresh(family.home).head_name == "王秀英"
    assert fresh(family.wife).relation == "户主"
    assert kinds(family.home) == ["new_head", "moved"]


def test_the_new_head_is_one_of_those_who_stay(family, li):
    for gone in (family.head, family.son, family.lin):
        with pytest.raises(NotAllowed, match="选择新户主"):
            move(family, li, family.head, family.son, new_head=gone)


def test_when_all_move_the_household_is_said_to_be_empty_or_cancelled(family, li):
    everybody = (family.head, family.wife, family.son)
    with pytest.raises(NotAllowed, match="空挂"):
        move(family, li, *everybody)
    move(family, li, *everybody, empty_as="cancelled")
    home = fresh(family.home)
    assert (home.residence, home.cancelled_on, home.residents_count) == ("cancelled", DAY, 0)
    assert not Household.objects.on_the_roll().filter(pk=home.pk).exists()
    assert kinds(home) == ["cancelled", "moved", "moved", "moved"]
    assert told(home, li)[1] == "周大山、王秀英、周小山迁往石桥村第1组002户"


def test_a_move_needs_both_places(family, li, wang, zhao, contact, heping):
    there = heping.households.get()
    for who, to in ((li, there), (wang, family.neighbour), (contact, family.neighbour)):
        with pytest.raises(NotAllowed):
            move(family, who, family.son, to=to)
    move(family, zhao, family.son, to=there)
    son = fresh(family.son)
    assert (son.village, son.household) == (heping, there)
    assert told(there, wang) == ["周小山由石桥村第1组001户迁入"]


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (TOMORROW, "不能晚于今天"),
        (dt.date(1995, 5, 5), "早于周小山的出生日期"),
        (dt.date(1899, 1, 1), "日期太早"),
    ],
)
def test_a_day_that_cannot_be_is_refused(family, li, day, says):
    with pytest.raises(NotAllowed, match=says):
        move(family, li, family.son, on=day)


def test_a_move_from_an_old_page_or_of_people_gone_is_refused(family, li):
    old = family.home.version
    move(family, li, family.son)
    with pytest.raises(Stale):
        move(family, li, family.wife, version=old)
    with pytest.raises(NotAllowed, match="已不在这一户"):
        move(family, li, family.son)
    with pytest.raises(NotAllowed, match="请选择家庭成员"):
        move(family, li)
    with pytest.raises(NotAllowed, match="同一户"):
        move(family, li, family.wife, to=family.home)


def test_nobody_moves_into_or_out_of_a_cancelled_household(family, li):
    Household.objects.filter(pk=family.neighbour.pk).update(residence="cancelled")
    with pytest.raises(NotAllowed, match="已注销"):
        move(family, li, family.son)


# --- 分户 -----------------------------------------------------------------------------------


def test_a_son_founds_his_own_household(family, li):
    made = split(family, li, family.son, family.wife, relations={family.wife.pk: "母亲"})
    assert (made.number, made.address, made.head_name) == ("009", "桥头", "周小山")
    assert (fresh(made).residents_count, fresh(family.home).residents_count) == (2, 1)
    assert [fresh(each).relation for each in (family.son, family.wife)] == ["户主", "母亲"]
    assert told(family.home, li) == ["王秀英、周小山分出，另立石桥村第1组009户（新户主周小山）"]
    assert told(made, li)[0].startswith("王秀英、周小山由石桥村第1组001户分出")


def test_a_split_is_refused_whole(family, li, heping):
    with pytest.raises(NotAllowed, match="已有"):
        split(family, li, family.son, number="002")
    with pytest.raises(NotAllowed, match="新户的户主"):
        split(family, li, family.son, head=family.wife)
    with pytest.raises(NotAllowed, match="不在您联系的范围"):
        split(family, li, family.son, group=heping.groups.get())
    with pytest.raises(NotAllowed, match="空挂"):
        split(family, li, family.head, family.wife, family.son)
    assert Household.objects.filter(village=family.home.village).count() == 2
    assert fresh(family.son).household == family.home
    assert not RegistryEvent.objects.exists()


# --- 死亡, 迁出, 恢复在册 -------------------------------------------------------------------


def test_a_death_keeps_the_row_and_counts_it_no_longer(family, li):
    die(family, li, family.wife)
    wife = fresh(family.wife)
    assert (wife.left_on, wife.left_as, wife.household) == (DAY, "died", family.home)
    assert wife not in Resident.objects.present()
    assert fresh(family.home).residents_count == 2
    assert told(family.home, li) == ["王秀英死亡"]


def test_when_the_head_dies_a_new_one_is_named_in_the_same_form(family, li):
    with pytest.raises(NotAllowed, match="选择新户主"):
        die(family, li, family.head)
    die(family, li, family.head, new_head=family.son)
    assert fresh(family.home).head_name == "周小山"


def test_when_the_last_one_dies_the_household_is_empty_or_cancelled(family, li):
    with pytest.raises(NotAllowed, match="没有在册成员了"):
        die(family, li, family.lin)
    die(family, li, family.lin, empty_as="vacant")
    assert fresh(family.neighbour).residence == "vacant"
    assert kinds(family.neighbour) == ["residence", "died"]


def test_a_written_down_later_death_shows_both_days(family, li):
    die(family, li, family.wife)
    (line,) = history.of_household(fresh(family.home), li)
    assert line.late
    assert (line.event.on, line.event.entered_at) == (DAY, NOW)


def test_moving_out_says_where_to_and_coming_back_is_dated(family, li):
    home = actions.record_moving_out(
        household=family.home, version=family.home.version, residents=[family.son], where="广东东莞",
        by=li, on=DAY, now=NOW,
    )  # fmt: skip
    son = fresh(family.son)
    assert son.left_as == "moved_out"
    assert told(home, li) == ["周小山迁出（广东东莞）"]
    facts = {"resident": son, "version": son.version, "relation": "子", "by": li, "now": NOW}
    with pytest.raises(NotAllowed, match="早于离册日期"):
        actions.return_to_roll(on=DAY - dt.timedelta(days=1), **facts)
    actions.return_to_roll(on=DAY, **facts)
    assert fresh(son).left_on is None
    assert fresh(family.home).residents_count == 3
    with pytest.raises(Stale):
        actions.return_to_roll(on=DAY, **facts)
    with pytest.raises(NotAllowed, match="本来就在册"):
        actions.return_to_roll(on=DAY, **facts | {"version": fresh(son).version})


def test_two_heads_do_not_come_about_by_coming_back(family, li):
    die(family, li, family.head, new_head=family.wife)
    head = fresh(family.head)
    with pytest.raises(NotAllowed, match="一位户主"):
        actions.return_to_roll(
            resident=head, version=head.version, relation="户主", by=li, on=DAY, now=NOW
        )
    assert fresh(head).left_on == DAY


def test_who_died_is_found_as_one_who_left(family, li, signed_in):
    die(family, li, family.wife)
    client = signed_in(li)
    gone = client.get("/residents/", {"roll": "left"})
    assert [row.name for row in gone.context["page"].rows] == ["王秀英"]
    assert "死亡" in gone.content.decode()
    here = client.get("/residents/", {"q": "王秀英"})
    assert not here.context["page"].rows


# --- 换组 -----------------------------------------------------------------------------------


def test_a_household_changes_its_group_within_the_village(family, li, heping):
    second = Group.objects.create(village=family.home.village, name="第2组", number=2)
    facts = {"household": family.home, "by": li, "on": DAY, "now": NOW}
    with pytest.raises(NotAllowed, match="只在本村内"):
        actions.change_group(version=1, group=heping.groups.get(), **facts)
    row = actions.change_group(version=family.home.version, group=second, **facts)
    assert row.group == second
    assert told(row, li) == ["换组（第1组 → 第2组）"]
    with pytest.raises(NotAllowed, match="已在第2组"):
        actions.change_group(version=row.version, group=second, **facts)


def test_search_finds_people_where_they_are_now(family, zhao, heping):
    def standing(name):
        rows = SearchToken.objects.filter(token=name)
        return set(rows.values_list("village_id", "kind"))

    there, here = heping.pk, family.home.village_id
    move(family, zhao, family.son, to=heping.households.get())
    assert standing("周小山") == {(there, SearchToken.Kind.RESIDENT)}
    die(family, zhao, family.wife)
    assert standing("王秀英") == {(here, SearchToken.Kind.FORMER_RESIDENT)}
