"""``make bench ARGS="--only rises"``: 50,000 open matters scanned for what is overdue, and told along the ladder.

"first pass" is after an outage: every matter is overdue by weeks, so every rung is told of all of them.
"one more day" has a tenth of them reach a rung. "nothing new" is what each tick costs the rest of the day. Both
databases: SQLite, and PostgreSQL where a server answers (BENCH_SERVER).
"""

import argparse
import datetime as dt
import os
import subprocess
import sys

from .data import FOLDER, ROOT

MATTERS = 50_000
SERVER = os.environ.get("BENCH_SERVER", "postgres://postgres@127.0.0.1:5432")
PROFILES = ("sqlite", "postgres")
NOW = dt.datetime(2026, 11, 23, 2, tzinfo=dt.UTC)  # 10:00 in Shanghai
DAY = dt.timedelta(days=1)


def main(arguments=None):
    """Each database in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=PROFILES, help="one database, in this process")
    options = parser.parse_args(arguments)
    if options.on:
        return one(options.on)
    print(f"\nrises: {MATTERS:,} open matters", flush=True)
    print(
        f"{'database':<10}{'pass':<16}{'seconds':>9}{'cpu s':>8}{'queries':>9}{'rows told':>11}",
        flush=True,
    )
    for profile in PROFILES:
        command = [sys.executable, "-m", "benchmarks.rises", "--on", profile]
        done = subprocess.run(command, check=False, cwd=ROOT)
        if done.returncode:
            print(f"{profile:<10}not measured: its server cannot be reached")
    return None


def one(profile):
    """Fill, then the three passes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    url = _postgres() if profile == "postgres" else f"sqlite:///{_fresh_file()}"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "liaison.settings", "DEBUG": "true", "LOG_LEVEL": "ERROR",
        "DATABASE_URL": url,
    }  # fmt: skip
    import django

    django.setup()
    fill()
    # A tenth is five days late on the morrow and so reaches its second rung then.
    _pass(profile, "first pass", NOW)
    _pass(profile, "nothing new", NOW)
    _pass(profile, "one more day", NOW + DAY)
    _pass(profile, "nothing new", NOW + DAY)


def _pass(profile, name, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from grievances.actions import rise_overdue

    from .clocks import timed

    told = []
    with CaptureQueriesContext(connection) as asked:
        seconds, cpu = timed(lambda: told.append(rise_overdue(now=now)))
    queries = [each for each in asked if "SAVEPOINT" not in each["sql"]]
    figures = f"{seconds:>9.2f}{cpu:>8.2f}{len(queries):>9}{told[0]:>11,}"
    print(f"{profile:<10}{name:<16}{figures}", flush=True)


def _fresh_file():
    for path in FOLDER.glob("rises.sqlite3*"):
        path.unlink()
    return FOLDER / "rises.sqlite3"


def _postgres():
    import psycopg2

    server = psycopg2.connect(f"{SERVER}/postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS bench_rises WITH (FORCE)")
        cursor.execute("CREATE DATABASE bench_rises")
    return f"{SERVER}/bench_rises"


def fill():
    """A township of two clerks and three leaders; matters in hand whose day has passed."""
    from django.core.management import call_command
    from django.db import connection

    from cadres.models import Holding, Post, User
    from grievances.models import Category, Grievance, Source
    from villages.models import Township, Village

    call_command("migrate", verbosity=0)
    town = Township.objects.create(
        code="990001100000", name="青山镇", county_code="990001000000", county_name="测试县",
        province_and_city="测试省", ledger_prefix="100",
    )  # fmt: skip
    village = Village.objects.create(township=town, code="990001100201", name="石桥村")
    for number, role in enumerate(("office", "office", "leader", "leader", "leader")):
        user = User.objects.create(username=f"u{number}", display_name="某某", township=town)
        post = Post.objects.create(township=town, title=f"岗位{number}", role=role)
        Holding.objects.create(user=user, post=post, since=dt.date(2020, 1, 1))
    common = {
        "township": town, "village": village, "summary": "村口路灯不亮", "status": "in_hand",
        "category": Category.objects.first(), "source": Source.objects.first(),
        "registered_on": dt.date(2026, 10, 1), "entered_at": NOW,
    }  # fmt: skip
    late = NOW.date() - 25 * DAY
    Grievance.objects.bulk_create(
        (
            Grievance(number=f"100-2026-{n:05}", due_on=due, due_at=_end(due), **common)
            for n in range(MATTERS)
            for due in [late + 21 * DAY if n % 10 == 0 else late]
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _end(day):
    return dt.datetime.combine(day, dt.time(15, 59, 59), tzinfo=dt.UTC)


if __name__ == "__main__":
    main()
