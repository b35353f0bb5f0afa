"""The papers of a matter: their fields in the office's words, and how the shipped ones look (decision 0047).

Every kind may use every field: an office that wants the result on its 交办单 writes it there.
"""

from liaison.documents.kinds import Field, Kind, Rows
from liaison.documents.layout import TITLE, Blank, Column, Facts, Grid, Note, Signs, Table

MATTER = (
    Field("乡镇", "", "青山镇"), Field("编号", "台账编号", "100-2026-00001"),
    Field("登记日期", "", "2026-11-17"), Field("村", "村(社区)", "石桥村"),
    Field("反映人", "没有留名的写未留名", "周大山"), Field("联系电话", "隐去中间四位", "138****0000"),
    Field("人数", "单位：人", "1"), Field("性质", "", "意见建议"), Field("类别", "", "道路交通"),
    Field("来源", "", "驻点日接待"), Field("诉求摘要", "", "村口路灯不亮"),
    Field("详情", "里面的长号码已隐去中间几位", "村口的路灯坏了一个多月，晚上看不见路。"),
    Field("承办单位", "", "民政办"), Field("承办人", "", "陈晨"), Field("协办单位", "没有的留空", "水利站"),
    Field("办理时限", "应办结日和计算单位", "2026-11-24(工作日)"), Field("状态", "现在的状态", "办理中"),
)  # fmt: skip
ENDING = (
    Field("办结日期", "", "2026-11-20"), Field("办结类型", "", "实质性办结"), Field("办结方式", "", "①实质办结"),
    Field("办理结果", "", "路灯已修好"), Field("反馈日期", "", "2026-11-20"), Field("反馈方式", "", "电话"),
    Field("回访日期", "", "2026-11-22"), Field("群众评价", "", "满意"), Field("销号日期", "", "2026-11-23"),
    Field("不予受理原因", "", "属于诉讼、仲裁、复议范围"), Field("告知去向", "", "请向县人民法院反映"),
)  # fmt: skip
STEP = (
    Field("经办意见", "这一步的说明：交办意见、延期理由、呈报事由等", "交民政办陈晨办理。请尽快修复"),
    Field("经办人", "", "赵敏"), Field("经办岗位", "", "驻点办干事"), Field("经办日期", "", "2026-11-17"),
    Field("审批意见", "申请之后的审批，还没有的留空", "同意延期5个工作日（李明 2026-11-24）"),
)  # fmt: skip
LETTER = (
    Field("称呼", "", "周大山："),
    Field("正文", "告知书、答复书的正文", "您于2026年11月17日反映的“村口路灯不亮”（编号100-2026-00001）收悉。"),
)  # fmt: skip
PAPER = (
    Field("文号", "还没有编号的写未编号", "青山镇交办〔2026〕1号"), Field("文号年份", "", "2026"),
    Field("文号顺序", "只要数字时用", "1"), Field("签发单位", "", "青山镇驻点联系群众办公室"),
    Field("签发日期", "", "2026年11月17日"), Field("制表人", "", "赵敏"), Field("制表时间", "", "2026-11-17 10:00"),
)  # fmt: skip
COURSE = Rows(
    "办理过程", "步",
    (
        Field("日期", "", "2026-11-17"), Field("环节", "", "交办"), Field("经办", "", "赵敏"),
        Field("说明", "", "交民政办陈晨办理"),
    ),
    "每一步一行，从登记起",
)  # fmt: skip

WHO = (("编号", "登记日期"), ("反映人", "联系电话"), ("村", "人数"), ("来源", "类别"))
WHAT = (("诉求摘要",), ("详情",))
HANDS = (("承办单位", "承办人"), ("协办单位", "办理时限"))
MADE = Facts(("制表人", "制表时间"))
NUMBER, FOOT, DATED = Facts(("文号",)), Facts(("签发单位",)), Facts(("签发日期",))


# kind -> what 经办意见 is called on it
OPINIONS = {
    "assignment": "交办意见", "transfer_note": "转办意见", "escalation_form": "呈报事由",
    "extension_form": "延期理由", "supervision_form": "督办意见",
}  # fmt: skip


def _kind(key, title, about, layout) -> Kind:
    fields = [
        Field(TITLE, "自动写好的标题", f"青山镇{title}"),
        *MATTER,
        *ENDING,
        *STEP,
        *LETTER,
        *PAPER,
    ]
    if key in OPINIONS:
        fields.append(Field(OPINIONS[key], "同经办意见", "请尽快修复"))
    return Kind(key, title, about, tuple(fields), (COURSE,), layout)


FORM = _kind(
    "matter_form",
    "意见建议办理表",
    "一件诉求从登记到销号的全过程，附拟办和批示栏。",
    (
        Grid((*WHO, *WHAT, *HANDS)),
        Grid(
            (("办结类型", "办结方式"), ("办理结果",), ("反馈日期", "反馈方式"), ("群众评价", "销号日期"))
        ),
        Table(
            "办理过程",
            (
                Column("日期", 16, "center"), Column("环节", 14, "center"), Column("经办", 16, "center"),
                Column("说明", 54),
            ),
            is_small=True,
        ),
        Blank("拟办意见", 3),
        Blank("领导批示", 3),
        Signs(("承办人签字", "负责人签字")),
        MADE,
    ),
)  # fmt: skip

ASSIGNMENT = _kind(
    "assignment",
    "交办单",
    "交给承办单位的单子：事项、交办意见、时限，附接收签字。",
    (
        NUMBER,
        Grid((*HANDS, *WHO, *WHAT, ("交办意见",))),
        Blank("承办单位意见", 3),
        Signs(("接件人签字", "接件时间")),
        FOOT,
        DATED,
    ),
)

TRANSFER = _kind(
    "transfer_note",
    "转办单",
    "转给其他单位办理的单子：事项、转办意见，附接收签字。",
    (
        NUMBER,
        Grid((*HANDS, *WHO, *WHAT, ("转办意见",), ("经办人", "经办日期"))),
        Signs(("接件人签字", "接件时间")),
        FOOT,
        DATED,
    ),
)

ESCALATION = _kind(
    "escalation_form",
    "呈报表",
    "向上一级呈报的表：事项及原因、工作建议，附签名和上级审核意见。",
    (
        NUMBER,
        Grid((*WHO, *WHAT, *HANDS, ("呈报事由",), ("经办人", "经办日期"))),
        Blank("工作建议意见", 4),
        Blank("上级审核意见", 4),
        Signs(("呈报单位(盖章)", "主要领导签名")),
        FOOT,
        DATED,
    ),
)

EXTENSION = _kind(
    "extension_form",
    "延期申请表",
    "承办单位申请延长办理时限的表：理由和审批意见。",
    (
        NUMBER,
        Grid(
            (
                *HANDS, ("编号", "登记日期"), ("诉求摘要",), ("延期理由",), ("经办人", "经办日期"),
                ("审批意见",),
            )
        ),
        Blank("领导签批", 3),
        Signs(("申请单位(盖章)", "审批人签字")),
        FOOT,
        DATED,
    ),
)  # fmt: skip

_LETTER = (
    NUMBER, Note("称呼", "call"), Note("正文", "body"), Note("签发单位", "signed"),
    Note("签发日期", "signed"),
)  # fmt: skip
DECLINED = _kind(
    "declined_notice",
    "不予受理告知书",
    "告知反映人不予受理的原因和应当去哪里反映。",
    (*_LETTER, Signs(("签收人", "签收日期"))),
)
REPLY = _kind(
    "reply_letter",
    "答复书",
    "书面答复反映人：办理结果。",
    (*_LETTER, Signs(("签收人", "签收日期"))),
)

CLOSE_OUT = _kind(
    "close_out_form",
    "销号表",
    "办结、反馈、回访之后的销号表：依据和审核人。",
    (
        Grid(
            (
                ("编号", "登记日期"), ("村", "类别"), ("诉求摘要",), ("承办单位", "承办人"), ("办理时限",),
                ("办结类型", "办结方式"), ("办理结果",), ("办结日期", "反馈方式"), ("反馈日期", "回访日期"),
                ("群众评价", "销号日期"), ("经办人", "经办日期"),
            )
        ),
        Blank("销号意见", 3),
        Signs(("承办单位负责人签字", "审核人签字")),
        MADE,
    ),
)  # fmt: skip

SUPERVISION = _kind(
    "supervision_form",
    "督办单",
    "督促承办单位办理的单子：督办意见，附书面回复栏。",
    (
        NUMBER,
        Grid((*HANDS, ("编号", "登记日期"), ("诉求摘要",), ("督办意见",), ("经办人", "经办日期"))),
        Blank("承办单位回复", 6),
        Signs(("承办单位(盖章)", "回复日期")),
        FOOT,
        DATED,
    ),
)

KINDS = (
    FORM, ASSIGNMENT, TRANSFER, ESCALATION, EXTENSION, SUPERVISION, DECLINED, REPLY, CLOSE_OUT,
)  # fmt: skip
