"""Long work in the background: rows in the database, taken by whichever worker looks first.

A page only writes the row (decision 0009); the worker asks every two seconds. Work that is known to be short
is run at once by the request that asked for it, by the same claim, so an office without a worker is not stuck.
A killed worker leaves nothing half done: each kind keeps its own single transaction, and a job without a sign
of life is taken up again once, then given up with a sentence.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models import F, Q

from . import clock, collector
from .errors import NotAllowed
from .models import Job

log = structlog.get_logger(__name__)

LOST_AFTER = dt.timedelta(minutes=3)  # without a sign of life
TRIES = 2
EVERY = 0.5  # seconds between two notes of progress
BROKEN = "后台处理时出了故障，没有写入任何内容。请重试；仍不行请把任务号 {} 告诉系统管理员。"
LOST = "后台服务中断，没有写入任何内容，请重新提交。"
STOPPED = "已取消，没有写入任何内容。"


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


@dataclass(frozen=True)
class Handler:
    """What a kind of job does: ``run(job, progress, now)`` answers one sentence; ``ended_badly(job)`` tidies up."""

    run: Callable
    ended_badly: Callable


HANDLERS: dict[str, Handler] = {}


def handle(kind: str, *, run, ended_badly=lambda job: None) -> None:
    """Enter a kind of job, from the module that does the work."""
    HANDLERS[kind] = Handler(run, ended_badly)


def enqueue(*, kind, subject_id, title, by, township_id, now) -> Job:
    """Write a job down; a worker finds it within two seconds."""
    return Job.objects.create(
        kind=kind,
        subject_id=subject_id,
        title=title[:200],
        township_id=township_id,
        requested_by_id=by.pk,
        requested_by_name=by.display_name,
        requested_at=now,
    )


class Progress:
    """Tells the page how far the work is, and the work that it should stop. Outside transactions only."""

    def __init__(self, job):
        self.job, self.phase, self.told = job, "", 0.0

    def __call__(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Note how far a phase is; at most twice a second.

        Raises:
            Cancelled: the clerk gave up, or another worker took the job over.
        """
        now = time.monotonic()
        if phase == self.phase and now - self.told < EVERY:
            return
        self.phase, self.told = phase, now
        mine = Job.objects.filter(
            pk=self.job.pk, state=Job.State.RUNNING, tries=self.job.tries, cancel_asked=False
        )
        said = {"phase": phase, "done_rows": done, "total_rows": total, "beat_at": clock.now()}
        if not mine.update(**said):
            raise Cancelled


def run_waiting(now) -> int:
    """Do every waiting job, one after the other. Safe to run in parallel. Returns how many (个)."""
    _take_up_lost(now)
    done = 0
    for job in Job.objects.filter(state=Job.State.WAITING).order_by("pk")[:20]:
        done += run_now(job, now=now)
    return done


def run_now(job, *, now) -> bool:
    """Do this job if nobody else has it. Returns whether it was this call that did it."""
    claimed = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started_at=now, beat_at=now, tries=F("tries") + 1
    )
    if not claimed:
        return False
    job.refresh_from_db()
    with collector.at_rest():
        state, outcome = _outcome(job, now)
    _end(job, state, outcome)
    return True


@transaction.atomic
def cancel(*, job) -> None:
    """Ask a job to stop: a waiting one ends at once, a running one at its next sign of life."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    if waiting.update(state=Job.State.CANCELLED, outcome=STOPPED, finished_at=clock.now()):
        HANDLERS[job.kind].ended_badly(job)
        return
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked=True)


def _outcome(job, now):
    """(state, sentence) of running the job; no fault leaves this place."""
    try:
        return Job.State.DONE, HANDLERS[job.kind].run(job, Progress(job), now)
    except Cancelled:
        return Job.State.CANCELLED, STOPPED
    except NotAllowed as refusal:
        return Job.State.FAILED, str(refusal)
    except Exception:
        log.exception("job.failed", job=job.pk, kind=job.kind)
        return Job.State.FAILED, BROKEN.format(job.pk)


def _end(job, state, outcome):
    """Note the end, unless somebody else has taken the job over in between."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries)
    said = {"state": state, "outcome": outcome[:300], "finished_at": clock.now()}
    if mine.update(**said) and state != Job.State.DONE:
        HANDLERS[job.kind].ended_badly(job)


def _take_up_lost(now):
    """Jobs whose worker died: once more, then no more."""
    lost = Q(state=Job.State.RUNNING, beat_at__lt=now - LOST_AFTER)
    for job in Job.objects.filter(lost, tries__gte=TRIES):
        given_up = Job.objects.filter(lost, pk=job.pk)
        if given_up.update(state=Job.State.FAILED, outcome=LOST, finished_at=now):
            HANDLERS[job.kind].ended_badly(job)
    Job.objects.filter(lost).update(state=Job.State.WAITING)
