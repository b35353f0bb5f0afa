"""The days a plan sits, once the holidays have had their say.

A holiday here is any day the work calendar does not have people working.
"""

import datetime as dt
from dataclasses import dataclass

from cadres.models import LiaisonPlan
from cadres.rhythm import ALWAYS_WORKED
from cadres.workcalendar import CalendarNotPublished

from .nominal import nominal_days

# How far before the range a moved day can come from; the longest holiday so far had ten days.
_REACH = dt.timedelta(days=31)
_DAY = dt.timedelta(days=1)
HolidayRule = LiaisonPlan.HolidayRule


@dataclass(frozen=True)
class PlannedDay:
    """One day of a plan.

    Attributes:
        moved_from: the day it was postponed from (顺延, 补驻), or None. turn: the 轮次 of a rota, or None.
    """

    on: dt.date
    moved_from: dt.date | None = None
    turn: int | None = None


@dataclass(frozen=True)
class Days:
    """The days found, in order; ``stopped`` says in Chinese why none follow the last, or ""."""

    days: tuple[PlannedDay, ...]
    stopped: str = ""

    def __iter__(self):
        return iter(self.days)

    def __len__(self):
        return len(self.days)


def days_of(plan, start: dt.date, end: dt.date, calendar) -> Days:
    """The plan's days from ``start`` to ``end``, both included.

    * 照常 (keep): the day itself, holiday or not. No calendar is asked, so it goes on into unpublished years.
    * 取消当次 (skip): only where it is a working day.
    * 顺延 (next): the next working day; where the plan sits on that day anyway, the two are one.
    * 补驻 (make_up): the next named weekday (usually Saturday) that is in no holiday; likewise.
    * A working day by its name (rhythm.ALWAYS_WORKED) is one; the holiday rule plays no part.

    Never two on one day, and none outside the plan's validity, moved ones included.
    """
    first, last = max(start - _REACH, plan.valid_from), min(end, plan.valid_to or end)
    found, stopped = [], ""
    try:
        for day, turn in nominal_days(plan, first, last, calendar):
            found += _after_holiday_rule(plan, day, turn, calendar)
    except CalendarNotPublished as unknown:
        stopped = str(unknown)
    once = {}
    for day in sorted(found, key=lambda day: (day.on, day.moved_from is not None)):
        once.setdefault(day.on, day)
    return Days(tuple(day for day in once.values() if start <= day.on <= last), stopped)


def holidays_met(plan, start: dt.date, end: dt.date, calendar):
    """[(day, where it goes or None)] for the plan's days from ``start`` to ``end`` that are no working days.

    A day kept all the same goes to itself, one that falls away nowhere. Empty for a plan of working days, and
    from the first unpublished day on.
    """
    first, last, met = max(start, plan.valid_from), min(end, plan.valid_to or end), []
    try:
        for day, turn in nominal_days(plan, first, last, calendar):
            if not calendar.is_workday(day):
                to = next(iter(_after_holiday_rule(plan, day, turn, calendar)), None)
                beyond = to and plan.valid_to and to.on > plan.valid_to
                met.append((day, to.on if to and not beyond else None))
    except CalendarNotPublished:
        pass
    return sorted(set(met))


def _after_holiday_rule(plan, day, turn, calendar):
    """What the holiday rule makes of one day: the day, another one, or nothing."""
    keeps = plan.holiday_rule == HolidayRule.KEEP or plan.recurrence in ALWAYS_WORKED
    if keeps or calendar.is_workday(day):
        return [PlannedDay(day, turn=turn)]
    if plan.holiday_rule == HolidayRule.SKIP:
        return []
    if plan.holiday_rule == HolidayRule.MAKE_UP:
        return [PlannedDay(_make_up_day(plan, day, calendar), moved_from=day)]
    return [PlannedDay(calendar.next_workday(day), moved_from=day)]


def _make_up_day(plan, day, calendar):
    """The next weekday named for making up that lies in no holiday (法定节假日)."""
    day += _DAY * ((plan.make_up_weekday - day.weekday() - 1) % 7 + 1)
    while calendar.is_holiday(day):
        day += _DAY * 7
    return day
