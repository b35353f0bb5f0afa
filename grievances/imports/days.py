"""Days and time limits as older ledgers write them."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from cadres.workcalendar import CalendarNotPublished
from grievances.models import DeadlinePolicy
from liaison.imports.text import is_nothing, tidy
from villages.roster.dates import MONTH, read_birth
from villages.roster.text import chinese_number

Unit = DeadlinePolicy.Unit
EARLIEST = dt.date(1949, 10, 1)
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十两百]{1,4})"
_WITHIN = r"(?:之?内|以内|内办结|办结)*"
_COUNTED = re.compile(rf"{_NUMBER}个?(工作日|自然日|日|天|周|星期|月|年|小时){_WITHIN}")
_HALF_MONTH = re.compile(rf"半个月{_WITHIN}")
_SAME_DAY = re.compile(rf"(当[天日]|即日){_WITHIN}")
_END_OF_MONTH = re.compile(r"(?:(\d{4}|\d{2})年)?(\d{1,2})月(?:份)?(?:底|末)(?:之?前)?")
_END_OF_YEAR = re.compile(r"(?:(\d{4})年|本年|今年|当年)?年?(?:底|末)(?:之?前)?")
_THIS_MONTH = re.compile(r"(?:本|当)?月(?:底|末)(?:之?前)?")
_BEFORE = re.compile(r"(?:日|号)?(?:之?前|以前|止)?(?:办结|完成)?$")
_OUR_UNIT = re.compile(r"[(（](小时|自然日|工作日)[)）]$")
_UNIT_OF = {"小时": Unit.HOUR, "自然日": Unit.CALENDAR_DAY, "工作日": Unit.WORKDAY}
_NO_LIMIT = {"工作日历未发布"}


@dataclass(frozen=True)
class Day:
    """``on`` is None when nothing is written, or it cannot be read."""

    on: dt.date | None = None
    month_only: bool = False
    unreadable: bool = False


def read_day(value, *, on, date_1904=False) -> Day:
    """A day in any spelling: real dates, 2014.9.2, 2014年9月2日, 14.9.2, serial numbers of either calendar."""
    read = read_birth(value, on=on, date_1904=date_1904)
    if read.on is None:
        return Day(unreadable=read.unreadable)
    return Day(read.on, month_only=read.precision == MONTH)


@dataclass(frozen=True)
class Limit:
    """A time limit: its last day and the unit it was counted in; ``words`` when no day can be made of it."""

    due_on: dt.date | None = None
    unit: str = ""
    words: str = ""


def read_limit(value, *, start, on, calendar, date_1904=False) -> Limit:
    """A day, or words counted from ``start`` (the registration): 15个工作日, 一个月内, 2015年6月底前.

    Args:
        calendar: asked for 工作日; a year it does not know leaves the words as they are.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", tidy(value)))
    if is_nothing(value) or text in _NO_LIMIT:
        return Limit()
    bracketed = _OUR_UNIT.search(text)
    plain = value if not isinstance(value, str) else _OUR_UNIT.sub("", text)
    day = read_day(plain, on=on, date_1904=date_1904)
    if day.on and not day.month_only:
        return Limit(day.on, _UNIT_OF[bracketed[1]] if bracketed else "")
    try:
        due, unit = _in_words(text, start, on, calendar)
    except (CalendarNotPublished, ValueError, OverflowError):
        due, unit = None, ""
    return Limit(due, unit, text[:60])


def _in_words(text, start, on, calendar):
    """(last day, unit), or (None, "")."""
    if match := _COUNTED.fullmatch(text):
        return _counted(chinese_number(match[1]), match[2], start, calendar)
    if _HALF_MONTH.fullmatch(text):
        return start + dt.timedelta(days=15), Unit.CALENDAR_DAY
    if _SAME_DAY.fullmatch(text):
        return start, Unit.CALENDAR_DAY
    if match := _END_OF_MONTH.fullmatch(text):
        return _month_end(_year(match[1], start, int(match[2])), int(match[2])), ""
    if _THIS_MONTH.fullmatch(text):
        return _month_end(start.year, start.month), ""
    if "年" in text and (match := _END_OF_YEAR.fullmatch(text)):
        return dt.date(int(match[1] or start.year), 12, 31), ""
    day = read_day(_BEFORE.sub("", text), on=on)
    return (day.on, "") if day.on and not day.month_only else (None, "")


def _counted(number, word, start, calendar):
    if not number:
        return None, ""
    if word == "工作日":
        return calendar.add_workdays(start, number), Unit.WORKDAY
    if word in ("月", "年"):
        return _months_on(start, number * (12 if word == "年" else 1)), Unit.CALENDAR_DAY
    if word == "小时":
        return start + dt.timedelta(days=-(-number // 24)), Unit.CALENDAR_DAY
    days = number * 7 if word in ("周", "星期") else number
    return start + dt.timedelta(days=days), Unit.CALENDAR_DAY


def _year(said, start, month):
    """The year written; without one the coming such month."""
    if said:
        return int(said) if len(said) == 4 else 2000 + int(said)
    return start.year + (month < start.month)


def _month_end(year, month):
    return _months_on(dt.date(year, month, 1), 1) - dt.timedelta(days=1)


def _months_on(day, count):
    """The same day ``count`` months on; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)
