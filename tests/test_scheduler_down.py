"""A scheduler that was down for 26 hours, by real processes: what is still due is told once, the stale is listed.

Both ways a worker is woken are walked: by the folder of the embedded profile, and by a Redis of the test's own.
"""

import datetime as dt
import time
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from cadres import heartbeat
from cadres.models import Delivery, Notice, ReminderPolicy
from cadres.notices import notify
from liaison import clock
from tests.redis_server import redis_program
from tests.test_reminders_process import (  # noqa: F401 (team_of_four is a fixture)
    a_session,
    team_of_four,
    wait_until,
)

BROKERS = ["folder", *(["redis"] if redis_program() else [])]
DOWN = dt.timedelta(hours=26)


@pytest.fixture
def at():
    """``at(hours)``: so many hours ago."""
    now = clock.now()
    return lambda hours: now - dt.timedelta(hours=hours)


@pytest.fixture
def days(team_of_four, plan, at):  # noqa: F811
    """Today's and tomorrow's, told of 20 hours and one hour ago where tomorrow's is meant.

    Today's began at midnight: its last reminder was due 25 hours ago and is over.
    """
    shanghai = ZoneInfo("Asia/Shanghai")
    tomorrow = at(0).astimezone(shanghai).date() + dt.timedelta(days=1)
    moments = [at(hours).astimezone(shanghai) for hours in (20, 1)]
    offsets = [[(tomorrow - each.date()).days, f"{each:%H:%M}", False] for each in moments]
    ReminderPolicy.objects.update(offsets=offsets)
    today = tomorrow - dt.timedelta(days=1)
    return a_session(plan, today, dt.time(0)), a_session(plan, tomorrow, dt.time(9))


@pytest.fixture
def waiting(zhao, at):
    """Two notices to 赵 that were written when the scheduler went down: one still holds, one has a last moment."""
    said = {"recipient": zhao, "kind": "test", "slot": "s", "text": "", "url": "/", "now": at(25)}
    notify(title="还有效的通知", subject="session:1", due_at=at(24), **said)
    notify(title="过了时间的通知", subject="session:2", due_at=at(24), not_after=at(2), **said)


@pytest.fixture
def down(days, waiting, at):
    """The last pass was 26 hours ago."""
    for step in (heartbeat.REMIND, heartbeat.DELIVER):
        heartbeat.beat(step, at(26), **({"next_due_at": at(25)} if step == "remind" else {}))
    assert heartbeat.is_late(clock.now())


def states():
    """{(title, state of its delivery): how many}."""
    return Counter(Delivery.objects.values_list("notice__title", "state"))


@pytest.mark.parametrize("broker", BROKERS)
def test_after_26_hours_each_is_told_once_and_the_stale_are_listed(
    down, days, outside, mailbox, signed_in, zhao, request, broker
):
    redis_url = request.getfixturevalue("own_redis").url if broker == "redis" else ""
    office, past_and_next = outside(), [f"驻点提醒：{day.on}" for day in days]
    worker = office.worker(
        *("--beat", "--schedule", str(office.folder / "beat")),
        EMAIL_URL=mailbox.url, RUN_DUE_EVERY="1", REDIS_URL=redis_url,
    )  # fmt: skip
    wait_until(lambda: len(mailbox.accepted) >= 5 or worker.poll() is not None, 90, "no mail came")
    time.sleep(3)  # passes that find nothing to do
    worker.terminate()
    said, _ = worker.communicate(timeout=30)

    # Tomorrow's last reminder to each of the team, and what still held: each once
    subjects = Counter(subject.partition("(")[0] for subject in mailbox.subjects)
    assert subjects == {past_and_next[1]: 4, "还有效的通知": 1}, said[-2000:]
    assert len(set(mailbox.addresses)) == 5
    # Tomorrow's first one was overtaken by the second, today's day has begun: kept, marked, sent to nobody
    found = Counter((title.partition("(")[0], state) for title, state in states().elements())
    assert found == {
        (past_and_next[1], "sent"): 4, (past_and_next[1], "expired"): 4, (past_and_next[0], "expired"): 4,
        ("还有效的通知", "sent"): 1, ("过了时间的通知", "expired"): 1,
    }  # fmt: skip
    assert Notice.objects.filter(kind="session_reminder", is_expired=True).count() == 8
    assert not heartbeat.is_late(clock.now())
    listed = signed_in(zhao).get("/notices/stuck/?state=expired").content.decode()
    assert listed.count(past_and_next[0]) == listed.count(past_and_next[1]) == 4
    assert "过了时间的通知" in listed and "还有效的通知" not in listed
    assert "过期未发" in listed
