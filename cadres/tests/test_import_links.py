"""A table of 包户联系 comes in: households found, people found or made, nothing guessed, nothing lost."""

import datetime as dt
import io
import json

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from cadres import actions
from cadres.models import HouseholdLink, LinkPolicy, Representative
from cadres.roles import Role
from conftest import SINCE, appoint
from liaison.imports.kinds import KINDS
from liaison.imports.trace import NoTrace, Trace
from liaison.models import AuditEntry
from liaison.reading.file_refused import FileRefused
from villages.models import Household, Resident

from .import_files import answer, staged, told, workbook

pytestmark = pytest.mark.django_db
HEADS = ("村", "组", "户编号", "户主", "包户干部", "村民代表", "代表电话", "起始日期")
TODAY = dt.date(2026, 11, 21)
PHONE = "15400000001"


@pytest.fixture(autouse=True)
def _saturday():
    with time_machine.travel("2026-11-21T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def homes(shiqiao, heping, li):
    """石桥村: 001 周大山, 002 户主2, 003 户主3 of group 1, 004 周大山 of group 2."""
    first = shiqiao.households.get()
    second = shiqiao.groups.create(name="第2组", number=2)
    more = [
        Household.objects.create(
            township=shiqiao.township,
            village=shiqiao,
            group=second if n == 4 else first.group,
            number=f"00{n}",
            head_name="周大山" if n == 4 else f"户主{n}",
        )
        for n in (2, 3, 4)
    ]
    return [first, *more]


def line(**said):
    """One row under HEADS."""
    said = {"村": "石桥村"} | said
    return [said.get(head, "") for head in HEADS]


def table(*lines, heads=HEADS):
    return workbook(("包户联系", [heads, *lines]))


def read(township, *lines, **more):
    return staged("links", table(*lines), township, **more)


def take(stage, by=None, trace=None):
    from django.db import transaction

    stage.prepare(lambda *said: None)
    with transaction.atomic():
        stage.write(by=by, file_name="包户.xlsx", trace=trace or NoTrace())


GOOD = (
    line(户编号="001", 户主="周大山", 包户干部="李明", 村民代表="何秀英"),
    line(组="1组", 户主="户主2", 包户干部="李明", 村民代表="何秀英"),
    line(组="二组", 户主="周大山", 村民代表="马春"),
)


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


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"户编号": "999", "户主": "周大山"}, ("C", "R-LINK-HOME")),
        ({"户主": "无此人"}, ("D", "R-LINK-HOME")),
        ({"户主": "周大山"}, ("D", "R-LINK-HOMES")),
        ({"户编号": "003"}, ("D", "R-LINK-GONE")),
        ({"户编号": "001", "包户干部": "某某"}, ("E", "R-LINK-CADRE")),
        ({"户编号": "001", "包户干部": "李明、王强"}, ("E", "R-LINK-NAMES")),
        ({"户编号": "001", "村民代表": "何1英"}, ("F", "R-NAME")),
        ({"户编号": "001", "起始日期": "2027-01-01"}, ("H", "R-LINK-FUTURE")),
        ({"户编号": "001", "村": "无此村"}, ("A", "R-VILLAGE")),
    ],
)
def test_a_row_that_cannot_be_is_refused_where_it_is_wrong(qingshan, homes, said, problem):
    Household.objects.filter(number="003").update(residence="cancelled")
    stage = read(qingshan, line(**{"村民代表": "何秀英"} | said), *GOOD[1:])
    assert told(stage.refused) == [(2, *problem)]
    assert stage.counts()["items"]["new"] == 3
    said_why = stage.refused[0]
    assert said_why.reason
    assert "周大山" not in said_why.value


def test_the_same_household_twice_is_taken_once(qingshan, homes):
    stage = read(
        qingshan,
        line(户编号="001", 村民代表="何秀英"),
        line(组="1组", 户主="周大山", 村民代表="马春"),
    )
    assert told(stage.refused) == [(3, "D", "R-LINK-DUP")]
    assert "第2行" in stage.refused[0].reason
    assert [each.name for each in stage.finder.newcomers.values()] == ["何秀英"]


def test_rows_outside_the_territory_are_refused(qingshan, homes, wang, zhao):
    stage = read(qingshan, *GOOD, within=wang.village_scope())
    assert {each.code for each in stage.refused} == {"R-TERRITORY"}
    assert read(qingshan, *GOOD, within=zhao.village_scope("cadres.manage_links")).refused == []


def test_warnings_say_what_should_be_looked_at(qingshan, homes):
    stage = read(
        qingshan,
        line(户编号="001", 户主="周小山", 村民代表="何秀英"),
        line(户编号="002"),
        line(户编号="003", 村民代表="何秀英", 起始日期="去年"),
    )
    assert told(stage.warnings) == [
        (2, "D", "W-LINK-HEAD"), (3, "D", "W-LINK-NONE"), (4, "H", "W-LINK-DAY"),
    ]  # fmt: skip
    assert stage.counts()["items"]["new"] == 2


def test_too_few_and_too_many_are_warned_of_and_taken(qingshan, homes):
    LinkPolicy.objects.create(
        township=qingshan, kind="representative", least=2, most=2, since=SINCE
    )
    stage = read(
        qingshan,
        *(line(户编号=f"00{n}", 村民代表="何秀英") for n in (1, 2, 3)),
        line(户编号="004", 村民代表="马春"),
    )
    assert told(stage.warnings) == [(2, "F", "W-LINK-MANY"), (5, "F", "W-LINK-FEW")]
    assert stage.warnings[0].reason == "何秀英将联系3户，超出标准2–2户"
    take(stage)
    moved = read(qingshan, line(户编号="001", 村民代表="马春"))
    assert moved.warnings == []  # 2 each


def test_a_cadre_is_found_by_name_post_or_phone(qingshan, homes, li, wang):
    other = appoint(qingshan, "li2", "李明", Role.CADRE, title="水利站站长")
    near = read(qingshan, line(户编号="001", 包户干部="李明"))
    assert near.items[0].who == li.post  # he is of the village's team
    titled = read(qingshan, line(户编号="001", 包户干部="水利站站长"))
    assert titled.items[0].who == other.post
    far = read(qingshan, line(村="和平村", 户编号="001", 包户干部="李明"))
    assert told(far.refused) == [(2, "E", "R-LINK-CADRES")]
    other.set_phones([PHONE])
    other.save()
    data = table(
        ["和平村", "001", "李明", PHONE], heads=("村", "户编号", "包户干部", "包户干部电话")
    )
    assert staged("links", data, qingshan).items[0].who == other.post


def test_a_post_that_somebody_left_is_nobody_s_name(qingshan, homes, li):
    li.holdings.update(until=TODAY - dt.timedelta(days=1))
    assert told(read(qingshan, line(户编号="001", 包户干部="李明")).refused) == [
        (2, "E", "R-LINK-CADRE")
    ]


def test_representatives_of_one_name_are_told_by_group_or_refused(qingshan, homes, shiqiao):
    first, second = (
        Representative.objects.create(village=shiqiao, name="何秀英", group=group, since=SINCE)
        for group in shiqiao.groups.order_by("number")
    )
    stage = read(
        qingshan, line(户编号="001", 村民代表="何秀英"), line(户编号="004", 村民代表="何秀英")
    )
    assert [item.who for item in stage.items] == [first, second]
    Representative.objects.update(group=None)
    stage = read(qingshan, line(户编号="001", 村民代表="何秀英"))
    assert told(stage.refused) == [(2, "F", "R-LINK-PERSONS")]


def test_several_villagers_of_a_new_representative_s_name(qingshan, homes, shiqiao):
    people = [
        Resident.objects.create(township=qingshan, village=shiqiao, household=home, name="何秀英")
        for home in homes[:2]
    ]
    stage = read(qingshan, line(户编号="001", 村民代表="何秀英"))
    assert told(stage.warnings) == [(2, "F", "W-LINK-PERSON")]
    people[1].set_phones([PHONE])
    people[1].save()
    take(read(qingshan, line(户编号="001", 村民代表="何秀英", 代表电话=PHONE)))
    assert Representative.objects.get().resident == people[1]


def test_a_start_before_the_present_link_is_refused(qingshan, homes):
    take(read(qingshan, *GOOD))
    stage = read(qingshan, line(户编号="001", 村民代表="马春", 起始日期="2026.3.5"))
    assert told(stage.refused) == [(2, "H", "R-LINK-EARLY")]


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
