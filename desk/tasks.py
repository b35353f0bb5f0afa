"""The minute tick. It takes no arguments: what is due stands in the database."""

from celery import shared_task

from liaison import clock, jobs

from . import due


@shared_task
def run_due():
    """One pass over everything due (settings.CELERY_BEAT_SCHEDULE)."""
    due.run_due(clock.now())


@shared_task
def run_jobs():
    """Long work that waits, within two seconds of being asked for."""
    jobs.run_waiting(clock.now())
