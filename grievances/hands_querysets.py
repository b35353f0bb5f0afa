"""Sets of matters by whose hands they are in, and of their rests and helpers."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from liaison.scoping import ScopedQuerySet

from .models.states import TOLD, Status


class HandsQuerySet(ScopedQuerySet):
    """The part of the ledger's sets that tells of suspended, merged, repeated and assisted matters."""

    def suspended(self):
        """挂起: open, but the clock stands still."""
        return self.filter(status=Status.SUSPENDED)

    def suspended_past(self, on):
        """挂起到期: the day they were to rest until has passed, and nobody went on."""
        return self.suspended().filter(
            Exists(_of_the_matter("Suspension", self).filter(resumed_at=None, until__lt=on))
        )

    def joined_untold(self):
        """并案待告知: merged, the main matter goes on, who brought them does not know that they are one."""
        rows = self.filter(
            status=Status.MERGED, merged_into__isnull=False, told_joined_on__isnull=True
        )
        return rows.filter(told_merged_on__isnull=True).exclude(merged_into__status__in=TOLD)

    def merged_untold(self):
        """并案结果待告知: merged, the main matter is answered, who brought them has not been told."""
        return self.filter(
            status=Status.MERGED, merged_into__status__in=TOLD, told_merged_on__isnull=True
        )

    def repeats(self):
        """重复反映: brought before."""
        return self.filter(repeat_of__isnull=False)

    def carried_over(self, on):
        """上年接转: registered in an earlier year and not settled when the year of a day began."""
        return self.open_at_start_of(dt.date(on.year, 1, 1))

    def waiting_for_assist(self, units):
        """协办待回复: open, and a unit among these has not reported yet."""
        asked = _of_the_matter("Assist", self).filter(done_on=None, department__in=sorted(units))
        return self.open().filter(Exists(asked))


def _of_the_matter(name, rows):
    model = rows.model._meta.apps.get_model("grievances", name)
    return model.objects.filter(grievance=OuterRef("pk"))


def lent(rows, posts, units) -> Q:
    """Matters seen because a unit lends a hand, or because a post answers at the rung they stand on."""
    seen = Q()
    if units:
        seen |= _assisted(rows, units)
    if posts:
        rung = rows.model._meta.get_field("rung").related_model
        seen |= Q(rung__in=rung.objects.filter(post__in=sorted(posts)).values("pk"))
    return seen


def _assisted(rows, units):
    assist = rows.model._meta.apps.get_model("grievances", "Assist")
    return Q(pk__in=assist.objects.filter(department__in=sorted(units)).values("grievance"))


class OfGrievanceQuerySet(ScopedQuerySet):
    """Rows that hang on a matter."""

    def visible_to(self, user):
        """For lists: those of the matters in one's lists; asked row by row, so that a list's own index leads."""
        return self._of(self._matters().objects.visible_to(user))

    def open_to(self, user):
        """For one matter's page and files: also those of the confidential matters that name this reader."""
        return self._of(self._matters().every.open_to(user))

    def ordinary(self):
        """Without those of confidential matters, for counts that ask no reader."""
        return self.filter(grievance__is_confidential=False)

    def _matters(self):
        return self.model._meta.get_field("grievance").related_model

    def _of(self, matters):
        return self.filter(Exists(matters.filter(pk=OuterRef("grievance"))))


class SuspensionQuerySet(OfGrievanceQuerySet):
    """Rests of matters."""

    def running(self):
        """Those that have not ended."""
        return self.filter(resumed_at=None)


class AssistQuerySet(OfGrievanceQuerySet):
    """Units asked to lend a hand."""

    def waiting(self):
        """协办未回复."""
        return self.filter(done_on=None)
