"""A roster comes again and again: who is new, who moved, who is missing; nobody is deleted."""

import datetime as dt

import pytest

from liaison import audit
from liaison.errors import NotAllowed
from liaison.imports.kinds import Place
from liaison.models import AuditEntry
from liaison.reading.excel_read import read_book
from villages.models import Group, Household, Resident, ResidentTag
from villages.roster.commit import commit
from villages.roster.stage import stage_book

from .roster_files import number, roster, row

ON = dt.date(2026, 11, 21)
ZHOU, MEI, ER = number(), number("19720202", 902), number("19950303", 903)
FAMILY = (
    row(id=ZHOU, phone="15400000001"),
    row("李梅", "妻", id=MEI),
    row("周小二", "子", id=ER, tags="党员"),
)


def stage_file(data, **place):
    """What a file would do."""
    return stage_book(read_book(data), Place(on=ON, **place))


@pytest.fixture
def take(qingshan, shiqiao):
    """take(rows) stages and commits a roster of 石桥村; returns what was staged."""

    def run(*rows, village=shiqiao, **file):
        data = roster(*rows, **file)
        staged = stage_file(data, township=qingshan, village=village)
        commit(staged=staged, by=None, file_name="名册.csv")
        return staged

    return run


def people(staged):
    return {kind: n for kind, n in staged.counts()["residents"].items() if n}


def homes(staged):
    return {kind: n for kind, n in staged.counts()["households"].items() if n}


def test_the_first_roster_fills_the_household_and_the_second_changes_nothing(take, household):
    assert people(take(*FAMILY)) == {"new": 3}
    household.refresh_from_db()
    assert household.residents_count == 3
    zhou = Resident.objects.get(name="周大山")
    assert (zhou.household, zhou.sex, zhou.birth_date) == (household, "M", dt.date(1970, 1, 1))
    assert (zhou.pinyin, zhou.masked_phones) == ("zhoudashan zds", "154****0001")
    assert [tag.name for tag in Resident.objects.get(name="周小二").tags.all()] == ["党员"]
    before = list(Resident.objects.values_list("pk", "version"))
    again = take(*FAMILY)
    assert (people(again), homes(again)) == ({"unchanged": 3}, {"unchanged": 1})
    assert list(Resident.objects.values_list("pk", "version")) == before


def test_a_changed_field_is_shown_masked_and_written_to_the_trail(take):
    take(*FAMILY)
    staged = take(row(id=ZHOU, phone="15400000009", remark="组长"), *FAMILY[1:])
    assert people(staged) == {"changed": 1, "unchanged": 2}
    (change,) = staged.of_kind("changed")
    assert change.fields == [("联系电话", "154****0001", "154****0009"), ("备注", "", "组长")]
    line = AuditEntry.objects.get(action="导入修改居民")
    assert line.before["联系电话"] == "154****0001"
    assert line.after["联系电话"] == "154****0009"
    assert not audit.verify()
    assert Resident.objects.get(name="周大山").version == 2


def test_another_household_is_a_move_with_the_old_place_kept(take):
    take(*FAMILY)
    moved = row("周小二", "户主", home="002", group="第二组", head="周小二", id=ER, tags="党员")
    staged = take(*FAMILY[:2], moved)
    assert (people(staged), homes(staged)) == (
        {"moved": 1, "unchanged": 2},
        {"new": 1, "unchanged": 1},
    )
    person = Resident.objects.get(name="周小二")
    assert (person.household.number, person.household.group.name) == ("002", "第2组")
    counts = dict(Household.objects.values_list("number", "residents_count"))
    assert (counts["001"], counts["002"]) == (2, 1)
    line = AuditEntry.objects.get(action="导入迁移居民")
    assert (line.before["所在户"], line.after["所在户"]) == ("第1组 001户", "第2组 002户")


def test_a_household_that_changes_its_group_moves_its_people(take):
    take(*FAMILY)
    staged = take(*(each.replace("第1组", "3组") for each in FAMILY))
    assert (people(staged), homes(staged)) == ({"moved": 3}, {"changed": 1})
    assert Household.objects.get(number="001").group == Group.objects.get(name="第3组")


def test_a_person_comes_over_from_another_village(take, heping):
    take(*FAMILY)
    bride = row("李梅", "妻", head="周大山", id=MEI)
    assert people(take(bride, village=heping)) == {"moved": 1}
    assert Resident.objects.get(name="李梅").village == heping
    assert people(take(*FAMILY[::2])) == {"unchanged": 2}


def test_who_is_not_listed_is_reported_and_stays(take):
    take(*FAMILY)
    staged = take(*FAMILY[:1])
    assert people(staged) == {"unchanged": 1, "missing": 2}
    assert Resident.objects.present().count() == 3


def test_somebody_marked_as_gone_is_not_missing(take):
    take(*FAMILY)
    Resident.objects.filter(name="李梅").update(left_on=ON)
    assert people(take(FAMILY[0], FAMILY[2])) == {"unchanged": 2}


def test_a_child_without_a_number_is_known_by_household_and_name(take):
    take(*FAMILY, row("周三", "女", id="办理中"))
    later = number("20240404", 904)
    staged = take(*FAMILY, row("周三", "女", id=later))
    assert people(staged) == {"changed": 1, "unchanged": 3}
    assert Resident.objects.get(name="周三").id_number == later
    # And an empty cell takes no known number away
    assert people(take(*FAMILY, row("周三", "女"))) == {"unchanged": 4}


def test_an_id_number_of_somebody_elsewhere_with_another_name_overwrites_nobody(take, heping):
    take(*FAMILY)
    staged = take(row("王强", head="王强", id=ER), row("王妻", "妻"), village=heping)
    (refused,) = staged.parsed.refused
    assert refused.code == "R-ID-CONFLICT"
    assert "石桥村第1组已登记的周*二" in refused.reason
    assert (
        Resident.objects.get(id_index=Resident.objects.get(name="周小二").id_index).name == "周小二"
    )
    assert people(staged) == {"new": 1}


def test_a_sensitive_tag_is_added_by_a_roster_and_taken_away_only_by_the_team(take):
    plain = ResidentTag.objects.get_or_create(name="党员")[0]
    ResidentTag.objects.update_or_create(name="低保", defaults={"sensitive": True})
    take(row(id=ZHOU, tags="低保、党员"))
    staged = take(row(id=ZHOU))
    assert staged.of_kind("changed")[0].fields == [("人员类别", "", "有改动")]
    held = Resident.objects.get().tag_holdings
    assert [each.tag.name for each in held.current(ON)] == ["低保"]
    assert people(take(row(id=ZHOU))) == {"unchanged": 1}
    ended = held.get(tag=plain)
    assert ended.valid_until == ON - dt.timedelta(days=1)
    take(row(id=ZHOU, tags="党员"))
    assert {each.tag.name for each in held.current(ON)} == {"党员", "低保"}


def test_a_corrected_name_in_the_same_household_is_a_change(take):
    take(*FAMILY)
    staged = take(FAMILY[0], row("李玫", "妻", id=MEI), FAMILY[2])
    assert people(staged) == {"changed": 1, "unchanged": 2}


def test_households_without_numbers_are_found_again(take):
    head = "组,姓名,与户主关系,身份证号"
    rows = (f"1组,周大山,户主,{ZHOU}", f"1组,李梅,妻,{MEI}", f"1组,王强,户主,{ER}")
    staged = take(*rows, head=head)
    assert people(staged) == {"new": 3}
    again = take(*rows, head=head)
    assert people(again) == {"unchanged": 3}
    assert "new" not in homes(again)


def test_a_column_the_file_lacks_takes_nothing_away(take):
    take(*FAMILY)
    short = (f"第1组,001,周大山,周大山,{ZHOU}", f"第1组,001,,李梅,{MEI}", f"第1组,001,,周小二,{ER}")
    staged = take(*short, head="组,户编号,户主,姓名,身份证号")
    assert people(staged) == {"unchanged": 3}
    assert Resident.objects.get(name="周小二").tags.count() == 1


def test_numbers_that_begin_again_in_each_group_are_two_households(take):
    take(
        row(id=ZHOU),
        row("王强", "户主", group="第2组", home="001", head="王强", id=ER),
    )
    assert Resident.objects.get(name="王强").household.number == "第2组-001"
    assert (
        Resident.objects.get(name="周大山").household != Resident.objects.get(name="王强").household
    )


def test_groups_of_one_name_in_two_sections_stay_two(take):
    head = "片,组,户编号,姓名,与户主关系,身份证号"
    take(f"东片,1组,101,周大山,户主,{ZHOU}", f"西片,1组,201,王强,户主,{ER}", head=head)
    assert set(Group.objects.exclude(section=None).values_list("name", "section__name")) == {
        ("东片第1组", "东片"),
        ("西片第1组", "西片"),
    }


def test_a_change_since_the_preview_refuses_the_import(qingshan, shiqiao, take):
    staged = stage_file(roster(*FAMILY), township=qingshan, village=shiqiao)
    household = shiqiao.households.get()
    household.version += 1
    household.save()
    with pytest.raises(NotAllowed, match="重新上传"):
        commit(staged=staged, by=None, file_name="名册.csv")
    assert not Resident.objects.exists()


def test_somebody_entered_by_hand_in_the_same_moment_refuses_it_too(qingshan, shiqiao, monkeypatch):
    staged = stage_file(roster(*FAMILY), township=qingshan, village=shiqiao)
    other = Resident(
        township=qingshan, village=shiqiao, household=shiqiao.households.get(), name="周"
    )
    other.set_id_number(ZHOU)
    other.save()
    monkeypatch.setattr("villages.roster.commit.registry_stamp", lambda township: staged.stamp)
    with pytest.raises(NotAllowed, match="重新上传"):
        commit(staged=staged, by=None, file_name="名册.csv")
    assert Resident.objects.get() == other


def test_a_failure_half_way_leaves_nothing(qingshan, shiqiao, monkeypatch):
    staged = stage_file(roster(*FAMILY), township=qingshan, village=shiqiao)
    monkeypatch.setattr(audit, "record_many", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commit(staged=staged, by=None, file_name="名册.csv")
    assert not Resident.objects.exists()


def test_a_longer_roster_costs_no_more_queries(qingshan, shiqiao, django_assert_max_num_queries):
    def rows(count, start):
        return (
            row(f"人{chr(0x4E00 + n)}", home=f"{start + n:03d}", head="", id=number(order=900 + n))
            for n in range(count)
        )

    with django_assert_max_num_queries(45):
        few = stage_file(roster(*rows(2, 100)), township=qingshan, village=shiqiao)
        commit(staged=few, by=None, file_name="a")
    with django_assert_max_num_queries(45):
        many = stage_file(roster(*rows(60, 100)), township=qingshan, village=shiqiao)
        commit(staged=many, by=None, file_name="a")
    assert Resident.objects.count() == 60
