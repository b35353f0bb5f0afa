"""临期: how near its due moment a matter has to be before it is shown, by its policy row's 提前提醒.

Worked out when a page is drawn: for each policy row the last due moment that is near now, so that one
question to the database finds all of them and one dictionary tells of a row.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from cadres.workcalendar import CalendarNotPublished, WorkCalendar

from .deadlines import Unit, end_of
from .models import DeadlinePolicy


@dataclass(frozen=True)
class Nearing:
    """What is near its due moment now.

    Attributes:
        until: {policy id: the last due moment that is near}; rows that warn nobody are left out.
    """

    now: dt.datetime
    until: dict[int, dt.datetime]

    @classmethod
    def at(cls, now, township_id) -> "Nearing":
        """As a township's calendar has it (None: the country's)."""
        rows = list(DeadlinePolicy.objects.filter(warn_before__gte=1))
        workdays = any(row.unit == Unit.WORKDAY for row in rows)
        calendar = WorkCalendar.load(township_id) if workdays else None
        return cls(now, {row.pk: near_until(row, now, calendar) for row in rows})

    def has(self, matter) -> bool:
        """Whether an open matter is 临期: not late yet, near, and its clock runs."""
        until = self.until.get(matter.policy_id)
        if until is None or matter.due_at is None or not _runs(matter):
            return False
        return self.now <= matter.due_at <= until

    def within(self) -> Q:
        """The same as a condition for GrievanceQuerySet.near_due."""
        near = Q(pk__in=())
        for policy, until in self.until.items():
            near |= Q(policy=policy, due_at__lte=until)
        return near


def is_near(matter, now) -> bool:
    """Whether one open matter is 临期 now."""
    policy = matter.policy
    if not (_runs(matter) and policy and policy.warn_before and matter.due_at):
        return False
    workdays = policy.unit == Unit.WORKDAY
    calendar = matter.calendar if workdays else None
    return now <= matter.due_at <= near_until(policy, now, calendar)


def _runs(matter) -> bool:
    return matter.is_open and not matter.is_suspended


def near_until(policy, now, calendar) -> dt.datetime:
    """The last due moment that is near now: its own unit's count of 提前提醒 from now on.

    Where the count leads into a year whose calendar is not published, the end of the year before it:
    later due days in 工作日 are not known anyway.
    """
    if policy.unit == Unit.HOUR:
        return now + dt.timedelta(hours=policy.warn_before)
    today = timezone.localtime(now).date()
    if policy.unit == Unit.CALENDAR_DAY:
        return end_of(today + dt.timedelta(days=policy.warn_before))
    try:
        return end_of(calendar.add_workdays(today, policy.warn_before))
    except CalendarNotPublished as unknown:
        return end_of(dt.date(unknown.year - 1, 12, 31))
