"""包户: which cadre and which 村民代表 answer for a household; how many each should have."""

from django.db import models
from django.db.models import F, Q

from cadres.querysets import (
    HouseholdLinkQuerySet,
    LinkPolicyQuerySet,
    RepresentativeQuerySet,
)
from liaison.models import Versioned
from villages.models import Group, Household, Resident, Township, Village

from .people import Post, User


class Representative(Versioned):
    """村民代表 (or 联络员): a resident who keeps in touch with some households, from a day until a day."""

    village = models.ForeignKey(
        Village, models.PROTECT, related_name="representatives", verbose_name="村"
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组"
    )
    name = models.CharField("姓名", max_length=50)
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="居民"
    )
    # Only somebody who signs in has one; then he sees the households linked to him.
    user = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="represents",
        verbose_name="账号",
    )
    since = models.DateField("起任日期")
    until = models.DateField("离任日期", null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村民代表"
        ordering = ["village__code", "group__number", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="representative_ends_after_beginning",
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(until=None) & ~Q(resident=None),
                name="representative_once_at_a_time",
            ),
        ]

    def __str__(self):
        return self.name


class HouseholdLink(Versioned):
    """包户联系: a household and who answers for it, from a day until a day. Ended, not deleted.

    ``until`` is the day of handing over: the next link's first day, and no longer one of this one.
    """

    class Kind(models.TextChoices):
        """Who answers."""

        CADRE = "cadre", "包户干部"
        REPRESENTATIVE = "representative", "村民代表"

    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="links", verbose_name="户"
    )
    kind = models.CharField("类别", max_length=16, choices=Kind)
    # A cadre is linked by his post, so a successor takes his households over by himself.
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="household_links",
        verbose_name="岗位",
    )
    representative = models.ForeignKey(
        Representative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="household_links",
        verbose_name="村民代表",
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = HouseholdLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "包户联系"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="cadre", representative=None, post__isnull=False)
                | Q(kind="representative", post=None, representative__isnull=False),
                name="link_has_the_one_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="link_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["household", "kind"],
                condition=Q(until=None),
                name="link_one_of_a_kind_per_household",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.post or self.representative}"

    def holds(self, on) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or self.until > on)


class LinkPolicy(models.Model):
    """每人联系户数 and 村数: from a day on, how many one should have; beyond it the pages warn."""

    class Kind(models.TextChoices):
        """Who has how many of what."""

        CADRE = "cadre", "包户干部(户)"
        REPRESENTATIVE = "representative", "村民代表(户)"
        LEAD = "lead", "驻点责任人(村)"

    # 一名班子成员联系 1–2 个村: what holds until a township sets its own.
    USUAL_VILLAGES = (1, 2)

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    kind = models.CharField("类别", max_length=16, choices=Kind)
    least = models.PositiveSmallIntegerField("最少")
    most = models.PositiveSmallIntegerField("最多")
    since = models.DateField("起用日期")

    objects = LinkPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联系标准"
        constraints = [
            models.UniqueConstraint(
                fields=["township", "kind", "since"], name="link_policy_once_per_day"
            ),
            models.CheckConstraint(
                condition=Q(most__gte=F("least")), name="link_policy_bounds_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.in_words()}"

    def in_words(self) -> str:
        """「5–15户」「1–2个村」."""
        return f"{self.least}–{self.most}{'个村' if self.kind == self.Kind.LEAD else '户'}"
