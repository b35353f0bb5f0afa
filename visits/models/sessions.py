"""驻点日: one day of a team at its fixed place."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import LiaisonPlan, LiaisonTeam
from liaison.models import Versioned
from villages.models import Township, Village
from visits.querysets import SessionQuerySet


class LiaisonSession(Versioned):
    """驻点日: one day of a plan. The place and hours are those of the day it was planned for."""

    class Status(models.TextChoices):
        """Where the day stands."""

        PLANNED = "planned", "待驻点"
        HELD = "held", "已驻点"
        MISSED = "missed", "未驻点"
        CANCELLED = "cancelled", "已取消"

    plan = models.ForeignKey(
        LiaisonPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="安排",
    )
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    team = models.ForeignKey(
        LiaisonTeam, models.PROTECT, related_name="sessions", verbose_name="团队"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="sessions", verbose_name="村(社区)"
    )
    on = models.DateField("日期")
    starts_at = models.TimeField("开始时间")
    ends_at = models.TimeField("结束时间")
    place = models.CharField("地点", max_length=100)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PLANNED)
    moved_from = models.DateField("原定日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    # What calendar programs are told of a row (visits/feeds.py); every save writes it.
    changed_at = models.DateTimeField("变动时间", auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点日"
        ordering = ["on", "village__code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on"], name="session_once_per_plan_and_day"),
        ]
        indexes = [
            models.Index(fields=["township", "on", "village", "id"], name="session_by_day"),
            models.Index(fields=["village", "on", "id"], name="session_of_village"),
            models.Index(
                fields=["on"],
                condition=Q(status="planned"),
                name="session_still_planned",
            ),
        ]

    def __str__(self):
        return f"{self.village} {self.on}"

    def save(self, *args, update_fields=None, **kwargs):
        """As always; some fields saved alone still date the change."""
        if update_fields is not None:
            update_fields = {*update_fields, "changed_at"}
        super().save(*args, update_fields=update_fields, **kwargs)
