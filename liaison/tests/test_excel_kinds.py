"""Old workbooks, web pages and XML under the name of Excel: read whole, or refused by the name of what they are."""

import datetime as dt
import struct

import pytest

from liaison.reading import excel_scan
from liaison.reading.excel_read import FileRefused, read_book
from liaison.reading.ole_file import OleFile, write_ole
from tests.files import good

ROWS = good.ROWS


def bare(rows):
    """Without the empty cells behind the last one, which some formats write and some do not."""
    rows = [[str(cell) for cell in row] for row in rows]
    return [row[: max((n for n, cell in enumerate(row, 1) if cell), default=0)] for row in rows]


def refused(data):
    with pytest.raises(FileRefused) as caught:
        read_book(data)
    return caught.value


@pytest.mark.parametrize("kind", good.GOOD)
def test_one_roster_reads_alike_from_every_kind_of_file(kind):
    book = read_book(good.GOOD[kind]())
    assert book.kind == kind
    assert bare(book.sheets[0].rows) == bare(ROWS)


def test_an_old_workbook_lists_hidden_sheets_and_reads_the_picked_ones():
    data = good.xls(sheets=[("名单", 0, 0), ("旧名单", 1, 0), ("更旧", 2, 0), ("图", 0, 2)])
    book = read_book(data)
    assert (book.hidden_names, [sheet.rows for sheet in book.sheets[1:]]) == (
        ["旧名单", "更旧"],
        [[], []],
    )
    picked = read_book(data, pick_hidden=["旧名单"])
    assert [sheet.name for sheet in picked.visible] == ["名单", "旧名单"]
    assert (picked.hidden_names, picked.all_hidden_names) == (["更旧"], ["旧名单", "更旧"])
    assert picked.sheets[1].rows == ROWS


def test_an_old_workbook_that_lies_about_its_size_costs_no_more_than_its_cells():
    assert read_book(good.xls(size=(65_536, 256))).sheets[0].rows == ROWS
    far = refused(good.xls(cells=good.label(65_535, 255, 0)))
    assert far.code == "F-SIZE"
    assert refused(good.xls(cells=good.label(5, 60_000, 0))).code == "F-SIZE"


def test_error_cells_and_the_calendar_of_an_old_workbook_are_told():
    broken = good.record(0x205, struct.pack("<HHHBB", 4, 3, 0, 0x17, 1))
    book = read_book(good.xls(cells=broken, globals_=good.record(0x22, b"\1\0")))
    assert book.date_1904
    assert book.sheets[0].unread == {(4, 3)}


def test_a_locked_old_workbook_says_so():
    locked = good.xls(globals_=good.record(0x2F, bytes(6)))
    assert refused(locked).code == "F-PASSWORD"
    assert refused(write_ole("EncryptedPackage", b"x")).code == "F-PASSWORD"


@pytest.mark.parametrize(
    ("stream", "word"),
    [("WordDocument", "文字文档"), ("PowerPoint Document", "演示文稿"), ("ETContents", ".et")],
)
def test_other_office_files_are_named(stream, word):
    refusal = refused(write_ole(stream, b"x" * 5000))
    assert refusal.code == "F-FORMAT"
    assert word in refusal.message


def small_ole(body):
    """A container of 512-byte sectors whose stream lies in 64-byte pieces, as small files have them."""
    body += bytes(-len(body) % 512)
    count = len(body) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    fat = [0xFFFFFFFD, end, end, *range(4, 3 + count), end]
    mini = [*range(1, count * 8), end]
    root = struct.pack(
        "<64sHBBIII36xIQ", "Root".encode("utf-16-le"), 10, 5, 1, free, free, 1, 3, len(body)
    )
    stream = struct.pack(
        "<64sHBBIII36xIQ", "Workbook".encode("utf-16-le"), 18, 2, 1, free, free, free, 0, len(body)
    )
    head = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, 4096, 2, 1, end, 0,
    )  # fmt: skip
    head += struct.pack("<109I", 0, *[free] * 108)
    tables = [struct.pack(f"<{len(each)}I", *each) for each in (fat, mini)]
    pieces = [tables[0], root + stream, tables[1]]
    return head + b"".join(each + b"\xff" * (-len(each) % 512) for each in pieces) + body


def test_a_container_of_small_pieces_is_read_too():
    stream = good.xls_stream(ROWS[:2])
    assert OleFile(small_ole(stream)).read("Workbook").rstrip(b"\0") == stream.rstrip(b"\0")
    assert read_book(small_ole(stream)).sheets[0].rows == ROWS[:2]


def test_a_pages_merged_cells_stand_as_they_look():
    page = (
        "<table><tr><th rowspan=2>组<th colspan=2>成员<tr><td>姓名<td>电话"
        "<tr><td rowspan=2>第1组<td>周&nbsp;大山<td>1<br>2<tr><td>李梅<td><b>3</b> 4</table>"
    )
    sheet = read_book(page.encode()).sheets[0]
    assert sheet.rows == [
        ["组", "成员"],
        ["组", "姓名", "电话"],
        ["第1组", "周\xa0大山", "1\n2"],
        ["第1组", "李梅", "3 4"],
    ]
    assert ((0, 1), (0, 2)) in sheet.merges


def test_every_table_of_a_page_is_a_sheet_and_frames_around_them_are_none():
    inner = good.html().decode().partition("<body>")[2].partition("</body>")[0]
    page = f"<html><table><tr><td>{inner}</td><td>菜单</td></tr></table>{inner}".encode()
    book = read_book(page)
    assert [sheet.name for sheet in book.sheets] == ["表1", "表2"]
    assert [bare(sheet.rows) for sheet in book.sheets] == [bare(ROWS)] * 2


def test_a_page_in_the_offices_encoding_and_with_numbers_marked_by_excel():
    assert bare(read_book(good.html(charset="gb2312")).sheets[0].rows) == bare(ROWS)
    page = '<table><tr><td x:num="430181198501011000">4.30181E+17</td><td x:str>007</td></table>'
    assert read_book(page.encode()).sheets[0].rows == [[430181198501011000.0, "007"]]


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("<html><body><p>姓名</p></body></html>", "没有表格"),
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "外壳"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>", ".mht"),
        ('<?xml version="1.0"?><svg/>', "图片"),
        ('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "文字文档"),
        ('<?xml version="1.0"?><a/>', "XML"),
    ],
)
def test_pages_without_a_table_are_named(page, word):
    refusal = refused(page.encode())
    assert refusal.code == "F-FORMAT"
    assert word in refusal.message


def test_an_xml_spreadsheet_is_read_whole():
    hidden = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        "<Visible>SheetHidden</Visible></WorksheetOptions>"
    )
    cells = [
        good.xml_cell("第1组", 'ss:MergeDown="1"') + good.xml_cell("4.5", kind="Number"),
        good.xml_cell("2020-01-02T00:00:00.000", 'ss:Index="3"', kind="DateTime"),
        '<Cell ss:Formula="=1"/>' + good.xml_cell("#REF!", kind="Error"),
    ]
    sheets = good.xml_sheet(cells) + good.xml_sheet([], name="旧", options=hidden)
    book = read_book(good.xml_2003(sheets=sheets))
    assert book.sheets[0].rows == [["第1组", 4.5], ["第1组", "", dt.date(2020, 1, 2)]]
    assert book.sheets[0].unread == {(2, 0), (2, 1)}
    assert book.hidden_names == ["旧"]


def test_a_sheet_spelled_otherwise_is_scanned_to_the_same_end():
    plain = good.parts_of(good.workbook())[good.SHEET]
    odd = plain.replace(b"<sheetData>", b"<!-- so --><sheetData>")
    quick, slow = excel_scan.scan_sheet(plain), excel_scan.scan_sheet(odd)
    assert quick == slow
    assert (quick.rows, quick.columns) == (4, 7)


@pytest.mark.parametrize(
    "cells",
    [
        "<row r=\"1\"><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c></row>',
        '<row r="1"><x:c xmlns:x="a" r="XFD1048576"><v>1</v></x:c></row>',
        '<row r="1"><c\tr="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1" x=">" ><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_a_far_cell_is_found_however_it_is_spelled(cells):
    data = good.package({good.SHEET: good.sheet_xml(cells)})
    assert refused(data).code in ("F-ROWS", "F-BROKEN")


def test_an_error_value_the_parser_does_not_know_costs_one_cell_and_not_the_file():
    cells = (
        '<row r="1"><c r="A1" t="e"><f>X()</f><v>#SPILL!</v></c>'
        '<c r="B1" t="str"><f>"#3"</f><v>#3栋</v></c><c r="C1" t="e"><v>#名称?</v></c></row>'
    )
    sheet = read_book(good.package({good.SHEET: good.sheet_xml(cells)})).sheets[0]
    assert sheet.rows == [["", "#3栋", ""]]
    assert sheet.unread == {(0, 0), (0, 2)}


def test_hidden_sheets_are_not_even_unpacked_until_they_are_picked():
    def hide(book):
        book.create_sheet("旧").sheet_state = "hidden"

    broken = good.package({"xl/worksheets/sheet2.xml": "<x"}, good.workbook(prepare=hide))
    assert read_book(broken).hidden_names == ["旧"]
    with pytest.raises(FileRefused):
        read_book(broken, pick_hidden=["旧"])
