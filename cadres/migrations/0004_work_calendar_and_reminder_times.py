"""The work calendar carried in (cadres/data/README.md) for 2004-2026, the usual reminder times, the two heartbeats."""

import csv
import datetime as dt
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "work_calendar.csv"
YEARS = range(2004, 2027)
SINCE = dt.date(2000, 1, 1)
# days before, at what time, by every channel
OFFSETS = [[2, "17:00", False], [1, "17:00", True], [0, "07:30", False]]
BEATS = ("remind", "deliver")


def load_calendar(apps, schema_editor):
    """The years, and their days; a later year in the file is not this migration's business."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = [(dt.date.fromisoformat(row["date"]), row) for row in csv.DictReader(stream)]
    day = apps.get_model("cadres", "CalendarDay")
    day.objects.bulk_create(
        day(on=on, kind=row["kind"], name=row["name"]) for on, row in rows if on.year in YEARS
    )
    calendar_year = apps.get_model("cadres", "CalendarYear")
    calendar_year.objects.bulk_create(
        calendar_year(year=year, source=f"国务院办公厅关于{year}年部分节假日安排的通知")
        for year in YEARS
    )


def unload_calendar(apps, schema_editor):
    """Take out the country's days of those years; what a township set for itself stays."""
    country = apps.get_model("cadres", "CalendarDay").objects.filter(township=None)
    country.filter(on__year__gte=YEARS[0], on__year__lte=YEARS[-1]).delete()
    apps.get_model("cadres", "CalendarYear").objects.filter(year__in=YEARS).delete()


def seed_reminder_times(apps, schema_editor):
    """One row for every township without its own; the heartbeats, which have never beaten."""
    policies = apps.get_model("cadres", "ReminderPolicy").objects
    policies.get_or_create(township=None, since=SINCE, defaults={"offsets": OFFSETS})
    for name in BEATS:
        apps.get_model("cadres", "Heartbeat").objects.get_or_create(name=name)


class Migration(migrations.Migration):
    replaces = [("cadres", "0004_load_work_calendar_2004_to_2026")]

    dependencies = [("cadres", "0003_notices")]

    operations = [
        migrations.RunPython(load_calendar, unload_calendar),
        # These rows go with their tables.
        migrations.RunPython(seed_reminder_times, migrations.RunPython.noop),
    ]
