"""The work calendar of a year as a page draws it: twelve months, weeks from Monday."""

import datetime as dt
from calendar import Calendar
from dataclasses import dataclass

from cadres.models import CalendarDay, CalendarYear

_MONDAY_FIRST = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Cell:
    """One day: ``kind`` "work", "off" (weekend), "holiday" or "extra" (调休); ``word`` stands beside its colour."""

    on: dt.date
    kind: str
    word: str = ""
    name: str = ""
    is_local: bool = False


@dataclass(frozen=True)
class Month:
    """A month: weeks of seven cells; None where the day belongs to a neighbour."""

    number: int
    weeks: tuple
    holidays: tuple  # (name, first day, last day) of the holidays that begin in it


def months_of(year: int, days: list[CalendarDay]) -> list[Month]:
    """The twelve months of a year, from its exceptions; of two for one day the last counts."""
    named = {day.on: day for day in days}
    return [
        Month(
            number,
            tuple(
                tuple(cell_of(on, named.get(on)) if on.month == number else None for on in week)
                for week in _MONDAY_FIRST.monthdatescalendar(year, number)
            ),
            tuple(_spells(named, year, number)),
        )
        for number in range(1, 13)
    ]


def days_in(year: int, township) -> list[CalendarDay]:
    """The exceptions of a year, the township's own after the country's."""
    days = CalendarDay.objects.of(township).filter(on__year=year).select_related("township")
    return sorted(days, key=lambda day: (day.township_id is not None, day.on))


def years_known() -> dict[int, str]:
    """{published year: its source}."""
    return dict(CalendarYear.objects.order_by("year").values_list("year", "source"))


def cell_of(on, day) -> Cell:
    """One day; ``day`` is its exception, or None."""
    if day is None:
        return Cell(on, "off" if on.weekday() > 4 else "work")
    if day.kind == CalendarDay.Kind.HOLIDAY:
        return Cell(on, "holiday", "休", day.name, day.is_local())
    return Cell(on, "extra", "班", day.name, day.is_local())


def _spells(named, year, number):
    """Holidays that begin in the month, each as one spell."""
    off = {on: day for on, day in named.items() if day.kind == CalendarDay.Kind.HOLIDAY}
    one = dt.timedelta(days=1)
    for on in sorted(on for on in off if on.month == number):
        if on - one not in off:
            last = on
            while last + one in off:
                last += one
            names = dict.fromkeys(off[on + one * n].name for n in range((last - on).days + 1))
            yield "、".join(names), on, last
