"""督办: a unit is asked to answer for a matter by a day; 普通, 黄牌, 红牌, each a row of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import Department
from grievances.oversight_querysets import SupervisionQuerySet
from grievances.policy_querysets import OwnSetQuerySet
from liaison.models import Versioned
from villages.models import Township

from .ledger import Grievance


class SupervisionLevel(models.TextChoices):
    """督办级别, the mildest first."""

    PLAIN = "plain", "普通"
    YELLOW = "yellow", "黄牌"
    RED = "red", "红牌"

    @property
    def rank(self) -> int:
        """0, 1, 2."""
        return list(type(self)).index(self)


class SupervisionRule(Versioned):
    """督办回复时限: how many 工作日 a unit has to answer, by level; a township's own rows replace the general ones."""

    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    level = models.CharField("督办级别", max_length=8, choices=SupervisionLevel)
    reply_days = models.PositiveSmallIntegerField("回复时限(工作日)")

    objects = OwnSetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办回复时限"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "level"], name="supervision_rule_once_per_level"
            ),
            models.UniqueConstraint(
                fields=["level"],
                condition=Q(township=None),
                name="general_supervision_rule_once",
            ),
            models.CheckConstraint(
                condition=Q(reply_days__gte=1), name="supervision_reply_at_least_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}({self.reply_days}个工作日)"


class Supervision(Versioned):
    """督办: asked by whom and why, answered by the unit, ended by lifting it or by a graver one."""

    Level = SupervisionLevel

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="supervisions", verbose_name="诉求"
    )
    level = models.CharField("督办级别", max_length=8, choices=SupervisionLevel)
    words = models.TextField("督办意见", blank=True)
    # The unit as of then; None: no unit had it, so the office answers.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="督办人"
    )
    asked_on = models.DateField("督办日期")
    entered_at = models.DateTimeField("录入时间")
    reply_due_on = models.DateField("回复期限")
    replied_on = models.DateField("回复日期", null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="回复人",
    )
    reply_words = models.TextField("回复内容", blank=True)
    # Ended on a day: lifted, or a graver one took its place.
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="解除人",
    )
    lift_words = models.TextField("解除说明", blank=True)
    is_raised = models.BooleanField("已升级", default=False)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance"],
                condition=Q(lifted_on=None),
                name="one_supervision_in_force",
            )
        ]
        indexes = [
            # 待办: what is still to be answered, the nearest day first.
            models.Index(
                fields=["reply_due_on"],
                condition=Q(replied_on=None, lifted_on=None),
                name="supervision_unanswered",
            )
        ]

    def __str__(self):
        return f"{self.get_level_display()}督办"

    @property
    def is_in_force(self) -> bool:
        """Neither lifted nor replaced by a graver one."""
        return self.lifted_on is None

    @property
    def waits(self) -> bool:
        """The unit still owes its answer."""
        return self.is_in_force and self.replied_on is None

    def is_late(self, on) -> bool:
        """The day for the answer has passed without one."""
        return self.waits and self.reply_due_on < on

    def in_words(self) -> str:
        """待回复, 已回复, 已升级 or 已解除."""
        if not self.is_in_force:
            return "已升级" if self.is_raised else "已解除"
        return "待回复" if self.waits else "已回复"
