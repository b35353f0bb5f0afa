"""延期: asked, decided by another, told to the villager."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grievances.querysets import ExtensionQuerySet
from liaison.models import Versioned

from .codes import DeadlinePolicy
from .ledger import Grievance
from .states import AnswerMode


class Extension(Versioned):
    """So much more time for one matter, in the unit of its policy row; never beyond that row's cap."""

    class State(models.TextChoices):
        """Where the request stands."""

        ASKED = "asked", "待批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="extensions", verbose_name="诉求"
    )
    # A matter opened again begins a new time limit: earlier extensions count no more.
    round = models.PositiveSmallIntegerField("第几轮", default=0, editable=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    amount = models.PositiveSmallIntegerField("申请延长")
    granted = models.PositiveSmallIntegerField("批准延长", null=True, blank=True)
    unit = models.CharField("单位", max_length=12, choices=DeadlinePolicy.Unit)
    reason = models.TextField("延期理由")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人"
    )
    asked_by_name = models.CharField("申请人姓名", max_length=50)
    asked_on = models.DateField("申请日期")
    asked_at = models.DateTimeField("录入时间")
    # As the policy row said when it was asked.
    approver = models.CharField("由谁批准", max_length=12, choices=DeadlinePolicy.APPROVERS)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="批准人",
    )
    decided_by_name = models.CharField("批准人姓名", max_length=50, blank=True)
    decided_on = models.DateField("批准日期", null=True, blank=True)
    decision = models.TextField("批准意见", blank=True)
    due_before = models.DateTimeField("原时限")
    due_on_before = models.DateField("原应办结日")
    due_after = models.DateTimeField("延至", null=True, blank=True)
    due_on_after = models.DateField("延至日期", null=True, blank=True)
    told_on = models.DateField("告知日期", null=True, blank=True)
    told_mode = models.CharField("告知方式", max_length=8, choices=AnswerMode, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="告知人",
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance"], condition=Q(state="asked"), name="extension_asked_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="extension_of_something"),
        ]

    def __str__(self):
        return f"{self.span} {self.get_state_display()}"

    @property
    def span(self) -> str:
        """「5个工作日」: what was granted, or asked while nothing is."""
        return f"{self.granted or self.amount}{self.get_unit_display()}"

    @property
    def is_waiting(self) -> bool:
        """待批, and the matter is still on its way."""
        return self.state == self.State.ASKED and self.grievance.is_open

    @property
    def is_untold(self) -> bool:
        """Approved, and the villager does not know yet."""
        return self.state == self.State.APPROVED and self.told_on is None
