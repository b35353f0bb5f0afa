"""回访抽样: who was drawn out of whom, by which seed, and who asks him."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cadres.models import LiaisonTeam, Post
from grievances import sampling
from grievances.end_querysets import FollowUpPolicyQuerySet, SampledQuerySet, SampleQuerySet
from liaison.models import Versioned
from villages.models import Township

from .history import FollowUp
from .ledger import Grievance


class FollowUpPolicy(Versioned):
    """每月回访抽样 of a township: without such a row nothing is drawn by itself."""

    township = models.OneToOneField(
        Township, models.PROTECT, related_name="follow_up_policy", verbose_name="乡镇"
    )
    share = models.PositiveSmallIntegerField(
        "抽取比例(%)", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    posts = models.ManyToManyField(Post, related_name="+", verbose_name="回访岗位")
    is_active = models.BooleanField("每月自动抽取", default=True)
    since = models.DateField("从哪天起的办结")  # months before it are not drawn by themselves
    # Why the last turn drew nothing, and when it was tried; "" when it did
    tried_on = models.DateField("最近抽取日", null=True, blank=True)
    trouble = models.CharField("未能抽取的原因", max_length=300, blank=True, default="")

    objects = FollowUpPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回访抽样规则"

    def __str__(self):
        return f"{self.township}每月抽{self.share}%"


class FollowUpSample(models.Model):
    """One draw. Everything it was made of is kept, so that anybody can draw it again and compare."""

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="follow_up_samples", verbose_name="乡镇"
    )
    starts_on = models.DateField("办结起")
    ends_on = models.DateField("办结止")
    team = models.ForeignKey(
        LiaisonTeam, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="团队"
    )
    size = models.PositiveIntegerField("抽取件数")
    share = models.PositiveSmallIntegerField("抽取比例(%)", null=True, blank=True)
    seed = models.CharField("随机种子", max_length=32)
    rule = models.CharField("抽取规则", max_length=20)
    population_count = models.PositiveIntegerField("总体件数")
    population = models.JSONField("总体")  # [[matter, village], …] as it was drawn from
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,  # run_due acts for nobody
        blank=True,
        related_name="+",
        verbose_name="抽取人",
    )
    drawn_at = models.DateTimeField("抽取时间")
    policy = models.ForeignKey(
        FollowUpPolicy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="规则"
    )

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回访抽样"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            # run_due may come twice and at once; a policy draws a period once.
            models.UniqueConstraint(
                fields=["policy", "starts_on"],
                condition=Q(policy__isnull=False),
                name="sample_of_policy_once",
            )
        ]

    def __str__(self):
        return f"{self.starts_on}至{self.ends_on}{self.team or ''}"

    def can_be_drawn_again(self) -> bool:
        """Whether seed and population, as kept, give the matters that stand in it: 复核一致."""
        again = sampling.draw(self.population, self.size, self.seed)
        return set(again) == set(self.matters.values_list("grievance", flat=True))


class SampledMatter(models.Model):
    """One matter of a draw, and who asks. Nobody who handled it, nor its unit, is told that it was drawn."""

    class State(models.TextChoices):
        """回访到哪一步."""

        WAITING = "waiting", "待回访"
        ANSWERED = "answered", "已回访"
        UNREACHED = "unreached", "联系不上"
        VOID = "void", "已重办，不再回访"

    sample = models.ForeignKey(
        FollowUpSample, models.PROTECT, related_name="matters", verbose_name="抽样"
    )
    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="sampled", verbose_name="诉求"
    )
    # None: the villager had answered before, and is not asked twice
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="回访人",
    )
    state = models.CharField("进展", max_length=10, choices=State, default=State.WAITING)
    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回访"
    )

    objects = SampledQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽中的诉求"
        ordering = ["sample", "pk"]
        constraints = [models.UniqueConstraint(fields=["sample", "grievance"], name="sampled_once")]
        indexes = [
            # 待我回访.
            models.Index(
                fields=["given_to"], condition=Q(state="waiting"), name="sampled_waiting_for"
            )
        ]

    def __str__(self):
        return f"{self.sample_id} {self.grievance_id}"
