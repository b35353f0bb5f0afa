"""人群标签 as policy rows, and who carries one from when until when."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import Q

from liaison.models import Versioned
from villages.querysets import TagHoldingQuerySet

SOON_DAYS = 30  # 即将到期


class ResidentTag(Versioned):
    """人群标签: 低保, 特困, 党员 …; sensitive ones are for the assigned team only."""

    name = models.CharField("标签", max_length=20, unique=True)
    # Until somebody says otherwise: a roster may bring a word nobody has thought about.
    sensitive = models.BooleanField("敏感", default=True)
    valid_months = models.PositiveSmallIntegerField(
        "有效期(月)", null=True, blank=True
    )  # None: until somebody ends it
    is_active = models.BooleanField("在用", default=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "人群标签"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def proposed_until(self, start: dt.date) -> dt.date | None:
        """The last day it holds when it begins on a day; None: until somebody ends it."""
        if not self.valid_months:
            return None
        return start + relativedelta(months=self.valid_months) - dt.timedelta(days=1)


class TagHolding(models.Model):
    """A resident carries a tag from a day until a day. Ended, not deleted."""

    resident = models.ForeignKey(
        "villages.Resident", models.CASCADE, related_name="tag_holdings", verbose_name="居民"
    )
    tag = models.ForeignKey(
        ResidentTag, models.PROTECT, related_name="holdings", verbose_name="标签"
    )
    valid_from = models.DateField("起", null=True, blank=True)  # None: since before it was entered
    valid_until = models.DateField("止", null=True, blank=True)
    source = models.CharField("依据", max_length=60, blank=True)

    objects = TagHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "标签记录"
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "tag"],
                condition=Q(valid_until=None),
                name="tag_open_once_per_resident",
            ),
        ]
        indexes = [models.Index(fields=["tag", "resident"], name="tag_holding_by_tag")]

    def __str__(self):
        return f"{self.tag}"

    def is_current(self, on: dt.date) -> bool:
        """Whether it holds on a day; the same rule as the queryset's ``current``."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or self.valid_until >= on)

    def ends_soon(self, on: dt.date) -> bool:
        """Holds on a day, and ends within 30 days of it."""
        soon = on + dt.timedelta(days=SOON_DAYS)
        return self.is_current(on) and self.valid_until is not None and self.valid_until <= soon

    def period(self) -> str:
        """「2026-01-01 至 2026-12-31」, 「长期」 where nothing is said."""
        start = str(self.valid_from) if self.valid_from else ""
        if self.valid_until:
            return f"{start} 至 {self.valid_until}".strip()
        return f"{start} 起长期" if start else "长期"
