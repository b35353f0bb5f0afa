"""Liaison days laid out on calendars: a year of a team or a village, a month of the township. Pure."""

import datetime as dt
from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass

from cadres.calendar_page import Cell, Month, cell_of, months_of

from .models import LiaisonSession

Status = LiaisonSession.Status
# One sign a state; its whole name stands in the key above the sheet.
SIGNS = {Status.PLANNED: "待", Status.HELD: "已", Status.MISSED: "未", Status.CANCELLED: "消"}
KEY = [(sign, status.label, status.value) for status, sign in SIGNS.items()]


@dataclass(frozen=True)
class Mark:
    """A liaison day in a cell; ``where`` numbers its village where the sheet has several."""

    session: LiaisonSession
    where: str = ""

    @property
    def sign(self) -> str:
        """「待」, 「①已移」: village, state, and whether the day was moved here."""
        moved = "移" if self.session.moved_from else ""
        return f"{self.where}{SIGNS[self.session.status]}{moved}"

    @property
    def words(self) -> str:
        """All of it, for who rests the pointer on it or has it read out."""
        row = self.session
        moved = f"，原定{row.moved_from}" if row.moved_from else ""
        hours = f"{row.starts_at:%H:%M}–{row.ends_at:%H:%M}"
        return f"{row.on} {row.village.name} {hours} {row.get_status_display()}{moved}"


@dataclass(frozen=True)
class DayCell:
    """A day of the year's sheet: what the work calendar says, the liaison days on it and those moved away."""

    day: Cell
    marks: tuple[Mark, ...]
    moved_away: tuple[LiaisonSession, ...]


@dataclass(frozen=True)
class YearSheet:
    """Twelve (month, weeks of DayCell or None); the villages as numbered; how many days stand in each state."""

    months: list[tuple[Month, list]]
    villages: list[tuple[str, object]]
    counts: Counter


def year_sheet(year: int, sessions, days) -> YearSheet:
    """Lay a year's sessions out.

    Args:
        sessions: with village; days: the work calendar's exceptions of the year (calendar_page.days_in).
    """
    villages = sorted({row.village for row in sessions}, key=lambda village: village.code)
    signs = {each.pk: _circled(at) for at, each in enumerate(villages)} if villages[1:] else {}
    on, away = defaultdict(list), defaultdict(list)
    for row in sessions:
        on[row.on].append(Mark(row, signs.get(row.village_id, "")))
        if row.moved_from:
            away[row.moved_from].append(row)

    def cell(day):
        return day and DayCell(day, tuple(on[day.on]), tuple(away[day.on]))

    months = [
        (month, [[cell(day) for day in week] for week in month.weeks])
        for month in months_of(year, days)
    ]
    numbered = [(signs.get(each.pk, ""), each) for each in villages]
    return YearSheet(months, numbered, Counter(row.status for row in sessions))


def _circled(at: int) -> str:
    """①②③ … ⑳; past that the number in brackets."""
    return chr(0x2460 + at) if at < 20 else f"({at + 1})"


@dataclass(frozen=True)
class VillageRow:
    """A village's month: (marks, nobody sits anywhere that day) per day; its days, cancelled ones apart."""

    village: object
    cells: list[tuple[tuple[Mark, ...], bool]]
    total: int


@dataclass(frozen=True)
class MonthSheet:
    """Days as columns, villages as rows; ``columns`` are (Cell, how many that day, nobody sits anywhere)."""

    columns: list[tuple[Cell, int, bool]]
    rows: list[VillageRow]
    total: int


def month_sheet(first: dt.date, villages, sessions, days) -> MonthSheet:
    """Lay a month out; ``first`` is its first day, ``villages`` come in their order, ``days`` as above."""
    named = {day.on: day for day in days}
    dates = [first.replace(day=n + 1) for n in range(monthrange(first.year, first.month)[1])]
    marks = defaultdict(list)
    for row in sessions:
        marks[row.village_id, row.on].append(Mark(row))
    due = [row for row in sessions if row.status != Status.CANCELLED]
    by_day, by_village = Counter(r.on for r in due), Counter(r.village_id for r in due)
    bare = set(dates) - {row.on for row in sessions}
    rows = [
        VillageRow(
            each, [(tuple(marks[each.pk, on]), on in bare) for on in dates], by_village[each.pk]
        )
        for each in villages
    ]
    columns = [(cell_of(on, named.get(on)), by_day[on], on in bare) for on in dates]
    return MonthSheet(columns, rows, len(due))
