"""三级(四级)预警: the bands by which a level is suggested, and the dated rows by which it was set."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grievances.policy_querysets import AlertBandQuerySet
from grievances.querysets import OfGrievanceQuerySet
from liaison.models import Versioned
from villages.models import Township

from .alert_parts import Level, Trend
from .ledger import Grievance


class AlertBand(Versioned):
    """预警标准: from what on a level is suggested; nobody is bound by it.

    A township's own row stands in place of the general ones of its level and kind. Of the bands a
    matter reaches, the highest level is suggested.
    """

    class By(models.TextChoices):
        """按什么: ``least`` counts 人 by size, 自然日 past the due day by lateness, nothing for 临期."""

        SIZE = "size", "人数和事态"
        NEAR = "near", "临期"
        OVERDUE = "overdue", "超期"

    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    by = models.CharField("按什么", max_length=8, choices=By)
    least = models.PositiveSmallIntegerField("起点", default=1)
    trend = models.CharField("事态至少", max_length=12, choices=Trend, default=Trend.CONTAINED)
    level = models.CharField("建议级别", max_length=8, choices=Level)
    is_active = models.BooleanField("在用", default=True)

    objects = AlertBandQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预警标准"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=1), name="alert_band_from_one")
        ]

    def __str__(self):
        return f"{self.get_level_display()}({self.condition})"

    @property
    def condition(self) -> str:
        """「10人起且可能扩大」, 「临期」, 「超期1天起」."""
        if self.by == self.By.NEAR:
            return "临期"
        if self.by == self.By.OVERDUE:
            return f"超期{self.least}天起"
        trend = "" if self.trend == Trend.CONTAINED else f"且{self.get_trend_display()}"
        return f"{self.least}人起{trend}"


class AlertLevel(models.Model):
    """A level set, raised, lowered or cleared: by whom, on which day, why, and what was suggested then."""

    class Act(models.TextChoices):
        """动作."""

        SET = "set", "预警"
        RAISE = "raise", "升级"
        LOWER = "lower", "降级"
        CLEAR = "clear", "解除"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="alerts", verbose_name="诉求"
    )
    act = models.CharField("动作", max_length=8, choices=Act)
    level_before = models.CharField("原级别", max_length=8, choices=Level, blank=True)
    level = models.CharField("级别", max_length=8, choices=Level, blank=True)
    persons = models.PositiveSmallIntegerField("涉及人数")  # 人, as known that day
    trend = models.CharField("事态", max_length=12, choices=Trend)
    suggested = models.CharField("当时建议", max_length=8, choices=Level, blank=True)
    words = models.TextField("理由")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人"
    )
    by_name = models.CharField("经办人姓名", max_length=50)
    by_post = models.CharField("经办人岗位", max_length=100, blank=True)
    on = models.DateField("日期")
    entered_at = models.DateTimeField("录入时间")

    objects = OfGrievanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预警"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_act_display()} {self.get_level_display()} {self.on}"
