"""What a roster may not do, what it leaves behind, and the problem rows that come back."""

import pytest
from django.utils import timezone

from liaison.imports.kinds import KINDS, Place
from liaison.imports.trace import Trace, take_back
from liaison.models import ImportBatch
from liaison.reading.excel_read import read_book
from liaison.scoping import Scope
from villages.models import Group, Household, RegistryEvent, Resident, Section, TagHolding
from villages.roster.commit import Writing, commit
from villages.roster.stage import stage_book

from .roster_files import HEAD, number, roster, row
from .test_roster_stage import FAMILY, ON, ZHOU, homes, people, stage_file

RETURNED = f"{HEAD},问题说明"


def take(*rows, **place):
    """Stage and store a roster; returns what was staged."""
    head = place.pop("head", HEAD)
    staged = stage_file(roster(*rows, head=head), **place)
    commit(staged=staged, by=None, file_name="名册.csv")
    return staged


def codes(problems):
    return [(each.row, each.column, each.code) for each in problems]


def test_every_fault_of_a_row_is_told_and_the_row_counts_once(qingshan, shiqiao):
    bad = row("", id="43018119700101901", home="009").replace(",,154", ",154")
    staged = stage_file(roster(bad, *FAMILY), township=qingshan, village=shiqiao)
    assert codes(staged.refused) == [(2, "D", "R-NAME"), (2, "G", "R-ID-LEN")]
    assert people(staged) == {"new": 3}
    assert staged.carried("CSV", 2) == {
        "village": "", "section": "", "group": "第1组", "number": "009", "head": "周大山", "address": "1号",
    }  # fmt: skip
    assert staged.carried("CSV", 3) == {}


def test_rows_of_a_village_outside_the_uploaders_territory_are_refused(qingshan, shiqiao, heping):
    head = "村,姓名,关系,身份证号"
    data = roster(f"石桥村,周大山,户主,{ZHOU}", f"和平村,王强,户主,{number(order=903)}", head=head)
    within = Scope(villages=frozenset({shiqiao.pk}))
    staged = stage_book(read_book(data), Place(township=qingshan, on=ON, within=within))
    assert codes(staged.refused) == [(3, "A", "R-TERRITORY")]
    assert [each.name for each in staged.villages] == ["石桥村"]
    assert people(staged) == {"new": 1}


def test_problem_rows_that_come_back_speak_for_themselves_only(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    late = row("周小三", "子", id=number("19990909", 905))
    staged = take(f"{late},原表第5行", head=RETURNED, **place)
    assert (people(staged), homes(staged)) == ({"new": 1}, {"unchanged": 1})
    assert not staged.warnings
    assert not staged.notes()
    assert Household.objects.get(village=shiqiao).residents_count == 4


def test_a_returned_row_of_a_number_used_in_two_groups_finds_its_household(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    wang = number("19950303", 903)
    other = row("王强", group="第2组", home="001", head="王强", id=wang)
    take(row(id=ZHOU), other, **place)
    late = row("王小", "子", group="第2组", home="001", head="王强", id=number("20150303", 905))
    assert homes(take(f"{late},改好了", head=RETURNED, **place)) == {"unchanged": 1}
    assert Resident.objects.get(name="王小").household.head_name == "王强"


def test_who_died_or_left_is_not_brought_back_by_a_list(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    Resident.objects.filter(name="李梅").update(left_on=ON, left_as="died")
    staged = take(FAMILY[0], FAMILY[1].replace("1号", "2号"), FAMILY[2], **place)
    assert people(staged) == {"unchanged": 3}
    assert codes(staged.warnings) == [(3, "D", "W-GONE")]
    assert "死亡" in staged.warnings[0].reason
    assert Resident.objects.get(name="李梅").left_on == ON


def test_a_cancelled_household_is_not_revived_and_its_number_is_warned_about(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    Household.objects.filter(village=shiqiao).update(residence="cancelled")
    staged = take(*(each.replace("1号", "9号") for each in FAMILY), **place)
    assert (people(staged), homes(staged)) == ({"unchanged": 3}, {"unchanged": 1})
    assert codes(staged.warnings) == [(2, "B", "W-CANCELLED")]


def test_rows_of_a_household_joined_to_another_belong_to_that_one(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    wang = row("王强", home="002", head="王强", id=number("19950303", 903))
    take(row(id=ZHOU), wang, **place)
    lives_on = Household.objects.get(number="001", village=shiqiao)
    gone = Household.objects.get(number="002")
    gone.residents.update(household=lives_on)
    gone.merged_into, gone.residence = lives_on, "cancelled"
    gone.save()
    staged = stage_file(roster(row(id=ZHOU), wang), **place)
    assert people(staged) == {"unchanged": 2}


def test_a_move_keeps_its_day_and_the_old_place(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    old = Resident.objects.get(name="周小二").household
    moved = FAMILY[2].replace(",001,", ",002,").replace("第1组", "第2组")
    take(*FAMILY[:2], moved, **place)
    event = RegistryEvent.objects.get()
    new = Resident.objects.get(name="周小二").household
    assert (event.kind, event.on, event.household, event.other_household) == ("moved", ON, old, new)
    assert event.detail == "第1组 001户 → 第2组 002户"


def test_a_household_that_changes_its_group_keeps_a_line_of_it(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    take(*(each.replace("第1组", "3组") for each in FAMILY), **place)
    event = RegistryEvent.objects.get()
    assert (event.kind, event.on, event.detail) == ("group", ON, "第1组 → 第3组")


def test_the_trace_is_told_of_every_row_made_or_changed(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    wife = FAMILY[1].replace("李梅", "李玫")
    staged = stage_file(
        roster(
            row(id=ZHOU, phone="15400000009"), wife,
            row("周小二", home="002", group="第2组", head="周小二", id=number("19950303", 903), tags="低保、木匠"),
        ),
        **place,
    )  # fmt: skip
    staged.prepare(lambda *_: None)
    trace = Trace(7)
    Writing(staged, None, "名册.csv", trace).run()
    told = {}
    for label, (pk, version, before) in trace._rows:
        told.setdefault(label, []).append((pk, version, before))
    assert told["villages.group"][0][0] == Group.objects.get(name="第2组").pk
    assert told["villages.household"] == [(Household.objects.get(number="002").pk, 1, None)]
    changed = {
        Resident.objects.get(pk=pk).name: before for pk, _, before in told["villages.resident"]
    }
    assert changed["周大山"] == {
        "phones": "15400000001",
        "phone_index": changed["周大山"]["phone_index"],
    }
    assert changed["李玫"] == {"name": "李梅", "pinyin": "limei lm"}
    assert set(changed["周小二"]) >= {"household_id", "village_id", "relation"}
    assert {version for _, version, _ in told["villages.resident"]} == {2}
    ended = TagHolding.objects.exclude(valid_until=None).get()
    assert (ended.pk, None, {"valid_until": None}) in told["villages.tagholding"]
    assert len(told["villages.tagholding"]) == 3
    assert len(told["villages.residenttag"]) == 1
    assert RegistryEvent.objects.get(batch_id=7).pk == told["villages.registryevent"][0][0]
    assert not Section.objects.exists()


@pytest.mark.parametrize("said", ["周三", "周　三", "周·三"])
def test_lines_say_who_and_where_and_what_in_the_order_of_the_file(qingshan, shiqiao, said):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    new = row(said, "女", id=number("20200202", 908))
    staged = stage_file(roster(row(id=ZHOU, remark="电话15400000009"), new), **place)
    lines = [(each.unit, each.kind, each.label, each.place, each.row) for each in staged.lines()]
    name = said.replace("　", "")
    assert lines == [
        ("households", "unchanged", "周大山户(001)", "石桥村 第1组 001户", 2),
        ("residents", "changed", "周大山", "石桥村 第1组 001户", 2),
        ("residents", "new", name, "石桥村 第1组 001户", 3),
        ("residents", "missing", "李梅", "石桥村 第1组 001户", 0),
        ("residents", "missing", "周小二", "石桥村 第1组 001户", 0),
    ]
    shown = [each.fields for each in staged.lines()][1]
    assert ("备注", "", "电话154****0009") in shown
    assert (
        staged.fingerprint()
        == stage_file(roster(row(id=ZHOU, remark="电话15400000009"), new), **place).fingerprint()
    )


def test_an_import_taken_back_leaves_every_household_counted_right(qingshan, shiqiao):
    place = {"township": qingshan, "village": shiqiao}
    take(*FAMILY, **place)
    before = list(Resident.objects.order_by("pk").values_list("name", "household", "phones"))
    new = row("周小三", "子", id=number("19990909", 905))
    staged = stage_file(roster(*FAMILY, new), **place)
    staged.prepare(lambda *_: None)
    batch = ImportBatch.objects.create(
        kind="roster", township_id=qingshan.pk, place_name="青山镇", uploaded_by_id=1,
        uploaded_by_name="赵敏", uploaded_at=timezone.now(), file_name="名册.csv",
    )  # fmt: skip
    trace = Trace(batch.pk)
    Writing(staged, None, "名册.csv", trace).run()
    trace.store(batch)
    home = Household.objects.get(village=shiqiao)
    assert home.residents_count == 4
    kind = KINDS["roster"]
    kind.undone(take_back(batch, kind))
    home.refresh_from_db()
    assert home.residents_count == 3
    assert (
        list(Resident.objects.order_by("pk").values_list("name", "household", "phones")) == before
    )
