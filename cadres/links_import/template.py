"""The workbook an office fills in: text columns, one example row, instructions."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from liaison.imports.tables import EXAMPLE_WORD, INSTRUCTIONS

ROWS = 3000  # prepared as text, so that 001 stays 001
# head, width, example, how to fill it
COLUMNS = (
    ("村", 14, "石桥村", "村（社区）全称；只导入一个村时可不填"),
    ("组", 10, "第1组", "如“第3组”；有户编号的可不填"),
    ("户编号", 14, "001", "与花名册一致；没有的按组和户主查找"),
    ("户主", 14, f"{EXAMPLE_WORD}（请删除本行）", "户主姓名"),
    ("包户干部", 14, "李明", "现任干部的姓名，或岗位名称；一户一人"),
    ("包户干部电话", 16, "", "本镇有同名的干部时填写，不保存"),
    ("村民代表", 14, "王芳", "本村代表的姓名，一户一人；新的代表一并登记"),
    ("代表电话", 16, "", "本村有同名的人时填写，不保存"),
    ("起始日期", 14, "", "写法如 2026-03-05；不填按导入当天"),
)


def template_workbook() -> bytes:
    """The template's bytes (.xlsx)."""
    book = Workbook()
    sheet = book.active
    sheet.title = "包户联系"
    sheet.append([head for head, *_ in COLUMNS])
    sheet.append([example for _, _, example, _ in COLUMNS])
    for column, (_, width, _, _) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        for row in range(2, ROWS + 2):
            sheet.cell(row, column).number_format = "@"
    for cell in sheet[1]:
        cell.font = Font(name="黑体", size=11)
        cell.fill = PatternFill("solid", fgColor="E9F0F9")
        cell.alignment = Alignment(horizontal="center")
    for cell in sheet[2]:
        cell.font = Font(name="宋体", italic=True, color="808080")
    sheet.freeze_panes = "A2"
    _instructions(book.create_sheet(INSTRUCTIONS))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _instructions(sheet):
    sheet.append(("栏目", "怎样填"))
    for head, _, _, how in COLUMNS:
        sheet.append((head, how))
    sheet.append(
        (
            "说明",
            "栏目次序可以调整，用不到的可以删去；须有“户主”或“户编号”，和“包户干部”或“村民代表”。",
        )
    )
    sheet.append(("说明", "表里没有的户，原来的联系不会解除，只在核对结果里列出。"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 70
    for cell in sheet[1]:
        cell.font = Font(name="黑体", size=11)
