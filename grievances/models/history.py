"""The steps of a matter's history, and what the villager answered."""

from django.conf import settings
from django.db import models

from cadres.models import Department
from grievances.querysets import FollowUpQuerySet, StepQuerySet
from villages.models import Township, Village

from .ledger import Grievance
from .states import Status


class Step(models.Model):
    """One line of a matter's history: who (post as of then), from, to, words, on which day, entered when."""

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="steps", verbose_name="诉求"
    )
    act = models.CharField("动作", max_length=20)
    act_name = models.CharField("动作名称", max_length=20)
    from_status = models.CharField("原状态", max_length=12, choices=Status, blank=True)
    to_status = models.CharField("新状态", max_length=12, choices=Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,  # a command acts for nobody
        blank=True,
        related_name="+",
        verbose_name="经办人",
    )
    by_name = models.CharField("经办人姓名", max_length=50)
    by_post = models.CharField("经办人岗位", max_length=100, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办单位",
    )
    words = models.TextField("说明", blank=True)
    on = models.DateField("日期")
    entered_at = models.DateTimeField("录入时间")

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理过程"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["grievance", "id"], name="step_of_grievance"),
            # Figures of a period: what was reopened, returned, assigned, settled in it.
            models.Index(fields=["act", "on", "grievance"], name="step_by_act"),
        ]

    def __str__(self):
        return f"{self.act_name} {self.on}"


class FollowUp(models.Model):
    """回访: asked by somebody other than the handler; 联系不上 is an answer, 满意 never a default."""

    class Answer(models.TextChoices):
        """群众评价; the last two leave the base of the satisfaction rate."""

        SATISFIED = "satisfied", "满意"
        BASICALLY = "basically", "基本满意"
        DISSATISFIED = "dissatisfied", "不满意"
        OTHER = "other", "其他"
        UNREACHED = "unreached", "联系不上"
        DECLINED = "declined", "不愿评价"

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="follow_ups", verbose_name="诉求"
    )
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村(社区)")
    answer = models.CharField("群众评价", max_length=16, choices=Answer)
    verbatim = models.TextField("原话", blank=True)
    mode = models.CharField("回访方式", max_length=8, choices=Grievance.AnswerMode)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="回访人",
    )
    on = models.DateField("回访日期")
    entered_at = models.DateTimeField("录入时间")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回访"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["township", "on", "village", "answer"], name="follow_up_by_day"),
            # The list, newest first, read to the end of its page and no further
            models.Index(fields=["-on", "-id"], name="follow_up_newest"),
        ]

    def __str__(self):
        return f"{self.get_answer_display()} {self.on}"
