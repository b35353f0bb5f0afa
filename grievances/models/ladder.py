"""呈报的台阶: the rungs a matter climbs, as rows; a township's own replace the general ones."""

from django.db import models

from cadres.models import Post, StandingMeeting
from cadres.roles import Role
from grievances.policy_querysets import RungQuerySet
from liaison.models import Versioned
from villages.models import Township


class Rung(Versioned):
    """One rung: its name, who answers there, and after how many days overdue it is told by itself.

    庐阳: 现场 → 街道社区限时 → 共建单位协调 → 一线办统筹(每月25日) → 常委会.
    """

    ROLES = [(Role.OFFICE, Role.OFFICE.label), (Role.LEADER, Role.LEADER.label)]

    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    order = models.PositiveSmallIntegerField("第几级")
    name = models.CharField("名称", max_length=30)
    # The post that answers there; without one everybody of the role does.
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="负责岗位"
    )
    role = models.CharField("负责角色", max_length=12, choices=ROLES, default=Role.OFFICE)
    # 自然日 past the due day; None: reached by 呈报 alone.
    overdue_days = models.PositiveSmallIntegerField("超期几天后提醒", null=True, blank=True)
    meets_on = models.PositiveSmallIntegerField("每月几日调度", null=True, blank=True)
    # The 例会 that treats what has come here; it goes before the day of the month.
    standing = models.ForeignKey(
        StandingMeeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="研究的例会",
    )
    is_active = models.BooleanField("在用", default=True)

    objects = RungQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "呈报层级"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name
