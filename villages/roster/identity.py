"""ID numbers (公民身份号码, GB 11643): 18 characters, 15 before 1999, and what spreadsheets do to them."""

import re
from datetime import date
from typing import NamedTuple

from stdnum.cn import ric

from liaison.imports.text import NOTHING, cell_text, half_width

# GB/T 2260, the first two digits; 81-83 are residence permits for 港澳台.
PROVINCES = {
    str(code)
    for codes in (
        range(11, 16), range(21, 24), range(31, 38), range(41, 47),
        range(50, 55), range(61, 66), (71, 81, 82, 83),
    )
    for code in codes
}  # fmt: skip
# Beside the usual words for nothing: the number is still to come.
NOT_YET = NOTHING | {
    "办理中",
    "正在办理",
    "未办",
    "未办理",
    "待办",
    "待补",
    "无证",
    "未上户",
    "未登记",
}
SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
QUOTES = "'‘’`＇\""


class Identity(NamedTuple):
    """`number` has 18 characters or is empty; `code` is an R- or W- code or empty; `sex` is M or F."""

    number: str = ""
    birth: date | None = None
    sex: str = ""
    code: str = ""
    detail: str = ""


def read_id(value, *, on):
    """Read an ID cell; `on` is today.

    An unknown county is no error: people keep the code of the time and place of issue.
    """
    if _is_number(value) and abs(value) >= 1e15:
        return Identity(code="R-ID-LOST")
    text = half_width(value).strip(QUOTES).upper()
    if text in NOT_YET:
        return Identity(code="W-NOID")
    if SCIENTIFIC.fullmatch(text):
        return Identity(code="R-ID-LOST")
    if len(text) == 15 and text.isascii() and text.isdigit():
        return _check(_lengthen(text), on, "W-ID15")
    if len(text) != 18:
        return Identity(code="R-ID-LEN", detail=_about_length(text, on))
    return _check(text, on, "")


def _lengthen(text):
    longer = f"{text[:6]}19{text[6:]}"
    return longer + ric.calc_check_digit(longer + "0")


def _check(text, on, code):
    if not (text[:17].isascii() and text[:17].isdigit() and text[17] in "0123456789X"):
        return Identity(code="R-ID-CHECK")
    if text[:2] not in PROVINCES:
        return Identity(code="R-ID-REGION")
    birth = _birth(text)
    if birth is None or birth.year < 1900 or birth > on:
        return Identity(code="R-ID-DATE")
    if text[17] != ric.calc_check_digit(text):
        # A number that was damaged as a number and then saved as text still ends in three zeros.
        return Identity(code="R-ID-LOST" if text.endswith("000") else "R-ID-CHECK")
    return Identity(text, birth, "M" if int(text[16]) % 2 else "F", code)


def _birth(text):
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def _about_length(text, on):
    if len(text) == 20 and _check(text[:18], on, "").number:
        return "，像是20位的残疾人证号"
    return f"，应为18位，现有{len(text)}位"


def shown(value):
    """The cell as the spreadsheet shows it: a damaged number as 4.30181E+17, not with digits made up."""
    if _is_number(value) and abs(value) >= 1e15:
        return f"{value:.5E}"
    return half_width(cell_text(value))


def _is_number(value):
    return isinstance(value, float | int) and not isinstance(value, bool)
