"""Sets of matters, each reading like the sentence the office would say."""

import datetime as dt

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from cadres.models import Holding
from cadres.roles import Role

from .gate import AccusedQuerySet, GatedQuerySet, ReaderQuerySet, TerritoryQuerySet, whole_townships
from .hands_querysets import OfGrievanceQuerySet
from .models.states import APART, AWAITED, OPEN, OVER, SETTLED, Status

__all__ = [
    "AccusedQuerySet",
    "ReaderQuerySet",
    "whole_townships",
]  # for the models, beside those below


class GrievanceQuerySet(GatedQuerySet):
    """Matters of the ledger; which of them a person reads is said in gate.py."""

    def reported_by(self, user):
        """What a village contact had registered, for the page that tells him how it fares and nothing else.

        As long as he is a contact of that village.
        """
        places = user.village_scope("grievances.report").places
        return self.filter(registered_by=user.pk, village__in=sorted(places))

    def open(self):
        """在办."""
        return self.filter(status__in=OPEN)

    def settled(self):
        """办结, whatever came after."""
        return self.filter(status__in=SETTLED)

    def overdue(self, now):
        """超期未结: open, past the due moment, and not resting."""
        return self.open().filter(due_at__lt=now).exclude(status=Status.SUSPENDED)

    def unplaced(self):
        """村待核: open, and its village is not known; the office says which it is."""
        return self.open().filter(village=None)

    def late_by(self, days, *, on, now):
        """超期 so many 自然日 and more; left out are 挂起, nobody's fault, and the confidential.

        Args:
            on: the day that is counted to. now: the moment overdue is compared with.
        """
        late = self.public().overdue(now)
        return late.filter(due_on__lte=on - dt.timedelta(days=days))

    def told_in(self, batch, rungs):
        """What one pass of 超期提醒 told these rungs of, or any of them where none is named."""
        told = {"rises__batch": batch} | ({"rises__rung__in": rungs} if rungs else {})
        return self.filter(pk__in=self.model.objects.filter(**told).values("pk"))

    def on_book(self):
        """挂账: long matters, open in every figure."""
        return self.open().filter(book_on__isnull=False)

    def book_due(self, on):
        """挂账 whose review day has come."""
        return self.on_book().filter(book_review_on__lte=on)

    def to_ask_by(self, user):
        """待我回访: drawn, and given to this person to ask about."""
        return self.filter(self._has("sampled", given_to=user.pk, state="waiting"))

    def called_for(self):
        """待重办: 不满意 or 反弹, neither reopened nor answered for."""
        return self.settled().filter(self._has("redo_calls", outcome=""))

    def _has(self, name, **facts):
        """Whether there is such a row of a matter; a condition, so that counts stay counts of matters."""
        rows = self.model._meta.get_field(name).related_model._base_manager
        return Exists(rows.filter(grievance=OuterRef("pk"), **facts))

    def answered_within(self, start, end):
        """What a follow-up sample is drawn from: settled in the days, and answered to the villager."""
        rows = self.settled().done_here().filter(settled_on__range=(start, end))
        return rows.exclude(answered_on=None).exclude(village=None)

    def near_due(self, now, within):
        """临期: open, not late, and within what its policy row warns before (grievances.nearing)."""
        return self.open().filter(within, due_at__gte=now).exclude(status=Status.SUSPENDED)

    def alerted(self, *levels):
        """预警 in force, of these levels or of any."""
        rows = self.exclude(status__in=OVER)
        return rows.filter(alert_level__in=levels) if levels else rows.exclude(alert_level="")

    def risks(self):
        """排查化解: disputes, and whatever has or had a level."""
        return self.counted().filter(Q(kind="dispute") | ~Q(alert_level=""))

    def promised(self):
        """答应的事: something was promised by a day, and the villager has not been answered yet."""
        return self.filter(promise_due_on__isnull=False, status__in=AWAITED)

    def broken_promises(self, on):
        """Promised by a day that has passed, and not answered."""
        return self.promised().filter(promise_due_on__lt=on)

    def on_time(self):
        """按期办结: settled on or before the due moment."""
        return self.settled().filter(settled_at__lte=F("due_at"))

    def late(self, now):
        """Settled after the due moment, or open and past it; never while it rests."""
        running = Q(status__in=OPEN, due_at__lt=now) & ~Q(status=Status.SUSPENDED)
        return self.filter(Q(status__in=SETTLED, settled_at__gt=F("due_at")) | running)

    def undated(self):
        """未定时限: they should have a due date and have none; what was settled on the spot needs none."""
        return self.filter(due_on=None, on_the_spot=False)

    def open_at_end_of(self, day):
        """期末在办: registered by a day and not settled by it."""
        return (
            self.counted()
            .filter(registered_on__lte=day)
            .filter(Q(settled_on=None, status__in=OPEN) | Q(settled_on__gt=day))
        )

    def registered_within(self, start, end):
        """本期新增: by the day it was said."""
        return self.filter(registered_on__range=(start, end))

    def settled_within(self, start, end):
        """本期办结, by the day it counts."""
        return self.settled_from(start).settled_to(end)

    def settled_from(self, day):
        """办结 on or after a day.

        Of what was taken in from an older ledger the day of settling may not be known; such a matter
        counts on the day of its registration.
        """
        counted = Q(settled_on__gte=day) | Q(settled_on=None, registered_on__gte=day)
        return self.settled().filter(counted)

    def settled_to(self, day):
        """办结 on or before a day (see settled_from)."""
        counted = Q(settled_on__lte=day) | Q(settled_on=None, registered_on__lte=day)
        return self.settled().filter(counted)

    def on_the_spot(self):
        """当场办结: settled in the act in which they were written down."""
        return self.filter(on_the_spot=True)

    def by_settled_day(self):
        """[(day, matters settled on it in 件)], by the day it counts."""
        return (
            self.order_by()
            .values_list(Coalesce("settled_on", "registered_on"))
            .annotate(Count("pk"))
        )

    def judged(self):
        """Of those that fell due: whose day of settling is known, or which are still open and not resting."""
        return self.exclude(status__in=SETTLED, settled_at=None).exclude(status=Status.SUSPENDED)

    def counted(self):
        """Those in the figures: 不予受理 and 并案 stand apart and are printed as counts."""
        return self.exclude(status__in=APART)

    def public(self):
        """Those that may hang on a wall: a confidential matter never does."""
        names = {field.name for field in self.model._meta.get_fields()}
        return self.exclude(is_confidential=True) if "is_confidential" in names else self

    def open_at_start_of(self, day):
        """期初在办: registered before a day and not settled before it."""
        return (
            self.counted()
            .filter(registered_on__lt=day)
            .filter(Q(settled_on=None, status__in=OPEN) | Q(settled_on__gte=day))
        )

    def done_here(self):
        """Without those an older ledger calls settled: nobody waits for them to be answered or crossed off."""
        return self.exclude(status__in=SETTLED, settled_by=None)

    def to_take_along(self, session):
        """Those that can be put on a liaison day's list: of its village, open, and not on it yet."""
        rows = self.open().filter(village=session.village_id)
        return rows.exclude(pk__in=session.taken_along.values("grievance"))

    def awaiting(self, status):
        """Matters that stand at one state."""
        return self.filter(status=status)


class StepQuerySet(OfGrievanceQuerySet):
    """Lines of history."""


class FollowUpQuerySet(OfGrievanceQuerySet):
    """Answers of villagers."""

    def within(self, start, end):
        """Asked from ``start`` to ``end``."""
        return self.filter(on__range=(start, end))

    def valid(self):
        """有效回访: 联系不上 and 不愿评价 leave the base."""
        return self.exclude(answer__in=("unreached", "declined"))


class TakenAlongQuerySet(OfGrievanceQuerySet):
    """Matters taken along to a liaison day: who does not see the matter does not see that it was taken."""


class ExtensionQuerySet(OfGrievanceQuerySet):
    """延期."""

    def waiting(self):
        """待批: of matters still on their way."""
        return self.filter(state="asked", grievance__status__in=OPEN)

    def to_decide(self, user, on):
        """待批 on a day, by a role this person has; never what he asked for himself.

        What an office is to decide in which nobody sits but who asked falls to the leaders.
        """
        roles = sorted({Role.OFFICE, Role.LEADER} & set(user.roles))
        his = Q(approver__in=roles)
        if Role.LEADER in roles:
            office = Holding.objects.current(on).filter(
                post__role=Role.OFFICE, post__township=OuterRef("grievance__township"),
                user__is_active=True,
            )  # fmt: skip
            his |= Q(approver=Role.OFFICE) & ~Exists(office.exclude(user=OuterRef("asked_by")))
        return self.waiting().filter(his).exclude(asked_by=user.pk)

    def untold(self):
        """Approved, and the villager of an open matter does not know yet."""
        rows = self.filter(state="approved", told_on=None, grievance__status__in=OPEN)
        return rows.filter(round=F("grievance__reopened_count"))


class TriageQuerySet(models.QuerySet):
    """批量办理."""

    def visible_to(self, user):
        """One's own: what a colleague did stands in each matter's history."""
        return self.filter(by=user.pk)


class TriageLineQuerySet(models.QuerySet):
    """What became of each matter."""

    def visible_to(self, user):
        """Of one's own."""
        return self.filter(triage__by=user.pk)


class ConfidentialPolicyQuerySet(models.QuerySet):
    """涉密规则."""

    def visible_to(self, user):
        """Those of the townships whose limits and rules one sets."""
        return self.filter(township__in=user.village_scope("grievances.policies").townships)


class ClosedNumberQuerySet(TerritoryQuerySet):
    """Numbers whose matters go another way: told to those who could read the matter."""
