"""What can be wrong with a row of 包户联系, in words a clerk can act on."""

from liaison import personal
from liaison.imports.problems import add_codes
from liaison.imports.text import tidy
from villages.roster.codes import MAX_SHOWN

CODES = {
    "R-LINK-HOME": ("{}", "对照花名册核对户编号、组和户主"),
    "R-LINK-HOMES": ("{}有几户同名的户主", "补写户编号"),
    "R-LINK-GONE": ("这一户已注销", "删去这一行"),
    "R-LINK-DUP": ("与{}是同一户，重复", "一户只留一行"),
    "R-LINK-NAMES": ("一格里写了几个人：{}", "一户一位包户干部、一位村民代表，只留一人"),
    "R-LINK-CADRE": ("“{}”不在本镇现任的干部中", "核对姓名；新来的干部请系统管理员先任命岗位"),
    "R-LINK-CADRES": ("本镇有几位“{}”", "补写电话，或写岗位名称"),
    "R-LINK-PERSONS": ("本村有几位在任的村民代表“{}”", "补写电话，或写明户所在的组"),
    "R-LINK-EARLY": ("起始日期早于已登记的联系（{}）", "填这一天或以后，或留空按今天登记"),
    "R-LINK-FUTURE": ("起始日期在今天之后", "到当天再导入，或留空按今天登记"),
    "W-LINK-HEAD": ("户编号对应的户主是“{}”，以户编号为准", "核对户主姓名"),
    "W-LINK-NONE": ("没有填写包户干部和村民代表，这一户没有改动", "补写后再导入"),
    "W-LINK-DAY": ("起始日期读不出来，按今天登记", "改写成 2026-03-05 的样子"),
    "W-LINK-PERSON": ("本村有几位“{}”，没有对应到居民", "补写电话，或到“包户联系”里核对"),
    "W-LINK-FEW": ("{}", "酌情调整，或改“联系标准”"),
    "W-LINK-MANY": ("{}", "酌情调整，或改“联系标准”"),
}
add_codes(CODES)

_PEOPLE = {"head", "cadre", "representative"}


def masked(field, value):
    """A cell's text fit to be shown and kept: names and numbers masked, cut at 60 characters."""
    text = tidy(value)
    text = personal.mask_name(text) if field in _PEOPLE else text
    return personal.mask_numbers(text)[:MAX_SHOWN]
