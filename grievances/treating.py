"""Which 例会 treats what has come to a rung of the ladder, and when it next meets (庐阳: 一线办统筹, on the 25th)."""

import datetime as dt
from dataclasses import dataclass

from cadres.models import StandingMeeting
from cadres.recurrence import days_of

from .models import Meeting, Rung

AHEAD = dt.timedelta(days=400)  # how far the next day is looked for


@dataclass(frozen=True)
class Treated:
    """The next day a rung's meeting sits; ``on`` is None, with the reason, where none can be named."""

    rung: Rung
    name: str
    on: dt.date | None
    stopped: str = ""

    def __str__(self):
        """「拟于11月25日调度会研究」; "" without a day."""
        return f"拟于{self.on.month}月{self.on.day}日{self.name}研究" if self.on else ""


def treated_at(rung, on, calendar) -> Treated | None:
    """The rung's next meeting on a day or later; None for a rung that no meeting treats.

    The 例会 the office has named decides, by its own 周期 and holiday rule; without one the day of the month the
    ladder says, put off to the next working day where it is none.

    Args:
        rung: read with ``standing``. on: local day. calendar: the township's WorkCalendar.
    """
    plan = rung.standing or _of_the_month(rung, on)
    if plan is None:
        return None
    found = days_of(plan, on, on + AHEAD, calendar)
    day = next((each.on for each in found), None)
    return Treated(rung, plan.name, day, "" if day else found.stopped)


def _of_the_month(rung, on):
    """A meeting that is not kept as a row: its days are counted by the one rule there is."""
    if rung.meets_on is None:
        return None
    return StandingMeeting(
        name=Meeting.Kind.DISPATCH.label, recurrence=StandingMeeting.Recurrence.MONTHLY_DAY,
        month_days=[rung.meets_on], valid_from=on,
    )  # fmt: skip
