"""What a row comes to in its year: how many days, the first ones, and every one a holiday meets."""

import datetime as dt
from dataclasses import dataclass

from cadres import calendar_page
from cadres.recurrence import days_of, holidays_met
from cadres.rhythm import WEEKDAY_NAMES
from cadres.workcalendar import WorkCalendar

FIRST_SHOWN, MET_SHOWN = 4, 12


@dataclass(frozen=True)
class Outlook:
    """The year of one plan.

    Attributes:
        words: 每周二 09:00–11:30; total: days in the year; first: the first ones, in words.
        met: 「2月17日(周二，春节)→2月24日(周二)」 for each day a holiday meets; more: how many are not shown.
        past: days before today, of a new plan; stopped: why none follow, or "".
    """

    words: str
    total: int
    first: tuple[str, ...]
    met: tuple[str, ...]
    more: int
    past: int
    stopped: str


class Outlooks:
    """Works outlooks out; the calendar is read once."""

    def __init__(self, township, year, today):
        self.year, self.today = year, today
        self.first, self.last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        self.calendar = WorkCalendar.load(township)
        days = calendar_page.days_in(year, township)
        self.names = {day.on: day.name for day in days if not self._worked(day.on)}

    def _worked(self, day):
        return self.calendar.exceptions.get(day, True)

    def of(self, plan) -> Outlook:
        """The outlook of a plan, saved or not."""
        days = days_of(plan, self.first, self.last, self.calendar)
        own = {day.on for day in days if day.moved_from is None}
        met = [
            self._met(day, to, own)
            for day, to in holidays_met(plan, self.first, self.last, self.calendar)
        ]
        past = 0 if plan.pk else sum(day.on < self.today for day in days)
        return Outlook(
            words=plan.in_words(),
            total=len(days),
            first=tuple(_short(day.on) for day in days.days[:FIRST_SHOWN]),
            met=tuple(met[:MET_SHOWN]),
            more=max(len(met) - MET_SHOWN, 0),
            past=past,
            stopped=days.stopped,
        )

    def _met(self, day, to, own):
        name = self.names.get(day)
        was = f"{_short(day)[:-1]}，{name})" if name else _short(day)
        if to is None:
            return f"{was}取消"
        if to == day:
            return f"{was}照常"
        once = "，与当天的并作一次" if to in own else ""
        return f"{was}→{_short(to)}{once}"


def _short(day):
    return f"{day.month}月{day.day}日(周{WEEKDAY_NAMES[day.weekday()]})"
