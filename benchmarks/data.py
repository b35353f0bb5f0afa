"""Databases to measure on: built once by the demo's own builder, kept under var/bench."""

import datetime as dt
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench"
# 31,800 户 give about 100,000 residents.
SIZES = {
    "tenth": {"households": 3180, "visits": 20_000, "matters": 5_000},
    "full": {"households": 31_800, "visits": 200_000, "matters": 50_000},
}
TODAY = dt.date(2026, 11, 20)


def use(size: str) -> bool:
    """Point Django at the database of a size; returns whether it still has to be filled.

    BENCH_DATABASE_URL, with {size} in it, takes another server, e.g. postgres://127.0.0.1/bench_{size}.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{size}.sqlite3"
    url = os.environ.get("BENCH_DATABASE_URL", "").format(size=size)
    os.environ["DATABASE_URL"] = url or f"sqlite:///{path}"
    return bool(url) or not path.exists()


def fill(size: str) -> None:
    """Migrate and build; a township that is already there is left as it is."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from demo.build.scale import Build
    from demo.build.township import build_township
    from villages.models import Township
    from visits.planning import plan_sessions

    call_command("migrate", verbosity=0)
    if Township.objects.exists():
        return
    now = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(12)))
    build_township(Build(today=TODAY, now=now, years=3, **SIZES[size]))
    plan_sessions(today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
