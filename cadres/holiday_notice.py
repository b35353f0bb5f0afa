"""The State Council's notice of a year's holidays (放假通知): its text in, the days it names out. Pure.

Written against the wording of the notices of 2010 to 2026; cadres/tests/notices holds them. Nothing is
guessed: a weekday or a number of days that does not fit its date is a fault, a date with no word of what
happens on it is told as unused.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

HOLIDAY, WORKDAY = "holiday", "workday"
# What a notice of a whole year speaks of; a later one that puts a year right may name one alone.
NAMES = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
_ONE_DAY = dt.timedelta(days=1)

_ITEM = re.compile(r"(?:^|\n)[一二三四五六七八九十]+、([^:\n。]{1,40}):([^\n]*)")
# Pages set it in one line or in two.
_TITLE = re.compile(r"国务院办公厅关于[^。:]{0,30}?(\d{4})年[^。:]{0,30}?的通知")
_NUMBER = re.compile(r"国办发(?:明电)?〔\d{4}〕\d+号")
_DATE = r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(\([^()]*\))?"
_SPAN = re.compile(
    rf"{_DATE}(?:(?:至|到|-)(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日(\([^()]*\))?)?"
)
_TOKEN = re.compile(
    rf"(?P<span>{_SPAN.pattern})|(?P<word>放假|补休|(?:调休)?上班|调休)|(?P<aside>\([^()]*\))"
)
_TOLD = re.compile(r"共(\d+)天|放假(\d+)天")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_PLEA = re.compile(r"^(?:鼓励|节假日期间|请)")


@dataclass(frozen=True)
class NamedDay:
    """One day of a notice: ``kind`` is "holiday" or "workday", ``name`` as the notice says, e.g. 国庆节、中秋节."""

    on: dt.date
    kind: str
    name: str


@dataclass
class HolidayNotice:
    """What a text says: year, source ("" where untold), days in order; faults and leftovers in Chinese."""

    year: int | None = None
    source: str = ""
    days: list[NamedDay] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def names_lacking(self) -> list[str]:
        """The holidays of NAMES that no item speaks of."""
        said = "".join(day.name for day in self.days)
        return [name for name in NAMES if name not in said]


def read(text: str, year: int | None = None) -> HolidayNotice:
    """Read the text of a notice.

    Args:
        year: the year dates without one belong to; None takes it from the notice's title.
    """
    text = _plain(text)
    title, number = _TITLE.search(text), _NUMBER.search(text)
    told_year = int(title[1]) if title else None
    notice = HolidayNotice(year or told_year)
    if title:
        words = re.sub(r"\s", "", title[0])
        notice.source = f"{words} {number[0]}" if number else words
    if year and told_year and year != told_year:
        notice.faults.append(f"通知标题写的是{told_year}年，您选的是{year}年，请核对")
    if notice.year is None:
        notice.faults.append("没有读到是哪一年，请连同标题一起粘贴，或在“年份”里填写")
        return notice
    items = _ITEM.findall(text)
    if not items:
        notice.faults.append("没有读到放假安排，请粘贴通知正文，从“一、元旦：”到最后一个节日")
    for name, body in items:
        _read_item(notice, name, body)
    _settle(notice)
    return notice


def _plain(text):
    """Half-width, without blanks; an item that was pasted without line breaks begins a line of its own."""
    text = unicodedata.normalize("NFKC", text).replace("〜", "至").replace("~", "至")
    text = re.sub(r"[—–－―]+", "-", text)
    text = re.sub(r"[^\S\n]+", "", text)
    return re.sub(r"(?<=[。;])([一二三四五六七八九十]+、)", r"\n\1", text)


def _read_item(notice, name, body):
    for sentence in re.split(r"[。;]", body):
        if not sentence or _PLEA.match(sentence):
            continue
        off = []
        for clause in _clauses(sentence):
            off += _read_clause(notice, name[:30], clause)
        _check_number(notice, name, sentence, off)


def _clauses(sentence):
    """The parts between commas; a comma within brackets parts nothing."""
    return re.split(r",(?![^()]*\))", sentence)


def _read_clause(notice, name, clause) -> list[dt.date]:
    """Take a clause's days into the notice; returns those off."""
    waiting, off = [], []
    for token in _TOKEN.finditer(clause):
        if token["span"]:
            waiting += _days_of(notice, name, token["span"])
        elif token["word"] and waiting:
            kind = WORKDAY if token["word"].endswith("上班") else HOLIDAY
            notice.days += [NamedDay(on, kind, name) for on in waiting]
            off += waiting if kind == HOLIDAY else []
            waiting = []
    if waiting:
        notice.unused.append(f"{name}：{clause}")
    return off


def _days_of(notice, name, span) -> list[dt.date]:
    """The days from the first to the last of one span; [] and a fault when they are none."""
    year, month, day, aside, to_year, to_month, to_day, to_aside = _SPAN.fullmatch(span).groups()
    # 元旦 may begin in the December before.
    early = "元旦" in name and month == "12"
    try:
        first = dt.date(int(year or notice.year - early), int(month), int(day))
        last = first
        if to_day:
            last = dt.date(int(to_year or first.year), int(to_month or month), int(to_day))
            if last < first and not to_year:
                last = last.replace(year=first.year + 1)
    except ValueError:
        notice.faults.append(f"{name}：“{span}”不是日期")
        return []
    if not 0 <= (last - first).days < 31:
        notice.faults.append(f"{name}：“{span}”的起止日期不对")
        return []
    _check_weekday(notice, name, first, aside)
    _check_weekday(notice, name, last, to_aside)
    return [first + _ONE_DAY * n for n in range((last - first).days + 1)]


def _check_weekday(notice, name, on, aside):
    said = _WEEKDAY.search(aside or "")
    if said and "一二三四五六日".index(said[1].replace("天", "日")) != on.weekday():
        notice.faults.append(
            f"{name}：{on}是周{'一二三四五六日'[on.weekday()]}，通知里写的是周{said[1]}，请核对年份和日期"
        )


def _check_number(notice, name, sentence, off):
    said = _TOLD.search(sentence)
    if said and off and int(said[1] or said[2]) != len(off):
        notice.faults.append(
            f"{name}：通知写放假{said[1] or said[2]}天，读出来是{len(off)}天，请核对"
        )


def _settle(notice):
    """In order, each day once; a day both off and worked is a fault."""
    once = {}
    for day in notice.days:
        earlier = once.setdefault(day.on, day)
        if earlier.kind != day.kind:
            notice.faults.append(f"{day.on}既写了放假又写了上班，请核对")
    notice.days = [once[on] for on in sorted(once)]
    weekdays_worked = [
        day.on for day in notice.days if day.kind == WORKDAY and day.on.weekday() < 5
    ]
    notice.faults += [f"{on}本来就是工作日，不应写上班，请核对" for on in weekdays_worked]
