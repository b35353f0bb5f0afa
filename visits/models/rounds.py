"""遍访轮次: a period in which every household of the target is to be reached once."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, Q

from liaison.models import Versioned
from villages.models import Household, Township, Village
from visits.querysets import ELSEWHERE
from visits.round_querysets import RoundQuerySet

from .visits import Visit


def usual_target() -> list[str]:
    """常住 and 季节外出: whom a round is to reach; 空挂 and 全户外出 are shown apart."""
    return [Household.Residence.RESIDENT.value, Household.Residence.SEASONAL.value]


def usual_modes() -> list[str]:
    """Every mode but 定点接访 and 集中座谈: there they came to us."""
    return [mode for mode in Visit.Mode.values if mode not in ELSEWHERE]


class VisitRound(Versioned):
    """One round (遍访轮次): whom it is to reach, from when to when, where, and what counts as reached."""

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="visit_rounds", verbose_name="乡镇"
    )
    name = models.CharField("轮次名称", max_length=40)
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    # None named: all of the township, those that come to it later too.
    villages = models.ManyToManyField(
        Village, blank=True, related_name="visit_rounds", verbose_name="村(社区)"
    )
    target = models.JSONField("应走访的户", default=usual_target)  # Household.Residence values
    modes = models.JSONField("计入的方式", default=usual_modes)  # Visit.Mode values
    closed_on = models.DateField("结束日期", null=True, blank=True)
    close_reason = models.CharField("结束说明", max_length=200, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "遍访轮次"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "name"], name="round_name_once_per_township"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="round_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether the office has ended it."""
        return self.closed_on is not None

    @property
    def last_day(self) -> dt.date:
        """The last day whose visits count: its end, or the day it was closed before that."""
        return min(self.ends_on, self.closed_on) if self.closed_on else self.ends_on

    def state(self, on: dt.date) -> str:
        """「未开始」「进行中」「已到期」「已结束」."""
        if self.is_closed:
            return "已结束"
        if on < self.starts_on:
            return "未开始"
        return "进行中" if on <= self.ends_on else "已到期"

    def target_words(self) -> str:
        """「常住、季节外出」."""
        return _words(Household.Residence, self.target)

    def modes_words(self) -> str:
        """「入户走访、电话、晚间走访」, or 「除定点接访、集中座谈外的各种方式」."""
        if set(self.modes) == set(usual_modes()):
            return f"除{_words(Visit.Mode, ELSEWHERE)}外的各种方式"
        return _words(Visit.Mode, self.modes)

    @property
    def places(self) -> str:
        """「石桥村、和平村」, or 「全部村(社区)」; no query where the villages were fetched along."""
        return "、".join(village.name for village in self.villages.all()) or "全部村(社区)"

    def villages_in_order(self):
        """Its villages in administrative order: the named ones, or all of the township."""
        named = self.villages.order_by()
        all_of_them = Q(township=self.township_id) & ~Exists(named)
        return Village.objects.filter(Q(pk__in=named.values("pk")) | all_of_them).in_order()


def _words(choices, values):
    return "、".join(label for value, label in choices.choices if value in values)
