"""In whose hands a matter is: columns for what leaves the straight way, its rests and who lends a hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from cadres.models import Department
from grievances.hands_querysets import AssistQuerySet, SuspensionQuerySet
from grievances.policy_querysets import next_rung

from .codes import SuspendReason
from .ladder import Rung
from .states import APART, OPEN, TOLD, AnswerMode, Status


class Hands(models.Model):
    """转送, 呈报, 并案, 重复反映 and the flags of a matter."""

    forwarded_to = models.CharField("转送单位", max_length=60, blank=True, default="")
    # Where on the ladder it stands or was last decided; None: the lowest rung, where every matter begins.
    rung = models.ForeignKey(
        Rung, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="呈报层级"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    # Whoever brought a merged matter is told that it goes on with another's …
    told_joined_on = models.DateField("告知并案日期", null=True, blank=True)
    told_joined_mode = models.CharField(
        "告知并案方式", max_length=8, choices=AnswerMode, blank=True, default=""
    )
    # … and what became of the main one.
    told_merged_on = models.DateField("告知并案人日期", null=True, blank=True)
    told_merged_mode = models.CharField(
        "告知并案人方式", max_length=8, choices=AnswerMode, blank=True, default=""
    )
    # Always the first of them, so that their number is one count.
    repeat_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repeats",
        verbose_name="重复反映",
    )
    is_legacy = models.BooleanField("历史遗留", default=False)

    class Meta:
        abstract = True

    @cached_property
    def ladder(self) -> list[Rung]:
        """The rungs of its township, lowest first, and whether rules or limits name them; read once for a row."""
        return list(Rung.objects.ladder_of(self.township_id).telling(self.township_id))

    @property
    def rung_above(self) -> Rung | None:
        """Where 呈报 leads: above the one it stands on, without one the second. None at the top."""
        return next_rung(self.ladder, self.rung)

    @property
    def is_suspended(self) -> bool:
        """挂起: its clock stands still."""
        return self.status == Status.SUSPENDED

    @property
    def is_answered(self) -> bool:
        """Whoever waits for this matter can be told how it ended."""
        return self.status in TOLD

    def is_carried_over(self, on) -> bool:
        """上年接转: registered in an earlier year and not settled when this year began."""
        if self.registered_on.year >= on.year or self.status in APART:
            return False
        if self.settled_on is None:
            return self.status in OPEN
        return self.settled_on.year >= on.year


class Suspension(models.Model):
    """One rest of a matter: why, from when, until when at the most, and when it ended."""

    grievance = models.ForeignKey(
        "grievances.Grievance", models.PROTECT, related_name="suspensions", verbose_name="诉求"
    )
    reason = models.ForeignKey(
        SuspendReason, models.PROTECT, related_name="+", verbose_name="挂起原因"
    )
    on = models.DateField("挂起日期")
    stopped_at = models.DateTimeField("停止计时")
    until = models.DateField("挂起至")
    resumed_on = models.DateField("解挂日期", null=True, blank=True)
    resumed_at = models.DateTimeField("恢复计时", null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "挂起"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance"],
                condition=Q(resumed_at__isnull=True),
                name="suspended_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.reason} {self.on}至{self.until}"

    @property
    def days(self) -> int:
        """How long it rested (自然日); while it rests, how long it may."""
        return ((self.resumed_on or self.until) - self.on).days


class Assist(models.Model):
    """协办: another unit was asked to lend a hand, and what it reported."""

    grievance = models.ForeignKey(
        "grievances.Grievance", models.PROTECT, related_name="assists", verbose_name="诉求"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="协办单位"
    )
    asked_on = models.DateField("请求日期")
    words = models.TextField("协办事项")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="请求人"
    )
    done_on = models.DateField("回复日期", null=True, blank=True)
    done_words = models.TextField("协办情况", blank=True, default="")
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="回复人",
    )

    objects = AssistQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "协办"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance", "department"],
                condition=Q(done_on__isnull=True),
                name="asked_to_assist_once",
            ),
        ]

    def __str__(self):
        return f"{self.department} {self.asked_on}"


# Of the matter's own table
CONSTRAINTS = [
    models.CheckConstraint(
        condition=~Q(status=Status.MERGED) | Q(merged_into__isnull=False) | Q(is_imported=True),
        name="merged_has_main_matter",
    ),
    models.CheckConstraint(
        condition=Q(merged_into__isnull=True) | Q(status=Status.MERGED),
        name="only_merged_has_main_matter",
    ),
    models.CheckConstraint(
        condition=~Q(status=Status.FORWARDED) | ~Q(forwarded_to="") | Q(is_imported=True),
        name="forwarded_has_organ",
    ),
]
