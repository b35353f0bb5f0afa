"""What people upload: every kind of table, and everything that is none."""

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from liaison.reading.excel_guard import MAX_FILE
from liaison.reading.excel_read import FileRefused, read_book
from liaison.reading.file_refused import FILE_CODES

ROWS = [["姓名", "电话"], ["王伟", "15400000001"]]


def workbook(rows=(), *, prepare=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def package(changes, base=None):
    """A good workbook with some of its parts replaced (None takes one away)."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(base or workbook(ROWS))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, body in changes.items():
            if body is not None:
                new.writestr(name, body)
    return out.getvalue()


def sheet_xml(cells):
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def refusal(data):
    with pytest.raises(FileRefused) as caught:
        read_book(data)
    assert caught.value.message.startswith(FILE_CODES[caught.value.code][0])
    assert FILE_CODES[caught.value.code][1] in caught.value.message
    return caught.value.code


def test_an_xlsx_gives_numbers_dates_and_text_apart():
    book = read_book(workbook([["430181198501011000", 430181198501011000, dt.date(2020, 1, 1)]]))
    text, number, day = book.sheets[0].rows[0]
    assert book.kind == "xlsx"
    assert isinstance(text, str)
    assert isinstance(number, float)
    assert day == dt.date(2020, 1, 1)


def test_the_1904_calendar_is_told():
    def mac(book):
        book.epoch = CALENDAR_MAC_1904

    assert read_book(workbook(ROWS, prepare=mac)).date_1904
    assert not read_book(workbook(ROWS)).date_1904


def test_a_merged_cell_counts_for_every_row_it_covers():
    def merge(book):
        sheet = book.active
        sheet["A1"], sheet["B4"] = "第1组", "末行"
        sheet.merge_cells("A1:A3")

    rows = read_book(workbook(prepare=merge)).sheets[0].rows
    assert [row[0] for row in rows] == ["第1组", "第1组", "第1组", ""]


def test_a_merge_over_a_million_rows_stays_within_the_data():
    sheet = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    ).replace("</worksheet>", '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells></worksheet>')
    rows = read_book(package({"xl/worksheets/sheet1.xml": sheet})).sheets[0].rows
    assert [row[0] for row in rows] == [1.0, 1.0, 1.0]


def test_hidden_sheets_are_named_but_read_only_on_demand():
    def hide(book):
        second = book.create_sheet("旧名单")
        second["A1"] = "姓名"
        second.sheet_state = "hidden"

    data = workbook(ROWS, prepare=hide)
    book = read_book(data)
    assert book.hidden_names == ["旧名单"]
    assert book.sheets[1].rows == []
    assert read_book(data, pick_hidden=["旧名单"]).sheets[1].rows == [["姓名"]]


def test_errors_and_formulas_without_a_result_are_pointed_out():
    def formulas(book):
        book.active["A1"] = "=1+1"
        book.active["B1"] = "#REF!"
        book.active["B1"].data_type = "e"
        book.active["C1"] = "李"

    assert read_book(workbook(prepare=formulas)).sheets[0].unread == {(0, 0), (0, 1)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_encoding_the_offices_use(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in ROWS)
    book = read_book(text.encode(encoding))
    assert (book.kind, book.sheets[0].rows) == ("csv", ROWS)


def test_csv_ways_to_keep_a_number_as_text_are_taken_off():
    rows = read_book('姓名,证号,电话\n王伟,="430123194911099696",15400000001\t\n'.encode())
    assert rows.sheets[0].rows[1] == ["王伟", "430123194911099696", "15400000001"]


def test_nul_bytes_in_csv_do_no_harm():
    book = read_book("姓名,电话\n王\x00伟,15400000001\n".encode())
    assert len(book.sheets[0].rows) == 2


def test_an_unclosed_quote_refuses_the_file_instead_of_losing_rows():
    rows = "".join(f"王{number},x\n" for number in range(100))
    assert refusal(f'姓名,备注\n李四,"没有收尾\n{rows}'.encode()) == "F-BROKEN"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "F-EMPTY"),
        (b" \r\n\0", "F-EMPTY"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "F-FORMAT"),
        (b"%PDF-1.7 ...", "F-FORMAT"),
        (b"<html><body><p>x</p></body></html>", "F-FORMAT"),
        (bytes(range(256)) * 40, "F-FORMAT"),
        (workbook(ROWS)[:3000], "F-BROKEN"),
        (workbook(ROWS)[1500:], "F-FORMAT"),
        (b"PK\x03\x04", "F-BROKEN"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "F-BROKEN"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "F-PASSWORD",
        ),
        (b"a,b\n" + b"x" * MAX_FILE, "F-SIZE"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data, code):
    assert refusal(data) == code


def test_a_zip_that_is_no_workbook_is_told_to_be_unpacked():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("名单.xlsx", workbook(ROWS))
    assert refusal(out.getvalue()) == "F-FORMAT"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    assert refusal(package({"xl/worksheets/sheet1.xml": bytes(200_000_000)})) == "F-SIZE"
    sheets = workbook(ROWS, prepare=lambda book: [book.create_sheet() for _ in range(14)])
    blown = {f"xl/worksheets/sheet{n}.xml": sheet_xml("") + " " * 19_000_000 for n in range(1, 16)}
    assert refusal(package(blown, sheets)) == "F-SIZE"


def test_parts_nobody_reads_cost_nothing():
    assert read_book(package({"xl/worksheets/none.xml": bytes(200_000_000)})).sheets[0].rows == ROWS


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', "F-ROWS"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "F-SIZE"),
        (
            '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>',
            "F-SIZE",
        ),
        ('<row r="1"><c r="A1"><v>1</v>', "F-BROKEN"),
    ],
)
def test_content_far_out_is_refused_before_it_costs_memory(cells, code):
    assert refusal(package({"xl/worksheets/sheet1.xml": sheet_xml(cells)})) == code


def test_a_sheet_kept_under_an_odd_name_is_scanned_too():
    far = sheet_xml('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="odd/place.xml"/></Relationships>'
    )
    data = package({"xl/odd/place.xml": far, "xl/_rels/workbook.xml.rels": relations})
    assert refusal(data) == "F-ROWS"


def test_formatted_but_empty_rows_far_down_are_no_content():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert read_book(package({"xl/worksheets/sheet1.xml": sheet_xml(cells)})).sheets[0].rows == [
        [1.0]
    ]


def test_one_long_text_shown_a_thousand_times_is_weighed():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>{'长' * 400_000}</t></si></sst>"
    )
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1001))
    parts = {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet_xml(cells)}
    assert refusal(package(parts)) == "F-SIZE"


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Sheet1">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
ODS_CELL = (
    '<table:table-cell {} office:value-type="string"><text:p>王伟</text:p></table:table-cell>'
)
ODS_TAIL = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
)


def ods(rows):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(rows))
    return out.getvalue()


def test_an_ods_is_read_and_its_repeated_cells_are_bounded():
    row = f"<table:table-row>{ODS_CELL.format('')}</table:table-row>"
    assert read_book(ods(row + ODS_TAIL)).sheets[0].rows[0][0] == "王伟"
    many = 'table:number-rows-repeated="1000000"'
    assert (
        refusal(ods(f"<table:table-row {many}>{ODS_CELL.format('')}</table:table-row>")) == "F-ROWS"
    )
    wide = ODS_CELL.format('table:number-columns-repeated="16000"')
    assert refusal(ods(f"<table:table-row>{wide}</table:table-row>")) == "F-SIZE"
