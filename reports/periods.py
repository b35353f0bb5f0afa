"""Periods a figure is of: month, quarter, year, or from a day to a day.

A reporting month may begin on another day than the first: with 19, 2026年10月 runs from 19 September to
18 October, and quarters and years are made of such months (ReportPolicy.month_first_day).
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

EARLIEST, LATEST = 2000, 2099
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})Q([1-4])")
_YEAR = re.compile(r"([0-9]{4})")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
HINT = "期间请写成 2026-10(月)、2026Q3(季)、2026(年)或 2026-10-01..2026-10-15(起止日期)。"


class NotAPeriod(ValueError):
    """``str()`` is one Chinese sentence that says how a period is written."""


@dataclass(frozen=True)
class Period:
    """From ``start`` to ``end``, both included.

    Args:
        key: how it is written in addresses and commands.
        name: its words: 2026年10月.
        year_start: the first day of the reporting year, where 累计 begins.
    """

    key: str
    name: str
    start: dt.date
    end: dt.date
    year_start: dt.date

    def __str__(self):
        return f"{self.name}({self.start}至{self.end})"

    def through(self, day: dt.date) -> dt.date:
        """Its last day, or an earlier one: what has come by that day."""
        return min(self.end, day)

    @property
    def eve(self) -> dt.date:
        """The day before it begins: what is in hand then is 期初在办."""
        return self.start - dt.timedelta(days=1)

    @property
    def year_eve(self) -> dt.date:
        """The day before its year begins: what is in hand then is 上年接转."""
        return self.year_start - dt.timedelta(days=1)


def parse(text: str, first_day: int = 1) -> Period:
    """A period as it is written.

    Args:
        first_day: the day of the month on which reporting months begin, 1 to 28.
    Raises:
        NotAPeriod: not written as a period, or outside 2000 to 2099.
    """
    text = text.strip()
    if found := _MONTH.fullmatch(text):
        year, month = _checked(found)
        return _months(text, f"{year}年{month}月", year, month, month, first_day)
    if found := _QUARTER.fullmatch(text):
        year, quarter = _checked(found)
        name = f"{year}年第{'一二三四'[quarter - 1]}季度"
        return _months(text, name, year, quarter * 3 - 2, quarter * 3, first_day)
    if found := _YEAR.fullmatch(text):
        (year,) = _checked(found)
        return _months(text, f"{year}年", year, 1, 12, first_day)
    if found := _DAYS.fullmatch(text):
        return _days(*found.groups(), first_day)
    raise NotAPeriod(HINT)


def is_month(text: str) -> bool:
    """Whether it is written as a month: 2026-10."""
    return bool(_MONTH.fullmatch(text))


def named_day(text: str) -> dt.date:
    """The day a period is named by: 2026-10 → 1 October, whatever day its month begins on.

    The definitions in force on that day are the period's. Raises NotAPeriod as ``parse`` does.
    """
    period = parse(text)
    return period.start


def month_of(day: dt.date, first_day: int = 1) -> Period:
    """The reporting month a day lies in."""
    year, month = day.year, day.month
    if first_day > 1 and day.day >= first_day:
        year, month = _next(year, month)
    return parse(f"{year}-{month:02}", first_day)


def months_until(period: Period, count: int, first_day: int = 1) -> list[Period]:
    """The last ``count`` reporting months up to the one in which a period ends, oldest first."""
    months = [month_of(period.end, first_day)]
    while len(months) < count and months[0].start.year > EARLIEST:
        months.insert(0, month_of(months[0].eve, first_day))
    return months


def _checked(found):
    numbers = [int(each) for each in found.groups()]
    month_is_wrong = found.re is _MONTH and not 1 <= numbers[1] <= 12
    if month_is_wrong or not EARLIEST <= numbers[0] <= LATEST:
        raise NotAPeriod(HINT)
    return numbers


def _months(key, name, year, first, last, first_day):
    start, end = _bounds(year, first, first_day)[0], _bounds(year, last, first_day)[1]
    return Period(key, name, start, end, _bounds(year, 1, first_day)[0])


def _bounds(year, month, first_day):
    """First and last day of a reporting month."""
    if first_day == 1:
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, 1), dt.date(year, month, last)
    before = (year - 1, 12) if month == 1 else (year, month - 1)
    return dt.date(*before, first_day), dt.date(year, month, first_day - 1)


def _next(year, month):
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _days(first, last, first_day):
    try:
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError as wrong:
        raise NotAPeriod(HINT) from wrong
    if not EARLIEST <= start.year <= end.year <= LATEST:
        raise NotAPeriod(HINT)
    if end < start:
        raise NotAPeriod("截止日期早于起始日期，请核对。")
    year = month_of(end, first_day).key[:4] if end.year < LATEST else str(LATEST)
    year_start = _bounds(int(year), 1, first_day)[0]
    return Period(f"{start}..{end}", f"{start}至{end}", start, end, min(year_start, start))
