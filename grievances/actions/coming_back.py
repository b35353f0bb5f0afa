"""The days on which a matter comes back: named when it is settled or put on the book, gone when it moves on."""

from grievances.models import LookBack
from liaison.errors import NotAllowed

Why = LookBack.Why
FURTHEST = 5  # years; a later day is a slip of the hand, or a way never to look again


def comes_back(matter, method, day, on, now) -> str:
    """Settled by a method that promises something for later: the day one looks again; words for the history.

    Raises:
        NotAllowed: no day, one before the settlement or years after it, or a day for a method that asks for none.
    """
    if not method.comes_back:
        if day:
            raise NotAllowed(f"“{method}”不用约定回头看，请清空日期。")
        return ""
    if day is None:
        raise NotAllowed(f"按“{method}”办结的，请填写哪一天回头看。")
    if day < on:
        raise NotAllowed(f"回头看的日子{day}早于办结日期{on}，请核对。")
    _check_near(day, on)
    matter.comes_back_on = day
    interim = matter.settlement == Why.INTERIM
    why = Why.INTERIM if interim else Why.PROJECT
    LookBack.objects.create(grievance=matter, due_on=day, why=why, entered_at=now)
    return f"约定{day}回头看"


def check_ahead(day, on) -> None:
    """A day to look again lies ahead of today, and not further than anybody plans.

    Raises:
        NotAllowed: with both days.
    """
    if day <= on:
        raise NotAllowed(f"日期{day}应在今天({on})之后，请核对。")
    _check_near(day, on)


def _check_near(day, on):
    if day.year > on.year + FURTHEST:
        raise NotAllowed(
            f"日期{day}在{FURTHEST}年以后，请核对；时间长的可以先定近一些，到时再定下一次。"
        )


def lapse(matter, on, *whys) -> None:
    """Days not looked at yet are no longer needed: the matter moved on. Without ``whys`` those of every kind."""
    rows = LookBack.objects.filter(grievance=matter, done_on=None).select_for_update()
    for row in rows.filter(why__in=whys) if whys else rows:
        row.found, row.done_on = LookBack.Found.LAPSED, on
        row.version += 1
        row.save()
