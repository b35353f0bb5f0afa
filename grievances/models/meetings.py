"""会议: 调度会, 民情分析会, 工作点评, 民情恳谈会; what they go through and what they decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import StandingMeeting
from grievances.oversight_querysets import MeetingItemQuerySet, MeetingQuerySet
from liaison.models import Versioned
from villages.models import Township, Village

from .ledger import Grievance


class Meeting(Versioned):
    """One meeting on one day: of a village, or of the whole township where none is named."""

    class Kind(models.TextChoices):
        """会议类别."""

        DISPATCH = "dispatch", "调度会"
        ANALYSIS = "analysis", "民情分析会"  # a village, monthly
        REVIEW = "review", "工作点评"  # the town, quarterly
        TALK = "talk", "民情恳谈会"

    class Status(models.TextChoices):
        """Planned until its minutes are saved."""

        PLANNED = "planned", "待召开"
        HELD = "held", "已召开"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村(社区)"
    )
    kind = models.CharField("会议类别", max_length=10, choices=Kind)
    # The 例会 it is one day of, where it is.
    standing = models.ForeignKey(
        StandingMeeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="例会",
    )
    on = models.DateField("会议日期")
    place = models.CharField("地点", max_length=100, blank=True)
    chaired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="主持人",
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="记录人",
    )
    attendees = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="参加人"
    )
    # Others by units and counts, not by name: 「村民代表12人、派出所1人」
    others = models.CharField("其他参加单位和人数", max_length=200, blank=True)
    minutes = models.TextField("会议小结", blank=True)
    status = models.CharField("状态", max_length=8, choices=Status, default=Status.PLANNED)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["township", "-on", "-id"], name="meeting_by_day")]

    def __str__(self):
        return f"{self.on}{self.where}{self.get_kind_display()}"

    @property
    def where(self) -> str:
        """The village, or the township."""
        return str(self.village or self.township)

    @property
    def is_held(self) -> bool:
        """Its minutes were saved."""
        return self.status == self.Status.HELD


class MeetingItem(models.Model):
    """议题: a matter of the ledger or a subject in words; what was said and what was decided."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="会议")
    order = models.PositiveSmallIntegerField("序号")
    grievance = models.ForeignKey(
        Grievance,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_items",
        verbose_name="诉求",
    )
    subject = models.CharField("议题", max_length=100, blank=True)
    why = models.CharField("提请原因", max_length=60, blank=True)  # 超期12天、重办1次
    discussed = models.TextField("讨论情况", blank=True)
    decision = models.TextField("议定事项", blank=True)
    who = models.CharField("责任单位(人)", max_length=60, blank=True)
    due_on = models.DateField("完成期限", null=True, blank=True)

    objects = MeetingItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议议题"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "grievance"],
                condition=Q(grievance__isnull=False),
                name="matter_once_in_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(grievance__isnull=False) | ~Q(subject=""),
                name="item_is_about_something",
            ),
        ]

    def __str__(self):
        return self.subject or str(self.grievance)
