"""What happened: liaison sessions, who sat there, who came, who was visited."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import LiaisonPlan, LiaisonTeam, Post
from liaison.models import Versioned
from villages.models import Household, Township, Village

from .notice_models import NoticePolicy, PublicNotice
from .querysets import SessionQuerySet, VisitQuerySet

__all__ = ["Attendance", "LiaisonSession", "NoticePolicy", "PublicNotice", "Visit"]


class LiaisonSession(Versioned):
    """驻点日: one day of a plan. The place and hours are those of the day it was planned for."""

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


class Attendance(models.Model):
    """考勤: the sheet the lead confirms once. One line a seat, and nothing but 到/假/公/代/缺."""

    class Mark(models.TextChoices):
        """到、假、公、代、缺."""

        PRESENT = "present", "到"
        LEAVE = "leave", "假"
        DUTY = "duty", "公"
        STAND_IN = "stand_in", "代"
        ABSENT = "absent", "缺"

    session = models.ForeignKey(
        LiaisonSession, models.CASCADE, related_name="attendance", verbose_name="驻点日"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")
    # As of that day; the person may have left since.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="人员",
    )
    person_name = models.CharField("姓名", max_length=50, blank=True)
    post_title = models.CharField("岗位名称", max_length=60)
    mark = models.CharField("考勤", max_length=10, choices=Mark)
    stand_in = models.CharField("代班人", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考勤"
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "post"], name="attendance_once_per_post")
        ]

    def __str__(self):
        return f"{self.person_name} {self.get_mark_display()}"


class Visit(Versioned):
    """One reception, door or call. When it happened and when it was typed are both kept; neither refuses the other."""

    class Mode(models.TextChoices):
        """接触方式."""

        RECEPTION = "reception", "定点接访"
        HOME = "home", "入户走访"
        PHONE = "phone", "电话"
        EVENING = "evening", "晚间走访"
        APPOINTMENT = "appointment", "重点约访"
        OTHER = "other", "其他"

    session = models.ForeignKey(
        LiaisonSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name="驻点日",
    )
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="visits", verbose_name="村(社区)"
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name="户",
    )
    visitor = models.CharField(
        "来访人", max_length=50, blank=True
    )  # who came, when no household is known
    mode = models.CharField("方式", max_length=12, choices=Mode, default=Mode.HOME)
    persons = models.PositiveSmallIntegerField("人数", default=1)  # 人次
    said = models.TextField("反映情况", blank=True)
    nothing_asked = models.BooleanField("无诉求", default=False)
    occurred_on = models.DateField("发生日期")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="录入人",
    )
    line = models.PositiveSmallIntegerField(
        "行号", default=0
    )  # order on the page it was written on

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "走访接待"
        ordering = ["-occurred_on", "-id"]
        indexes = [
            # The list of a township and of a village, newest first.
            models.Index(fields=["township", "-occurred_on", "-id"], name="visit_by_day"),
            models.Index(fields=["village", "-occurred_on", "-id"], name="visit_of_village"),
            # The household's own page, and its last visit.
            models.Index(fields=["household", "-occurred_on", "-id"], name="visit_of_household"),
            # Coverage of a period: distinct households per village without touching the rows.
            models.Index(
                fields=[
                    "township",
                    "occurred_on",
                    "village",
                    "mode",
                    "household",
                    "persons",
                ],
                name="visit_coverage",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.get_mode_display()}"
