"""带案: a matter taken along to a liaison day."""

from django.conf import settings
from django.db import models

from grievances.querysets import TakenAlongQuerySet
from visits.models import LiaisonSession

from .ledger import Grievance


class TakenAlong(models.Model):
    """A matter to be talked over on a day (带案下访、重点约访). The day itself knows nothing of matters."""

    session = models.ForeignKey(
        LiaisonSession, models.CASCADE, related_name="taken_along", verbose_name="驻点日"
    )
    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="taken_along", verbose_name="诉求"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="带案人"
    )
    entered_at = models.DateTimeField("录入时间")

    objects = TakenAlongQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "带案"
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "grievance"], name="taken_along_once_a_day")
        ]

    def __str__(self):
        return f"{self.session_id} {self.grievance_id}"
