"""需求线索: what somebody may be entitled to, noticed at his door, and what came of it.

Whether he is entitled is for the station to say, never for this table: every word reads 可能符合.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import Department
from liaison.models import Code, Versioned, once
from villages.models import Household, Township, Village
from visits.noted_querysets import NeedLineQuerySet, NeedQuerySet

from .lines import Line
from .visits import Visit


class NeedKind(Code):
    """需求类别, with the station that looks into it and how long until one asks again."""

    station = models.CharField(
        "核实单位", max_length=50, blank=True
    )  # by name: units differ by township
    look_after = models.PositiveSmallIntegerField("跟进间隔(天)", default=15)

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "需求类别"
        constraints = once("need_kind")


class Need(Versioned):
    """需求线索. One household has one of a kind at a time; found again, it gets a line more."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "待跟进"
        PASSED = "passed", "已转办"
        MET = "met", "已落实"
        UNFIT = "unfit", "不符合"
        WAIVED = "waived", "本人不申请"

    OPEN_STATES = (State.OPEN, State.PASSED)

    number = models.CharField("编号", max_length=30, unique=True)
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="needs", verbose_name="村(社区)"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name="户"
    )
    visitor = models.CharField("当事人", max_length=50, blank=True)
    kind = models.ForeignKey(
        NeedKind, models.PROTECT, related_name="needs", verbose_name="需求类别"
    )
    words = models.CharField("情况说明", max_length=300, blank=True)
    found_on = models.DateField("发现日期")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转往单位"
    )
    next_look_on = models.DateField("下次跟进")
    closed_on = models.DateField("了结日期", null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "需求线索"
        ordering = ["next_look_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=Q(state__in=("open", "passed")),
                name="need_once_open_per_household",
            ),
        ]
        indexes = [
            models.Index(fields=["township", "next_look_on", "id"], name="need_by_next_look"),
            models.Index(fields=["village", "next_look_on", "id"], name="need_of_village"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look after it."""
        return self.state in self.OPEN_STATES

    def is_due(self, on) -> bool:
        """Whether its next look is due by a day."""
        return self.is_open and self.next_look_on <= on

    def in_words(self) -> str:
        """「已转民政办」, 「已落实」."""
        if self.state == self.State.PASSED and self.department:
            return f"已转{self.department}"
        return self.get_state_display()

    @property
    def whose(self) -> str:
        """Whom it is about: the name that was given, else the head of the household."""
        return self.visitor or (self.household.head_name if self.household else "")


class NeedLine(Line):
    """What was done about a need; the visit at which it was found, or found again."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="lines", verbose_name="需求线索")
    to_state = models.CharField("状态", max_length=8, choices=Need.State)
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="need_lines",
        verbose_name="走访接待",
    )

    objects = NeedLineQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "需求线索跟进"
