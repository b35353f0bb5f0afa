"""A table of 包户联系 comes in: links made and handed over, nothing lost; by page and by command, and taken back."""

import datetime as dt
import io
import json

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from cadres import actions
from cadres.models import HouseholdLink, Representative
from conftest import SINCE
from liaison.imports.kinds import KINDS
from liaison.imports.trace import Trace
from liaison.models import AuditEntry
from liaison.reading.file_refused import FileRefused
from villages.models import Resident

from .import_files import answer, staged, workbook
from .link_tables import GOOD, PHONE, TODAY, homes, line, read, table, take

__all__ = ["homes"]  # fixtures, asked for by name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday():
    with time_machine.travel("2026-11-21T10:00:00+08:00", tick=False):
        yield


def test_links_and_new_representatives_come_in(qingshan, homes, li):
    Resident.objects.create(
        township=qingshan, village=homes[0].village, household=homes[1], name="何秀英"
    )
    stage = read(qingshan, *GOOD)
    assert stage.counts() == {"items": {"new": 5, "changed": 0, "unchanged": 0, "missing": 0}}
    assert (stage.refused, stage.warnings) == ([], [])
    assert stage.notes() == ["名单里有 2 位新的村民代表，确认后一并登记，其中 1 位对应到花名册。"]
    assert not HouseholdLink.objects.exists()
    take(stage)
    he = Representative.objects.get(name="何秀英")
    assert (he.resident.name, he.group, he.since) == ("何秀英", homes[1].group, TODAY)
    assert {link.household for link in he.household_links.all()} == set(homes[:2])
    assert li.post.household_links.count() == 2
    assert homes[3].links.get().representative.name == "马春"
    assert AuditEntry.objects.filter(action="导入包户联系").count() == 5


def test_the_second_time_changes_nothing(qingshan, homes):
    take(read(qingshan, *GOOD))
    again = read(qingshan, *GOOD)
    assert again.counts()["items"] == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}
    take(again)
    assert HouseholdLink.objects.count() == 5
    assert Representative.objects.count() == 2


def test_a_change_hands_over_and_is_shown_old_and_new(qingshan, homes):
    take(read(qingshan, *GOOD))
    moved = read(qingshan, line(户编号="001", 村民代表="马春"))
    (change, *missing) = moved.lines()
    assert (change.kind, change.fields) == ("changed", [("村民代表", "何秀英", "马春")])
    assert {each.kind for each in missing} == {"missing"}
    take(moved)
    links = HouseholdLink.objects.filter(household=homes[0], kind="representative")
    assert [(row.representative.name, row.until) for row in links.order_by("pk")] == [
        ("何秀英", TODAY), ("马春", None),
    ]  # fmt: skip


def test_what_the_file_leaves_out_is_named_and_stays(qingshan, homes):
    take(read(qingshan, *GOOD))
    less = read(qingshan, *GOOD[:1])
    assert less.counts()["items"]["missing"] == 3
    take(less)
    assert HouseholdLink.objects.filter(until=None).count() == 5


def test_a_table_without_a_column_of_cadres_misses_none(qingshan, homes):
    take(read(qingshan, *GOOD))
    data = table(["石桥村", "001", "何秀英"], heads=("村", "户编号", "村民代表"))
    assert staged("links", data, qingshan).counts()["items"]["missing"] == 2


def test_group_and_village_written_once_hold_for_the_rows_below(qingshan, homes):
    stage = read(
        qingshan,
        ["石桥村", "第1组", "", "户主2", "", "何秀英", "", ""],
        ["", "", "", "户主3", "", "何秀英", "", ""],
        ["", "第2组", "", "周大山", "", "何秀英", "", ""],
        ["合计", "", "", "", "", "", "", ""],
    )
    assert (stage.data_rows, len(stage.items), stage.refused) == (3, 3, [])
    assert stage.carried("包户联系", 3) == {"village": "石桥村", "group": "第1组"}


def test_a_head_of_two_levels_is_read(qingshan, homes):
    data = workbook((
        "Sheet1",
        [
            ["2026年包户联系表"],
            ["村", "户编号", "包户干部", "", "村民代表", ""],
            ["", "", "姓名", "电话", "姓名", "电话"],
            ["石桥村", "001", "李明", "", "何秀英", PHONE],
        ],
    ))  # fmt: skip
    stage = staged("links", data, qingshan)
    assert stage.refused == []
    assert [str(item.who) for item in stage.items] == ["党委委员", "何秀英"]


def test_a_file_of_something_else_is_refused_whole(qingshan, homes):
    for data in (
        workbook(("Sheet1", [["姓名", "电话"], ["甲", "1"]])),
        table(),
    ):
        with pytest.raises(FileRefused):
            staged("links", data, qingshan)


def test_what_changed_after_the_preview_stops_the_import(qingshan, homes, zhao, shiqiao):
    stage = read(qingshan, *GOOD)
    ma = Representative.objects.create(village=shiqiao, name="徐来", since=SINCE)
    actions.link_households(by=zhao, households=homes[:1], who=ma, since=TODAY, on=TODAY)
    from liaison.errors import NotAllowed

    with pytest.raises(NotAllowed, match="请重新上传核对"):
        take(stage)
    assert not Representative.objects.filter(name="何秀英").exists()
    assert HouseholdLink.objects.count() == 1


def test_it_is_taken_back_whole(qingshan, homes, zhao, shiqiao):
    from liaison.imports.trace import take_back
    from liaison.models import ImportBatch, ImportTrace

    before = Representative.objects.create(village=shiqiao, name="徐来", since=SINCE)
    actions.link_households(by=zhao, households=homes[:1], who=before, since=SINCE, on=TODAY)
    trace = Trace()
    take(read(qingshan, *GOOD), by=zhao, trace=trace)
    batch = ImportBatch.objects.create(
        kind="links", township_id=qingshan.pk, place_name="青山镇", uploaded_by_id=zhao.pk,
        uploaded_by_name="赵敏", uploaded_at="2026-11-21T02:00:00Z", file_name="包户.xlsx",
    )  # fmt: skip
    trace.store(batch)
    assert ImportTrace.objects.exists()
    take_back(batch, KINDS["links"], on=TODAY)
    assert {str(row) for row in Representative.objects.all()} == {"徐来"}
    assert HouseholdLink.objects.get().until is None


def test_the_command_answers_as_the_contract_says(tmp_path, qingshan, homes):
    file = tmp_path / "links.xlsx"
    file.write_bytes(table(*GOOD, line(户编号="999", 村民代表="何秀英")))
    code, said = answer("import_links", file, township=qingshan.code[:9], dry_run=True)
    assert (code, said["items"]["new"], len(said["refused"])) == (1, 5, 1)
    assert not HouseholdLink.objects.exists()
    code, said = answer("import_links", file, township=qingshan.code[:9])
    assert (code, HouseholdLink.objects.count()) == (1, 5)
    code, said = answer("import_links", file, township=qingshan.code[:9])
    assert said["items"] == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}
    file.write_bytes(b"\0" * 20)
    code, said = answer("import_links", file, village=homes[0].village.code)
    assert (code, said["file"]["code"]) == (2, "F-EMPTY")
    assert json.dumps(said)


def test_the_template_is_read_back_without_its_example(qingshan, homes):
    data = KINDS["links"].template()
    with pytest.raises(FileRefused, match="没有内容"):
        staged("links", data, qingshan)
    book = load_workbook(io.BytesIO(data))
    book.active.append(["石桥村", "", "001", "周大山", "李明", "", "何秀英"])
    out = io.BytesIO()
    book.save(out)
    assert staged("links", out.getvalue(), qingshan).counts()["items"]["new"] == 2


def test_the_upload_page_is_the_office_s(signed_in, zhao, li, homes):
    assert signed_in(li).get(reverse("cadres:import_links")).status_code == 403
    page = signed_in(zhao).get(reverse("cadres:import_links"))
    assert page.status_code == 200
    template = signed_in(zhao).get(reverse("cadres:import_links"), {"template": "1"})
    assert template["Content-Type"].startswith("application/vnd.openxml")


def test_bad_files_store_nothing(qingshan, homes):
    for lines in (
        [line(户编号="9" * 400, 村民代表="何" * 400)],
        [line(户编号="=1+1", 户主="@x", 村民代表="何秀英")],
        [line(户编号="1.0E+20", 起始日期="9999999")],
        [["石桥村", 1, 2.5, None, True, dt.datetime(2026, 1, 1), 10**15, -1]],  # noqa: DTZ001
    ):
        stage = read(qingshan, *lines)
        assert stage.counts()["items"]["new"] == 0
        take(stage)
    assert not HouseholdLink.objects.exists()
