"""Which days a plan falls on (驻点时间). Pure: plan, range and calendar in, days out.

A holiday here is any day the work calendar does not have people working.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from cadres.models import LiaisonPlan
from cadres.workcalendar import CalendarNotPublished

# How far before the range a postponed day can come from; the longest holiday so far had ten days.
_REACH = dt.timedelta(days=31)
_DAY = dt.timedelta(days=1)
Recurrence, HolidayRule = LiaisonPlan.Recurrence, LiaisonPlan.HolidayRule


@dataclass(frozen=True)
class PlannedDay:
    """One day of a plan; ``moved_from`` is the day it was postponed from (顺延), or None."""

    on: dt.date
    moved_from: dt.date | None = None


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
    * 每月第一个为工作日的星期几 is a working day by its name; the holiday rule plays no part.

    Never two on one day, and none outside the plan's validity, postponed ones included.
    """
    first, last = max(start - _REACH, plan.valid_from), min(end, plan.valid_to or end)
    found, stopped = [], ""
    try:
        for day in _nominal_days(plan, first, last, calendar):
            found += _after_holiday_rule(plan, day, calendar)
    except CalendarNotPublished as unknown:
        stopped = str(unknown)
    once = {}
    for day in sorted(found, key=lambda day: (day.on, day.moved_from is not None)):
        once.setdefault(day.on, day)
    return Days(tuple(day for day in once.values() if start <= day.on <= last), stopped)


def _nominal_days(plan, first, last, calendar):
    """The days the plan names, before any holiday is looked at."""
    if plan.recurrence == Recurrence.WEEKLY:
        day = first + _DAY * ((plan.weekday - first.weekday()) % 7)
        while day <= last:
            yield day
            day += _DAY * 7
        return
    for month in _months(first, last):
        if plan.recurrence == Recurrence.MONTHLY_DAY:
            # 31日 in a shorter month is its last day
            day = month.replace(day=min(plan.month_day, monthrange(month.year, month.month)[1]))
        else:
            day = _first_working_weekday(month, plan.weekday, calendar)
        if day and first <= day <= last:
            yield day


def _months(first, last):
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + _DAY * 31).replace(day=1)


def _first_working_weekday(month, weekday, calendar):
    """The month's first such weekday that is a working day; None when every one is a holiday."""
    day = month + _DAY * ((weekday - month.weekday()) % 7)
    while day.month == month.month:
        if calendar.is_workday(day):
            return day
        day += _DAY * 7
    return None


def _after_holiday_rule(plan, day, calendar):
    """What the holiday rule makes of one day: the day, another one, or nothing."""
    keeps = plan.holiday_rule == HolidayRule.KEEP
    if plan.recurrence == Recurrence.FIRST_WORKING_WEEKDAY or keeps or calendar.is_workday(day):
        return [PlannedDay(day)]
    if plan.holiday_rule == HolidayRule.SKIP:
        return []
    return [PlannedDay(calendar.next_workday(day), moved_from=day)]
