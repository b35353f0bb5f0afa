"""Sets of matters, each reading like the sentence the office would say."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from cadres.roles import Role
from liaison.scoping import ScopedQuerySet

_OPEN = ("registered", "accepted", "assigned", "in_hand", "returned")
_AWAITED = (*_OPEN, "settled")
_SETTLED = ("settled", "answered", "verified", "closed_out")
# Who reads every matter of his township; the county's figures are counted over all of theirs
_TOWNSHIP_WIDE = {Role.OFFICE, Role.LEADER, Role.SUPERVISOR}


def whole_townships(user) -> list[int]:
    """Ids of the townships somebody reads every matter of."""
    return sorted({post.township_id for post in user.current_posts if post.role in _TOWNSHIP_WIDE})


class GrievanceQuerySet(ScopedQuerySet):
    """Matters of the ledger."""

    township_path = "township"

    def visible_to(self, user):
        """Matters of the township, of a cadre's villages, or of a handler's department.

        Contacts, account keepers and auditors see none; the county is given figures, never a page.
        """
        scope = user.village_scope()
        if scope.everything:
            return self
        posts = user.current_posts
        whole = {post.township_id for post in posts if post.role in _TOWNSHIP_WIDE}
        if Role.COUNTY in user.roles:
            whole |= scope.townships
        units = {post.department_id for post in posts if post.role == Role.HANDLER}
        conditions = {
            "township__in": sorted(whole),
            "village__in": sorted(user.village_scope("grievances.view").villages)
            if Role.CADRE in user.roles
            else [],
            "department__in": sorted(units - {None}),
        }
        within = Q(pk__in=())
        for path, ids in conditions.items():
            within |= Q(**{path: ids}) if ids else Q()
        return self.filter(within)

    def reported_by(self, user):
        """What a village contact had registered, for the page that tells him how it fares and nothing else.

        As long as he is a contact of that village.
        """
        places = user.village_scope("grievances.report").places
        return self.filter(registered_by=user.pk, village__in=sorted(places))

    def open(self):
        """在办."""
        return self.filter(status__in=_OPEN)

    def settled(self):
        """办结, whatever came after."""
        return self.filter(status__in=_SETTLED)

    def overdue(self, now):
        """超期未结: open and past the due moment."""
        return self.open().filter(due_at__lt=now)

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

    def promised(self):
        """答应的事: something was promised by a day, and the villager has not been answered yet."""
        return self.filter(promise_due_on__isnull=False, status__in=_AWAITED)

    def broken_promises(self, on):
        """Promised by a day that has passed, and not answered."""
        return self.promised().filter(promise_due_on__lt=on)

    def on_time(self):
        """按期办结: settled on or before the due moment."""
        return self.settled().filter(settled_at__lte=F("due_at"))

    def late(self, now):
        """Settled after the due moment, or open and past it."""
        return self.filter(
            Q(status__in=_SETTLED, settled_at__gt=F("due_at")) | Q(status__in=_OPEN, due_at__lt=now)
        )

    def undated(self):
        """未定时限: they should have a due date and have none; what was settled on the spot needs none."""
        return self.filter(due_on=None, on_the_spot=False)

    def open_at_end_of(self, day):
        """期末在办: registered by a day and not settled by it."""
        return (
            self.counted()
            .filter(registered_on__lte=day)
            .filter(Q(settled_on=None, status__in=_OPEN) | Q(settled_on__gt=day))
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
        """Of those that fell due: whose day of settling is known, or which are still open."""
        return self.exclude(status__in=_SETTLED, settled_at=None)

    def counted(self):
        """Those in the figures: 不予受理 stands apart and is printed as a count."""
        return self.exclude(status="declined")

    def open_at_start_of(self, day):
        """期初在办: registered before a day and not settled before it."""
        return (
            self.counted()
            .filter(registered_on__lt=day)
            .filter(Q(settled_on=None, status__in=_OPEN) | Q(settled_on__gte=day))
        )

    def done_here(self):
        """Without those an older ledger calls settled: nobody waits for them to be answered or crossed off."""
        return self.exclude(status__in=_SETTLED, settled_by=None)

    def to_take_along(self, session):
        """Those that can be put on a liaison day's list: of its village, open, and not on it yet."""
        rows = self.open().filter(village=session.village_id)
        return rows.exclude(pk__in=session.taken_along.values("grievance"))

    def awaiting(self, status):
        """Matters that stand at one state."""
        return self.filter(status=status)


class OfGrievanceQuerySet(ScopedQuerySet):
    """Rows that hang on a matter."""

    def visible_to(self, user):
        """Those of the matters one may see; asked row by row, so that a list's own index leads."""
        matters = self.model._meta.get_field("grievance").related_model.objects.visible_to(user)
        return self.filter(Exists(matters.filter(pk=OuterRef("grievance"))))


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


class PolicyQuerySet(models.QuerySet):
    """Deadline policies: general rows and those a township set for itself."""

    def visible_to(self, user):
        """General rows, and the own ones of the townships this user works in."""
        scope = user.village_scope()
        if scope.everything:
            return self
        return self.filter(Q(township=None) | Q(township__in=scope.townships))


class RungQuerySet(PolicyQuerySet):
    """Rungs of the ladder, lowest first."""

    def ladder_of(self, township_id):
        """A township's own rungs in use, or the general ones where it has none."""
        rows = self.filter(is_active=True).order_by("order", "pk")
        own = rows.filter(township=township_id)
        return own if own.exists() else rows.filter(township=None)
