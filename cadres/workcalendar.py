"""工作日: weekdays less the holidays, plus weekend days worked instead (调休). An unpublished year is not guessed."""

import datetime as dt

from cadres.models import CalendarDay, CalendarYear


class CalendarNotPublished(Exception):
    """The State Council's notice for a year has not been entered; ``str()`` is a Chinese sentence."""

    def __init__(self, year: int):
        self.year = year
        super().__init__(
            f"{year}年工作日历未发布，请待国务院办公厅公布放假安排、导入该年日历后再试。"
        )


ASKED_FROM = 11  # the State Council's notice comes out in November


def year_wanted(today: dt.date) -> int | None:
    """The year that should be published and is not: this one, or from 1 November on the coming one; else None."""
    years = (today.year, *([today.year + 1] if today.month >= ASKED_FROM else []))
    known = set(CalendarYear.objects.filter(year__in=years).values_list("year", flat=True))
    return next((year for year in years if year not in known), None)


class WorkCalendar:
    """Which days are worked. Pure: it knows nothing but what it is given.

    Args:
        years: the years whose holidays are known.
        exceptions: {date: True when worked, False when off}, only days that need saying.
    """

    def __init__(self, years, exceptions):
        self.years = frozenset(years)
        self.exceptions = dict(exceptions)

    @classmethod
    def load(cls, township=None, trial=()) -> "WorkCalendar":
        """The calendar as stored, in two queries.

        Args:
            township: a Township or its id adds the days it set for itself; they go before the country's.
            trial: unsaved CalendarDay rows, as if they were stored and their years published.
        """
        days = CalendarDay.objects.of(township).values_list("on", "kind", "township_id")
        days = [*days, *((day.on, day.kind, day.township_id) for day in trial)]
        by_rank = sorted(days, key=lambda day: day[2] is not None)
        worked = CalendarDay.Kind.WORKDAY
        told = {day.on.year for day in trial if day.township_id is None}
        return cls(
            told.union(CalendarYear.objects.values_list("year", flat=True)),
            {on: kind == worked for on, kind, _ in by_rank},
        )

    def with_day(self, on, *, is_workday: bool | None) -> "WorkCalendar":
        """This calendar with one exception more, or one less (None): what a change would do."""
        exceptions = {day: worked for day, worked in self.exceptions.items() if day != on}
        if is_workday is not None:
            exceptions[on] = is_workday
        return WorkCalendar(self.years, exceptions)

    def is_workday(self, day: dt.date) -> bool:
        """Whether the office works that day.

        Raises:
            CalendarNotPublished: nothing is known of that year.
        """
        if day.year not in self.years:
            raise CalendarNotPublished(day.year)
        return self.exceptions.get(day, day.weekday() < 5)

    def is_holiday(self, day: dt.date) -> bool:
        """Whether the day is said to be off (节假日, 本地放假); an ordinary weekend is not (raises as is_workday)."""
        if day.year not in self.years:
            raise CalendarNotPublished(day.year)
        return self.exceptions.get(day) is False

    def next_workday(self, day: dt.date) -> dt.date:
        """The first working day after ``day``, which itself never counts (raises as is_workday)."""
        day += dt.timedelta(days=1)
        while not self.is_workday(day):
            day += dt.timedelta(days=1)
        return day

    def add_workdays(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th working day (工作日) after ``day``, which itself never counts; 0 gives ``day``.

        Raises:
            CalendarNotPublished: the way there leads into a year nothing is known of.
        """
        if count < 0:
            raise ValueError("working days are counted forwards")
        for _ in range(count):
            day = self.next_workday(day)
        return day
