"""The minute tick: every step, each on its own feet; the test clock stays in the test room."""

import datetime as dt
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cadres.models import CalendarYear, Notice
from desk import due, tasks
from grievances.actions import register
from grievances.models import Category, Source
from liaison import clock

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)  # 17:00 in Shanghai


def run(**options):
    """What the command says."""
    said = StringIO()
    call_command("run_due", stdout=said, **options)
    return said.getvalue().splitlines()


@pytest.fixture
def test_clock(settings):
    """A test installation: --now is allowed."""
    settings.ALLOW_TEST_CLOCK = True


def test_one_pass_plans_reminds_and_delivers(plan, li, mailoutbox, test_clock):
    said = run(now="2026-11-23T17:00")
    assert {"plan_sessions: 6", "date_matters: 0", "remind: 1", "deliver: sent 1"} <= set(said)
    assert said.index("remind: 1") < said.index("deliver: sent 1")
    assert [message.to for message in mailoutbox] == [["li@example.test"]]
    assert all(line.endswith(": 0") for line in run(now="2026-11-23T17:01"))


def test_a_moment_may_name_its_zone(plan, li, test_clock):
    assert "remind: 1" in run(now="2026-11-23T09:00+00:00")


def test_a_matter_gets_its_date_when_the_calendar_is_published(li, shiqiao, test_clock):
    matter = register(
        by=li, on=dt.date(2027, 1, 4), now=dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC), village=shiqiao,
        summary="灌渠淤塞", category=Category.objects.get(name="水利"), kind="demand",
        source=Source.objects.get(name="来信"), complainant="匿名",
    )  # fmt: skip
    run(now="2027-01-04T11:00")
    matter.refresh_from_db()
    # 来信 counts in 自然日 and needs no calendar; 驻点日接待 counts in 工作日 and waits
    assert matter.due_on == dt.date(2027, 3, 5)
    waiting = register(
        by=li, on=dt.date(2027, 1, 4), now=dt.datetime(2027, 1, 4, 2, tzinfo=dt.UTC), village=shiqiao,
        summary="路面破损", category=Category.objects.get(name="道路交通"), kind="demand",
        source=Source.objects.get(name="驻点日接待"), complainant="匿名",
    )  # fmt: skip
    assert waiting.due_on is None
    CalendarYear.objects.create(year=2027, source="测试")
    assert "date_matters: 1" in run(now="2027-01-04T11:01")
    waiting.refresh_from_db()
    assert waiting.due_on == dt.date(2027, 1, 25)  # 15 weekdays after the 4th


def test_the_task_does_the_same(plan, li, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    tasks.run_due()
    assert Notice.objects.count() == 1


def test_a_step_that_fails_holds_up_no_other(plan, li, monkeypatch):
    def broken(now):
        raise ZeroDivisionError

    monkeypatch.setattr(due, "STEPS", [("broken", broken), *due.STEPS])
    first, *others = due.run_due(NOW)
    assert first == due.Outcome("broken", fault="ZeroDivisionError")
    assert len(others) >= 3
    assert not any(each.fault for each in others)
    assert Notice.objects.count() == 1
    with pytest.raises(CommandError, match="未办成:broken"):
        run()


def test_now_is_refused_without_the_test_clock(plan, li):
    with pytest.raises(CommandError, match="--now 只供测试"):
        run(now="2026-11-23T17:00")
    assert not Notice.objects.exists()


def test_a_moment_nobody_can_read_is_refused(db, test_clock):
    with pytest.raises(CommandError, match="看不懂的时刻"):
        run(now="明天下午五点")


def test_production_refuses_the_test_clock():
    """Settings of a production machine do not load with it, whatever is started."""
    answer = subprocess.run(
        [sys.executable, "-c", "import liaison.settings"],
        cwd=settings.BASE_DIR,
        env={"DEBUG": "false", "ALLOW_TEST_CLOCK": "true", "SECRET_KEY": "x", "FIELD_KEYS": "x", "INDEX_KEY": "x"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert answer.returncode != 0
    assert "ALLOW_TEST_CLOCK 只供测试" in answer.stderr


def test_the_tick_is_scheduled_three_times_a_minute():
    entries = {each["task"]: each["schedule"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert entries == {tasks.run_due.name: 20.0, tasks.run_jobs.name: 2.0}


def test_no_page_waits_for_a_broker():
    """Nothing is published outside the scheduler, so a broker that is down or hangs delays nobody."""
    publishing = re.compile(r"\.(delay|apply_async|send_task)\(")
    files = [
        path
        for app in settings.LOCAL_APPS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if "tests" not in path.parts
    ]
    assert files
    assert not [path for path in files if publishing.search(path.read_text(encoding="utf-8"))]
