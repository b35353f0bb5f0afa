"""A sheet that leaves the house: text stays text, dates are dates, and the trail says who took it."""

import datetime as dt
import io
import zipfile
from types import SimpleNamespace
from urllib.parse import unquote

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from liaison.excel import Column, Export, without_long_numbers
from liaison.excel_sheet import clean_text, sheet_name
from liaison.models import AuditEntry
from villages.models import Household

DAY = dt.date(2026, 11, 21)
NOON = dt.datetime(2026, 11, 21, 4, tzinfo=dt.UTC)


class Visitors(Export):
    """A made-up sheet with every kind of column."""

    title = "接待登记"
    file_word = "接待登记"
    columns = (
        Column("编号", "number", 20),
        Column("反映情况", "said", 40),
        Column("日期", "on", kind="date"),
        Column("录入时间", "at", 16, kind="date"),
        Column("人数", "persons", kind="number"),
    )


def _row(said="路灯不亮", **more):
    values = {"number": "100", "on": DAY, "at": NOON, "persons": 2} | more
    return SimpleNamespace(said=said, **values)


def _export(rows, user=None, kind=Visitors, **more):
    return kind(queryset=rows, user=user, on=DAY, at=NOON, **more)


def _sheets(export, **options):
    """The same file as openpyxl's sheet and as calamine's rows."""
    stream = io.BytesIO()
    export.write(stream, **options)
    sheet = openpyxl.load_workbook(io.BytesIO(stream.getvalue())).active
    stream.seek(0)
    return sheet, CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "said",
    [
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "+86 2",
        "-3",
        "@SUM(A1)",
        "#N/A",
        "  前后有空格 ",
        "第一行\n第二行",
        "'引号",
        "007",
    ],
)
def test_what_a_villager_said_stays_text_letter_by_letter(said):
    """Neither a formula, nor an error, nor a number, and nothing put before it."""
    sheet, rows = _sheets(_export([_row(said)]))
    cell = sheet["B5"]
    assert (cell.value, cell.data_type, cell.number_format) == (said, "s", "@")
    assert rows[4][1] == said


def test_eighteen_digits_stay_eighteen_digits():
    """A number that a spreadsheet would round is text, in both readers."""
    sheet, rows = _sheets(_export([_row(number="110101199003079001")]))
    assert sheet["A5"].value == rows[4][0] == "110101199003079001"


def test_dates_are_dates_and_numbers_numbers():
    """A day, a moment in Shanghai and a count can be sorted and added up."""
    sheet, rows = _sheets(_export([_row()]))
    assert [str(each) for each in rows[4][2:]] == ["2026-11-21", "2026-11-21 12:00:00", "2.0"]
    assert (sheet["C5"].number_format, sheet["D5"].number_format) == (
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    )
    assert sheet["E5"].data_type == "n"


def test_a_day_before_the_format_begins_is_written_in_words():
    """1900-02-28 would open as another day."""
    _, rows = _sheets(_export([_row(on=dt.date(1899, 5, 1))]))
    assert rows[4][2] == "1899-05-01"


def test_control_characters_are_dropped_and_the_file_opens():
    """What a cell cannot hold goes; the words around it stay."""
    _, rows = _sheets(_export([_row("路\x00灯\x0b不\x1f亮\ud800")]))
    assert rows[4][1] == "路灯不亮"


def test_the_county_layout_is_there(qingshan):
    """Merged title, unit, period and filter, head, rows, who and when, ready for A4 landscape."""
    export = _export([_row(), _row()], township=qingshan, period="2026年10月")
    sheet, rows = _sheets(export, filters="村：石桥村")
    assert [row[0] for row in rows] == [
        "青山镇接待登记",
        "填报单位(盖章)：测试县青山镇",
        "期间：2026年10月    查询条件：村：石桥村",
        "编号",
        "100",
        "100",
        "制表人：系统    制表时间：2026-11-21 12:00    共2条",
    ]
    assert {str(each) for each in sheet.merged_cells.ranges} >= {"A1:E1", "A2:E2", "A7:E7"}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "A5")
    assert (sheet["A1"].font.name, sheet["B5"].font.name) == ("黑体", "宋体")
    assert sheet.column_dimensions["B"].width == 40


def test_neighbours_share_a_head(qingshan):
    """A head of two rows, as the county prints it; both repeat on every page."""

    class Settled(Export):
        title = "办结"
        columns = (
            Column("村", "name"),
            Column("实质性", "a", kind="number", group="办结(件)"),
            Column("程序性", "b", kind="number", group="办结(件)"),
            Column("备注", "c"),
        )

        def total(self):
            return SimpleNamespace(name="合计", a=1, b=2, c="")

    sheet, rows = _sheets(_export([SimpleNamespace(name="石桥村", a=1, b=2, c="")], kind=Settled))
    ranges = {str(each) for each in sheet.merged_cells.ranges}
    assert {"B4:C4", "A4:A5", "D4:D5"} <= ranges
    assert rows[4][1:3] == ["实质性", "程序性"]
    assert rows[6][:3] == ["合计", 1.0, 2.0]
    assert sheet["B7"].font.bold
    assert sheet.print_title_rows == "$4:$5"
    assert rows[-1][0].endswith("共1条")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("民情台账", "民情台账"),
        ("2026/10 [公示]:*?", "2026 10  公示"),
        ("长" * 500, "长" * 31),
        ("'", "Sheet"),
        ("History", "Sheet"),
    ],
)
def test_a_sheet_has_a_legal_name(title, name):
    """Excel and WPS open it without asking to repair."""
    assert sheet_name(title) == name


def test_a_huge_title_still_makes_a_file(qingshan):
    """Cut to what one line of A4 holds."""

    class Long(Visitors):
        title = "青" * 40_000
        file_word = "青" * 40_000

    sheet, _ = _sheets(_export([_row("好" * 40_000)], kind=Long, township=qingshan))
    assert len(sheet["A1"].value) == 120
    assert len(sheet["B5"].value) == 32_767
    assert len(_export([], kind=Long).file_name()) < 80


def test_the_same_rows_make_the_same_sheet():
    """Page and command agree to the byte, the file's own time stamps apart."""

    def parts():
        stream = io.BytesIO()
        _export([_row(), _row("=1")]).write(stream)
        with zipfile.ZipFile(stream) as archive:
            return {n: archive.read(n) for n in archive.namelist() if n != "docProps/core.xml"}

    assert parts() == parts()


def test_an_empty_list_is_a_whole_sheet():
    """Head and signature, and 0 rows said."""
    _, rows = _sheets(_export([]))
    assert rows[-1][0].endswith("共0条")


class Roll(Export):
    """户, for the tests that read the database."""

    title = "户名册"
    columns = (Column("村", "village.name"), Column("状态", "get_residence_display"))


def test_a_download_carries_its_chinese_name_and_leaves_a_line(zhao, household):
    """RFC 5987 name; the trail tells who took what under which filter, and how many rows."""
    rows = Household.objects.visible_to(zhao).select_related("village").order_by("pk")
    response = Roll(queryset=rows, user=zhao, on=DAY).response(filters="村：石桥村")
    assert "青山镇_户名册_20261121.xlsx" in unquote(response["Content-Disposition"])
    assert "filename*=utf-8''" in response["Content-Disposition"]
    body = io.BytesIO(response.content)
    assert openpyxl.load_workbook(body).active["A5"].value == "石桥村"
    line = AuditEntry.objects.get()
    assert (line.action, line.actor_name, line.object_label) == ("导出", "赵敏", "青山镇户名册")
    assert line.after == {"查询条件": "村：石桥村", "条数": 1}
    assert line.township_id == zhao.township_id


def test_a_command_writes_the_file_whole_and_leaves_a_line(tmp_path, qingshan, household):
    """No user: the machine took it, for the township named."""
    out = tmp_path / "户.xlsx"
    assert (
        Roll(queryset=Household.objects.all(), user=None, on=DAY, township=qingshan).save(out) == 1
    )
    assert [each.name for each in tmp_path.iterdir()] == ["户.xlsx"]
    assert AuditEntry.objects.get().township_id == qingshan.pk


def test_a_failed_export_leaves_neither_file_nor_line(tmp_path, db):
    """Half a file is worse than none."""
    with pytest.raises(AttributeError):
        _export([SimpleNamespace()]).save(tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())
    assert not AuditEntry.objects.exists()


def test_prefetched_rows_come_in_chunks(zhao, household, django_assert_num_queries):
    """One query for the rows and one for what was prefetched, however many there are."""

    class People(Roll):
        columns = (Column("人口", lambda row: len(row.residents.all()), kind="number"),)

    rows = Household.objects.prefetch_related("residents").order_by("pk")
    with django_assert_num_queries(2):
        _sheets(_export(rows, kind=People))


def test_an_id_number_searched_for_is_not_printed_nor_kept():
    """Dates and ledger numbers stay; ID and phone numbers are masked."""
    said = "关键字：441900199003079001；手机：15412345678；起：2026-10-01"
    assert without_long_numbers(said) == "关键字：441****；手机：154****；起：2026-10-01"
    assert clean_text("a\r\nb") == "a\nb"
