"""Birth dates as offices write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import NamedTuple

from liaison.imports.text import INVISIBLE, is_nothing, tidy

DAY, MONTH = "day", "month"
TIME = r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
FULL = re.compile(
    rf"(\d{{4}}|\d{{2}}) ?[年./\-] ?(\d{{1,2}}) ?[月./\-] ?(\d{{1,2}}) ?日?(?:出?生)?{TIME}"
)
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEAR_MONTH = re.compile(r"(\d{4}|\d{2}(?=年)) ?[年./\-] ?(\d{1,2}) ?月?(?:出?生)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
SERIAL = re.compile(r"\d{4,5}(?:\.0+)?")
# Serial numbers taken for dates: 1908-03-18 to 2099. Smaller ones are ages, years or slips.
FIRST_SERIAL, LAST_SERIAL = 3_000, 73_050


class Birth(NamedTuple):
    """`on` is the day (the first of the month when `precision` is "month"), None when empty or unreadable."""

    on: date | None = None
    precision: str = ""
    short_year: bool = False
    unreadable: bool = False

    def agrees_with(self, known):
        """True when the ID's birth date `known` does not contradict this cell."""
        if self.on is None:
            return True
        year, known_year = (
            (self.on.year % 100, known.year % 100)
            if self.short_year
            else (self.on.year, known.year)
        )
        same_month = (year, self.on.month) == (known_year, known.month)
        return same_month and (self.precision == MONTH or self.on.day == known.day)


UNREADABLE = Birth(unreadable=True)


def read_birth(value, *, on, date_1904=False):
    """Read a birth date cell; `on` is today, which tells 85 is 1985 and 15 is 2015."""
    if isinstance(value, datetime):
        return Birth(value.date(), DAY)
    if isinstance(value, date):
        return Birth(value, DAY)
    if isinstance(value, str) and ISO.fullmatch(value):
        return _made(int(value[:4]), int(value[5:7]), int(value[8:]), DAY)
    if is_nothing(value):
        return Birth()
    if isinstance(value, float | int) and not isinstance(value, bool):
        whole = float(value).is_integer()  # 1E999 and NaN are numbers to a spreadsheet, too
        return _number(str(int(value)), date_1904) if whole else UNREADABLE
    text = tidy(unicodedata.normalize("NFKC", INVISIBLE.sub("", str(value))))
    return _written(text, on) or _number(text, date_1904)


def _written(text, on):
    if match := FULL.fullmatch(text):
        year, month, day = map(int, match.groups())
        precision = DAY
    elif match := YEAR_MONTH.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), 1
        precision = MONTH
    else:
        return None
    short = len(match[1]) == 2
    if short:
        year += 2000 if year <= on.year % 100 else 1900
    return _made(year, month, day, precision, short)


def _number(text, date_1904):
    if match := COMPACT.fullmatch(text):
        return _made(*map(int, match.groups()), DAY)
    if match := COMPACT_MONTH.fullmatch(text):
        return _made(int(match[1]), int(match[2]), 1, MONTH)
    if SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        zero = date(1904, 1, 1) if date_1904 else date(1899, 12, 30)
        return Birth(zero + timedelta(days=int(float(text))), DAY)
    return UNREADABLE


def _made(year, month, day, precision, short=False):
    try:
        return Birth(date(year, month, day), precision, short)
    except ValueError:
        return UNREADABLE
