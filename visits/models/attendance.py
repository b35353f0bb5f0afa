"""考勤: who sat there on a liaison day."""

from django.conf import settings
from django.db import models

from cadres.models import Post

from .sessions import LiaisonSession


class LeaveKind(models.TextChoices):
    """请假类别: 事、病、公."""

    PERSONAL = "personal", "事假"
    SICK = "sick", "病假"
    OFFICIAL = "official", "公假"


class Attendance(models.Model):
    """考勤: the sheet the lead confirms once. One line a seat, and nothing but 到/假/代/缺."""

    class Mark(models.TextChoices):
        """到、假、代、缺."""

        PRESENT = "present", "到"
        LEAVE = "leave", "假"
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
    # Empty on older sheets, which did not say
    leave_kind = models.CharField("请假类别", max_length=8, choices=LeaveKind, blank=True)
    stand_in = models.CharField("代班人", max_length=50, blank=True)  # his name as of that day
    stand_in_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代班人账号",
    )

    class Meta:
        verbose_name = verbose_name_plural = "考勤"
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "post"], name="attendance_once_per_post")
        ]

    def __str__(self):
        return f"{self.person_name} {self.in_words()}"

    def in_words(self) -> str:
        """「到」, 「假(病假)」, 「代(冯兰)」, as the sheet prints it."""
        more = self.get_leave_kind_display() or self.stand_in
        return f"{self.get_mark_display()}({more})" if more else self.get_mark_display()
