"""What is owed to households: how often each is to be seen, and how many of them somebody sees in a period.

Both are dated rows of the township: a new row holds from its day on, and what lies before it stays.
"""

from django.db import models
from django.db.models import Q

from villages.models import ResidentTag, Township
from visits.duty_querysets import ContactPolicyQuerySet, VisitQuotaQuerySet

from .visits import Visit


class ContactPolicy(models.Model):
    """走访间隔: how many days may pass between two contacts with a household, by what it needs.

    A row without a township serves every township that has none of its own; without a tag it is
    the ordinary household's. A row without days ends the one before it.
    """

    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    tag = models.ForeignKey(
        ResidentTag,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="人群标签",
    )
    days = models.PositiveSmallIntegerField("间隔(天)", null=True, blank=True)
    # Values of Visit.Mode; an empty list is every way a household can be reached.
    modes = models.JSONField("计入的方式", default=list, blank=True)
    since = models.DateField("启用日期")

    objects = ContactPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访间隔"
        constraints = [
            models.UniqueConstraint(
                fields=["township", "tag", "since"], name="contact_policy_once_per_day"
            ),
            # NULLs are told apart by databases
            models.UniqueConstraint(
                fields=["township", "since"],
                condition=Q(tag=None),
                name="contact_policy_ordinary_once_per_day",
            ),
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gte=1), name="contact_policy_at_least_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.of_whom} {self.in_words()}"

    @property
    def of_whom(self) -> str:
        """The tag, or 「一般户」."""
        return str(self.tag) if self.tag_id else "一般户"

    @property
    def modes_in_words(self) -> str:
        """「入户走访、电话」; 「各种方式」 for all."""
        names = dict(Visit.Mode.choices)
        return "、".join(str(names.get(mode, mode)) for mode in self.modes) or "各种方式"

    def in_words(self) -> str:
        """「30天一次」, with the ways when not all of them count; 「不再要求」."""
        if self.days is None:
            return "不再要求"
        said = f"{self.days}天一次"
        return f"{said}({self.modes_in_words})" if self.modes else said


class VisitQuota(models.Model):
    """走访户数: how many households somebody sees in a week, month, quarter or year. A duty, never a score.

    Counted are distinct households (户). ``least`` None asks for each of them; 0 ends the row before.
    """

    class Who(models.TextChoices):
        """Whose duty it is."""

        CADRE = "cadre", "驻点干部"
        LEAD = "lead", "驻点责任人"
        REPRESENTATIVE = "representative", "村民代表、村联络员"
        TEAM = "team", "驻点团队"

    class Of(models.TextChoices):
        """Which households count."""

        ALL = "all", "所驻村的户"
        LINKED = "linked", "联系户"
        SPECIAL = "special", "联系户中的重点户"

    class Period(models.TextChoices):
        """周 begins on Monday; the others are those of the calendar."""

        WEEK = "week", "每周"
        MONTH = "month", "每月"
        QUARTER = "quarter", "每季"
        YEAR = "year", "每年"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    who = models.CharField("谁走访", max_length=16, choices=Who)
    of = models.CharField("走访哪些户", max_length=8, choices=Of, default=Of.LINKED)
    period = models.CharField("周期", max_length=8, choices=Period, default=Period.MONTH)
    least = models.PositiveSmallIntegerField("至少(户)", null=True, blank=True)
    since = models.DateField("启用日期")

    objects = VisitQuotaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访户数"
        constraints = [
            models.UniqueConstraint(
                fields=["township", "who", "of", "period", "since"], name="visit_quota_once_per_day"
            ),
        ]

    def __str__(self):
        return f"{self.get_who_display()} {self.in_words()}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later row must share to take this one's place."""
        return self.who, self.of, self.period

    def in_words(self) -> str:
        """「每月至少50户(所驻村的户)」, 「每周逐户走访(联系户)」, 「不再要求」."""
        if self.least == 0:
            return "不再要求"
        number = "逐户走访" if self.least is None else f"至少{self.least}户"
        return f"{self.get_period_display()}{number}({self.get_of_display()})"
