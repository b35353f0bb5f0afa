"""Days a plan passed over because of a holiday: no row stands for them until one is to be made up."""

import copy
import datetime as dt

from cadres.models import LiaisonPlan
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar


def skipped_days(plan, start: dt.date, end: dt.date) -> list[dt.date]:
    """The days from ``start`` to ``end`` on which a plan would sit if no holiday were looked at, and does not.

    A day that was postponed is none of them; nor is one that has a session already.
    """
    calendar = WorkCalendar.load(plan.village.township_id)
    as_named = copy.copy(plan)
    as_named.holiday_rule = LiaisonPlan.HolidayRule.KEEP
    sat = {day.moved_from or day.on for day in days_of(plan, start, end, calendar)}
    sat |= set(plan.sessions.filter(on__range=(start, end)).values_list("on", flat=True))
    moved = plan.sessions.filter(moved_from__range=(start, end))
    sat |= set(moved.values_list("moved_from", flat=True))
    return [day.on for day in days_of(as_named, start, end, calendar) if day.on not in sat]
