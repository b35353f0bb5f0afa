"""The workbooks an office fills in: a schedule with its 督查小组, and a list of cadres."""

from cadres.roles import Role
from liaison.imports.tables import EXAMPLE_WORD
from liaison.imports.template import TemplateSheet, build_template

_EXAMPLE = f"{EXAMPLE_WORD}（请删除本行）"
PLAN_ROWS, CADRE_ROWS = 200, 500

_HOW_TIME = (
    "如“每周二上午9:00-11:30”“每月10日下午2:30-5:00”“每月第一个星期一上午9:00-11:30”；"
    "遇节假日怎样办写在括号里，如“（遇节假日顺延）”“（遇节假日周六补驻）”"
)
_PLAN_COLUMNS = (
    ("驻点村", 16, "村（社区）全称，一个村一行；只导入一个村时可不填"),
    ("责任领导", 10, "一人联系两个村的，两行都写"),
    ("责任领导职务", 16, "如 副镇长"),
    ("责任领导电话", 15, "11位手机号；同名的人靠电话分清"),
    ("组长", 10, "没有的不填"),
    ("成员", 30, "多人用“、”隔开；同名的人在姓名后用括号写上电话，如 李明（15400000000）"),
    ("辅助团队", 30, "写法同“成员”"),
    ("联络员", 10, ""),
    ("联络员电话", 15, ""),
    ("驻点时间", 30, _HOW_TIME),
    ("驻点地点", 18, "不填即为村（社区）办公地点"),
)  # fmt: skip
_PLAN_EXAMPLE = (
    _EXAMPLE, "高亮", "副镇长", "", "周立", "张平、王娜", "", "赵强", "", "每周二上午9:00-11:30", "村委会一楼",
)  # fmt: skip
_TIMES = (
    "每周一上午9:00-11:30", "每周二上午9:00-11:30", "每周三上午9:00-11:30", "每周四上午9:00-11:30",
    "每周五上午9:00-11:30", "每月10日下午2:30-5:00", "每月第一个星期一上午9:00-11:30", "每月第一个工作日上午9:00-11:30",
)  # fmt: skip
_GROUP_COLUMNS = (
    ("组别", 14, "如“第一督查组”，不重复"),
    ("组长", 10, ""),
    ("成员", 24, "多人用“、”隔开"),
    ("联系电话", 15, "组长的电话"),
    ("督查村", 50, "村（社区）全称，用“、”隔开"),
)
_CADRE_COLUMNS = (
    ("姓名", 10, "与证件一致"),
    ("职务", 18, "就是岗位名称，如“农业办主任”；同名岗位自动编号"),
    ("所属单位", 16, "站办所名称；承办人必填，没有的单位会新增"),
    ("角色", 14, "从下拉列表中选择，决定能做什么；不填按驻点干部登记"),
    ("所在村", 14, "只有村联络员填写"),
    ("联系电话", 15, "11位手机号；同名的人靠电话分清"),
    ("电子邮箱", 22, "收提醒邮件用，可不填"),
    ("用户名", 14, "登录用，可不填，系统按姓名拼音取名；不用身份证号和手机号"),
    ("任职日期", 12, "如 2026-03-05；不填即为导入当天"),
)
_CADRE_EXAMPLE = (_EXAMPLE, "农业办主任", "农业办", "站办所承办人", "", "", "", "", "2026-03-05")


def plan_template() -> bytes:
    """The schedule's template (.xlsx)."""
    return build_template(
        TemplateSheet("驻点安排表", _PLAN_COLUMNS, _PLAN_EXAMPLE, {"驻点时间": _TIMES}, PLAN_ROWS),
        TemplateSheet("督查小组", _GROUP_COLUMNS, (_EXAMPLE, "", "", "", ""), {}, PLAN_ROWS),
        notes=(
            "原有的安排表可以直接上传：两级表头、合并单元格和常见的栏目叫法都认得。",
            "没有登记过的人员会先登记姓名、电话和岗位，但不能登录；需要登录的由系统管理员开通。",
            "没有督查小组的，那张工作表空着即可。",
        ),
    )


def cadre_template() -> bytes:
    """The template of a list of cadres (.xlsx)."""
    roles = tuple(Role(role).label for role in Role)
    return build_template(
        TemplateSheet("干部名单", _CADRE_COLUMNS, _CADRE_EXAMPLE, {"角色": roles}, CADRE_ROWS),
        notes=(
            "栏目次序可以调整，用不到的栏目可以删去；“姓名”和另外两个栏目必须有。",
            "一人任几个岗位的写几行，每行写同一个电话；写在前面的是主要岗位。",
            "导入的人员不能登录；需要登录的在“账号”里逐个开通，初始密码只显示一次。",
            "身份证号、出生日期等其他栏目不会保存。",
        ),
    )
