"""村民情分析会: villages that have not held theirs, where the township's own practice has one.

It has where 例会安排 names one (大瑶's monthly 民情分析会); an office without such a row is asked for nothing.
"""

import datetime as dt

from cadres.models import StandingMeeting
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar
from villages.models import Village

from .models import Meeting

KIND = Meeting.Kind.ANALYSIS
PERMISSION = "grievances.meet"
FAR = dt.timedelta(days=62)  # the last one of a practice that meets every month lies within


def villages_without(user, on):
    """Villages whose meetings this person keeps, without one since the month of the last 例会 day that has come."""
    villages = Village.objects.visible_to(user, PERMISSION)
    standing = StandingMeeting.objects.in_force(on).filter(name__contains=KIND.label)
    standing = list(standing.filter(township__in=villages.values("township")))
    missing = Village.objects.none()
    for meeting in standing:
        calendar = WorkCalendar.load(meeting.township_id)
        come = [day.on for day in days_of(meeting, on - FAR, on, calendar)]
        if come:
            held = Meeting.objects.filter(kind=KIND, status="held", on__gte=come[-1].replace(day=1))
            own = villages.filter(township=meeting.township_id)
            missing |= own.exclude(pk__in=held.filter(village__isnull=False).values("village"))
    return missing
