"""Why a row of an older ledger is refused or warned about, in words a clerk can act on."""

import re

from liaison import personal
from liaison.imports.problems import add_codes
from villages.roster.codes import MAX_SHOWN

# code -> (what is wrong, what to do). {} takes the detail of the case.
LEDGER_CODES = {
    "R-CONTENT": ("没有写反映的问题", "补写反映的主要问题，一句话即可"),
    "R-DAY": ("没有登记日期，也没有别的日期可用", "补写登记日期，如 2014-09-02"),
    "R-DAY-FUTURE": ("登记日期{}还没有到", "改为实际登记的日期"),
    "R-DAY-OLD": ("登记日期{}太早", "改为实际登记的日期"),
    "W-VILLAGE": ("村名{}，已先收下，列为“村待核”", "打开这件诉求核定所在村，或改成村（社区）全称后重新导入"),
    "W-DAY": ("日期读不出来，没有采用，原文已保留", "改写成 2014-09-02 的样子"),
    "W-DAY-MONTH": ("只写了年月，按当月1日计", "补写到日"),
    "W-REGISTERED": ("没有登记日期，按{}计", "补写登记日期"),
    "W-DUE": ("时限“{}”换算不成日期，已照原文保留", "需要计算是否按期的，改写成日期"),
    "W-END-NONE": ("已办结但没有办结日期，计入办结数，不计入办理时长和按期率", "查原卷宗补写办结日期"),
    "W-END-EARLY": (
        "办结日期早于登记日期，不可信：计入办结数，不计入办理时长和按期率",
        "核对两个日期，改正后重新导入",
    ),
    "W-END-FUTURE": ("办结日期还没有到，不可信：计入办结数，不计入办理时长", "改为实际办结的日期"),
    "W-OPEN-SETTLED": ("没有写明已办结，却有办结日期，按未办结计", "确已办结的，在“是否办结”写“是”"),
    "W-DONE-WORD": ("“{}”看不出是否办结，按未办结计", "改写成“是”或“否”"),
    "W-REPEAT": ("与{}是同一人同日就同一事，疑似重复信访，已分别收下，没有合并", "核实后可并案办理"),
    "W-NUMBER": ("编号与{}相同，都已收下", "核对编号"),
    "W-TOPIC": ("类别“{}”没有对应的类别，归入“其他”，原文已保留", "在类别设置里增加，或改成已有的类别"),
    "W-ORDER": ("{}早于登记日期或还没有到，没有采用，原文已保留", "核对日期"),
    "W-WORKED-ON": ("这件诉求导入后又办理过，没有按文件修改", "需要改动的，在这件诉求的页面上办理"),
}  # fmt: skip

add_codes(LEDGER_CODES)


_DAY = re.compile(r"(\d{4}|\d{2})[年./\-]\d{1,2}[月./\-]\d{1,2}日?( [\d:.]+)?")
_PERSONAL = re.compile(r"\d{11,}")


def plain(text):
    """Any text with its long numbers masked; a day is none."""
    return text if _DAY.fullmatch(text) else personal.mask_numbers(text)


def masked(field, value):
    """A cell's text fit to be shown and kept: numbers and names masked, cut at 60 characters."""
    if field in ("complainant", "handler", "leader"):
        return personal.mask_name(value)[:MAX_SHOWN]
    if field in ("phone", "id"):
        return personal.mask_phone(value)[:MAX_SHOWN]
    if field == "number" and not _PERSONAL.search(value):
        return value[:MAX_SHOWN]
    return plain(value)[:MAX_SHOWN]
