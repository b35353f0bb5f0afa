"""What comes round again: a 周期, its hours, what holidays do to it, and how long it holds."""

from django.db import models

from cadres.rhythm import WEEKDAY_NAMES, Recurrence, Rhythm


class Recurring(models.Model):
    """Base of 驻点安排 and 例会. Which days it falls on: cadres.recurrence.days_of."""

    Recurrence = Recurrence

    class HolidayRule(models.TextChoices):
        """遇节假日: what happens when the day is no working day."""

        KEEP = "keep", "照常"
        SKIP = "skip", "取消当次"
        NEXT = "next", "顺延至下一工作日"
        MAKE_UP = "make_up", "在指定的星期几补"

    recurrence = models.CharField(
        "周期", max_length=24, choices=Recurrence, default=Recurrence.WEEKLY
    )
    # What the rhythm needs (rhythm.Rhythm says the meaning of each); the others stay empty.
    weekdays = models.JSONField("星期", default=list, blank=True)
    month_days = models.JSONField("日", default=list, blank=True)
    nth = models.SmallIntegerField("第几个", null=True, blank=True)
    month_parts = models.JSONField("旬", default=list, blank=True)
    phase_from = models.DateField("从哪一周起", null=True, blank=True)
    days = models.JSONField("指定日期", default=list, blank=True)  # 2026-03-05
    starts_at = models.TimeField("开始时间")
    ends_at = models.TimeField("结束时间")
    holiday_rule = models.CharField(
        "遇节假日", max_length=8, choices=HolidayRule, default=HolidayRule.NEXT
    )
    make_up_weekday = models.PositiveSmallIntegerField("补在星期几", default=5)  # Saturday
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("截止日期", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="%(class)s_valid_forwards",
            ),
        ]

    @property
    def rhythm(self) -> Rhythm:
        """Its 周期 as a value."""
        return Rhythm.of(self)

    def in_words(self) -> str:
        """「每周二 09:00–11:30」, as the poster prints it."""
        return f"{self.rhythm.in_words()} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    def holiday_in_words(self) -> str:
        """「顺延至下一工作日」「周六补驻」; cadres.imports.times reads it back."""
        if self.holiday_rule == self.HolidayRule.MAKE_UP:
            return f"周{WEEKDAY_NAMES[self.make_up_weekday]}补驻"
        return self.get_holiday_rule_display()
