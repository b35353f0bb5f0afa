"""What stands at the head of a liaison day's page: its form, whom and what it is for, who is away, what may be done."""

from dataclasses import dataclass
from functools import cached_property

from cadres.models import Holding
from grievances.models import Grievance
from liaison import clock
from visits.leading import may_arrange
from visits.models import Appointment, LeaveRequest, LiaisonSession

Status = LiaisonSession.Status


@dataclass
class DayFacts:
    """Facts of one day for one reader; each is asked for when the page shows it."""

    session: LiaisonSession
    user: object
    now: object

    @cached_property
    def household(self):
        """Whom the day was appointed for, if this person reads that household; else None."""
        if self.session.kind == LiaisonSession.Kind.REGULAR:
            return None
        rows = Appointment.objects.visible_to(self.user).filter(session=self.session.pk)
        row = rows.select_related("household__group").first()
        return row.household if row else None

    @cached_property
    def to_meet(self):
        """The same, as long as no line of the day is about it."""
        home = self.household
        met = home and self.session.visits.filter(household=home).exists()
        return None if met else home

    @cached_property
    def make_up(self):
        """The day on which this one is made up for, ahead or held; else None."""
        if self.session.is_make_up:
            return None
        days = self.session.make_ups.filter(status__in=(Status.PLANNED, Status.HELD))
        return days.order_by("-status", "on").first()

    @cached_property
    def leaves(self):
        """Requests for leave that this person may read, the waiting and the approved ones."""
        rows = LeaveRequest.objects.visible_to(self.user).alive().filter(session=self.session.pk)
        return list(rows.filter(on=self.session.on).select_related("person").order_by("pk"))

    @cached_property
    def stands_in_for(self):
        """The leave for which this person stands in; else None."""
        rows = LeaveRequest.objects.in_force().filter(session=self.session.pk)
        return rows.filter(stand_in=self.user.pk).first()

    @cached_property
    def arranges(self) -> bool:
        """Whether he leads the team or runs the days of the place."""
        return may_arrange(self.session, self.user, self.now)

    @property
    def may_ask_leave(self) -> bool:
        """Whether he sits there, the day is ahead, and he has not asked yet."""
        day = self.session
        if day.status != Status.PLANNED or day.on < clock.local_date(self.now):
            return False
        if any(leave.person_id == self.user.pk for leave in self.leaves):
            return False
        seated = Holding.objects.current(day.on).filter(post__seats__team=day.team_id)
        return seated.filter(user=self.user.pk).exists()

    @property
    def may_print(self) -> bool:
        """Whether a 走访单 of this day is, or was, his to print and to enter."""
        return self.user.has_perm("visits.log") and self.session.status in (
            Status.PLANNED,
            Status.HELD,
        )

    @property
    def may_make_up(self) -> bool:
        """Whether a make-up day is still to be named, and by him."""
        day = self.session
        undone = day.status in (Status.MISSED, Status.CANCELLED) and not day.is_make_up
        fixed = day.kind == LiaisonSession.Kind.REGULAR
        return undone and fixed and self.make_up is None and self.arranges

    @property
    def may_take_along(self) -> bool:
        """Whether matters can still be put on the day's list, and by him."""
        return (
            self.session.status == Status.PLANNED
            and self.user.has_perm("grievances.view")
            and self.arranges
        )

    @cached_property
    def offered(self):
        """Open matters of the village that he sees and the day has not got yet, oldest first."""
        matters = Grievance.objects.visible_to(self.user).to_take_along(self.session)
        return matters.order_by("registered_on", "pk")
