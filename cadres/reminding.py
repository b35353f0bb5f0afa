"""Which reminder times hold where and when: read once a pass, asked for every day and every moment."""

import datetime as dt
from bisect import bisect_right

from django.utils import timezone

from cadres.models import ReminderPolicy
from cadres.reminder_times import local


class ReminderTimes:
    """The rows of every township, by the day they begin."""

    def __init__(self, rows):
        self._of = {}
        for row in sorted(rows, key=lambda row: row.since):
            self._of.setdefault(row.township_id, []).append(row)
        self.farthest = max(
            (each.days_before for row in rows for each in row.in_order()), default=0
        )

    @classmethod
    def load(cls):
        """As they stand; one query."""
        return cls(list(ReminderPolicy.objects.all()))

    def of(self, township_id, on: dt.date) -> ReminderPolicy:
        """The row in force on a day: the township's own, else the shipped one."""
        for owner in (township_id, None):
            rows = self._of.get(owner, [])
            place = bisect_right(rows, on, key=lambda row: row.since)
            if place:
                return rows[place - 1]
        return ReminderPolicy(since=on)

    def opens(self, township_id, moment: dt.datetime) -> dt.datetime:
        """The moment itself, or the end of the quiet hours it falls into."""
        here = timezone.localtime(moment)
        policy = self.of(township_id, here.date())
        if not policy.is_quiet(here.time()):
            return moment
        morning = local(here.date(), policy.quiet_to)
        return morning if morning > moment else morning + dt.timedelta(days=1)
