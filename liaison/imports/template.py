"""The workbook an office fills in: text columns, drop-downs, one example row that is skipped, 填写说明."""

from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .tables import INSTRUCTIONS

ROWS = 2000  # prepared as text: a number typed into an unprepared cell loses its last digits
_HEAD, _SAID = Font(name="黑体", size=11), Font(name="宋体", italic=True, color="808080")
_FILL = PatternFill("solid", fgColor="E9F0F9")
_LONGEST_LIST = 255  # characters the format allows in a drop-down


@dataclass(frozen=True)
class TemplateSheet:
    """One sheet to fill in.

    Attributes:
        columns: (head, width, how to fill it); an empty third says nothing in 填写说明.
        example: one row, recognised by the word 示例 in its first needed field.
        choices: head -> words of its drop-down; other words may be typed as well.
    """

    name: str
    columns: tuple
    example: tuple
    choices: dict
    rows: int = ROWS


def build_template(*sheets: TemplateSheet, notes=()) -> bytes:
    """The template's bytes (.xlsx); ``notes`` are sentences below the columns in 填写说明."""
    book = Workbook()
    book.remove(book.active)
    for each in sheets:
        _sheet(book.create_sheet(each.name), each)
    _instructions(book.create_sheet(INSTRUCTIONS), sheets, notes)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet, said):
    sheet.append([head for head, *_ in said.columns])
    sheet.append(said.example)
    for column, (head, width, _) in enumerate(said.columns, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        for row in range(2, said.rows + 2):
            sheet.cell(row, column).number_format = "@"
        if head in said.choices:
            _choice(sheet, f"{letter}2:{letter}{said.rows + 1}", said.choices[head])
    for cell in sheet[1]:
        cell.font, cell.fill = _HEAD, _FILL
        cell.alignment = Alignment(horizontal="center")
    for cell in sheet[2]:
        cell.font = _SAID
    sheet.freeze_panes = "A2"


def _choice(sheet, cells, words):
    text = ",".join(words)
    if len(text) > _LONGEST_LIST:
        raise ValueError(f"a drop-down holds {_LONGEST_LIST} characters")
    choice = DataValidation("list", formula1=f'"{text}"', allow_blank=True)
    choice.showErrorMessage = False
    sheet.add_data_validation(choice)
    choice.add(cells)


def _instructions(sheet, sheets, notes):
    sheet.append(("栏目", "怎样填"))
    for each in sheets:
        if len(sheets) > 1:
            sheet.append((f"工作表“{each.name}”", ""))
        for head, _, how in each.columns:
            if how:
                sheet.append((head, how))
        sheet.append(("", ""))
    for note in notes:
        sheet.append(("说明", note))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 80
    for cell in sheet[1]:
        cell.font = _HEAD
