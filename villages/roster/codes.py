"""Every reason a row is refused or warned about, in words a clerk can act on."""

import re

from liaison import personal
from liaison.imports.problems import add_codes

# code -> (what is wrong, what to do). {} takes the detail of the case.
ROW_CODES = {
    "R-ID-LOST": (
        "身份证号成了数值，末三位已丢失，不能恢复",
        "把该列设为“文本”格式，按证件重新填写全部18位",
    ),
    "R-ID-CHECK": ("身份证号校验不通过，有数字填错或颠倒", "对照证件逐位核对"),
    "R-ID-LEN": ("身份证号位数不对{}", "按证件填写18位号码"),
    "R-ID-DATE": ("身份证号里的出生日期不存在或不合理", "对照证件核对第7至14位"),
    "R-ID-REGION": ("身份证号前两位不是任何省份的代码", "对照证件核对前6位"),
    "R-BIRTH": ("出生日期在今天之后或早于1900年", "改为真实的出生日期"),
    "R-NAME": ("姓名{}", "填写与证件一致的姓名；说明文字写到“备注”"),
    "R-DUP": ("与{}是同一户的同一个人，重复", "删去重复的一行"),
    "R-DUP-HH": ("此人已在{}的另一户中", "确认此人现在属于哪一户，只留一行"),
    "R-ID-CONFLICT": ("与{}的身份证号相同而姓名不同", "对照两人证件，改正填错的一行"),
    "R-COLS": (
        "这一行的内容比表头多出几栏，可能是文字里的逗号没有加引号",
        "把多出的内容并入所属的栏，或另存为 .xlsx",
    ),
    "R-VILLAGE": ("村名{}", "改为本乡镇区划里的村（社区）全称"),
    "R-TERRITORY": ("“{}”不在您的工作范围内", "请由负责这个村的人员导入，或删去这一行"),
    "W-NOID": ("没有身份证号，先按户和姓名登记", "取得证件后补填"),
    "W-ID15": ("15位旧号码，已按规则换算成18位", "对照新证件核对"),
    "W-BIRTH": ("出生日期与身份证号不一致，以身份证号为准", "对照证件核对"),
    "W-SEX": ("性别与身份证号不一致，以身份证号为准", "对照证件核对"),
    "W-AGE": ("年龄超过110岁", "核实是否健在、日期是否填错"),
    "W-DATE": ("出生日期读不出来，没有采用", "改写成 1985-03-05 的样子（公历）"),
    "W-PHONE": ("电话不像电话号码，没有采用", "填写11位手机号，或带区号的座机号"),
    "W-COUNT": ("家庭人口{}", "核对是否漏填或多填了人"),
    "W-TWO-HEADS": ("一户有两个户主，以第一个为准", "改正这一行的“与户主关系”"),
    "W-NO-HEAD": ("一户没有户主，户已建立，户主待定", "把其中一人的“与户主关系”改为“户主”"),
    "W-HEAD-NAME": ("“户主”栏的姓名与户主本人那一行不同", "核对户主姓名"),
    "W-DEAD": ("备注写明已去世，仍先登记，请核实", "核实后在居民档案里办理"),
    "W-LEFT": ("备注写明已迁出，仍先登记，请核实", "核实后在居民档案里办理"),
    "W-GONE": ("此人在居民档案里已登记为{}，没有恢复", "确实仍在册的，请在居民档案里办理恢复在册"),
    "W-CANCELLED": (
        "这一户已注销，人员照收，没有恢复该户",
        "确实仍在册的，请在户档案里更正居住状态",
    ),
    "W-CATEGORY": ("人员类别“{}”不在已知类别中，已照原文保留", "核对写法；确为新类别的可以不改"),
    "W-FORMULA": ("单元格是没有结果的公式或错误值，按空白处理", "改成实际内容"),
    "W-NAME-NOTE": ("姓名里括号内的文字已移到备注", "核对姓名"),
    "W-NAME-PUA": ("姓名里有自造字，别的电脑可能显示不出", "改用国家标准字库里的字"),
    "W-LONG": ("文字过长，只保留了前{}个字", "缩短后重填"),
}


add_codes(ROW_CODES)

DIGITS = re.compile(r"\d{6}")  # 无, 办理中 and 4.30181E+17 give nobody away
MAX_SHOWN = 60


def masked(field, value):
    """A cell's text fit to be shown and kept: numbers and names masked, cut at 60 characters."""
    if field in ("name", "head"):
        return personal.mask_name(value)[:MAX_SHOWN]
    if field == "birth":
        return value[:4] + "*" * (len(value) - 4) if len(value) < MAX_SHOWN else value[:4] + "…"
    if field == "id":
        return personal.mask_id(value)[:MAX_SHOWN] if DIGITS.search(value) else value[:MAX_SHOWN]
    return personal.mask_numbers(value)[:MAX_SHOWN]
