"""``make bench ARGS="--only reminders"``: 10,000 due reminders end to end, beside one task for each.

1,000 liaison days of ten members each fall due at one moment. "batches" is the product: one pass writes the
notices and deliveries and hands every mail to a local sink, woken by one message of the broker. "one task each"
is the same rows, made and sent by a Celery task a reminder, as one would write it first: a message, a look-up, two
inserts, a connection and a mail. It is measured on 500 of them and extrapolated. Both profiles: SQLite with the
folder broker, PostgreSQL with Redis (BENCH_SERVER, BENCH_REDIS). The sink is a mail server that only says yes.
"""

import argparse
import datetime as dt
import json
import os
import socketserver
import subprocess
import sys
import threading
import time
from pathlib import Path
from time import perf_counter

from .data import FOLDER, ROOT

MEMBERS, DAYS, EACH = 10, 1_000, 500
SERVER = os.environ.get("BENCH_SERVER", "postgres://postgres@127.0.0.1:5432")
REDIS = os.environ.get("BENCH_REDIS", "redis://127.0.0.1:6379/9")
PROFILES = ("embedded", "services")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)  # 17:00 in Shanghai


# --- The sink --------------------------------------------------------------------------------


class Sink(socketserver.ThreadingTCPServer):
    """Takes every mail and keeps none; ``taken`` counts them."""

    daemon_threads, allow_reuse_address, request_queue_size = True, True, 256
    taken = 0


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        """As much SMTP as it takes."""
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.taken += 1
            self.wfile.write(b"250 yes\r\n" if word != b"QUIT" else b"221 bye\r\n")
            if word == b"QUIT":
                return


# --- The run ---------------------------------------------------------------------------------


def main(arguments=None):
    """Each profile in a process of its own; the table, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=PROFILES, help="one profile, in this process")
    options = parser.parse_args(arguments)
    if options.on:
        return one(options.on)
    print(
        f"\nreminders: {MEMBERS * DAYS:,} due at one moment, end to end (rows, deliveries, mails)"
    )
    print(f"{'profile':<10}{'way':<18}{'seconds':>9}{'each ms':>9}{'ratio':>8}", flush=True)
    for profile in PROFILES:
        command = [sys.executable, "-m", "benchmarks.reminders", "--on", profile]
        done = subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            print(f"{profile:<10}not measured: its servers cannot be reached")
            continue
        found = json.loads(done.stdout.rstrip().rpartition("\n")[2])
        whole = {name: found[name] * MEMBERS * DAYS for name in ("batches", "one task each")}
        for name, seconds in whole.items():
            ratio = whole["one task each"] / whole["batches"] if name == "batches" else 1
            print(f"{profile:<10}{name:<18}{seconds:>9.1f}{found[name] * 1000:>9.2f}{ratio:>8.1f}")
    return None


def one(profile):
    """Both ways on one profile; a last line of JSON: seconds a reminder."""
    sink = Sink(("127.0.0.1", 0), _Talk)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    _environment(profile, sink.server_address[1])
    import django

    django.setup()
    fill()
    found = {"batches": _batches(sink) / (MEMBERS * DAYS)}
    found["one task each"] = _one_each(sink) / EACH
    print(json.dumps(found))


def _environment(profile, port):
    FOLDER.mkdir(parents=True, exist_ok=True)
    services = profile == "services"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "liaison.settings",
        "DEBUG": "true",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": _postgres() if services else f"sqlite:///{_fresh_file()}",
        "REDIS_URL": REDIS if services else "",
        "BROKER_DIR": str(FOLDER / "broker"),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }


def _fresh_file():
    for path in FOLDER.glob("reminders.sqlite3*"):
        path.unlink()
    return FOLDER / "reminders.sqlite3"


def _postgres():
    import psycopg2

    server = psycopg2.connect(f"{SERVER}/postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS bench_reminders WITH (FORCE)")
        cursor.execute("CREATE DATABASE bench_reminders")
    return f"{SERVER}/bench_reminders"


def fill():
    """A team of ten and a thousand days of it, to be announced now."""
    from django.core.management import call_command

    from cadres.models import Holding, LiaisonTeam, Post, ReminderPolicy, Seat, User
    from villages.models import Township, Village
    from visits.models import LiaisonSession

    call_command("migrate", verbosity=0)
    ReminderPolicy.objects.update(quiet_from=dt.time(0), quiet_to=dt.time(0))
    town = Township.objects.create(
        code="990001100000", name="青山镇", county_code="990001000000", county_name="测试县",
        province_and_city="测试省", ledger_prefix="100",
    )  # fmt: skip
    village = Village.objects.create(township=town, code="990001100201", name="石桥村")
    team = LiaisonTeam.objects.create(township=town, name="石桥村驻点团队")
    for number in range(MEMBERS):
        user = User(username=f"u{number}", display_name="某某", township=town)
        user.email = f"u{number}@example.test"
        user.save()
        post = Post.objects.create(township=town, title=f"岗位{number}", role="cadre")
        Holding.objects.create(user=user, post=post, since=dt.date(2020, 1, 1))
        Seat.objects.create(team=team, post=post)
    LiaisonSession.objects.bulk_create(
        LiaisonSession(
            township=town, team=team, village=village, on=dt.date(2026, 11, 24),
            starts_at=dt.time(9), ends_at=dt.time(11), place="村委会",
        )
        for _ in range(DAYS)
    )  # fmt: skip


def _worker():
    """A worker of two threads on the profile's broker."""
    command = [sys.executable, "-m", "celery", "--app", "benchmarks.reminders_tasks", "--quiet"]
    command += ["worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "error"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def _timed(sink, wanted, publish):
    """Seconds from the first message to the last mail; the worker is up before."""
    from benchmarks import reminders_tasks

    worker = _worker()
    try:
        marker = Path(os.environ["BROKER_DIR"]) / "ready"
        marker.unlink(missing_ok=True)
        reminders_tasks.ready.delay()
        while not marker.exists():
            time.sleep(0.02)
        before, begun = sink.taken, perf_counter()
        publish()
        while sink.taken - before < wanted or not reminders_tasks.all_written(wanted):
            assert worker.poll() is None, "the worker has ended"
            time.sleep(0.05)
        return perf_counter() - begun
    finally:
        worker.terminate()
        worker.wait(timeout=60)


def _batches(sink):
    from benchmarks import reminders_tasks

    # One message wakes a worker; the pass does the rest, as desk.tasks.run_due does.
    return _timed(sink, MEMBERS * DAYS, reminders_tasks.whole_pass.delay)


def _one_each(sink):
    from benchmarks import reminders_tasks
    from cadres.models import Delivery, Notice, User
    from visits.models import LiaisonSession

    Delivery.objects.all().delete()
    Notice.objects.all().delete()
    people = list(User.objects.values_list("pk", flat=True))
    days = list(LiaisonSession.objects.values_list("pk", flat=True)[: EACH // MEMBERS])

    def publish():
        for day in days:
            for person in people:
                reminders_tasks.one_reminder.delay(day, person)

    return _timed(sink, EACH, publish)


if __name__ == "__main__":
    main()
