"""What can be wrong with a row of a schedule or of a list of cadres, in words a clerk can act on."""

from liaison import personal
from liaison.imports.problems import add_codes
from liaison.imports.text import tidy
from villages.roster.codes import MAX_SHOWN

from .names import read_people

PEOPLE_CODES = {
    "R-STOPPED": ("“{}”的账号已停用", "请系统管理员先启用账号，或删去此人，再导入这一行"),
    "R-NO-POST": (
        "“{}”已有登录账号，但没有能进团队的岗位",
        "请系统管理员先在“账号”里任命岗位，再导入这一行",
    ),
    "W-SAME-NAME": (
        "“{}”在本镇不止一人，没有写电话，先按另一人登记",
        "确是同一人的，两处都写上同一个电话后再导入",
    ),
    "W-PHONE-OTHER": (
        "本镇已有同名而电话不同的“{}”，按两人登记",
        "是本人换了号码的，请系统管理员先改账号里的电话，再导入",
    ),
    "W-TWICE": ("“{}”在这个团队里写了两次，只取一处", "核对是否写重，或是两位同名的人"),
    "W-TWO-TEAMS": ("同时在另一个团队里：{}", "一般一人只在一个团队；确实如此的可以不改"),
    "W-NO-RIGHTS": ("“{}”没有督查组的岗位，看不到督查村的情况", "请系统管理员任命督查组岗位"),
    "W-POST-HELD": ("岗位“{}”现由他人担任，已另设同名岗位", "如是换人，请系统管理员办理离任和任命"),
}
PLAN_CODES = {
    "R-VILLAGE-TWICE": ("这个村在{}已经写过", "一个村只留一行"),
    "R-PEOPLE": ("没有写责任领导，也没有写团队成员", "补写驻点的人"),
    "R-TIME": ("驻点时间{}", "改写成“每周二上午9:00-11:30”“每月10日下午2:30-5:00”的样子"),
    "R-HOURS": ("驻点时间没有写几点到几点", "补写钟点，如“上午9:00-11:30”"),
    "R-PLACE": ("没有写驻点地点，本村也没有登记办公地点", "补写驻点地点"),
    "R-TEAM-SHARED": (
        "本村现由“{}”联系，该团队还联系别的村",
        "先在“驻点团队”里把几个村分开，再导入这一行",
    ),
    "R-TEAM-MANY": ("本村现在不止一个在用的团队（{}）", "先停用多余的团队，再导入这一行"),
    "R-PLANS-MANY": ("本村现在不止一条驻点安排", "请在“驻点安排”里直接修改"),
    "R-GROUP": ("督查小组没有写{}", "补写后再导入这一行"),
    "R-GROUP-TWICE": ("“{}”在前面已经写过，或与已有的团队同名", "改正组别名称"),
    "W-ABOVE": ("{}空着，取了上一行的", "核对这一行的责任领导和驻点时间"),
    "W-NO-TIME": ("没有写驻点时间，团队已收，驻点安排没有改动", "到“驻点安排”里补排，或补写后再导入"),
    "W-TIME-TITLE": ("驻点时间与标题里写的（{}）不同，以这一格为准", "核对驻点时间"),
    "W-TIME-HALF": ("没有写几点，先按{}排定", "到“驻点安排”里核对，或补写钟点后再导入"),
    "W-TIME-PARTS": ("联系时间分成几段，驻点安排从头排到尾（{}）", "中间休息不影响；确要分开的请在“驻点安排”里另排"),
    "W-EMPTY": ("“{}”空着，已有的人员没有改动", "核对是否漏填"),
    "W-CARD": ("便民服务卡上的{}与安排表不同，以安排表为准", "核对后改正其中一处"),
}  # fmt: skip
CADRE_CODES = {
    "R-USERNAME": ("用户名{}", "用2至30位小写字母、数字，不用身份证号和手机号；不确定的可以不填"),
    "R-ROLE": ("角色“{}”不在系统的角色里", "从下拉列表中选择；不填按驻点干部登记"),
    "R-POST-ROLE": ("岗位“{}”已有，角色与这一行不同", "角色设定后不再更改：另起岗位名称，或改这一行的角色"),
    "R-DEPARTMENT": ("承办人没有写单位", "写明站办所，交办的诉求按单位分派"),
    "R-CONTACT-VILLAGE": ("村联络员没有写所在村", "补写村（社区）全称"),
    "R-TITLE": ("没有写职务", "补写职务或岗位名称"),
    "R-PERSON-TWICE": ("与{}是同一人、同一岗位，重复", "删去重复的一行"),
    "W-ROLE": ("没有写角色，按驻点干部登记", "核对；别的角色请从下拉列表中选择"),
    "W-SINCE": ("任职日期读不出来，按今天登记", "改写成 2026-03-05 的样子"),
    "W-EMAIL": ("电子邮箱不像邮箱地址，没有采用", "核对邮箱地址"),
}  # fmt: skip

for codes in (PEOPLE_CODES, PLAN_CODES, CADRE_CODES):
    add_codes(codes)

_PEOPLE = {"lead", "head", "contact", "name", "members", "aux", "group_head", "group_members"}


def masked(field, value):
    """A cell's text fit to be shown and kept: names and numbers masked, cut at 60 characters."""
    text = tidy(value)
    if field in _PEOPLE:
        people = [_masked(each) for each in read_people(value)]
        return "、".join(people)[:MAX_SHOWN]
    return personal.mask_numbers(text)[:MAX_SHOWN]


def _masked(person):
    return personal.mask_numbers(personal.mask_name(person.name))
