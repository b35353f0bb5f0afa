"""``make bench ARGS="--only roster"``: a roster of 100,000 people comes in, beside its floor and a peer.

Floor: the reader alone, and the finished rows (ciphertext included) by the database's plain bulk path.
Peer: a stock django-import-export resource with ``use_bulk`` on 2,000 of the rows, extrapolated; it is
spared the reading of the file and finds its households stored. Each step runs in a process of its own, so
that its peak memory is its own.
"""

import json
import os
import resource
import subprocess
import sys
from time import perf_counter, process_time

from .data import FOLDER, ROOT, TODAY
from .roster_file import VILLAGES, make

HOUSEHOLDS, RESIDENTS = 29_000, 100_000
PEER_ROWS = 2_000
WORKBOOK = FOLDER / "roster.xlsx"
UNITS = ("seconds", "cpu")  # of processor time the database server's own is not known here
STEPS = ("preview", "confirm", "repeat", "peer", "floor")
FLOOR_TABLES = ("villages_household", "villages_resident", "villages_tagholding")


def main():
    """Run every step against a fresh database and print the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    make(WORKBOOK, HOUSEHOLDS, RESIDENTS)
    url = os.environ.get("BENCH_DATABASE_URL", "").format(size="roster")
    if not url:
        for path in FOLDER.glob("roster.sqlite3*"):
            path.unlink()
        url = f"sqlite:///{FOLDER / 'roster.sqlite3'}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "liaison.settings",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "PRIVATE_FILES": str(FOLDER / "files"),
    }
    print(f"\nroster: {RESIDENTS:,} rows, {HOUSEHOLDS:,} households, {url.partition(':')[0]}")
    print(f"{'step':<10}{'seconds':>9}{'cpu s':>9}{'rows/s':>9}{'peak MB':>9}")
    found = {step: _run(step, environment) for step in STEPS}
    print(f"\nwrite transaction of the first import: {found['confirm']['locked']:.1f} s")
    print(f"{'ratio':<34}{'by time':>9}{'by cpu':>9}")
    whole = {unit: found["preview"][unit] + found["confirm"][unit] for unit in UNITS}
    floor, scale = found["floor"], RESIDENTS / PEER_ROWS
    for name, over, under in (
        ("confirm alone, x floor", floor, found["confirm"]),
        ("preview + confirm, x floor", floor, whole),
        ("preview + confirm, x peer", {u: found["peer"][u] * scale for u in UNITS}, whole),
    ):
        print(f"{name:<34}{''.join(f'{over[unit] / under[unit]:>9.2f}' for unit in UNITS)}")


def _run(step, environment):
    command = [sys.executable, "-m", "benchmarks.roster", step]
    done = subprocess.run(
        command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    said = json.loads(done.stdout.splitlines()[-1])
    rows = PEER_ROWS if step == "peer" else RESIDENTS
    print(
        f"{step:<10}{said['seconds']:>9.1f}{said['cpu']:>9.1f}{rows / said['seconds']:>9,.0f}"
        f"{said['peak']:>9.0f}",
        flush=True,
    )
    return said


def step(name):
    """One step in this process; prints a line of JSON."""
    import django

    django.setup()
    if name == "preview":
        _found()
    work = {"preview": preview, "confirm": confirm, "repeat": repeat, "peer": peer, "floor": floor}
    wall, cpu, more = work[name]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": wall, "cpu": cpu, "peak": peak, **more}))


def _timed(work):
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def _found():
    """A township, its villages and a clerk who may import."""
    from django.core.management import call_command

    from cadres.models import Holding, Post, User
    from cadres.roles import Role
    from villages.models import Township, Village

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    township = Township.objects.create(
        code="990001100000", name="青山镇", county_code="990001000000", ledger_prefix="100"
    )
    for at, name in enumerate(VILLAGES):
        Village.objects.create(code=f"990001100{201 + at}", township=township, name=name)
    clerk = User.objects.create_user(
        "bench", "a-long-bench-phrase-7", display_name="赵敏", township=township
    )
    post = Post.objects.create(township=township, title="驻点办干事", role=Role.OFFICE)
    Holding.objects.create(user=clerk, post=post, since=TODAY)


def _receive():
    from cadres.models import User
    from liaison import clock
    from liaison.imports import actions
    from liaison.imports.kinds import KINDS
    from villages.models import Township

    township = Township.objects.get()
    return actions.receive(
        by=User.objects.get(username="bench"), kind=KINDS["roster"], township_id=township.pk,
        village_id=None, place_name="青山镇", data=WORKBOOK.read_bytes(), file_name="roster.xlsx",
        now=clock.now(),
    )  # fmt: skip


def _do(batch):
    """Do the batch's job, as the worker does."""
    from liaison import clock, jobs

    jobs.run_now(batch.job, now=clock.now())
    batch.job.refresh_from_db()
    if batch.job.state != "done":
        raise SystemExit(f"{batch.job.kind}: {batch.job.state} {batch.job.outcome}")
    batch.refresh_from_db()


def _confirm(batch):
    from cadres.models import User
    from liaison import clock
    from liaison.imports import actions

    clerk = User.objects.get(username="bench")
    batch = actions.confirm(batch=batch, fingerprint=batch.fingerprint, by=clerk, now=clock.now())
    _do(batch)
    return batch


def preview():
    """Upload to the finished preview: read, compare, store what the page shows."""
    batch = _receive()
    timed = _timed(lambda: _do(batch))
    return *timed, {"counts": batch.counts["units"]}


def confirm():
    """Confirmation to the finished import: read and compare again, encrypt, store."""
    from liaison.imports import work
    from liaison.models import ImportBatch

    locked, store = [], work._store

    def timed_store(*facts):
        locked.append(_timed(lambda: store(*facts))[0])

    work._store = timed_store
    batch = ImportBatch.objects.get()
    timed = _timed(lambda: _confirm(batch))
    return *timed, {"locked": locked[0]}


def repeat():
    """The same file once more: preview and confirmation of nothing to do."""
    batch = _receive()

    def both():
        _do(batch)
        _confirm(batch)

    timed = _timed(both)
    batch.refresh_from_db()
    units = batch.counts["units"]
    if units["residents"]["unchanged"] != RESIDENTS:
        raise SystemExit(f"a second import would change something: {units}")
    return *timed, {}


def floor():
    """The reader alone, then the stored rows again by executemany or COPY, indexes and all."""
    from django.db import connection, transaction

    from liaison.reading.excel_read import read_book

    data, tables = WORKBOOK.read_bytes(), _take_out()

    def store():
        read_book(data)
        with transaction.atomic(), connection.cursor() as cursor:
            for table, columns, rows in tables:
                _store_plainly(cursor, table, columns, rows)

    return *_timed(store), {}


def _take_out():
    """(table, columns, rows as COPY text or as tuples) of what the import stored; the tables are emptied."""
    from io import StringIO

    from django.db import connection

    tables, postgres = [], connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in FLOOR_TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            columns, rows = [each[0] for each in cursor.description], cursor.fetchall()
            if postgres:
                rows = StringIO()
                cursor.copy_expert(f"COPY {table} TO STDOUT", rows)
                rows.seek(0)
            tables.append((table, columns, rows))
        for table in ("villages_searchtoken", "villages_registryevent", *reversed(FLOOR_TABLES)):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("VACUUM")
    return tables


def _store_plainly(cursor, table, columns, rows):
    from django.db import connection

    if connection.vendor == "postgresql":
        cursor.copy_expert(f"COPY {table} FROM STDIN", rows)
        return
    places = ", ".join("?" * len(columns))
    cursor.connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows
    )


def peer():
    """Dry run and import by a stock resource, as its own pages do it."""
    from itertools import islice

    from tablib import Dataset

    from .roster_file import rows
    from .roster_peer import HEADS, PeerResource

    # People nobody has stored: the same rows under other numbers.
    sample = islice(rows(HOUSEHOLDS, RESIDENTS, seed=7), PEER_ROWS)
    data = Dataset(*(PeerResource.cells(row) for row in sample), headers=HEADS)

    def both():
        for dry_run in (True, False):
            result = PeerResource().import_data(data, dry_run=dry_run, raise_errors=True)
            if result.totals["new"] + result.totals["update"] != PEER_ROWS:
                raise SystemExit(f"the peer took {result.totals} of {PEER_ROWS}")

    return *_timed(both), {}


if __name__ == "__main__":
    step(sys.argv[1])
