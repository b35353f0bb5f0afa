"""下载问题行: the rows with problems, as they stood, with a column that says what is wrong.

The workbook can be put right and uploaded again as it is; ``Table.is_returned`` knows it by that column. What a row
owes to the rows and lines above it (group, household, village) and has no column for stands in columns behind that one.
"""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from liaison.excel_sheet import clean_text, sheet_name

from .tables import INSTRUCTIONS, REASON_HEAD
from .text import cell_text

ROWS = 5000  # of a file; beyond that it is the wrong file
_HEAD = PatternFill("solid", fgColor="E9F0F9")
_WRONG = PatternFill("solid", fgColor="FDE3E1")
_ODD = PatternFill("solid", fgColor="FFF4CE")
NOTE = (
    (
        "怎样用这份文件",
        "逐行对照“问题说明”改正，保存后在导入页重新上传本文件即可，不用复制回原表。",
    ),
    ("未收的行", "没有导入；改正后上传即补上。"),
    ("请核对的行", "已经导入；核对无误的行可以删去，改正的行上传后按改正后的内容更新。"),
    ("“问题说明”右边的栏目", "是系统补上的（村、组、户编号、户主等），用来认出是哪一户，请保留。"),
    ("没有列出的行", "不受影响，不会因为不在本文件里而被当作缺少。"),
)


def problem_workbook(staged) -> bytes | None:
    """The workbook (.xlsx) of a staged file's problem rows; None when there is none."""
    problems = {}
    for each in [*staged.refused, *staged.warnings][:ROWS]:
        problems.setdefault((each.sheet, each.row), []).append(each)
    tables = [(table, _rows_of(table, problems)) for table in staged.tables]
    tables = [(table, rows) for table, rows in tables if rows]
    if not tables:
        return None
    book = Workbook()
    book.remove(book.active)
    for table, rows in tables:
        _sheet(book.create_sheet(sheet_name(table.sheet.name)), table, rows, staged)
    _instructions(book.create_sheet(INSTRUCTIONS))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rows_of(table, problems):
    mine = [(row, said) for (sheet, row), said in problems.items() if sheet == table.sheet.name]
    return sorted(mine, key=lambda each: each[0])


def _sheet(sheet, table, rows, staged):
    carried = {row: staged.carried(table.sheet.name, row) for row, _ in rows}
    heads = [table.heads.get(column, "") for column in range(table.width)]
    if REASON_HEAD not in heads:
        heads.append(REASON_HEAD)
    reason = heads.index(REASON_HEAD) + 1
    places = _places(table, carried.values(), len(heads))
    heads += [table.vocabulary.label(name) for name in places if name not in table.columns]
    sheet.append(heads)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(name="黑体", size=11), _HEAD
    for number, (row, said) in enumerate(rows, start=2):
        cells = _filled(table.sheet.rows[row - 1][: table.width], carried[row], places)
        _row(sheet, number, cells, said, len(heads))
        cell = sheet.cell(number, reason, _sentence(row, said))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 60 if column == reason else 14
    sheet.freeze_panes = "A2"


def _places(table, carried, width):
    """{field: column} of what rows take from above: its own column, or a new one behind all others."""
    names = dict.fromkeys(name for said in carried for name, value in said.items() if value)
    added = [name for name in names if name not in table.columns]
    own = {name: table.columns[name] for name in names if name in table.columns}
    return own | {name: width + at for at, name in enumerate(added)}


def _filled(cells, carried, places):
    cells = list(cells)
    for name, column in places.items():
        cells += [""] * (column + 1 - len(cells))
        cells[column] = cells[column] or carried.get(name, "")
    return cells


def _row(sheet, number, cells, said, width):
    wrong = {each.column: _WRONG if each.refused else _ODD for each in said}
    for column in range(1, width + 1):
        value = cells[column - 1] if column <= len(cells) else ""
        cell = sheet.cell(number, column)
        cell.number_format = "@"
        cell.value, cell.data_type = clean_text(cell_text(value)), "s"  # "=…" is text too
        if get_column_letter(column) in wrong:
            cell.fill = wrong[get_column_letter(column)]


def _sentence(row, said):
    parts = [
        f"{'未收' if each.refused else '请核对'}：{each.head or '本行'}，{each.reason}。{each.fix}。"
        for each in said
    ]
    return f"原表第{row}行　" + "\n".join(parts)


def _instructions(sheet):
    for line in NOTE:
        sheet.append(line)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 80
