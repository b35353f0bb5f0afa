"""Spoilt .xlsx and .ods files, and other archives."""

import stat
import struct
import zipfile
from io import BytesIO

from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter

from . import good
from .good import SHEET, STRINGS, ods, ods_row, package, parts_of, sheet_xml, workbook, zipped
from .kinds import READ, bad

FAR_ROW = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _good_sheet():
    return parts_of(workbook())[SHEET].decode()


def _with(before, after):
    return package({SHEET: _good_sheet().replace(before, after)})


@bad("F-BROKEN", ".xlsx")
def xlsx_cut_in_half():
    data = workbook()
    return data[: len(data) // 2]


@bad("F-BROKEN", ".xlsx")
def xlsx_without_its_last_bytes():
    return workbook()[:-30]


@bad("F-BROKEN", ".xlsx")
def xlsx_sheet_cut_inside_a_good_zip():
    return package({SHEET: _good_sheet()[:900]})


@bad("F-BROKEN", ".xlsx")
def xlsx_with_a_flipped_byte():
    data = bytearray(workbook())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo(SHEET)
    data[info.header_offset + 30 + len(SHEET) + info.compress_size // 2] ^= 0xFF
    return bytes(data)


@bad("F-BROKEN", ".xlsx")
def xlsx_of_nothing_but_a_zip_header():
    return b"PK\x03\x04" + bytes(200)


@bad("F-SIZE", ".xlsx")
def bomb_of_one_part():
    return package({SHEET: sheet_xml("") + " " * 200_000_000})


@bad("F-SIZE", ".xlsx")
def bomb_of_many_sheets():
    book = workbook(prepare=lambda book: [book.create_sheet() for _ in range(14)])
    body = sheet_xml("") + " " * 19_000_000
    return package({f"xl/worksheets/sheet{number}.xml": body for number in range(1, 16)}, book)


@bad("F-SIZE", ".xlsx")
def bomb_of_many_parts():
    return package({f"xl/media/{number}.png": b"" for number in range(3_000)})


@bad("F-SIZE", ".zip")
def bomb_of_a_large_directory():
    return zipped({f"{number}": b"" for number in range(30_000)}, method=zipfile.ZIP_STORED)


@bad("F-SIZE", ".xlsx")
def bomb_of_shared_strings():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return package({STRINGS: good.strings_xml("长" * 30_000), SHEET: sheet_xml(cells)})


@bad("F-SIZE", ".xlsx")
def bomb_of_shared_strings_spelled_oddly():
    cells = "".join(
        f"<row r='{n}'><c t='s' r='A{n}'><v> 0 </v></c></row>" for n in range(1, 20_001)
    )
    return package({STRINGS: good.strings_xml("长" * 30_000), SHEET: sheet_xml(cells)})


@bad("F-BROKEN", ".xlsx", "套得过深")
def xml_nested_deeply():
    return package({SHEET: sheet_xml("<!-- --><x>" + "<y>" * 400_000 + "</y>" * 400_000 + "</x>")})


@bad("F-BROKEN", ".xlsx", "DOCTYPE")
def entity_expansion():
    levels = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "哈">' for n in range(10)
    )
    body = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>')
    return package({SHEET: f"<!DOCTYPE x [{levels}]>{body}"})


@bad("F-BROKEN", ".xlsx", "DOCTYPE")
def external_entity_in_the_strings():
    body = good.strings_xml("&x;")
    return package({STRINGS: f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>{body}'})


@bad("F-BROKEN", ".xlsx", "DOCTYPE")
def external_document_type():
    workbook_xml = parts_of(workbook())["xl/workbook.xml"].decode()
    doctype = '<!DOCTYPE w SYSTEM "http://example.test/w.dtd">'
    return package({"xl/workbook.xml": doctype + workbook_xml})


@bad("F-BROKEN", ".xlsx")
def sheet_in_utf_16_without_saying_so():
    return package({SHEET: _good_sheet().encode("utf-16-le")})


@bad("F-BROKEN", ".xlsx")
def zip_that_lies_about_a_size():
    data = bytearray(workbook())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    struct.pack_into("<I", data, at + 24, 40)
    return bytes(data)


@bad("F-BROKEN", ".xlsx", "同名")
def zip_with_one_part_twice():
    out = BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET.upper(), sheet_xml(FAR_ROW))
    return out.getvalue()


@bad("F-BROKEN", ".xlsx", "路径")
def zip_that_climbs_out_of_its_folder():
    return package({"xl/../../../tmp/climbed.xml": "<x/>"})


@bad("F-BROKEN", ".xlsx", "链接")
def zip_with_a_symbolic_link():
    out = BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


@bad("F-PASSWORD", ".xlsx")
def zip_with_a_password():
    data = bytearray(workbook())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


@bad("F-PASSWORD", ".ods")
def ods_with_a_password():
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return ods(manifest=entry)


@bad("F-ROWS", ".xlsx", "1048576")
def one_cell_in_the_last_row():
    return _with("</sheetData>", f"{FAR_ROW}</sheetData>")


@bad("F-ROWS", ".xlsx")
def one_cell_in_the_far_corner():
    return _with("</sheetData>", '<row r="9"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


@bad("F-SIZE", ".xlsx")
def one_cell_in_the_last_column():
    return _with("</sheetData>", '<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>')


@bad("F-SIZE", ".xlsx")
def a_stretched_area_in_each_of_many_sheets():
    book = workbook(prepare=lambda book: [book.create_sheet() for _ in range(9)])
    cells = (
        '<row r="1"><c r="AA1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>'
    )
    return package({f"xl/worksheets/sheet{n}.xml": sheet_xml(cells) for n in range(2, 11)}, book)


@bad("F-BROKEN", ".xlsx")
def a_cell_beyond_every_column():
    return _with("</sheetData>", '<row r="9"><c r="ZZZZZ9"><v>1</v></c></row></sheetData>')


@bad(READ, ".xlsx")
def a_size_that_is_a_lie():
    return _with("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')


@bad(READ, ".xlsx")
def a_hundred_thousand_empty_rows():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(10, 100_010))
    return _with("</sheetData>", f"{rows}</sheetData>")


@bad(READ, ".xlsx")
def a_million_empty_rows():
    rows = "".join(f'<row r="{n}"/>' for n in range(10, 1_000_010))
    return _with("</sheetData>", f"{rows}</sheetData>")


@bad("F-SIZE", ".xlsx")
def a_hundred_thousand_columns():
    cells = "".join(
        f'<c r="{get_column_letter(n % 16_384 + 1)}9"><v>1</v></c>' for n in range(100_000)
    )
    return _with("</sheetData>", f'<row r="9">{cells}</row></sheetData>')


@bad(READ, ".xlsx")
def a_merge_over_everything():
    return _with(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells>'
    )


@bad("F-SIZE", ".xlsx")
def half_a_million_merges():
    merges = '<mergeCell ref="A1:B9"/>' * 500_000
    return _with("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")


@bad(READ, ".xlsx")
def a_merge_without_sense():
    merge = '<mergeCells><mergeCell ref="A1:ZZZZZZ99999999999"/></mergeCells>'
    return _with("</sheetData>", f"</sheetData>{merge}")


@bad("F-BROKEN", ".xlsx")
def a_shared_string_that_is_not_there():
    return _with("</sheetData>", '<row r="9"><c r="C9" t="s"><v>999999</v></c></row></sheetData>')


@bad("F-BROKEN", ".xlsx")
def a_workbook_part_that_is_missing():
    return package({"xl/workbook.xml": None})


@bad("F-BROKEN", ".xlsx")
def a_sheet_that_is_missing():
    return package({SHEET: None})


@bad("F-BROKEN", ".xlsx")
def relations_that_are_missing():
    return package({"xl/_rels/workbook.xml.rels": None})


@bad("F-BROKEN", ".xlsx")
def a_sheet_that_is_the_workbook_itself():
    relations = parts_of(workbook())["xl/_rels/workbook.xml.rels"].decode()
    return package(
        {
            "xl/_rels/workbook.xml.rels": relations.replace(
                "/xl/worksheets/sheet1.xml", "workbook.xml"
            )
        }
    )


@bad("F-EMPTY", ".xlsx", "隐藏")
def nothing_but_hidden_sheets():
    book = parts_of(workbook())["xl/workbook.xml"].decode()
    return package({"xl/workbook.xml": book.replace('state="visible"', 'state="veryHidden"')})


@bad("F-EMPTY", ".xlsx")
def a_workbook_without_sheets():
    book = parts_of(workbook())["xl/workbook.xml"].decode()
    start, _, rest = book.partition("<sheets>")
    return package({"xl/workbook.xml": f"{start}<sheets/>{rest.partition('</sheets>')[2]}"})


@bad("F-EMPTY", ".xlsx")
def nothing_but_a_chart():
    def draw(book):
        book.create_chartsheet().add_chart(BarChart())
        book.remove(book.worksheets[0])

    return workbook([], prepare=draw)


@bad(READ, ".xlsm")
def a_workbook_with_macros():
    return package({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)})


@bad(READ, ".xlsx")
def formulas_and_commands_as_text():
    person = ["第1组", "009", "=HYPERLINK(1)", "户主", "", "@SUM(1)", "=cmd|'/c calc'!A0"]
    return workbook([*good.ROWS, person])


@bad(READ, ".xlsx")
def formulas_without_results_and_errors():
    cells = '<c r="C9"><f>A1</f></c><c r="E9" t="e"><v>#REF!</v></c><c r="F9" t="e"><v>?!</v></c>'
    return _with("</sheetData>", f'<row r="9">{cells}</row></sheetData>')


@bad(READ, ".xlsx")
def numbers_without_end():
    cells = "".join(f'<c r="{column}9"><v>1e999</v></c>' for column in "ABCDEFG")
    return _with("</sheetData>", f'<row r="9">{cells}</row></sheetData>')


@bad(READ, ".xlsx")
def dates_out_of_range():
    rows = [["姓名", "与户主关系", "身份证号", "出生日期"]]
    values = (9**20, -5, 1e308, 2958466, 0.5, 99999999)
    return workbook([*rows, *(["王伟", "户主", "", value] for value in values)])


@bad(READ, ".xlsx")
def a_cell_of_ten_megabytes():
    text = "长" * 3_500_000
    return _with(
        "</sheetData>",
        f'<row r="9"><c r="C9" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>',
    )


@bad(READ, ".xlsx")
def control_characters_in_cells():
    text = "王_x0000_&#x9;伟_x001B_\u200b\ufeff\u202e"
    return _with(
        "</sheetData>",
        f'<row r="9"><c r="C9" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>',
    )


@bad("F-ROWS", ".ods")
def an_ods_row_repeated_a_million_times():
    return ods(ods_row("姓名", attrs='table:number-rows-repeated="1000000"'))


@bad("F-SIZE", ".ods")
def an_ods_text_repeated_very_often():
    return ods(ods_row("长" * 20_000, attrs='table:number-rows-repeated="100000"'))


@bad("F-BROKEN", ".ods")
def an_ods_cut_inside():
    return ods(content=good.ODS.format(ods_row(*good.HEAD))[:-60])


@bad("F-BROKEN", ".ods", "DOCTYPE")
def an_ods_with_entities():
    return ods(content='<!DOCTYPE x [<!ENTITY a "哈">]>' + good.ODS.format(ods_row("&a;")))


@bad("F-FORMAT", ".xlsb", ".xlsb")
def a_binary_workbook():
    return zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": bytes(100)})


@bad("F-FORMAT", ".docx", "文字文档")
def a_text_document_under_another_name():
    return zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})


@bad("F-FORMAT", ".zip", "解压")
def an_archive_of_workbooks():
    return zipped({"名单.xlsx": workbook()})


@bad("F-FORMAT", ".odt", "文字文档")
def an_odf_text():
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})


@bad("F-FORMAT", ".ofd", "OFD")
def an_ofd_page():
    return zipped({"OFD.xml": "<x/>", "Doc_0/Document.xml": "<x/>"})
