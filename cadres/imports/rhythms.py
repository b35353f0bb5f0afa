"""周期 as offices write it, once hours and holidays are out of the text. Pure text, no guessing."""

import datetime as dt
import re

from cadres.rhythm import LAST, WEEKDAY_NAMES, Recurrence, Rhythm
from villages.roster.text import chinese_number


class Unread(Exception):
    """What cannot be taken; ``str()`` ends a Chinese sentence."""


_W = f"[{WEEKDAY_NAMES}]"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_NTH = rf"(?:第({_NUMBER})个?|(首|最后一|末)个?)"
_SOME_WEEKDAYS = rf"周({_W}(?:[、,和及](?:周)?{_W})*)"
_DATE = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
_DATES = re.compile(rf"指定(?:日期)?[:：]?({_DATE}(?:[、,和及]{_DATE})*)")
_PHASE = r"(?:[,(]?(?:自|从)?(\d{4})年(\d{1,2})月(\d{1,2})日(?:那周|所在周|当周)?起\)?)?"
_FORTNIGHT = re.compile(
    rf"(?:隔|[每逢]隔?(?:两|二|2)个?)(?:周)?(?:的|,)?每?{_SOME_WEEKDAYS}{_PHASE}"
)
_PARTS_OF = re.compile(
    rf"每个?(?:月的?([上中下]旬(?:[、,和及][上中下]旬)*)|旬)的?{_NTH}{_SOME_WEEKDAYS}"
)
_WORKDAY = re.compile(rf"每个?月的?{_NTH}工作日(?!的)")
_WORKING_WEEKDAY = re.compile(rf"每个?月的?(?:第一个?|第1个?|首个?)(?:为|是)?工作日的周({_W})")
_NTH_WEEKDAY = re.compile(rf"每个?月的?{_NTH}{_SOME_WEEKDAYS}")
_MONTH_DAY = rf"(?:{_NUMBER})日?|最后一[天日]|月?末日?|月底"
_MONTH_DAYS = re.compile(
    rf"每个?月的?((?:{_MONTH_DAY})(?:[、,和及](?:{_MONTH_DAY}))*)(?<=[天日末底])"
)
_ROTA = re.compile(r"(?:每个?)?工作日(?:轮值|轮流|轮班)|每[天日](?:轮值|轮流|轮班)")
_RANGE = re.compile(rf"(?:每周?|逢)?周({_W})-周?({_W})")
_WEEKLY = re.compile(rf"(?:每周?|逢)?(?:的)?{_SOME_WEEKDAYS}")
_UNHELD = re.compile(r"单周|双周|季|半个?月|每[天日]|周末|每年")
MOST_WORKING_DAYS = 23
MOST_DAYS = 60


def read_rhythm(text: str) -> tuple[Rhythm | None, str]:
    """(the Rhythm or None, what is left of the text).

    Raises:
        Unread: a rhythm the platform does not hold, or a day that does not exist.
    """
    for pattern, read in _KINDS:
        match = pattern.search(text)
        if match:
            return read(match), text[: match.start()] + text[match.end() :]
    return None, text


def unheld(text: str) -> bool:
    """Whether the words speak of a rhythm that is not held."""
    return bool(_UNHELD.search(text))


def _weekdays(words):
    return [WEEKDAY_NAMES.index(name) for name in re.findall(_W, words)]


def _nth(match, number, word, most):
    """The ordinal of two groups."""
    if match[number] is None:
        return 1 if match[word] == "首" else LAST
    value = chinese_number(match[number])
    if not value or value > most:
        raise Unread(f"“{match[0]}”没有这一天")
    return value


def _date(year, month, day, words):
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Unread(f"“{words}”没有这一天") from None


def _dates(match):
    year, days = None, []
    for each in re.finditer(_DATE, match[1]):
        year = each[1] or year
        if year is None:
            raise Unread(f"“{each[0]}”请写明年份")
        days.append(_date(year, each[2], each[3], each[0]))
    if len(days) > MOST_DAYS:
        raise Unread(f"一次最多指定{MOST_DAYS}天")
    return Rhythm.tidy(Recurrence.DAYS, days=days)


def _fortnight(match):
    words, year, month, day = match.groups()
    phase = _date(year, month, day, match[0]) if year else None
    return Rhythm.tidy(Recurrence.FORTNIGHTLY, weekdays=_weekdays(words), phase_from=phase)


def _parts(match):
    parts = [
        "上中下".index(name) + 1
        for name in re.findall("[上中下](?=旬)", match[1] or "上旬中旬下旬")
    ]
    return Rhythm.tidy(
        Recurrence.PART_WEEKDAY,
        month_parts=parts,
        nth=_nth(match, 2, 3, 2),
        weekdays=_weekdays(match[4]),
    )


def _nth_weekday(match):
    nth = _nth(match, 1, 2, 5)
    return Rhythm.tidy(Recurrence.NTH_WEEKDAY, nth=nth, weekdays=_weekdays(match[3]))


def _month_days(match):
    days = []
    for word in re.split("[、,和及]", match[1]):
        if re.fullmatch("最后一[天日]|月?末日?|月底", word):
            days.append(LAST)
            continue
        day = chinese_number(word.rstrip("日"))
        if not day or day > 31:
            raise Unread(f"“{match[0]}”没有这一天")
        days.append(day)
    return Rhythm.tidy(Recurrence.MONTHLY_DAY, month_days=days)


def _range(match):
    first, last = (WEEKDAY_NAMES.index(name) for name in match.groups())
    if last <= first:
        raise Unread(f"“{match[0]}”的先后不对")
    return Rhythm.tidy(Recurrence.WEEKLY, weekdays=range(first, last + 1))


def _working_weekday(match):
    return Rhythm.tidy(Recurrence.FIRST_WORKING_WEEKDAY, weekdays=_weekdays(match[1]))


def _working_day(match):
    return Rhythm.tidy(Recurrence.NTH_WORKING_DAY, nth=_nth(match, 1, 2, MOST_WORKING_DAYS))


# The longer words first: a part of a month is also a month, a fortnight also a week.
_KINDS = (
    (_DATES, _dates),
    (_FORTNIGHT, _fortnight),
    (_PARTS_OF, _parts),
    (_WORKING_WEEKDAY, _working_weekday),
    (_WORKDAY, _working_day),
    (_NTH_WEEKDAY, _nth_weekday),
    (_MONTH_DAYS, _month_days),
    (_ROTA, lambda match: Rhythm.tidy(Recurrence.ROTA)),
    (_RANGE, _range),
    (_WEEKLY, lambda match: Rhythm.tidy(Recurrence.WEEKLY, weekdays=_weekdays(match[1]))),
)
