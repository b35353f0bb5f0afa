"""走访接待: who came, and who was visited."""

from django.conf import settings
from django.db import models

from liaison.models import Versioned
from villages.models import Household, Township, Village
from visits.querysets import VisitQuerySet

from .sessions import LiaisonSession


class Visit(Versioned):
    """One reception, door or call. When it happened and when it was typed are both kept; neither refuses the other."""

    class Mode(models.TextChoices):
        """接触方式."""

        RECEPTION = "reception", "定点接访"
        HOME = "home", "入户走访"
        PHONE = "phone", "电话"
        EVENING = "evening", "晚间走访"
        APPOINTMENT = "appointment", "重点约访"
        CASE_VISIT = "case_visit", "带案下访"
        TALK = "talk", "谈心谈话"
        MEETING = "meeting", "集中座谈"
        CHANCE = "chance", "随机走访"
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
