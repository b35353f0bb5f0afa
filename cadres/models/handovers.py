"""交接: a holding that ended, or will, and who follows. A row is an order; what it moves, moves on its day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cadres.querysets import HandoverQuerySet

from .people import Holding


class Handover(models.Model):
    """交接单: kept for good. Seats, households and plans follow the post by themselves; the rest is carried.

    ``carry_on`` is the successor's first day, or without one the day after the last one.
    """

    holding = models.ForeignKey(
        Holding, models.PROTECT, related_name="handovers", verbose_name="任职"
    )
    until = models.DateField("最后一天")
    ends_holding = models.BooleanField(
        "由此离任", default=True
    )  # False: 补办, it had ended already
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,  # the post stands vacant
        blank=True,
        related_name="+",
        verbose_name="接任人",
    )
    carry_on = models.DateField("生效日期")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    ordered_at = models.DateTimeField("办理时间")
    # What the clerk was shown: [{"title", "count", "unit", "fate"}]
    lines = models.JSONField("清点", default=list)
    # What was moved by name, by app: {"grievances": [ids of matters]}
    moved = models.JSONField("已移交", default=dict)
    carried_at = models.DateTimeField("生效时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "交接单"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(carry_on__gt=F("until")), name="handover_carries_after_the_last_day"
            )
        ]
        indexes = [
            # What the minute tick reads.
            models.Index(
                fields=["carry_on"],
                condition=Q(carried_at=None, withdrawn_at=None),
                name="handover_to_carry",
            )
        ]

    def __str__(self):
        return f"{self.holding.post}：{self.holding.user} → {self.successor or '暂缺'}"

    @property
    def is_pending(self) -> bool:
        """Ordered, and neither carried out nor withdrawn."""
        return self.carried_at is None and self.withdrawn_at is None

    def may_be_withdrawn(self, on) -> bool:
        """While the last day has not passed, all can be as it was; unless the holding had ended before."""
        return self.is_pending and self.ends_holding and self.until >= on
