"""更正: what a visit said before it was put right, once the day was confirmed."""

from django.conf import settings
from django.db import models

from visits.noted_querysets import AmendmentQuerySet

from .visits import Visit


class Amendment(models.Model):
    """One later change of a visit: who, why, and field by field before → after. Written once."""

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="amendments", verbose_name="走访接待"
    )
    at = models.DateTimeField("更正时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正人"
    )
    # As of then
    by_name = models.CharField("更正人姓名", max_length=50)
    by_post = models.CharField("更正人岗位", max_length=100, blank=True)
    reason = models.CharField("更正原因", max_length=200)
    changes = models.JSONField("更正内容", default=list)  # [{"field", "before", "after"}]

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访更正"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.by_name}"
