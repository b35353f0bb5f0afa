"""The days a plan names, before any holiday is looked at.

What RFC 5545 can say is said by ``dateutil.rrule``; what asks the work calendar is counted here.
"""

import datetime as dt

from dateutil.rrule import MO, MONTHLY, WEEKLY, rrule, weekday

from cadres.rhythm import LAST, Recurrence

_DAY = dt.timedelta(days=1)
# 上旬, 中旬, 下旬 as days of the month
PARTS = {1: range(1, 11), 2: range(11, 21), 3: range(21, 32)}
# Every month has this many; a later day falls on the last one of a shorter month.
_ALWAYS = 28


def nominal_days(plan, first: dt.date, last: dt.date, calendar):
    """(day, turn) from ``first`` to ``last``, both included, in any order and perhaps twice.

    ``turn`` is the 轮次 of a rota, None of every other kind. Days come one by one, so that those
    before an unpublished year are given before the calendar refuses it.
    """
    counted = _COUNTED.get(plan.recurrence)
    if counted:
        yield from counted(plan, first, last, calendar)
    else:
        for day in _by_rule(plan, first, last):
            yield day, None


def _by_rule(plan, first, last):
    if plan.recurrence == Recurrence.DAYS:
        return [day for day in map(dt.date.fromisoformat, plan.days) if first <= day <= last]
    begin, end = (dt.datetime.combine(day, dt.time()) for day in (first, last))
    return sorted(
        day.date()
        for options in _RULES[plan.recurrence](plan)
        for day in _rule(begin, **options).between(begin, end, inc=True)
    )


def _rule(begin, *, freq, phase=None, **options):
    """An rrule that has begun before ``begin``, in the phase of its own first week."""
    start = begin.replace(day=1)
    if phase:
        weeks = dt.timedelta(weeks=options["interval"])
        monday = dt.datetime.combine(phase - _DAY * phase.weekday(), dt.time())
        start = monday - weeks * max(0, -((begin - monday) // weeks) + 1)
    return rrule(freq, dtstart=start, wkst=MO, **options)


def _weekly(plan):
    yield {"freq": WEEKLY, "byweekday": plan.weekdays}


def _fortnightly(plan):
    phase = plan.phase_from or plan.valid_from
    yield {"freq": WEEKLY, "interval": 2, "byweekday": plan.weekdays, "phase": phase}


def _monthly(plan):
    for day in plan.month_days:
        if day == LAST or day <= _ALWAYS:
            yield {"freq": MONTHLY, "bymonthday": day}
        else:
            yield {"freq": MONTHLY, "bymonthday": range(_ALWAYS, day + 1), "bysetpos": -1}


def _nth_weekday(plan):
    yield {"freq": MONTHLY, "byweekday": [weekday(day)(plan.nth) for day in plan.weekdays]}


def _part_weekday(plan):
    for part in plan.month_parts:
        for day in plan.weekdays:
            yield {
                "freq": MONTHLY,
                "bymonthday": PARTS[part],
                "byweekday": day,
                "bysetpos": plan.nth,
            }


_RULES = {
    Recurrence.WEEKLY: _weekly,
    Recurrence.FORTNIGHTLY: _fortnightly,
    Recurrence.MONTHLY_DAY: _monthly,
    Recurrence.NTH_WEEKDAY: _nth_weekday,
    Recurrence.PART_WEEKDAY: _part_weekday,
}


# --- What asks the work calendar ------------------------------------------------------------


def _first_working_weekday(plan, first, last, calendar):
    """Each month's first such weekday that is a working day; none when every one is a holiday."""
    for month in _months(first, last):
        for weekday_ in plan.weekdays:
            day = month + _DAY * ((weekday_ - month.weekday()) % 7)
            while day.month == month.month and not calendar.is_workday(day):
                day += _DAY * 7
            if day.month == month.month and first <= day <= last:
                yield day, None


def _nth_working_day(plan, first, last, calendar):
    for month in _months(first, last):
        worked = [day for day in _days_of_month(month) if calendar.is_workday(day)]
        at = plan.nth if plan.nth == LAST else plan.nth - 1
        if at < len(worked) and first <= worked[at] <= last:
            yield worked[at], None


def _rota(plan, first, last, calendar):
    """Every working day; those of a fixed weekday have their own turn, the others go round from valid_from."""
    fixed, round_ = plan.rota_order()
    if not (fixed or round_):
        return
    day, count = plan.valid_from, 0
    while day <= last:
        if calendar.is_workday(day):
            turn = fixed.get(day.weekday())
            if turn is None and round_:
                turn, count = round_[count % len(round_)], count + 1
            if turn is not None and day >= first:
                yield day, turn
        day += _DAY


_COUNTED = {
    Recurrence.FIRST_WORKING_WEEKDAY: _first_working_weekday,
    Recurrence.NTH_WORKING_DAY: _nth_working_day,
    Recurrence.ROTA: _rota,
}


def _months(first, last):
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + _DAY * 31).replace(day=1)


def _days_of_month(month):
    day = month
    while day.month == month.month:
        yield day
        day += _DAY
