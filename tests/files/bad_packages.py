"""Spoilt .xlsx and .ods files, and other archives."""

import stat
import struct
import zipfile
from io import BytesIO

from . import good
from .good import (
    FAR_ROW,
    SHEET,
    STRINGS,
    good_sheet,
    ods,
    ods_row,
    package,
    parts_of,
    sheet_xml,
    workbook,
    zipped,
)
from .kinds import READ, bad

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@bad("F-BROKEN", ".xlsx")
def xlsx_cut_in_half():
    data = workbook()
    return data[: len(data) // 2]


@bad("F-BROKEN", ".xlsx")
def xlsx_without_its_last_bytes():
    return workbook()[:-30]


@bad("F-BROKEN", ".xlsx")
def xlsx_sheet_cut_inside_a_good_zip():
    return package({SHEET: good_sheet()[:900]})


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
    return package({SHEET: good_sheet().encode("utf-16-le")})


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


@bad(READ, ".xlsm")
def a_workbook_with_macros():
    return package({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)})


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
