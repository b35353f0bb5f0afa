"""三固定: fixed people (team and seats), fixed time and fixed place (plan)."""

from django.db import models
from django.db.models import Q

from cadres.querysets import PlanQuerySet, TeamQuerySet
from liaison.models import Versioned
from villages.models import Township, Village

from .people import Post


class LiaisonTeam(Versioned):
    """驻点团队: seats by post, fixed to one village or a few; or a 督查小组 that looks after several.

    A seat in a 督查小组 opens no village: what its members may read comes from their posts' role.
    """

    class Kind(models.TextChoices):
        """What the team is for."""

        LIAISON = "liaison", "驻点团队"
        SUPERVISION = "supervision", "督查小组"

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="teams", verbose_name="乡镇"
    )
    name = models.CharField("团队名称", max_length=60)
    villages = models.ManyToManyField(Village, related_name="teams", verbose_name="联系村")
    is_active = models.BooleanField("在用", default=True)
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.LIAISON)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点团队"
        ordering = ["township__code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["township", "name"], name="team_name_once_per_township")
        ]

    def __str__(self):
        return self.name


class Seat(models.Model):
    """A place in a team. It belongs to the post, so a successor sits in it by himself."""

    class Kind(models.TextChoices):
        """团队职责."""

        LEAD = "lead", "责任人"
        HEAD = "head", "组长"
        MEMBER = "member", "成员"
        ASSISTANT = "assistant", "驻点助理员"
        COORDINATOR = "coordinator", "联络员"
        AUXILIARY = "auxiliary", "辅助团队"

    team = models.ForeignKey(LiaisonTeam, models.CASCADE, related_name="seats", verbose_name="团队")
    post = models.ForeignKey(Post, models.PROTECT, related_name="seats", verbose_name="岗位")
    kind = models.CharField("职责", max_length=12, choices=Kind, default=Kind.MEMBER)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "席位"
        ordering = ["team", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["team", "post"], name="seat_once_per_team")]

    def __str__(self):
        return f"{self.post}({self.get_kind_display()})"


class LiaisonPlan(Versioned):
    """驻点安排: which team, when and where. Changing it moves no session already held."""

    class Recurrence(models.TextChoices):
        """驻点时间 of the practices."""

        WEEKLY = "weekly", "每周"
        MONTHLY_DAY = "monthly_day", "每月固定日"
        FIRST_WORKING_WEEKDAY = "first_working_weekday", "每月第一个为工作日的星期几"

    class HolidayRule(models.TextChoices):
        """遇节假日: what happens when the day is no working day."""

        KEEP = "keep", "照常驻点"
        SKIP = "skip", "取消当次"
        NEXT = "next", "顺延至下一工作日"

    team = models.ForeignKey(LiaisonTeam, models.PROTECT, related_name="plans", verbose_name="团队")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="plans", verbose_name="村(社区)"
    )
    place = models.CharField("驻点地点", max_length=100)
    recurrence = models.CharField(
        "周期", max_length=24, choices=Recurrence, default=Recurrence.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField("星期", null=True, blank=True)  # 0 Monday … 6 Sunday
    month_day = models.PositiveSmallIntegerField("日", null=True, blank=True)
    starts_at = models.TimeField("开始时间")
    ends_at = models.TimeField("结束时间")
    holiday_rule = models.CharField(
        "遇节假日", max_length=6, choices=HolidayRule, default=HolidayRule.NEXT
    )
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("截止日期", null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点安排"
        ordering = ["village__code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="plan_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="plan_valid_forwards",
            ),
        ]

    def __str__(self):
        return f"{self.village} {self.in_words()}"

    def in_words(self) -> str:
        """「每周二 09:00–11:30」, as the poster prints it."""
        day = f"周{'一二三四五六日'[self.weekday]}" if self.weekday is not None else ""
        when = {
            self.Recurrence.WEEKLY: f"每{day}",
            self.Recurrence.MONTHLY_DAY: f"每月{self.month_day}日",
            self.Recurrence.FIRST_WORKING_WEEKDAY: f"每月第一个为工作日的{day}",
        }[self.recurrence]
        return f"{when} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"
