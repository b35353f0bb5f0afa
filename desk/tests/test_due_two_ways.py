"""One pass by hand and one by Celery: the same code at the same moment leaves the same rows."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cadres.models import Delivery, Heartbeat, Notice, ReminderPolicy
from desk import tasks
from grievances.actions import register
from grievances.models import Category, Grievance, Source
from liaison import clock
from visits.models import LiaisonSession

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)  # 17:00 in Shanghai


@pytest.fixture
def due_things(monkeypatch, plan, li, wang, shiqiao):
    """Days to plan, a reminder to send, a matter without its date, and the clock at NOW."""
    ReminderPolicy.objects.update(quiet_from=dt.time(0), quiet_to=dt.time(0))
    monkeypatch.setattr(clock, "now", lambda: NOW)
    matter = register(
        by=li, on=dt.date(2026, 11, 20), now=NOW, village=shiqiao, summary="灌渠淤塞", kind="demand",
        category=Category.objects.get(name="水利"), source=Source.objects.get(name="驻点日接待"),
        complainant="匿名",
    )  # fmt: skip
    Grievance.objects.filter(pk=matter.pk).update(due_on=None, due_at=None)


def rows():
    """What a pass leaves, without the numbers a database deals out and the second a mail took."""
    return {
        "days": sorted(LiaisonSession.objects.values_list("plan", "on", "status")),
        "notices": sorted(
            Notice.objects.values_list("recipient", "kind", "slot", "title", "due_at", "created_at")
        ),
        "deliveries": sorted(
            Delivery.objects.values_list(
                "notice__recipient", "notice__title", "channel", "state", "attempts", "next_try_at"
            )
        ),
        "matters": sorted(Grievance.objects.values_list("number", "due_on")),
        "beats": sorted(Heartbeat.objects.values_list("pk", "at", "next_due_at")),
    }


def left_by(pass_):
    """The rows after a pass that is then undone."""
    with transaction.atomic():
        pass_()
        found = rows()
        transaction.set_rollback(True)
    return found


def by_hand(*words):
    call_command("run_due", *words, stdout=StringIO())


def test_the_command_and_the_task_leave_the_same_rows(due_things):
    before = rows()
    by_task = left_by(tasks.run_due)
    assert rows() == before  # each begins with the same
    assert by_task["notices"] and by_task["days"]
    assert [state for *_, state, _, _ in by_task["deliveries"]] == ["sent"]
    assert all(due_on for _, due_on in by_task["matters"])
    assert left_by(by_hand) == by_task


def test_now_without_a_moment_is_now_and_needs_no_test_clock(due_things, settings):
    settings.ALLOW_TEST_CLOCK = False
    assert left_by(lambda: by_hand("--now")) == left_by(by_hand)
    with pytest.raises(CommandError, match="--now 只供测试"):
        by_hand("--now", "2026-11-23T17:00")


def test_a_moment_that_is_named_is_that_moment(due_things, settings):
    settings.ALLOW_TEST_CLOCK = True
    named = left_by(lambda: by_hand("--now", "2026-11-23T17:00"))
    assert named == left_by(by_hand)
    day_before = left_by(lambda: by_hand("--now", "2026-11-22T16:59"))
    assert named["notices"] and not day_before["notices"]  # two days ahead, from 17:00 on
