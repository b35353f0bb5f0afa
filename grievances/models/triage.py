"""批量办理: one act on a counted choice of matters, and what became of each."""

from django.conf import settings
from django.db import models

from cadres.models import Department
from grievances.querysets import TriageLineQuerySet, TriageQuerySet
from liaison.models import Job
from villages.models import Township

from .ledger import Grievance


class Triage(models.Model):
    """Who did which act to how many, with what it takes beside the matter; its lines say how it went."""

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    act = models.CharField("动作", max_length=20)
    on = models.DateField("日期")
    asked_at = models.DateTimeField("提交时间")
    also_assign = models.BooleanField("受理并交办", default=False)
    # None: each goes where its rule says.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办人",
    )
    job = models.OneToOneField(Job, models.PROTECT, related_name="+", verbose_name="任务")

    objects = TriageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批量办理"
        ordering = ["-pk"]

    def __str__(self):
        return f"批量{self.act} {self.on}"


class TriageLine(models.Model):
    """One matter of it, at the version that was shown, by the rule that was shown."""

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "未办"
        DONE = "done", "已办"
        SKIPPED = "skipped", "跳过"
        FAILED = "failed", "失败"

    triage = models.ForeignKey(
        Triage, models.CASCADE, related_name="lines", verbose_name="批量办理"
    )
    grievance = models.ForeignKey(Grievance, models.PROTECT, related_name="+", verbose_name="诉求")
    shown_version = models.PositiveIntegerField("所见版本")
    rule = models.CharField("所见规则", max_length=40, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = TriageLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批量办理明细"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["triage", "grievance"], name="once_in_a_triage")
        ]

    def __str__(self):
        return f"{self.grievance} {self.get_outcome_display()}"
