"""Spoilt .xls, .csv, web pages and XML files, and what is no table at all."""

import codecs
import struct

from liaison.reading.ole_file import write_ole

from . import good
from .good import ROWS, csv, html, label, record, xls, xml_2003, xml_cell, xml_sheet
from .kinds import READ, bad

LINES = csv().decode()


@bad("F-BROKEN", ".xls")
def xls_cut_in_half():
    data = xls()
    return data[: len(data) // 2]


@bad("F-BROKEN", ".xls")
def xls_whose_records_are_cut():
    return write_ole("Workbook", good.xls_stream()[:-40])


@bad(READ, ".xls")
def xls_that_claims_to_fill_every_cell():
    return xls(size=(65_536, 256))


@bad("F-SIZE", ".xls")
def xls_with_a_cell_far_out():
    return xls(cells=label(65_535, 255, 0))


@bad("F-SIZE", ".xls")
def xls_that_shows_a_long_text_very_often():
    texts = ["长" * 30_000]
    cells = b"".join(label(row, 0, 0) for row in range(1, 10_000))
    return xls([texts], cells=cells)


@bad("F-SIZE", ".xls")
def xls_of_a_thousand_sheets():
    return xls(sheets=[(f"表{number}", 0, 0) for number in range(1_100)])


@bad("F-BROKEN", ".xls")
def xls_whose_sheet_begins_nowhere():
    return write_ole("Workbook", good.begin(5) + good.bound_sheet(9_999_999, "名单") + good.END)


@bad("F-BROKEN", ".xls")
def xls_whose_sectors_go_in_circles():
    data = bytearray(xls())
    struct.pack_into("<I", data, 4096 + 4 * 3, 3)  # the third sector is followed by itself
    return bytes(data)


@bad(READ, ".xls")
def xls_whose_text_is_not_there():
    return xls(cells=label(6, 2, 70_000) + record(0xFC, struct.pack("<II", 2**31, 2**31)))


@bad("F-PASSWORD", ".xls")
def xls_with_a_password():
    return xls(globals_=record(0x2F, bytes(54)))


@bad("F-PASSWORD", ".xlsx")
def xlsx_with_a_password():
    return write_ole("EncryptedPackage", bytes(9_000))


@bad("F-EMPTY", ".xls")
def xls_without_sheets():
    return xls(sheets=())


@bad("F-EMPTY", ".xls")
def xls_of_nothing_but_a_chart():
    return xls(sheets=[("图", 0, 2)])


@bad("F-FORMAT", ".xls", "很旧")
def a_workbook_of_1990():
    return b"\x09\x04\x06\x00" + bytes(400)


@bad("F-FORMAT", ".doc", "文字文档")
def an_old_text_document():
    return write_ole("WordDocument", bytes(9_000))


@bad("F-FORMAT", ".et", ".et")
def a_wps_file_of_its_own_kind():
    return write_ole("ETContents", bytes(9_000))


@bad("F-BROKEN", ".csv", "引号")
def csv_with_a_quote_never_closed():
    return f'姓名,关系,身份证号,备注\n李四,户主,,"没有收尾\n{LINES * 40}'.encode()


@bad("F-BROKEN", ".csv")
def csv_with_a_cell_of_ten_megabytes():
    return LINES.encode() + b"\r\n1," + b"x" * 10_000_000


@bad(READ, ".csv")
def csv_with_nul_bytes():
    return LINES.replace("李梅", "李\0梅\0").encode()


@bad("F-BROKEN", ".csv", "编码")
def csv_of_two_encodings():
    return f"{LINES}\r\n".encode("gb18030") + LINES.encode()


@bad("F-HEADER", ".csv")
def csv_in_utf_7():
    return LINES.encode("utf-7")


@bad("F-FORMAT", ".csv")
def csv_with_halves_of_characters():
    return f"{LINES}\r\n第1组,009,王\ud83d伟,户主".encode("utf-16-le", "surrogatepass")


@bad("F-BROKEN", ".csv", "编码")
def csv_cut_inside_a_character():
    return codecs.BOM_UTF8 + LINES.encode()[:-1] + b"\xe4\xb8"


@bad("F-ROWS", ".csv")
def csv_of_too_many_rows():
    return LINES.encode() + b"\r\n,,," * 200_100


@bad("F-SIZE", ".csv")
def csv_of_nothing_but_commas():
    return LINES.encode() + b"\r\n" + b"," * 9_000_000


@bad("F-SIZE", ".csv")
def a_file_above_the_limit():
    return LINES.encode() + b"\r\n" * 20_500_000


@bad("F-EMPTY", ".xlsx")
def nothing_at_all():
    return b""


@bad("F-EMPTY", ".csv")
def only_a_byte_order_mark():
    return codecs.BOM_UTF8


@bad("F-EMPTY", ".csv")
def only_zeros():
    return bytes(4_096)


@bad("F-EMPTY", ".csv")
def a_header_and_nobody_under_it():
    return csv(ROWS[:1])


@bad("F-FORMAT", ".csv")
def noise():
    return bytes(number * number % 251 for number in range(20_000))


@bad("F-SIZE", ".xls")
def page_of_a_million_tags():
    return html(before="<p>" * 5_000_000)


@bad("F-BROKEN", ".xls", "收尾")
def page_with_a_comment_never_closed():
    return html(before="<!--" + "<a " * 2_000_000)


@bad("F-BROKEN", ".xls", "收尾")
def page_with_a_tag_never_closed():
    return html()[:-20] + b"<td " * 2_000_000


@bad("F-BROKEN", ".xls", "套得过深")
def page_of_tables_in_tables():
    return html(before="<table><tr><td>" * 100_000)


@bad("F-SIZE", ".xls")
def page_of_cells_that_span_everything():
    return html(after="<table>" + "<tr>" + "<td rowspan=65534 colspan=1000>x" * 20_000)


@bad("F-SIZE", ".xls")
def page_of_spans_in_every_row():
    rows = "<tr><td>x" * 60_000
    return html(after=f"<table><tr>{'<td rowspan=65534>x' * 900}{rows}</table>")


@bad(READ, ".xls")
def page_with_spans_without_sense():
    return html(after="<table><tr><td rowspan=-1 colspan=99999999999999999999>x</table>")


@bad("F-FORMAT", ".mht", "网页存档")
def a_web_archive():
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n" + html()
    )


@bad("F-FORMAT", ".xls", "外壳")
def page_of_frames():
    return b"<html><frameset><frame src='sheet001.htm'></frameset></html>"


@bad("F-BROKEN", ".xml", "DOCTYPE")
def xml_table_with_entities():
    return xml_2003(doctype='<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>')


@bad("F-BROKEN", ".xml")
def xml_table_cut_off():
    return xml_2003()[:-90]


@bad("F-BROKEN", ".xml", "套得过深")
def xml_table_nested_deeply():
    return xml_2003(sheets="<x>" * 300_000)


@bad("F-ROWS", ".xml")
def xml_table_with_a_far_cell():
    rows = f'<Row ss:Index="1048576">{xml_cell("x")}</Row>'
    return xml_2003(sheets=f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet>')


@bad("F-BROKEN", ".xml")
def xml_table_before_its_first_row():
    rows = f'<Row ss:Index="-7">{xml_cell("x")}</Row>'
    return xml_2003(sheets=f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet>')


@bad(READ, ".xml")
def xml_table_with_wrong_types():
    cells = ["".join(map(xml_cell, row)) for row in ROWS]
    wrong = xml_cell("王伟", 'ss:Index="3"', "Number") + xml_cell("昨天", kind="DateTime")
    return xml_2003(sheets=xml_sheet([*cells, wrong]))


@bad("F-FORMAT", ".pdf", "PDF")
def a_pdf():
    return b"%PDF-1.7\n" + bytes(4_000)


@bad("F-FORMAT", ".jpg", "图片")
def a_photo_of_a_list():
    return b"\xff\xd8\xff\xe0" + bytes(4_000)


@bad("F-FORMAT", ".rar", "压缩包")
def a_rar():
    return b"Rar!\x1a\x07\x00" + bytes(400)


@bad("F-FORMAT", ".exe", "程序")
def a_program():
    return b"MZ\x90\x00" + bytes(4_000)
