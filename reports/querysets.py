"""Which definitions are in force."""

from django.db import models
from django.db.models import Q


class ReportPolicyQuerySet(models.QuerySet):
    """Definitions of figures (统计口径)."""

    def visible_to(self, user):
        """The county's rows, and those of the townships one works for as a whole."""
        return self.filter(Q(township=None) | Q(township__in=user.village_scope().townships))

    def in_force(self, on, townships=()):
        """The row in force on a day for the townships whose figures are shown together.

        Args:
            townships: their ids; one township's own row goes before the county's.
        Returns:
            The row; without any, an unsaved one with the usual values.
        """
        owner = Q(township=None)
        if len(townships) == 1:
            owner |= Q(township__in=townships)
        rows = self.filter(owner, since__lte=on)
        row = rows.order_by(models.F("township").asc(nulls_last=True), "-since").first()
        return row or self.model(since=on)
