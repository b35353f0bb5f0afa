"""村民点单: what a household or a group wishes for, who picks it up, does it and says so."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.models import LiaisonTeam
from liaison.models import Code, Versioned
from liaison.models.codes import once
from villages.models import Group, Household, Township, Village
from visits.wish_querysets import WishQuerySet, WishStepQuerySet

from .visits import Visit
from .wish_states import WishState


class WishKind(Code):
    """点单类型: 代办证件, 用药代购, 义诊 …"""

    class Meta(Code.Meta):
        verbose_name = verbose_name_plural = "点单类型"
        constraints = once("wish_kind")


class Wish(Versioned):
    """点单: of a household; or of a group or a whole village, where no household is named."""

    class ToldBy(models.TextChoices):
        """How the villager was told."""

        ORAL = "oral", "口头"
        PHONE = "phone", "电话"
        WRITTEN = "written", "书面"
        BOARD = "board", "村公示栏"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="wishes", verbose_name="村(社区)"
    )
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="wishes", verbose_name="户"
    )
    kind = models.ForeignKey(WishKind, models.PROTECT, related_name="+", verbose_name="类型")
    words = models.CharField("点单内容", max_length=200)
    wanted_by = models.DateField("希望办好日期", null=True, blank=True)
    asked_on = models.DateField("提出日期")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人"
    )
    state = models.CharField("状态", max_length=10, choices=WishState, default=WishState.OPEN)
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="认领人",
    )
    # Picked up for a team: then any of its people goes on with it.
    team = models.ForeignKey(
        LiaisonTeam, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="团队"
    )
    picked_on = models.DateField("认领日期", null=True, blank=True)
    done_on = models.DateField("办好日期", null=True, blank=True)
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="wishes", verbose_name="走访接待"
    )
    told_on = models.DateField("告知日期", null=True, blank=True)
    told_by = models.CharField("告知方式", max_length=8, choices=ToldBy, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "村民点单"
        ordering = ["-asked_on", "-pk"]
        indexes = [
            # What waits in a village, and what somebody has picked up.
            models.Index(fields=["village", "state"], name="wish_of_village"),
            models.Index(
                fields=["picked_by"],
                condition=Q(state__in=("picked_up", "done")),
                name="wish_picked_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("picked_up", "done", "told")) | Q(picked_by__isnull=False),
                name="wish_picked_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("told", "cannot")) | Q(told_on__isnull=False),
                name="wish_told_on_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.asked_on}"

    @property
    def whose(self) -> str:
        """「第1组 周大山户(001)」, the group, or 「全村」."""
        if self.household_id:
            return f"{self.household.group} {self.household}"
        return str(self.group) if self.group_id else "全村"

    def is_late(self, on) -> bool:
        """Wanted by a day that has passed, and not done."""
        waits = self.state in (WishState.OPEN, WishState.PICKED_UP)
        return waits and self.wanted_by is not None and self.wanted_by < on


class WishStep(models.Model):
    """办理记录: one line of a wish's history. Appended, never changed."""

    wish = models.ForeignKey(Wish, models.CASCADE, related_name="steps", verbose_name="点单")
    act = models.CharField(max_length=12)
    act_name = models.CharField("动作", max_length=12)
    to_state = models.CharField("状态", max_length=10, choices=WishState)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人"
    )
    by_name = models.CharField("办理人姓名", max_length=50)
    by_post = models.CharField("办理人岗位", max_length=100, blank=True)
    words = models.CharField("说明", max_length=500, blank=True)
    on = models.DateField("日期")
    entered_at = models.DateTimeField("录入时间")

    objects = WishStepQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "点单办理记录"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.act_name} {self.on}"
