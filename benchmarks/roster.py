"""``make bench ARGS="--only roster"``: a roster of 100,000 people comes in, beside its floor and a peer.

Floor: the reader alone, and the finished rows by the database's plain bulk path (roster_floor.py).
Peer: a stock django-import-export resource with ``use_bulk`` on 2,000 of the rows; rows a second are compared.
It is spared the reading of the file, and finds its households stored and no people before it.
Each step runs in a process of its own, so that its peak memory is its own; beside preview and confirmation
another one asks for a page.
"""

import json
import os
import resource
import subprocess
import sys

from .clocks import timed
from .data import FOLDER, ROOT, TODAY
from .roster_file import HOUSEHOLDS, RESIDENTS, VILLAGES, WORKBOOK, make

PEER_ROWS = 2_000
WATCHED = ("preview", "confirm")  # with somebody asking for a page meanwhile
STEPS = (*WATCHED, "repeat", "floor", "peer")
UNITS = ("seconds", "cpu")


def main():
    """Run every step against a fresh database and print the tables."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    make()
    environment = _environment()
    engine = environment["DATABASE_URL"].partition(":")[0]
    print(f"\nroster: {RESIDENTS:,} rows, {HOUSEHOLDS:,} households, {engine}")
    subprocess.run(_command("found"), check=True, cwd=ROOT, env=environment)
    print(
        f"{'step':<22}{'seconds':>9}{'cpu s':>9}{'rows':>9}{'rows/s':>9}{'peak MB':>9}", flush=True
    )
    found, pages = {}, {}
    for name in STEPS:
        watch = _watch(environment) if name in WATCHED else None
        found[name] = _run(name, environment)
        if watch:
            pages[name] = json.loads(watch.communicate()[0].splitlines()[-1])
    _print_ratios(found)
    _print_pages(pages, found["confirm"]["locked"])


def _environment():
    url = os.environ.get("BENCH_DATABASE_URL", "").format(size="roster")
    if not url:
        for path in FOLDER.glob("roster.sqlite3*"):
            path.unlink()
        url = f"sqlite:///{FOLDER / 'roster.sqlite3'}"
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "liaison.settings",
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "PRIVATE_FILES": str(FOLDER / "files"),
    }


def _command(step):
    return [sys.executable, "-m", "benchmarks.roster", step]


def _run(name, environment):
    done = subprocess.run(
        _command(name), check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    said = json.loads(done.stdout.splitlines()[-1])
    said["rows"] = PEER_ROWS if name == "peer" else RESIDENTS
    _print_step(name, said, said["seconds"], said["cpu"], f"{said['peak']:>9.0f}")
    if name == "floor":
        _print_step("  reader alone", said, *said["reader"])
        _print_step("  every row stored", said, *said["every"])
    return said


def _print_step(name, said, seconds, cpu, peak=""):
    rows = said["rows"]
    print(
        f"{name:<22}{seconds:>9.1f}{cpu:>9.1f}{rows:>9,}{rows / seconds:>9,.0f}{peak}", flush=True
    )


def _watch(environment):
    """Start asking for a page; returns once it is known how long it takes idle. Ends with its input."""
    watch = subprocess.Popen(
        _command("pages"), cwd=ROOT, env=environment, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if watch.stdout.readline() != "ready\n":
        raise SystemExit("the page could not be asked for")
    return watch


def _print_ratios(found):
    floor, peer = found["floor"], found["peer"]
    rest = {unit: floor["every"][at] for at, unit in enumerate(UNITS)}
    scaled = {unit: peer[unit] * RESIDENTS / PEER_ROWS for unit in UNITS}
    confirm = found["confirm"]
    whole = {unit: found["preview"][unit] + confirm[unit] for unit in UNITS}
    print(f"\n{'rows/s as a multiple of':<44}{'by time':>9}{'by cpu':>9}")
    for name, other, ours in (
        ("confirm : floor", floor, confirm),
        ("preview + confirm : floor", floor, whole),
        ("preview + confirm : every row stored", rest, whole),
        ("preview + confirm : peer", scaled, whole),
    ):
        print(f"{name:<44}{''.join(f'{other[unit] / ours[unit]:>9.2f}' for unit in UNITS)}")


def _print_pages(pages, locked):
    print(f"\n{'page, ms':<22}{'median':>9}{'p95':>9}{'longest':>9}{'asked':>9}")
    for name, said in pages.items():
        for when in ("idle", "busy"):
            label = f"{'before' if when == 'idle' else 'during'} {name}"
            times = "".join(f"{said[when][each]:>9.1f}" for each in ("median", "p95", "longest"))
            print(f"{label:<22}{times}{said[when]['asked']:>9}")
    print(f"the transaction that writes: {locked:.1f} s")


def step(name):
    """One step in this process; prints a line of JSON."""
    import django

    django.setup()
    if name in ("found", "pages"):
        from .roster_pages import measure

        return _found() if name == "found" else measure()
    from .roster_floor import floor

    work = {"preview": preview, "confirm": confirm, "repeat": repeat, "peer": peer, "floor": floor}
    wall, cpu, more = work[name]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return print(json.dumps({"seconds": wall, "cpu": cpu, "peak": peak, **more}))


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
        "bench",
        "a-long-bench-phrase-7",
        display_name="赵敏",
        township=township,
        must_change_password=False,
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
    return *timed(lambda: _do(batch)), {"counts": batch.counts["units"]}


def confirm():
    """Confirmation to the finished import: read and compare again, encrypt, store."""
    from liaison.imports import work
    from liaison.models import ImportBatch

    locked, store = [], work._store

    def timed_store(*facts):
        locked.append(timed(lambda: store(*facts))[0])

    work._store = timed_store
    batch = ImportBatch.objects.get()
    took = timed(lambda: _confirm(batch))
    return *took, {"locked": locked[0]}


def repeat():
    """The same file once more: preview and confirmation of nothing to do."""
    batch = _receive()

    def both():
        _do(batch)
        _confirm(batch)

    took = timed(both)
    batch.refresh_from_db()
    units = batch.counts["units"]
    if units["residents"]["unchanged"] != RESIDENTS:
        raise SystemExit(f"a second import would change something: {units}")
    return *took, {}


def peer():
    """Dry run and import by a stock resource, as its own pages do it."""
    from itertools import islice

    from django.db import connection
    from tablib import Dataset

    from villages.models import Resident, TagHolding

    from .roster_file import rows
    from .roster_peer import HEADS, PeerResource

    TagHolding.objects.all().delete()
    Resident.objects.all()._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # or the peer would read past everybody who was there
    sample = islice(rows(HOUSEHOLDS, RESIDENTS), PEER_ROWS)
    data = Dataset(*(PeerResource.cells(row) for row in sample), headers=HEADS)

    def both():
        for dry_run in (True, False):
            result = PeerResource().import_data(data, dry_run=dry_run, raise_errors=True)
            if result.totals["new"] + result.totals["update"] != PEER_ROWS:
                raise SystemExit(f"the peer took {result.totals} of {PEER_ROWS}")

    return *timed(both), {}


if __name__ == "__main__":
    step(sys.argv[1])
