"""The evening's reminders by real processes: two passes at once, a killed one, a Celery worker.

Mails go to a real mail server. On ``make test`` the database is a SQLite file, on ``make test-services``
PostgreSQL, and the worker's broker a folder or Redis.
"""

import datetime as dt
import os
import signal
import time
from zoneinfo import ZoneInfo

import pytest

from cadres.models import Delivery, LiaisonPlan, Notice, ReminderPolicy, Seat
from conftest import appoint
from liaison import clock
from visits.models import LiaisonSession

TUESDAY = dt.date(2026, 11, 24)
EVENING = "2026-11-23T17:00"
BROKERS = ["folder", *(["redis"] if os.environ.get("REDIS_URL") else [])]


def a_session(plan, on, begins):
    """A planned day of the plan."""
    return LiaisonSession.objects.create(
        plan=plan,
        township=plan.village.township,
        team=plan.team,
        village=plan.village,
        on=on,
        starts_at=begins,
        ends_at=dt.time(23, 59, 59),
        place=plan.place,
    )


@pytest.fixture
def team_of_four(transactional_db, plan, li, qingshan):
    """石桥村's team: 李 and three more; its plan ends before today, so that no other day is made."""
    for number in range(3):
        user = appoint(qingshan, f"member{number}", f"成员{number}", "cadre", title=f"岗位{number}")
        Seat.objects.create(team=li.team, post=user.post)
    LiaisonPlan.objects.update(valid_to=dt.date(2026, 1, 31))
    # Whatever the hour this test is run at
    ReminderPolicy.objects.update(quiet_from=dt.time(0), quiet_to=dt.time(0))
    return li.team


@pytest.fixture
def tuesday(team_of_four, plan):
    """Tuesday 24 November, 9:00."""
    return a_session(plan, TUESDAY, dt.time(9))


def wait_until(true, seconds, why):
    """Look ten times a second; fails with ``why``."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, why
        time.sleep(0.1)


def test_two_passes_at_once_tell_each_member_once(tuesday, outside, mailbox):
    mailbox.pause = 0.15  # long enough for both to be sending at the same time
    office = outside()
    command = ("manage.py", "run_due", "--now", EVENING)
    passes = [office.start(*command, EMAIL_URL=mailbox.url) for _ in range(2)]
    said = [each.communicate(timeout=120)[0] for each in passes]
    assert [each.returncode for each in passes] == [0, 0], said
    code, again = office.manage("run_due", "--now", "2026-11-23T17:30", EMAIL_URL=mailbox.url)
    assert code == 0
    assert {"remind: 0", "deliver: 0"} < set(again.splitlines())
    everybody = sorted(Seat.objects.values_list("post__holdings__user__email", flat=True))
    assert len(everybody) == 4
    assert sorted(Notice.objects.values_list("recipient__email", flat=True)) == everybody
    assert mailbox.addresses == everybody
    assert set(mailbox.subjects) == {"驻点提醒：2026-11-24(周二)石桥村"}
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_pass_killed_while_sending_loses_nothing(tuesday, outside, mailbox):
    Seat.objects.exclude(kind=Seat.Kind.LEAD).delete()
    office, mailbox.held = outside(), True
    doomed = office.start("manage.py", "run_due", "--now", EVENING, EMAIL_URL=mailbox.url)
    assert mailbox.reached.wait(30), doomed.communicate(timeout=5)
    os.kill(doomed.pid, signal.SIGKILL)
    doomed.wait(timeout=10)
    assert Delivery.objects.get().state == "claimed"

    mailbox.held = False
    office.manage("run_due", "--now", "2026-11-23T17:04", EMAIL_URL=mailbox.url)
    assert mailbox.addresses == []  # still the dead worker's
    code, said = office.manage("run_due", "--now", "2026-11-23T17:06", EMAIL_URL=mailbox.url)
    assert code == 0
    assert "deliver: sent 1" in said.splitlines()
    assert mailbox.addresses == ["li@example.test"]


def begins_later(now):
    """A day and hour that are to be announced at this very moment, whatever it is."""
    local = now.astimezone(ZoneInfo("Asia/Shanghai"))
    if local.hour < 23:
        return local.date(), dt.time(23, 59)
    return local.date() + dt.timedelta(days=1), dt.time(23)


@pytest.mark.parametrize("broker", BROKERS)
def test_a_worker_with_its_scheduler_reminds(team_of_four, plan, outside, mailbox, broker):
    a_session(plan, *begins_later(clock.now()))
    office = outside()
    worker = office.worker(
        *("--beat", "--loglevel", "info", "--schedule", str(office.folder / "beat")),
        EMAIL_URL=mailbox.url,
        RUN_DUE_EVERY="0.5",
        REDIS_URL=os.environ["REDIS_URL"] if broker == "redis" else "",
    )
    wait_until(lambda: len(mailbox.accepted) >= 4 or worker.poll() is not None, 90, "no mail came")
    time.sleep(1.5)  # ticks that find nothing to do
    worker.terminate()
    said, _ = worker.communicate(timeout=30)
    assert len(mailbox.accepted) == len(set(mailbox.addresses)) == 4, said[-2000:]
    assert Notice.objects.count() == 4
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
