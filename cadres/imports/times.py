"""驻点时间 as offices write it: 每周二上午9:00-11:30, 每月10日下午, 每月第一个星期一 … Pure text, no guessing."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace

from cadres.models import LiaisonPlan
from cadres.rhythm import WEEKDAY_NAMES, Rhythm
from liaison import personal
from liaison.imports.text import tidy, tidy_lines

from .rhythms import Unread, read_rhythm, unheld

HolidayRule = LiaisonPlan.HolidayRule
MORNING, AFTERNOON = "morning", "afternoon"
# What an office's half day is when a list says no hours; every use of it is a warning.
HALF_DAYS = {MORNING: (dt.time(9), dt.time(11, 30)), AFTERNOON: (dt.time(14, 30), dt.time(17))}
LONGEST = 200  # characters of a cell that could be a time
EARLIEST = dt.time(6)
NOON = 12

_PARTS = {"上午": MORNING, "早上": MORNING, "下午": AFTERNOON, "晚上": AFTERNOON, "中午": AFTERNOON}
_PART = "|".join(_PARTS)
_CLOCK = r"(?<!\d)(\d{1,2})(?:([:.点时])(半|\d{1,2}(?!\d))?分?)?"
_SPAN = re.compile(rf"({_PART})?{_CLOCK}-({_PART})?{_CLOCK}(?!\d)")
# 补驻, 周六补驻, 在节后的周六补
_MADE_UP = (
    rf"[改在于-]*(?:节后|其后|之后)?(?:的|最近的)*(?:下个?|下一个)?(?:周([{WEEKDAY_NAMES}]))?补驻?"
)
_HOLIDAY = re.compile(
    r"[(\[]?(?:如)?[遇逢]?(?:法定)?(?:节假日|假期|节日|假日)(?:的)?,?(?:则|即|时)?(?:自动)?"
    rf"(?:(顺延|照常|取消|除外|不)|{_MADE_UP})[^,;。)\]]*[)\]]?"
)
_RULES = {"顺延": HolidayRule.NEXT, "照常": HolidayRule.KEEP}
_HOLIDAY_WORDS = {
    "顺延": HolidayRule.NEXT, "照常": HolidayRule.KEEP, "补驻|周.补": HolidayRule.MAKE_UP, "取消": HolidayRule.SKIP,
}  # fmt: skip
_LABEL = re.compile(r"^[^\s:：\d]{2,10}[:：]")  # 联系时间：
_PIECE = re.compile(r"[;；\n]|\s+(?=[^\s:：\d]{2,10}[:：])")
_FILLER = re.compile(
    r"驻点日?|联系日?|接待日?|服务日?|定期|固定|时间|每次|全天|[的为在定,;:。()\[\]、+和及]"
)


@dataclass(frozen=True)
class TimeSaid:
    """What a text says; what it does not say is empty. ``wrong`` ends a sentence on what cannot be taken."""

    rhythm: Rhythm | None = None
    holiday_rule: str = ""
    spans: tuple[tuple[dt.time, dt.time], ...] = ()
    half: str = ""
    make_up_weekday: int | None = None  # 补在星期几
    wrong: str = ""

    @property
    def hours(self):
        """(first start, last end), or None."""
        if not self.spans:
            return None
        return min(start for start, _ in self.spans), max(end for _, end in self.spans)


def read_time(value) -> TimeSaid:
    """One cell, read to its last character: what is left over is refused, not passed over."""
    text = _plain(value)
    if len(text) > LONGEST:
        return TimeSaid(wrong="写得太长")
    rule, weekday, text = _holiday(text)
    spans, text, wrong = _spans(text)
    if wrong:
        return TimeSaid(wrong=wrong)
    halves = [part for word, part in _PARTS.items() if word in text]
    text = re.sub(_PART, "", text)
    said = _rhythm(text)
    if said.wrong:
        return said
    half = halves[0] if len(set(halves)) == 1 else ""
    return replace(said, holiday_rule=rule, make_up_weekday=weekday, spans=spans, half=half)


def read_title(texts) -> TimeSaid:
    """The lines above a table: the first rhythm and the first hours they speak of, anything else passed over."""
    found = TimeSaid()
    for text in texts:
        for piece in _PIECE.split(tidy_lines(text)):
            said = read_time(_LABEL.sub("", tidy(piece)))
            if said.wrong:
                continue
            if said.rhythm and not found.rhythm:
                found = replace(said, spans=found.spans or said.spans)
            elif said.spans and not found.spans:
                found = replace(found, spans=said.spans)
    return found


def read_holiday_rule(value) -> tuple[str, int | None]:
    """A cell of its own for it: 顺延至下一工作日, 照常驻点, 取消当次, 周六补驻.

    Returns:
        (the rule, the weekday it is made up for on or None); ("", None) for anything else.
    """
    text = _plain(value)
    rule = next((rule for word, rule in _HOLIDAY_WORDS.items() if re.search(word, text)), "")
    return rule, _weekday(re.search(_MADE_UP, text)) if rule == HolidayRule.MAKE_UP else None


def _shown(text):
    """A piece of a cell fit for a sentence that is kept."""
    return personal.mask_numbers(text)[:30]


def _plain(value):
    text = unicodedata.normalize("NFKC", tidy_lines(value))
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"[—–―~～至到]+", "-", text)
    text = re.sub(r"星期|礼拜", "周", text).replace("号", "日")
    text = re.sub(r"(?<=周)天", "日", text)
    return text.replace("每周周", "每周").replace("每个周", "每周").replace("周周", "周")


def _holiday(text):
    """(the rule, the weekday for making up, the text without them)."""
    match = _HOLIDAY.search(text)
    if not match:
        return "", None, text
    rest = text[: match.start()] + text[match.end() :]
    if match[1] is None:
        return HolidayRule.MAKE_UP, _weekday(match, 2), rest
    return _RULES.get(match[1], HolidayRule.SKIP), None, rest


def _weekday(match, group=1):
    return WEEKDAY_NAMES.index(match[group]) if match and match[group] else None


def _spans(text):
    """(spans, the text without them, what is wrong)."""
    spans = []
    for match in _SPAN.finditer(text):
        first_part, hour, mark, minute, last_part, last_hour, last_mark, last_minute = (
            match.groups()
        )
        if not (mark or last_mark):
            continue  # 10-15: no clock
        start = _clock(hour, minute, first_part)
        end = _clock(last_hour, last_minute, last_part or first_part)
        if start is None or end is None:
            return (), text, f"“{_shown(match[0])}”不是钟点"
        if start < EARLIEST:
            return (), text, f"“{match[0]}”请写明上午还是下午"
        if end <= start:
            return (), text, f"“{match[0]}”的结束时间不晚于开始时间"
        spans.append((start, end))
    rest = _SPAN.sub(lambda m: "" if m[3] or m[7] else m[0], text)
    return tuple(spans), rest, ""


def _clock(hour, minute, part):
    number = int(hour)
    if _PARTS.get(part) == AFTERNOON and number < NOON:
        number += NOON
    minutes = 30 if minute == "半" else int(minute or 0)
    return dt.time(number, minutes) if number < 24 and minutes < 60 else None


def _rhythm(text):
    """The rhythm, once hours and holidays are out of the text."""
    if not text or not _FILLER.sub("", text):
        return TimeSaid()
    try:
        found, rest = read_rhythm(text)
    except Unread as wrong:
        return TimeSaid(wrong=str(wrong))
    left = _FILLER.sub("", rest)
    if (found is None or left) and unheld(text):
        return TimeSaid(wrong=f"“{_shown(text)}”这种周期系统里没有")
    if found is None or left:
        return TimeSaid(wrong=f"没有看懂“{_shown(rest if left else text)}”")
    return TimeSaid(found)
