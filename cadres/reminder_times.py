"""How long before a liaison day its team is told: one offset, and the moments it gives for a day."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

MOST_DAYS = 7  # before the day
MOST_OFFSETS = 4


@dataclass(frozen=True)
class Offset:
    """So many days before the day, at this local hour; with or without SMS."""

    days_before: int
    at: dt.time
    by_sms: bool = False

    @classmethod
    def of(cls, days_before, hour, by_sms=False):
        """As a row keeps it: whole days and "HH:MM"."""
        return cls(int(days_before), dt.time.fromisoformat(hour), bool(by_sms))

    def __lt__(self, other):
        return self.place < other.place

    def __str__(self):
        day = f"前{self.days_before}天" if self.days_before else "当天"
        return f"{day}{self.at:%H:%M}{'(含短信)' if self.by_sms else ''}"

    @property
    def place(self):
        """Earlier moments first."""
        return -self.days_before, self.at

    def before(self, day: dt.date) -> dt.datetime:
        """The moment this offset gives for a day."""
        return local(day - dt.timedelta(days=self.days_before), self.at)


@dataclass(frozen=True)
class Slot:
    """One occasion to tell of a day: due from its moment until the next one's, or until the day begins."""

    name: str
    due_at: dt.datetime
    not_after: dt.datetime
    by_sms: bool

    def is_live(self, now) -> bool:
        """Due, and not over yet."""
        return self.due_at <= now < self.not_after

    def was_missed(self, last, now) -> bool:
        """It became due and was over while nobody looked, since ``last``."""
        return last < self.due_at and self.not_after <= now


def slots_of(offsets, day: dt.date, starts_at: dt.time) -> list[Slot]:
    """The occasions of a day that begins at ``starts_at``, the earliest first.

    A slot is named by day, hour and place in the row of offsets ("2026-11-24T0900/1.1", the first of
    one day before), so a day that moves is told anew, and an offset that moves by an hour is not.

    Args:
        offsets: Offset, the earliest first. What would come after the beginning is left out.
    """
    begins = local(day, starts_at)
    timely = [each for each in offsets if each.before(day) < begins]
    ends = [*(each.before(day) for each in timely), begins][1:]
    seen = dict.fromkeys((each.days_before for each in timely), 0)
    slots = []
    for each, end in zip(timely, ends, strict=True):
        seen[each.days_before] += 1
        name = f"{occasion_of(day, starts_at)}/{each.days_before}.{seen[each.days_before]}"
        slots.append(Slot(name, each.before(day), end, each.by_sms))
    return slots


def occasion_of(day: dt.date, starts_at: dt.time) -> str:
    """What the names of a day's slots begin with, before the "/"."""
    return f"{day:%Y-%m-%d}T{starts_at:%H%M}"


def local(day: dt.date, hour: dt.time) -> dt.datetime:
    """A Shanghai moment."""
    return dt.datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())
