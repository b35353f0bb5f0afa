"""补驻 by a plan's own holiday rule: on no day nearer than villagers must be told of it beforehand (0030)."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from cadres.models import LiaisonPlan
from cadres.recurrence import PlannedDay, days_of
from cadres.workcalendar import CalendarNotPublished

from .models import LiaisonSession
from .rules import all_rules

_WEEK = dt.timedelta(days=7)


def told_in_time(wanted, *, today, calendar_of) -> list[tuple]:
    """Put off each make-up day that lies between today and the township's notice (补驻提前告知, SessionPolicy).

    It goes to the next such weekday that is far enough, in no holiday and none of the plan's other days. What is
    past stays, so that it can be written up; so does what was planned already, when it was still far enough.

    Args:
        wanted: (plan, PlannedDays) pairs; calendar_of: township id -> its WorkCalendar.
    Returns:
        The pairs in their order. A day put off beyond its plan's end, or into a year that is not published, is
        left out.
    """
    makers = [plan for plan, _ in wanted if plan.holiday_rule == LiaisonPlan.HolidayRule.MAKE_UP]
    if not makers:
        return wanted
    rules, standing = all_rules(today), defaultdict(list)
    rows = LiaisonSession.objects.filter(plan__in=makers, on__gte=today)
    for plan_id, on, moved_from in rows.values_list("plan_id", "on", "moved_from"):
        standing[plan_id].append((on, moved_from))

    def in_time(plan, days):
        if plan.holiday_rule != LiaisonPlan.HolidayRule.MAKE_UP or not plan.team.is_active:
            return days
        township = plan.village.township_id
        notice = rules.get(township, rules[None]).make_up_notice
        return _MakeUps(plan, today, notice, standing[plan.pk], calendar_of(township)).of(days)

    return [(plan, in_time(plan, days)) for plan, days in wanted]


class _MakeUps:
    """The make-up days of one plan; ``rows`` are (day, the day it was moved from) of its sessions to come."""

    def __init__(self, plan, today, notice, rows, calendar):
        self.plan, self.today, self.calendar = plan, today, calendar
        self.earliest = today + dt.timedelta(days=notice)
        self.taken = {on for on, _ in rows}
        self.standing = {moved_from: on for on, moved_from in rows if moved_from}

    def of(self, days) -> list[PlannedDay]:
        days = [*days, *self._before(days)]
        near = [day for day in days if self._is_near(day)]
        kept = [day for day in days if day not in near]
        self.taken |= {day.on for day in kept}
        found = filter(None, (self._later(day) for day in near))
        return sorted([*kept, *found], key=lambda day: day.on)

    def _before(self, days):
        """Days put off whose first make-up day is past: nobody names them any more, and they stand."""
        unnamed = self.standing.keys() - {day.moved_from for day in days}
        if not unnamed:
            return []
        first = days_of(self.plan, min(unnamed), self.today, self.calendar)
        return [day for day in first if day.moved_from in unnamed and day.on < self.today]

    def _is_near(self, day):
        is_to_come = day.on >= self.today or day.moved_from in self.standing
        return bool(day.moved_from) and is_to_come and day.on < self.earliest

    def _later(self, day):
        try:
            on = self._planned(day) or self._first_free(day)
        except CalendarNotPublished:
            return None
        self.taken.add(on)
        beyond = self.plan.valid_to and on > self.plan.valid_to
        return None if beyond else replace(day, on=on)

    def _planned(self, day):
        """Where it stands already, if that is still such a day: it was put there in time."""
        on = self.standing.get(day.moved_from)
        if on is None or on < day.on or on.weekday() != self.plan.make_up_weekday:
            return None
        return None if self.calendar.is_holiday(on) else on

    def _first_free(self, day):
        on = day.on
        while on < self.earliest or on in self.taken or self.calendar.is_holiday(on):
            on += _WEEK
        return on
