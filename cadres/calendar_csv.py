"""The work calendar as a file: the one carried in, and those an office loads for later years."""

import csv
import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError

from cadres.models import CalendarDay
from liaison.reading import csv_read

CARRIED = Path(__file__).parent / "data" / "work_calendar.csv"
HEADS = ["date", "kind", "name"]


def write(rows, path: Path) -> None:
    """Write (date, kind, name) rows, in order of date, as UTF-8 with the heads above."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(sorted(rows))


def read(path: Path) -> list[CalendarDay]:
    """The days of a file, checked, not yet stored.

    Raises:
        ValidationError: the first row that cannot be taken, by number, in one Chinese sentence.
        FileRefused, OSError: the file cannot be read at all.
    """
    heads, *rows = csv_read.read_rows(path.read_bytes()) or [[]]
    if [head.strip() for head in heads[:3]] != HEADS:
        raise ValidationError("首行应为 date,kind,name 三列，请对照随系统附带的文件改正。")
    days = [_day(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    if len({day.on for day in days}) < len(days):
        raise ValidationError("同一日期出现了两次，请只保留一行。")
    return days


def _day(number, row):
    day = CalendarDay(**dict(zip(("kind", "name"), row[1:3], strict=False)))
    try:
        day.on = dt.date.fromisoformat(row[0].strip())
        day.full_clean(validate_unique=False, validate_constraints=False)
    except (ValueError, ValidationError) as fault:
        raise ValidationError(
            f"第 {number} 行不对：日期应为 2027-01-01 的样子，类型为 holiday 或 workday，名称不能空。"
        ) from fault
    return day
