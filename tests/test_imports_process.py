"""A roster taken in by real processes: a killed one leaves nothing, the next one everything."""

import datetime as dt
import os
import signal
import time

import pytest

from liaison import clock, jobs
from liaison.imports import actions
from liaison.imports.kinds import KINDS
from liaison.models import ImportBatch, Job
from villages.models import Household, Resident
from villages.tests.roster_files import number, roster, row

PEOPLE = 1500


@pytest.fixture
def confirmed(transactional_db, zhao, shiqiao, settings, tmp_path):
    """A previewed roster of 1,500 people whose confirmation waits for a worker."""
    settings.PRIVATE_FILES = tmp_path / "private"
    now = clock.now()
    rows = (
        row("周大山", home=f"{n:05}", id=number(f"{1950 + n // 90}0101", 900 + n % 90))
        for n in range(PEOPLE)
    )
    batch = actions.receive(
        by=zhao, kind=KINDS["roster"], township_id=shiqiao.township_id, village_id=shiqiao.pk,
        place_name="石桥村", data=roster(*rows), file_name="名册.csv", now=now,
    )  # fmt: skip
    actions.run_if_small(batch, now=now)
    batch.refresh_from_db()
    assert batch.counts["units"]["residents"]["new"] == PEOPLE
    actions.confirm(batch=batch, fingerprint=batch.fingerprint, by=zhao, now=now)


@pytest.mark.parametrize("seconds", [0.0, 0.4, 1.2])
def test_a_killed_worker_leaves_nothing_and_the_next_one_everything(
    confirmed, outside, tmp_path, seconds
):
    office, files = outside(), str(tmp_path / "private")
    before = (Resident.objects.count(), Household.objects.count())
    doomed = office.start("manage.py", "run_due", PRIVATE_FILES=files)
    wait_for_start(office, doomed)
    time.sleep(seconds)
    os.kill(doomed.pid, signal.SIGKILL)
    doomed.wait(timeout=10)
    stored = Resident.objects.count()
    assert stored in (before[0], before[0] + PEOPLE)
    if stored == before[0]:
        assert Household.objects.count() == before[1]
        assert ImportBatch.objects.get().state == "taking"
    later = clock.now() + jobs.LOST_AFTER + dt.timedelta(minutes=1)
    code, said = office.manage("run_due", "--now", later.isoformat(), PRIVATE_FILES=files)
    assert code == 0, said
    assert Resident.objects.count() == before[0] + PEOPLE
    assert ImportBatch.objects.get().state == "committed"


def wait_for_start(office, child):
    """Until the process has taken the job."""
    end = time.monotonic() + 60
    while True:
        if Job.objects.filter(kind="import_take").exclude(state="waiting").exists():
            return
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)
