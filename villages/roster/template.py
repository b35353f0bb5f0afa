"""The workbook an office fills in: text columns for numbers, drop-downs, one example row, instructions."""

from liaison.imports.tables import EXAMPLE_WORD
from liaison.imports.template import TemplateSheet, build_template

from .words import CATEGORIES

ROWS = 3000  # prepared as text: a number typed into an unprepared cell loses its last digits
# head, width, how to fill it
COLUMNS = (
    ("村", 12, "村（社区）全称；只导入一个村时可不填"),
    ("片", 10, "没有片的不填"),
    ("组", 10, "如“第3组”；写“3组”“三组”也可以"),
    ("户编号", 14, "同一户的人写同一个编号，一村之内不重复"),
    ("户主", 10, "户主姓名"),
    ("姓名", 10, "与证件一致；说明文字写到“备注”"),
    ("与户主关系", 12, "户主、配偶、子、女、父母、儿媳、孙子等；每户一个户主"),
    ("性别", 6, "有身份证号的可不填"),
    ("身份证号", 22, "18位，单元格必须是文本格式；没有证件的留空或写“办理中”"),
    ("出生日期", 13, "有身份证号的可不填；写法如 1985-03-05"),
    ("联系电话", 16, "11位手机号；两个号码用“、”隔开"),
    ("人员类别", 18, f"{'、'.join(CATEGORIES)}；多个用“、”隔开"),
    ("家庭住址", 26, "每户写一次即可"),
    ("备注", 22, ""),
)
EXAMPLE = (
    "石桥村", "东片", "第1组", "001", EXAMPLE_WORD, f"{EXAMPLE_WORD}（请删除本行）", "户主", "男",
    "", "1985-03-05", "", "党员", "第1组1号", "此行不会导入",
)  # fmt: skip
CHOICES = {
    "性别": ("男", "女"),
    "与户主关系": (
        "户主", "配偶", "子", "女", "父母", "儿媳", "女婿", "孙子", "孙女", "其他",
    ),
}  # fmt: skip
NOTES = (
    "栏目次序可以调整，用不到的栏目可以删去；“姓名”和另外两个栏目必须有。",
    "民族、文化程度、银行账号等其他栏目不会保存。",
)


def template_workbook():
    """The template's bytes (.xlsx)."""
    return build_template(TemplateSheet("花名册", COLUMNS, EXAMPLE, CHOICES, ROWS), notes=NOTES)
