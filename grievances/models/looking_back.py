"""回头看 and 待重办: what is looked at again after settling, and what must be opened again or answered for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grievances.end_querysets import LookBackQuerySet, RedoCallQuerySet
from liaison.models import Versioned

from .history import FollowUp
from .ledger import Grievance
from .look_back_draws import LookBackDraw


class LookBack(Versioned):
    """One day on which somebody other than the handler looks whether it held; due until it was looked at."""

    class Why(models.TextChoices):
        """为什么回头看."""

        INTERIM = "interim", "阶段性办结"
        PROJECT = "project", "项目"
        SPOT_CHECK = "spot", "抽查"
        ON_BOOK = "book", "挂账"

    class Found(models.TextChoices):
        """看到的情况; the last is written by the machine when the matter moved on before the day."""

        STABLE = "stable", "稳定"
        REBOUND = "rebound", "反弹"
        UNFINISHED = "unfinished", "未完"
        LAPSED = "lapsed", "不再需要"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="look_backs", verbose_name="诉求"
    )
    due_on = models.DateField("回头看日期")
    why = models.CharField("缘由", max_length=8, choices=Why)
    found = models.CharField("情况", max_length=10, choices=Found, blank=True, default="")
    words = models.TextField("说明", blank=True, default="")
    done_on = models.DateField("看的日期", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="回头看的人",
    )
    entered_at = models.DateTimeField("录入时间")
    # The monthly draw it comes from, where it does
    draw = models.ForeignKey(
        LookBackDraw,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="look_backs",
        verbose_name="抽查",
    )

    objects = LookBackQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        ordering = ["due_on", "pk"]
        indexes = [
            # What is due: not looked at yet, the earliest first.
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="look_back_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance", "why"],
                condition=Q(done_on__isnull=True),
                name="look_back_open_once",
            )
        ]

    def __str__(self):
        return f"{self.get_why_display()} {self.due_on}"

    def is_due(self, on) -> bool:
        """Not looked at yet, and its day has come."""
        return self.done_on is None and self.due_on <= on


class RedoCall(models.Model):
    """不满意待重办: stands until the matter is opened again, or kept settled with a written reason."""

    class Why(models.TextChoices):
        """从哪里来."""

        DISSATISFIED = "dissatisfied", "群众不满意"
        REBOUND = "rebound", "回头看反弹"

    class Outcome(models.TextChoices):
        """怎样了结."""

        REOPENED = "reopened", "已重办"
        KEPT = "kept", "不重办，写明理由"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="redo_calls", verbose_name="诉求"
    )
    why = models.CharField("缘由", max_length=12, choices=Why)
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回访"
    )
    look_back = models.ForeignKey(
        LookBack, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回头看"
    )
    raised_on = models.DateField("提出日期")
    entered_at = models.DateTimeField("录入时间")
    outcome = models.CharField("了结", max_length=8, choices=Outcome, blank=True, default="")
    words = models.TextField("理由", blank=True, default="")
    decided_on = models.DateField("了结日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="了结人",
    )

    objects = RedoCallQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待重办"
        ordering = ["raised_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance"], condition=Q(outcome=""), name="redo_call_open_once"
            )
        ]

    def __str__(self):
        return f"{self.get_why_display()} {self.raised_on}"
