"""What becomes of planned days (驻点日) when days of the work calendar are published or changed. Reads only."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache

from cadres.actions.calendar import Move, turns_shift
from cadres.models import CalendarYear, LiaisonPlan
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar

_DAY = dt.timedelta(days=1)
_REACH = _DAY * 31  # a day postponed at the end of December comes in January


@dataclass(frozen=True)
class PlanChange:
    """One plan: how many days the newly published years add, and each day that moves, drops or comes.

    ``turns``: of a rota, whether on days that stay it becomes another's turn.
    """

    plan: LiaisonPlan
    added: int
    moves: tuple[Move, ...]
    turns: bool = False


def changes(*, plans, trial, today) -> list[PlanChange]:
    """What ``plans`` would do, were the days of ``trial`` stored; plans that stay as they are left out.

    Only days after ``today``. A day of a year published now is "added"; where a holiday puts it on
    another day it stands among the moves too.

    Args:
        plans: LiaisonPlan rows with team and village; trial: unsaved CalendarDay rows.
    """
    if not trial:
        return []
    known = set(CalendarYear.objects.values_list("year", flat=True))
    fresh = {day.on.year for day in trial if day.township_id is None} - known
    start, end = today + _DAY, dt.date(max(day.on.year for day in trial), 12, 31) + _REACH
    now_of, then_of = cache(WorkCalendar.load), cache(lambda pk: WorkCalendar.load(pk, trial))
    found = []
    for plan in plans:
        township = plan.village.township_id
        before = days_of(plan, start, end, now_of(township))
        after = days_of(plan, start, end, then_of(township))
        change = _change(plan, _by_origin(before), _by_origin(after), fresh)
        if change.added or change.moves:
            found.append(replace(change, turns=turns_shift(before, after)))
    return found


def _by_origin(days) -> dict[dt.date, dt.date]:
    """{the day the plan names: the day it is held}."""
    return {day.moved_from or day.on: day.on for day in days}


def _change(plan, before, after, fresh):
    both = before.keys() & after.keys()
    moves = [Move(plan, before[day], after[day]) for day in both if before[day] != after[day]]
    added = {day for day in after.keys() - before.keys() if day.year in fresh}
    moves += [Move(plan, day, after[day]) for day in added if after[day] != day]
    come = sorted(after[day] for day in after.keys() - before.keys() - added)
    gone = sorted(before[day] for day in before.keys() - after.keys())
    moves += _paired(plan, gone, come)
    moves.sort(key=lambda move: move.before or move.after)
    return PlanChange(plan, len(added), tuple(moves))


def _paired(plan, gone, come):
    """A day that goes and one that comes in the same month are one that moves: 首个为工作日的星期一."""
    for day in gone:
        other = next((on for on in come if (on.year, on.month) == (day.year, day.month)), None)
        if other:
            come.remove(other)
        yield Move(plan, day, other)
    yield from (Move(plan, None, day) for day in come)
