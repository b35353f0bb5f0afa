"""例会议题: what a meeting of the township, or of a village, has to go through; nothing is typed for it.

From the last meeting on: matters asked since and still open, everything overdue, what villagers were
promised by the day of the meeting, proposals to study, needs to follow up. Minutes are not kept here.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from cadres.models import StandingMeeting
from cadres.recurrence import days_of
from grievances.models import Grievance, Status
from liaison import clock
from liaison.personal import mask_name
from villages.models import Village
from visits.models import Need, Proposal

REACH = dt.timedelta(days=400)  # how far around today the meeting's days are looked for
AROUND = 3  # days offered before and after today
MOST = 100  # rows of one part on paper; the rest is in its list


@dataclass(frozen=True)
class Part:
    """One part of the agenda: its rows as far as they are printed, and how many there are."""

    rows: list
    count: int

    @property
    def left(self) -> int:
        """Rows beyond those printed."""
        return self.count - len(self.rows)


@dataclass
class Agenda:
    """The agenda of one day of a meeting for one reader; each part is asked for when the page shows it.

    Args:
        on: the day of the meeting. since: the day of the one before it, or when the meetings began.
        village: of one village alone; None for all the reader sees.
        now: the moment overdue is compared with.
    """

    meeting: StandingMeeting
    user: object
    on: dt.date
    since: dt.date
    now: dt.datetime
    village: Village | None = None

    @property
    def today(self) -> dt.date:
        """The day it is printed."""
        return clock.local_date(self.now)

    @cached_property
    def overdue(self) -> Part:
        """超期未结, whenever it was asked."""
        rows = self._matters().overdue(self.now)
        return _part(rows.order_by("village__code", "due_at", "pk"))

    @cached_property
    def asked(self) -> Part:
        """Asked since the last meeting and still open, not overdue yet."""
        rows = self._matters().open().registered_within(self.since, self.on)
        rows = rows.filter(Q(due_at=None) | Q(due_at__gte=self.now))
        return _part(rows.order_by("village__code", "registered_on", "pk"))

    @cached_property
    def promised(self) -> Part:
        """答应的事: promised by the day of the meeting or earlier, and not answered yet."""
        rows = self._matters().promised().filter(promise_due_on__lte=self.on)
        return _part(rows.order_by("village__code", "promise_due_on", "pk"))

    @cached_property
    def unanswered(self) -> Part:
        """Settled, and the villager still waits to be told."""
        rows = self._matters().done_here().filter(status=Status.SETTLED)
        return _part(rows.order_by("village__code", "settled_on", "pk"))

    @cached_property
    def proposals(self) -> Part:
        """金点子 to study, oldest first."""
        rows = self._of_place(Proposal.objects.visible_to(self.user)).to_study()
        rows = rows.select_related("village", "household__group")
        return _part(rows.order_by("village__code", "proposed_on", "pk"))

    @cached_property
    def needs(self) -> Part:
        """需求线索 whose next look is due by the day of the meeting; names masked, paper gets about."""
        rows = self._of_place(Need.objects.visible_to(self.user)).due(self.on)
        rows = rows.select_related("village", "household__group", "kind", "department")
        part = _part(rows.order_by("village__code", "next_look_on", "pk"))
        for row in part.rows:
            row.masked = mask_name(row.whose)
        return part

    def _matters(self):
        rows = self._of_place(Grievance.objects.visible_to(self.user))
        return rows.select_related("village", "department").defer("phone", "detail", "result")

    def _of_place(self, rows):
        rows = rows.filter(township=self.meeting.township_id)
        return rows.filter(village=self.village) if self.village else rows


def _part(rows) -> Part:
    shown = list(rows[: MOST + 1])
    count = len(shown) if len(shown) <= MOST else rows.count()
    return Part(shown[:MOST], count)


@dataclass(frozen=True)
class MeetingDays:
    """When a meeting is around today: the days that can be chosen, each with the one before it."""

    offered: tuple[dt.date, ...]
    before: dict[dt.date, dt.date]
    next_on: dt.date
    stopped: str = ""

    @classmethod
    def of(cls, meeting, today, calendar) -> "MeetingDays":
        """Three before today and three from today on; today itself where none comes any more.

        Args:
            calendar: the township's WorkCalendar.
        """
        found = days_of(meeting, today - REACH, today + REACH, calendar)
        days = [day.on for day in found]
        begun = max(meeting.valid_from, today - REACH)
        before = dict(zip(days, [begun, *days], strict=False))
        past, coming = [on for on in days if on < today], [on for on in days if on >= today]
        stopped = "" if coming else found.stopped
        if not coming:
            before[today] = past[-1] if past else min(begun, today)
            coming = [today]
        return cls((*past[-AROUND:], *coming[:AROUND]), before, coming[0], stopped)
