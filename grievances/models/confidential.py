"""Who may open a confidential matter, whom it accuses, and a township's rules for such matters."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import Department, Post
from grievances.querysets import (
    AccusedQuerySet,
    ClosedNumberQuerySet,
    ConfidentialPolicyQuerySet,
    ReaderQuerySet,
)
from liaison.models import Versioned
from liaison.personal import EncryptedTextField
from villages.models import Household, Township, Village

from .ledger import Grievance


class ConfidentialReader(models.Model):
    """知情人: somebody by name, or whoever holds a post, may open one confidential matter until the row ends."""

    class Kind(models.TextChoices):
        """为何知情."""

        REGISTRAR = "registrar", "登记人"  # until somebody else takes it up; he acts no further
        DESK = "desk", "专办"
        HANDLER = "handler", "承办人"
        NAMED = "named", "指定知情人"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="readers", verbose_name="诉求"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="人员",
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="岗位"
    )
    kind = models.CharField("身份", max_length=10, choices=Kind, default=Kind.NAMED)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)  # set: not from that moment on
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="指定人"
    )
    reason = models.CharField("事由", max_length=200, blank=True)
    ended_because = models.CharField("停止事由", max_length=200, blank=True)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "涉密知情人"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["user", "grievance"], name="reader_by_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, post__isnull=False)
                | Q(user__isnull=False, post__isnull=True),
                name="reader_is_person_or_post",
            ),
            models.UniqueConstraint(
                fields=["grievance", "user"],
                condition=Q(until=None, user__isnull=False),
                name="reader_named_once",
            ),
        ]

    def __str__(self):
        return str(self.user or self.post)


class AccusedPerson(models.Model):
    """被反映人: a cadre with an account, a household, or words alone. Whom this bars: grievances/gate.py."""

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="accused", verbose_name="诉求"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="干部",
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="户"
    )
    words = EncryptedTextField("被反映人", blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    entered_at = models.DateTimeField("录入时间")

    objects = AccusedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "被反映人"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.grievance_id}#{self.pk}"


class ConfidentialPolicy(Versioned):
    """涉密规则 of a township: the post that handles such matters, and below how many no total is told."""

    township = models.OneToOneField(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    desk_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专办岗位"
    )
    least_told = models.PositiveSmallIntegerField("少于几件不列数", default=5)

    objects = ConfidentialPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "涉密规则"
        constraints = [
            models.CheckConstraint(
                condition=Q(least_told__gte=3), name="confidential_total_hides_few"
            )
        ]

    def __str__(self):
        return f"{self.township}涉密规则"


class ClosedNumber(models.Model):
    """A public number whose matter goes another way now. It stays taken, so that no later matter gets it."""

    number = models.CharField("编号", max_length=30, unique=True)
    grievance = models.ForeignKey(Grievance, models.PROTECT, related_name="+", verbose_name="诉求")
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村(社区)"
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办单位",
    )
    on = models.DateField("日期")

    objects = ClosedNumberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已转办的编号"
        ordering = ["number"]

    def __str__(self):
        return self.number
