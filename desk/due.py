"""One pass over everything due, in order. Safe to repeat and to run in parallel.

Each step selects what is due and not done, and keeps its own transactions; one that fails does not
hold up the others, and finds the same rows at the next tick.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from cadres.actions import carry_due
from cadres.delivering import deliver_due
from cadres.meeting_reminding import remind_meetings
from grievances.actions import draw_due
from grievances.actions.dating import date_undated
from grievances.actions.rising import rise_overdue
from grievances.actions.tending import tend_confidential
from liaison import clock, jobs
from liaison.imports.actions import expire
from visits.calling_off import tell_changes
from visits.confirming import remind_unconfirmed
from visits.planning import plan_sessions
from visits.recalling import recall_reminders
from visits.reminding import remind

log = structlog.get_logger(__name__)

# (name, what it does given an aware ``now``; the answer is a count or a dict of counts).
# What makes notices stands before what carries them.
STEPS: list[tuple[str, Callable]] = [
    ("handovers", lambda now: carry_due(now=now)),
    ("plan_sessions", lambda now: plan_sessions(today=clock.local_date(now))),
    ("date_matters", lambda now: date_undated(now=now)),
    ("rise_overdue", lambda now: rise_overdue(now=now)),
    ("tend_confidential", lambda now: tend_confidential(now=now)),
    ("draw_samples", lambda now: draw_due(now=now)),
    ("recall_reminders", lambda now: recall_reminders(now=now)),
    # Before "remind": a moved day's own reminder would else hide that the old date is off.
    ("tell_changes", lambda now: tell_changes(now=now)),
    # Before "remind", whose beat says when somebody last looked.
    ("remind_meetings", lambda now: remind_meetings(now=now)),
    ("remind", lambda now: remind(now=now)),
    ("remind_unconfirmed", lambda now: remind_unconfirmed(now=now)),
    ("deliver", deliver_due),
    ("jobs", jobs.run_waiting),
    ("expire_imports", expire),
]


@dataclass(frozen=True)
class Outcome:
    """What one step did; ``fault`` names the exception that ended it, or is ""."""

    step: str
    done: object = None
    fault: str = ""


def run_due(now) -> list[Outcome]:
    """Run every step for the moment ``now``; the outcomes in order."""
    return [_run(name, step, now) for name, step in STEPS]


def _run(name, step, now):
    try:
        return Outcome(name, step(now))
    except Exception as fault:
        log.exception("due.step_failed", step=name)
        return Outcome(name, fault=type(fault).__name__)
