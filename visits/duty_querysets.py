"""Sets of contact intervals and quotas."""

from django.db import models
from django.db.models import Q

MANAGE = "visits.manage"


class ContactPolicyQuerySet(models.QuerySet):
    """走访间隔."""

    def visible_to(self, user, permission=MANAGE):
        """The general rows and those of one's own townships."""
        own = Q(township__in=user.village_scope(permission).townships)
        return self.filter(own | Q(township=None))

    def begun(self, on):
        """Begun by a day: general rows first, then by the day they began; the last one of a kind holds."""
        return self.filter(since__lte=on).order_by("township__code", "since", "pk")


class VisitQuotaQuerySet(models.QuerySet):
    """走访户数."""

    def visible_to(self, user, permission=MANAGE):
        """Those of one's own townships."""
        return self.filter(township__in=user.village_scope(permission).townships)

    def begun(self, on):
        """Begun by a day, the newest last."""
        return self.filter(since__lte=on).order_by("since", "pk")
