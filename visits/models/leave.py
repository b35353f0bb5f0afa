"""驻点日请假: who cannot come on a liaison day, and who stands in for him."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import Post
from liaison.models import Versioned
from visits.querysets import LeaveQuerySet

from .attendance import LeaveKind
from .sessions import LiaisonSession


class LeaveRequest(Versioned):
    """One person, one liaison day. It holds for the date it was asked for: a day moved since frees nobody."""

    class State(models.TextChoices):
        """Where the request stands."""

        REQUESTED = "requested", "待批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    session = models.ForeignKey(
        LiaisonSession, models.PROTECT, related_name="leaves", verbose_name="驻点日"
    )
    on = models.DateField("请假日期")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="请假人"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")
    # As of that day
    person_name = models.CharField("请假人姓名", max_length=50)
    post_title = models.CharField("岗位名称", max_length=60)
    kind = models.CharField("请假类别", max_length=8, choices=LeaveKind)
    words = models.CharField("说明", max_length=200, blank=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代班人",
    )
    stand_in_name = models.CharField("代班人姓名", max_length=50, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    requested_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="批准人",
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    decision = models.CharField("批复", max_length=200, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点日请假"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person", "on"],
                condition=Q(state__in=("requested", "approved")),
                name="leave_once_per_person_and_day",
            )
        ]
        indexes = [
            # The gate asks at every request: whom does this person stand in for?
            models.Index(
                fields=["stand_in", "on"], condition=Q(state="approved"), name="leave_standing_in"
            ),
        ]

    def __str__(self):
        return f"{self.post_title} {self.on}"

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == self.State.REQUESTED

    @property
    def is_in_force(self) -> bool:
        """Whether he is excused: approved, and the day has not moved since."""
        return self.state == self.State.APPROVED and self.on == self.session.on
