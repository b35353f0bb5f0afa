"""驻点日: one day of a team at its fixed place."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import LiaisonPlan, LiaisonTeam
from liaison.models import Versioned
from villages.models import Township, Village
from visits.querysets import SessionQuerySet


class LiaisonSession(Versioned):
    """驻点日: one day of a plan, or a single one. Place and hours are those of the day it was planned for.

    A day that makes up for another (补驻) names it; it is not due a second time, and the other counts as
    held once this one is (docs/decisions/0024).
    """

    class Kind(models.TextChoices):
        """What the day is for: the fixed day of a plan, or a special form."""

        REGULAR = "regular", "例行驻点"
        RECEPTION = "reception", "定点接访"
        APPOINTMENT = "appointment", "重点约访"
        CASE_VISIT = "case_visit", "带案下访"
        TALK = "talk", "谈心谈话"

    # Days anybody may come to. An appointment, a matter taken along, a talk are for one household: it is told
    # itself, and what hangs on a board or leaves the house must not tell the others.
    OPEN_TO_ALL = (Kind.REGULAR, Kind.RECEPTION)

    class Status(models.TextChoices):
        """Where the day stands."""

        PLANNED = "planned", "待驻点"
        HELD = "held", "已驻点"
        MISSED = "missed", "未驻点"
        CANCELLED = "cancelled", "已取消"

    plan = models.ForeignKey(
        LiaisonPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="安排",
    )
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    team = models.ForeignKey(
        LiaisonTeam, models.PROTECT, related_name="sessions", verbose_name="团队"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="sessions", verbose_name="村(社区)"
    )
    on = models.DateField("日期")
    starts_at = models.TimeField("开始时间")
    ends_at = models.TimeField("结束时间")
    place = models.CharField("地点", max_length=100)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PLANNED)
    kind = models.CharField("形式", max_length=12, choices=Kind, default=Kind.REGULAR)
    made_up_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="make_ups",
        verbose_name="补哪一天",
    )
    turn = models.PositiveSmallIntegerField("轮次", null=True, blank=True)  # of a rota
    moved_from = models.DateField("原定日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    # What calendar programs are told of a row (visits/feeds.py); every save writes it.
    changed_at = models.DateTimeField("变动时间", auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点日"
        ordering = ["on", "village__code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "on"], name="session_once_per_plan_and_day"),
            # Two named at once for the same day: one is refused
            models.UniqueConstraint(
                fields=["made_up_for"],
                condition=Q(status="planned"),
                name="session_one_make_up_ahead",
            ),
        ]
        indexes = [
            models.Index(fields=["township", "on", "village", "id"], name="session_by_day"),
            models.Index(fields=["village", "on", "id"], name="session_of_village"),
            models.Index(
                fields=["on"],
                condition=Q(status="planned"),
                name="session_still_planned",
            ),
        ]

    def __str__(self):
        return f"{self.village} {self.on}"

    def save(self, *args, update_fields=None, **kwargs):
        """As always; some fields saved alone still date the change."""
        if update_fields is not None:
            update_fields = {*update_fields, "changed_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_make_up(self) -> bool:
        """Whether it makes up for another day (补驻)."""
        return self.made_up_for_id is not None

    @property
    def is_confirmed(self) -> bool:
        """Whether the lead or the office has confirmed the sheet."""
        return self.confirmed_at is not None

    @property
    def place_told(self) -> str:
        """Where, as mails, messages and calendars say it: of a day for one household the village alone.

        Whoever sets such a day types whose door it is; the day's own page has it.
        """
        return self.place if self.kind in self.OPEN_TO_ALL else str(self.village)

    @property
    def usual_mode(self) -> str:
        """接触方式 that the day's form begins with."""
        own = (self.Kind.APPOINTMENT, self.Kind.CASE_VISIT, self.Kind.TALK)
        return self.kind if self.kind in own else "reception"

    def is_over(self, now) -> bool:
        """Whether its hours are past."""
        return self.ends() <= now

    def begins(self) -> dt.datetime:
        """The aware moment it begins, Asia/Shanghai."""
        return self._moment(self.starts_at)

    def ends(self) -> dt.datetime:
        """The aware moment it ends."""
        return self._moment(self.ends_at)

    def _moment(self, hour):
        return dt.datetime.combine(self.on, hour, tzinfo=timezone.get_default_timezone())
