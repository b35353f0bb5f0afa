"""Definitions of figures as rows: changing one makes a new row from a day on, and moves no past figure."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from liaison.models import Versioned
from villages.models import Township

from .querysets import ReportPolicyQuerySet


class ReportPolicy(Versioned):
    """统计口径 from a day on: when a reporting month begins, what 基本满意 weighs.

    A row without township is the county's: it serves townships without their own, and figures of several
    townships together, which need one definition.
    """

    township = models.ForeignKey(
        Township,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="乡镇",
    )
    since = models.DateField("启用日期")
    month_first_day = models.PositiveSmallIntegerField("统计月起始日", default=1)
    weight_basically = models.DecimalField(
        "基本满意权重", max_digits=3, decimal_places=2, default=Decimal("0.9")
    )
    basis = models.CharField("依据", max_length=100, blank=True)

    objects = ReportPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "统计口径"
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "since"], name="report_policy_once_per_day"
            ),
            models.UniqueConstraint(
                fields=["since"], condition=Q(township=None), name="county_policy_once_per_day"
            ),
            models.CheckConstraint(
                condition=Q(month_first_day__range=(1, 28)), name="report_month_day_in_every_month"
            ),
            models.CheckConstraint(
                condition=Q(weight_basically__range=(Decimal(0), Decimal(1))),
                name="report_weight_is_a_share",
            ),
        ]

    def __str__(self):
        return f"{self.in_words()}(自{self.since}起)"

    def in_words(self) -> str:
        """「统计月自每月1日起，基本满意按0.9计」, as it stands below the figures."""
        day, weight = self.month_first_day, Decimal(self.weight_basically).normalize()
        start = f"上月{day}日" if day > 1 else "1日"
        return f"统计月自{start}起，基本满意按{weight:f}计"
