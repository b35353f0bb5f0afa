"""Load the work calendar carried in (cadres/data/README.md) for 2004-2026."""

import csv
import datetime as dt
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data" / "work_calendar.csv"
YEARS = range(2004, 2027)


def load(apps, schema_editor):
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


def unload(apps, schema_editor):
    """Take out the country's days of those years; what a township set for itself stays."""
    country = apps.get_model("cadres", "CalendarDay").objects.filter(township=None)
    country.filter(on__year__gte=YEARS[0], on__year__lte=YEARS[-1]).delete()
    apps.get_model("cadres", "CalendarYear").objects.filter(year__in=YEARS).delete()


class Migration(migrations.Migration):
    dependencies = [("cadres", "0003_local_days_and_expiring_deliveries")]

    operations = [migrations.RunPython(load, unload)]
