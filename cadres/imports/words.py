"""The office's words for the columns of a schedule, of 督查小组 and of a list of cadres; for roles."""

import re

from cadres.roles import Role
from liaison.imports.tables import Vocabulary
from liaison.imports.text import is_nothing, tidy
from villages.roster.text import read_name

_LEADS = ["责任领导", "责任人", "带队领导", "挂点领导", "驻点领导", "包村领导", "联系领导", "领导"]
_CONTACTS = ["联络员", "村联络员", "村级联络员", "驻点联络员"]


def _each(stems, *ends):
    """Every stem with every ending: 责任领导电话 责任人电话 …"""
    return " ".join(f"{stem}{end}" for end in ends for stem in stems)


LABEL = re.compile("[:：]")
_PHONES = ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式")

# A two-level head is read as one word: 责任领导 over 姓名 is 责任领导姓名 (heads.py).
PLANS = Vocabulary(
    {
        "village": "驻点村 驻点社区 驻点村社区 驻点村居 联系村 联系村社区 联系村居 挂钩村 包联村 "
        "村 社区 行政村 村社区 村居 村名 驻点单位",
        "lead": _each(_LEADS, "", "姓名") + " 班子成员",
        "lead_title": _each(_LEADS, "职务") + " 职务",
        "lead_phone": _each(_LEADS, *_PHONES),
        "head": "驻点团队组长 驻点团队队长 团队组长 团队长 组长 队长 驻点组长",
        "members": "驻点团队成员 团队成员 驻点成员 驻点人员 驻点干部 驻点团队 成员 组员 固定人员 团队成员姓名",
        "aux": "辅助团队成员 辅助团队 辅助成员 辅助人员 村级辅助团队 村级辅助团队成员 辅助团队人员",
        "contact": _each(_CONTACTS, "", "姓名"),
        "contact_phone": _each(_CONTACTS, *_PHONES),
        "time": "驻点时间 联系时间 接待时间 驻点日 联系日 服务时间 固定时间 时间",
        "holiday": "遇节假日 遇节假日处理 节假日",
        "place": "驻点地点 联系地点 接待地点 固定地点 驻点场所 服务地点 地点",
    },
    needed=("village",),
    telling=("village", "head", "members", "aux", "contact"),
    free_text=("members", "aux", "place"),
)
GROUPS = Vocabulary(
    {
        "group": "组别 督查组 督查小组 小组 小组名称 督查组名称 督导组 组名",
        "group_head": "组长 督查组长 督查组组长 组长姓名 督导组长",
        "group_members": "成员 组员 督查组成员 成员姓名 督导组成员",
        "group_phone": "联系电话 电话 组长电话 组长联系电话 手机 联系方式",
        "group_villages": "督查村 督查村社区 督查村居 督查范围 督查单位 联系村 联系村社区 "
        "负责村 负责村社区 督导村 督导范围",
    },
    needed=("group", "group_villages"),
    telling=("group_head", "group_members", "group_villages"),
    free_text=("group_members", "group_villages"),
)


def is_cadre(table, cells):
    """True for a row of a name beside a title: no total and no signature has both."""
    title = tidy(table.value(cells, "title"))
    known = not read_name(table.value(cells, "name")).wrong
    return known and not is_nothing(title) and not LABEL.search(title)


CADRES = Vocabulary(
    {
        "name": "姓名 干部姓名 人员姓名 名字",
        "username": "用户名 账号 登录名 登录账号",
        "title": "职务 岗位 岗位名称 职务名称 现任职务 任职 职位",
        "department": "单位 站办所 所属单位 所在单位 部门 科室 所在部门 承办单位 工作单位 单位站办所 办公室",
        "role": "角色 系统角色 权限角色 人员类别 身份",
        "village": "村 所在村 社区 村社区 行政村 所在村社区 村居",
        "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码",
        "email": "电子邮箱 邮箱 邮件 电子邮件 Email email E-mail",
        "since": "任职日期 任职时间 到任日期 到岗日期",
    },
    needed=("name",),
    least=3,
    telling=("name", "title", "phone"),
    proof=is_cadre,
)

ROLES = {
    Role.CADRE: "驻点干部 干部 包村干部 驻村干部 镇干部 班子成员 责任领导 团队成员",
    Role.CONTACT: "村联络员 联络员 村级联络员 驻点联络员",
    Role.OFFICE: "镇驻点办 驻点办 驻点办干事 驻点办人员 办公室 联络办",
    Role.HANDLER: "站办所承办人 承办人 经办人 站办所 承办单位 站所承办人 办理人",
    Role.LEADER: "镇领导 领导 主要领导 乡镇领导 街道领导",
    Role.SUPERVISOR: "督查组 督查 督查员 督查小组 督查组成员 督查组组长 督导组",
    Role.COUNTY: "县级查看 县级 县级查看员 县级人员",
    Role.ADMIN: "系统管理员 管理员",
    Role.AUDITOR: "审计员 审计",
}
ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}
