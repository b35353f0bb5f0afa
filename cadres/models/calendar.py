"""工作日历: only the exceptions are rows; a year is usable once it is published."""

from django.db import models
from django.db.models import Q

from cadres.querysets import CalendarDayQuerySet
from villages.models import Township


class CalendarYear(models.Model):
    """A year whose holidays are known, and from where."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("依据", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "已发布年份"
        ordering = ["year"]

    def __str__(self):
        return f"{self.year}年"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a Saturday worked (调休)."""

    class Kind(models.TextChoices):
        """What the day is."""

        HOLIDAY = "holiday", "放假"
        WORKDAY = "workday", "上班(调休)"

    on = models.DateField("日期")
    kind = models.CharField("类型", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=30)
    # Set by a township for itself (本地日); empty for the days of the whole country.
    township = models.ForeignKey(
        Township,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calendar_days",
        verbose_name="乡镇",
    )

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历特殊日"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["on"],
                condition=Q(township=None),
                name="calendar_day_once_for_the_country",
            ),
            models.UniqueConstraint(
                fields=["township", "on"], name="calendar_day_once_per_township"
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.name}"

    def is_local(self) -> bool:
        """Whether a township set it for itself."""
        return self.township_id is not None
