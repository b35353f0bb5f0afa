"""The workbook an office copies its older ledger into: text columns, drop-downs, an example, instructions."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from liaison.imports.tables import EXAMPLE_WORD, INSTRUCTIONS

ROWS = 2000  # prepared as text, so that no date and no number is turned into something else
# head, width, how to fill it
COLUMNS = (
    ("编号", 14, "原台账的编号，照抄；导入后另有本系统编号，按原编号也能查到"),
    ("登记日期", 12, "必填，如 2014-09-02；写 2014.9.2、2014年9月2日 也可以"),
    ("反映方式", 12, "如 定点接访、入户走访、电话反映、来信"),
    ("村", 14, "村（社区）全称；只导入一个村时可不填。查不到的村先收下，列为“村待核”"),
    ("反映人", 10, "不愿留名的写“匿名”"),
    ("联系电话", 14, "11位手机号，或带区号的座机号"),
    ("人数", 6, "一人反映的可不填"),
    ("性质", 10, "纠纷、意见建议、求助、咨询、投诉、诉求"),
    ("类别", 14, "本系统的类别；其他叫法认得的自动对应，认不得的归入“其他”并保留原文"),
    ("反映的主要问题", 36, "必填；不超过60字的作摘要，更长的全文写入详情"),
    ("承办单位", 14, "与本镇承办单位名称一致的自动对应，其他的保留原文"),
    ("承办人", 10, ""),
    ("受理日期", 12, ""),
    ("办理时限", 14, "写日期，或 15个工作日、一个月内、2015年6月底前"),
    ("办理情况", 24, "怎样办的、办到哪一步"),
    ("是否办结", 10, "是 或 否；空着按未办结"),
    ("办结日期", 12, "办结了而没有日期的，计入办结数，不计入办理时长"),
    ("反馈日期", 12, "把结果告诉反映人的日期"),
    ("群众评价", 10, "满意、基本满意、不满意；没有回访的空着"),
    ("销号日期", 12, ""),
    ("备注", 20, ""),
)
EXAMPLE = (
    "MQ2014001", "2014-09-02", "入户走访", "石桥村", "匿名", "", "", "求助", "道路交通",
    f"{EXAMPLE_WORD}（请删除本行，此行不会导入）", "", "", "2014-09-03", "15个工作日", "已修好", "是",
    "2014-09-15", "2014-09-16", "满意", "", "",
)  # fmt: skip
CHOICES = {
    "性质": "纠纷,意见建议,求助,咨询,投诉,诉求",
    "是否办结": "是,否",
    "群众评价": "满意,基本满意,不满意",
    "反映方式": "定点接访,入户走访,电话反映,来信,其他",
}


def template_workbook() -> bytes:
    """The template's bytes (.xlsx)."""
    book = Workbook()
    sheet = book.active
    sheet.title = "民情台账"
    sheet.append([head for head, *_ in COLUMNS])
    sheet.append(EXAMPLE)
    for column, (head, width, _) in enumerate(COLUMNS, 1):
        _prepare(sheet, get_column_letter(column), head, width)
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


def _prepare(sheet, letter, head, width):
    sheet.column_dimensions[letter].width = width
    for row in range(2, ROWS + 2):
        sheet[f"{letter}{row}"].number_format = "@"
    if head in CHOICES:
        choice = DataValidation("list", formula1=f'"{CHOICES[head]}"', allow_blank=True)
        choice.showErrorMessage = False  # other words may be typed as well
        sheet.add_data_validation(choice)
        choice.add(f"{letter}2:{letter}{ROWS + 1}")


def _instructions(sheet):
    sheet.append(("栏目", "怎样填"))
    for head, _, how in COLUMNS:
        if how:
            sheet.append((head, how))
    sheet.append(("", ""))
    sheet.append(
        ("说明", "栏目次序可以调整，用不到的可以删去；“反映的主要问题”和另外两个栏目必须有。")
    )
    sheet.append(("说明", "原有的台账可以直接上传，不必抄到本表：常见的栏目叫法都认得。"))
    sheet.append(("说明", "身份证号只用来对上居民所在的户，不保存在台账里。"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 80
    for cell in sheet[1]:
        cell.font = Font(name="黑体", size=11)
