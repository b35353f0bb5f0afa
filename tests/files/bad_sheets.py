"""Whole .xlsx and .ods files whose sheets hold what no sheet should."""

from openpyxl.chart import BarChart
from openpyxl.utils import get_column_letter

from . import good
from .good import FAR_ROW, SHEET, good_sheet, ods, ods_row, package, parts_of, sheet_xml, workbook
from .kinds import READ, bad


def _with(before, after):
    return package({SHEET: good_sheet().replace(before, after)})


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


@bad("F-SIZE", ".xlsx", "过宽")
def wide_heads_in_each_of_many_sheets():
    book = workbook(prepare=lambda book: [book.create_sheet() for _ in range(30)])
    cells = "".join(
        f'<c r="{get_column_letter(n)}{{0}}" t="inlineStr"><is><t>家{n}</t></is></c>'
        for n in range(1, 501)
    )
    rows = "".join(f'<row r="{n}">{cells.replace("{0}", str(n))}</row>' for n in range(1, 26))
    sheets = {f"xl/worksheets/sheet{n}.xml": sheet_xml(rows) for n in range(2, 32)}
    return package(sheets, book)


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
