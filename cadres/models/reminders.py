"""When people are reminded, and the group robots that tell a whole group at once."""

import datetime as dt

from django.db import models
from django.db.models import Q

from cadres.querysets import ReminderPolicyQuerySet, TownshipQuerySet
from cadres.reminder_times import Offset
from liaison.models import Versioned
from liaison.personal import EncryptedTextField
from villages.models import Township

from .teams import LiaisonTeam

# As the product ships it: [days before, hour, whether by SMS too].
SHIPPED = [[2, "17:00", False], [1, "17:00", True], [0, "07:30", False]]


def shipped_offsets() -> list:
    """A copy, for new rows."""
    return [list(each) for each in SHIPPED]


class ReminderPolicy(models.Model):
    """提醒时间 for liaison days from a day on. A change makes a new row; a row without township is the shipped one."""

    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    since = models.DateField("启用日期")
    offsets = models.JSONField("提醒时间", default=shipped_offsets)
    quiet_from = models.TimeField("免打扰起", default=dt.time(21))
    quiet_to = models.TimeField("免打扰止", default=dt.time(7))

    objects = ReminderPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒时间"
        constraints = [
            models.UniqueConstraint(
                fields=["township", "since"], name="reminder_policy_once_per_day"
            ),
            models.UniqueConstraint(
                fields=["since"], condition=Q(township=None), name="shipped_reminders_once_per_day"
            ),
        ]

    def __str__(self):
        return f"{self.in_words()}(自{self.since}起)"

    def in_order(self) -> list[Offset]:
        """The offsets, the earliest first."""
        return sorted(Offset.of(*each) for each in self.offsets)

    def in_words(self) -> str:
        """「前2天17:00、前1天17:00(含短信)、当天07:30；免打扰21:00至次日07:00」."""
        told = "、".join(str(each) for each in self.in_order()) or "不提醒"
        return f"{told}；{self.quiet_in_words()}"

    def quiet_in_words(self) -> str:
        """「免打扰21:00至次日07:00」."""
        if self.quiet_from == self.quiet_to:
            return "不设免打扰"
        next_day = "次日" if self.quiet_from > self.quiet_to else ""
        return f"免打扰{self.quiet_from:%H:%M}至{next_day}{self.quiet_to:%H:%M}"

    def is_quiet(self, hour: dt.time) -> bool:
        """Whether nothing is sent out at this local hour."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


class GroupRobot(Versioned):
    """群机器人 of a work group: where it listens. The address is its key, so it is kept like a password."""

    class Kind(models.TextChoices):
        """Whose robot."""

        WECOM = "wecom", "企业微信"
        DINGTALK = "dingtalk", "钉钉"
        FEISHU = "feishu", "飞书"

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="robots", verbose_name="乡镇"
    )
    # None: the group of the whole township, told of every team's days.
    team = models.ForeignKey(
        LiaisonTeam,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="robots",
        verbose_name="团队",
    )
    kind = models.CharField("类型", max_length=10, choices=Kind)
    name = models.CharField("群名称", max_length=40)
    address = EncryptedTextField("机器人地址")
    secret = EncryptedTextField("加签密钥", blank=True, default="")
    is_active = models.BooleanField("在用", default=True)

    objects = TownshipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群机器人"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["township", "name"], name="robot_name_once")]

    def __str__(self):
        return self.name

    @property
    def masked_address(self) -> str:
        """Scheme, host and, of a long one, the last four signs."""
        scheme, _, rest = self.address.partition("://")
        host, _, path = rest.partition("/")
        return f"{scheme}://{host}/…{path[-4:] if len(path) > 12 else ''}"
