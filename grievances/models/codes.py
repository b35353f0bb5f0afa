"""Code lists and policies: rows the clerk edits; past figures keep what they were counted by."""

from django.db import models
from django.db.models import Q

from cadres.roles import Role
from grievances.policy_querysets import PolicyQuerySet
from liaison.models import Code, Versioned, once
from villages.models import Township


class Category(Code):
    """类别: the columns of the county's report, and the words by which a matter is taken for one."""

    # Parted by 、 or blanks; grievances.guessing reads them.
    keywords = models.TextField("关键词", blank=True, default="", max_length=1000)

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "类别"
        constraints = once("category")


class Source(Code):
    """来源: how the matter reached the office."""

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "来源"
        constraints = once("source")


class DeclineReason(Code):
    """不予受理原因, with where to send the villager instead."""

    go_to = models.CharField("告知去向", max_length=100, blank=True)

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "不予受理原因"
        constraints = once("decline_reason")


class SettlementMethod(Code):
    """办结方式 ①–⑪, each of one settlement kind."""

    settlement = models.CharField(
        "办结类型",
        max_length=12,
        choices=[
            ("substantive", "实质性办结"),
            ("interim", "阶段性办结"),
            ("procedural", "程序性办结"),
        ],
    )
    # 阶段性办结 and 纳入项目库 promise something for later: settling so names the day one looks again.
    comes_back = models.BooleanField("约定回头看", default=False)

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "办结方式"
        constraints = once("settlement_method")


class SuspendReason(Code):
    """挂起原因, with how long a matter may rest for it at the most."""

    # 自然日, all rests of one round of handling together
    most_days = models.PositiveSmallIntegerField("最长(自然日)", default=90)

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "挂起原因"
        constraints = once("suspend_reason")


def matter_kinds():
    """Choices of a matter's kind (ledger.py is read after this module)."""
    from .ledger import Grievance  # noqa: PLC0415

    return Grievance.Kind.choices


class DeadlinePolicy(Versioned):
    """办理时限: the most exact row that fits a matter says when it is due.

    A row without category, kind, source or level fits all; which of several rows decides is said at
    grievances.deadlines.policy_for. Changing a row moves no matter that already has its date:
    what would move is shown first (grievances/redating.py).
    """

    APPROVERS = [(Role.OFFICE, Role.OFFICE.label), (Role.LEADER, Role.LEADER.label)]

    class Unit(models.TextChoices):
        """时限单位."""

        HOUR = "hour", "小时"
        CALENDAR_DAY = "calendar_day", "自然日"
        WORKDAY = "workday", "个工作日"

    class Start(models.TextChoices):
        """起算日: for days; hours always run from the moment."""

        SAME_DAY = "same_day", "当日起算"
        NEXT_DAY = "next_day", "次日起算"

    township = models.ForeignKey(
        Township,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="乡镇",
    )
    name = models.CharField("名称", max_length=60)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="类别",
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="来源",
    )
    kind = models.CharField("性质", max_length=12, choices=matter_kinds, blank=True, default="")
    urgent = models.BooleanField("加急件", default=False)
    # The place of a rung of the ladder; None: any. A climb moves no date unless that is ticked.
    level = models.PositiveSmallIntegerField("层级", null=True, blank=True)
    amount = models.PositiveSmallIntegerField("时限")
    unit = models.CharField("单位", max_length=12, choices=Unit)
    start = models.CharField("起算", max_length=8, choices=Start, default=Start.NEXT_DAY)
    # Both in the row's own unit; 0: never shown as 临期, never extended.
    warn_before = models.PositiveSmallIntegerField("提前提醒", default=0)
    extend_by = models.PositiveSmallIntegerField("延期上限", default=0)
    approver = models.CharField("延期批准", max_length=12, choices=APPROVERS, default=Role.OFFICE)
    basis = models.CharField("依据", max_length=100, blank=True)
    is_active = models.BooleanField("在用", default=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理时限"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="policy_amount_at_least_one")
        ]

    def __str__(self):
        return f"{self.name}({self.amount}{self.get_unit_display()})"
