"""周期: how often a plan sits, as a value, and in the office's words. Pure: no database, no calendar."""

import datetime as dt
from dataclasses import asdict, dataclass, fields

from django.db import models

WEEKDAY_NAMES = "一二三四五六日"
LAST = -1  # 最后一个, 最后一天
_ORDINALS = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", 5: "第五个", LAST: "最后一个"}
_PARTS = {1: "上旬", 2: "中旬", 3: "下旬"}


def day_in_words(on: dt.date) -> str:
    """「2026-11-24(周二)」, where duty is meant."""
    return f"{on:%Y-%m-%d}(周{WEEKDAY_NAMES[on.weekday()]})"


class Recurrence(models.TextChoices):
    """驻点时间 of the practices (decision 0030)."""

    WEEKLY = "weekly", "每周"
    FORTNIGHTLY = "fortnightly", "每两周"
    MONTHLY_DAY = "monthly_day", "每月固定日"
    NTH_WEEKDAY = "nth_weekday", "每月第几个星期几"
    PART_WEEKDAY = "part_weekday", "每旬第几个星期几"
    FIRST_WORKING_WEEKDAY = "first_working_weekday", "每月第一个为工作日的星期几"
    NTH_WORKING_DAY = "nth_working_day", "每月第几个工作日"
    ROTA = "rota", "每个工作日轮值"
    DAYS = "days", "指定日期"


# What each kind needs said of it; anything else is left empty.
NEEDS = {
    Recurrence.WEEKLY: ("weekdays",),
    Recurrence.FORTNIGHTLY: ("weekdays",),
    Recurrence.MONTHLY_DAY: ("month_days",),
    Recurrence.NTH_WEEKDAY: ("nth", "weekdays"),
    Recurrence.PART_WEEKDAY: ("month_parts", "nth", "weekdays"),
    Recurrence.FIRST_WORKING_WEEKDAY: ("weekdays",),
    Recurrence.NTH_WORKING_DAY: ("nth",),
    Recurrence.ROTA: (),
    Recurrence.DAYS: ("days",),
}
# Of these kinds every day is a working day by its name: no holiday rule applies.
ALWAYS_WORKED = {
    Recurrence.FIRST_WORKING_WEEKDAY,
    Recurrence.NTH_WORKING_DAY,
    Recurrence.ROTA,
}


@dataclass(frozen=True)
class Rhythm:
    """One 周期. Tuples are in order and without doubles.

    Attributes:
        weekdays: 0 Monday … 6 Sunday; month_days: 1–31, -1 the last day; nth: 1–5 (1–23 working days), -1 the last.
        month_parts: 1 上旬, 2 中旬, 3 下旬; phase_from: a day of a week that sits, of every two.
        days: the dates themselves, of 指定日期.
    """

    recurrence: str
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    nth: int | None = None
    month_parts: tuple[int, ...] = ()
    phase_from: dt.date | None = None
    days: tuple[dt.date, ...] = ()

    @classmethod
    def of(cls, plan) -> "Rhythm":
        """The rhythm of a LiaisonPlan, saved or not."""
        return cls(
            recurrence=str(plan.recurrence),
            weekdays=tuple(plan.weekdays),
            month_days=tuple(plan.month_days),
            nth=plan.nth,
            month_parts=tuple(plan.month_parts),
            phase_from=plan.phase_from,
            days=tuple(dt.date.fromisoformat(str(day)) for day in plan.days),
        )

    @classmethod
    def tidy(cls, recurrence, **said) -> "Rhythm":
        """A rhythm from what was said: sorted, without doubles, without what its kind does not need."""
        wanted = {*NEEDS[Recurrence(recurrence)]}
        if recurrence == Recurrence.FORTNIGHTLY:
            wanted.add("phase_from")
        kept = {name: value for name, value in said.items() if name in wanted and value is not None}
        lists = {"weekdays", "month_parts", "days"}
        for name in lists & kept.keys():
            kept[name] = tuple(sorted(set(kept[name])))
        if "month_days" in kept:  # the last day stands last
            days = set(kept["month_days"])
            kept["month_days"] = tuple(sorted(days, key=lambda day: (day == LAST, day)))
        return cls(str(recurrence), **kept)

    def lacks(self) -> list[str]:
        """Names of what this kind needs and was not said."""
        return [name for name in NEEDS[Recurrence(self.recurrence)] if not getattr(self, name)]

    def as_fields(self) -> dict:
        """Values of the LiaisonPlan's fields of the same names."""
        values = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}
        return values | {"days": [day.isoformat() for day in self.days]}

    def __str__(self):
        return self.in_words()

    def in_words(self) -> str:
        """「每周二、周四」「每月上旬第一个周三」, as a list would say it; cadres.imports.times reads it back."""
        return _WORDS[Recurrence(self.recurrence)](self)


FIELDS = tuple(field.name for field in fields(Rhythm))


def _weekdays(rhythm):
    return "、".join(f"周{WEEKDAY_NAMES[day]}" for day in rhythm.weekdays)


def _date(day):
    return f"{day.year}年{day.month}月{day.day}日"


def _days(rhythm):
    """The year is said where it changes, as a list would: 2026年3月5日、4月9日、2027年3月4日."""
    said, year = [], None
    for day in rhythm.days:
        said.append(f"{day.month}月{day.day}日" if day.year == year else _date(day))
        year = day.year
    return "指定" + "、".join(said)


def _fortnightly(rhythm):
    phase = f"(自{_date(rhythm.phase_from)}那周起)" if rhythm.phase_from else ""
    return f"每两周的{_weekdays(rhythm)}{phase}"


def _month_days(rhythm):
    return "每月" + "、".join(
        "最后一天" if day == LAST else f"{day}日" for day in rhythm.month_days
    )


def _nth(rhythm):
    return _ORDINALS.get(rhythm.nth, f"第{rhythm.nth}个")


_WORDS = {
    Recurrence.WEEKLY: lambda rhythm: f"每{_weekdays(rhythm)}",
    Recurrence.FORTNIGHTLY: _fortnightly,
    Recurrence.MONTHLY_DAY: _month_days,
    Recurrence.NTH_WEEKDAY: lambda rhythm: f"每月{_nth(rhythm)}{_weekdays(rhythm)}",
    Recurrence.PART_WEEKDAY: lambda rhythm: (
        f"每月{'、'.join(_PARTS[part] for part in rhythm.month_parts)}{_nth(rhythm)}{_weekdays(rhythm)}"
    ),
    Recurrence.FIRST_WORKING_WEEKDAY: lambda rhythm: f"每月第一个为工作日的{_weekdays(rhythm)}",
    Recurrence.NTH_WORKING_DAY: lambda rhythm: f"每月{_nth(rhythm)}工作日",
    Recurrence.ROTA: lambda rhythm: "每个工作日轮值",
    Recurrence.DAYS: _days,
}
