"""Long work: taken once, told about, stopped, survived."""

import datetime as dt

import pytest

from desk.tests.at_once import at_once
from liaison import clock, jobs
from liaison.errors import NotAllowed
from liaison.models import Job


@pytest.fixture
def work(monkeypatch):
    """A kind of job whose steps a test writes: ``work(run)``."""
    ended = []

    def be(run):
        handler = jobs.Handler(run, lambda job: ended.append(job.pk))
        monkeypatch.setitem(jobs.HANDLERS, "count", handler)
        return ended

    return be


def ask(zhao, now=None):
    return jobs.enqueue(
        kind="count", subject_id=1, title="数一数", by=zhao, township_id=1, now=now or clock.now()
    )


@pytest.mark.django_db
def test_waiting_work_is_done_once_in_order(work, zhao):
    seen = []
    work(lambda job, progress, now: seen.append(job.pk) or "数完了。")
    first, second = ask(zhao), ask(zhao)
    assert jobs.run_waiting(clock.now()) == 2
    assert jobs.run_waiting(clock.now()) == 0
    assert seen == [first.pk, second.pk]
    first.refresh_from_db()
    assert (first.state, first.outcome) == ("done", "数完了。")


@pytest.mark.django_db
def test_progress_tells_rows_done_and_left(work, zhao):
    def run(job, progress, now):
        progress("核对", 250, 1000)
        half = Job.objects.get(pk=job.pk)
        assert (half.phase, half.percent, half.left_rows) == ("核对", 25, 750)
        return "好了。"

    work(run)
    job = ask(zhao)
    assert jobs.run_now(job, now=clock.now())
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "state", "says"),
    [
        (NotAllowed("名册又有变动。"), "failed", "名册又有变动。"),
        (ZeroDivisionError(), "failed", "没有写入任何内容"),
    ],
)
def test_a_fault_is_told_in_a_sentence_and_tidied_up(work, zhao, fault, state, says):
    def run(job, progress, now):
        raise fault

    ended = work(run)
    job = ask(zhao)
    jobs.run_waiting(clock.now())
    job.refresh_from_db()
    assert (job.state, says in job.outcome) == (state, True)
    assert ended == [job.pk]


@pytest.mark.django_db
def test_running_work_stops_at_its_next_sign_of_life(work, zhao):
    def run(job, progress, now):
        progress("第一步")
        jobs.cancel(job=job)
        progress("第二步")
        raise AssertionError("it went on")

    ended = work(run)
    job = ask(zhao)
    jobs.run_waiting(clock.now())
    job.refresh_from_db()
    assert (job.state, ended) == ("cancelled", [job.pk])


@pytest.mark.django_db
def test_a_worker_that_comes_back_from_the_dead_changes_nothing(work, zhao):
    def run(job, progress, now):
        Job.objects.filter(pk=job.pk).update(tries=2)  # another one has taken it over
        progress("接着做")

    ended = work(run)
    job = ask(zhao)
    jobs.run_waiting(clock.now())
    job.refresh_from_db()
    assert (job.state, ended) == ("running", [])


@pytest.mark.django_db
def test_lost_work_is_taken_up_once_more_then_given_up(work, zhao):
    ended = work(lambda job, progress, now: "做完了。")
    now = clock.now()
    silent = now - jobs.LOST_AFTER - dt.timedelta(seconds=1)
    job = ask(zhao)
    for tries, state in ((1, "done"), (2, "failed")):
        Job.objects.update(state="running", beat_at=silent, tries=tries)
        jobs.run_waiting(now)
        job.refresh_from_db()
        assert job.state == state
    assert "后台服务中断" in job.outcome
    assert ended == [job.pk]
    Job.objects.update(state="running", beat_at=now, tries=1)
    assert jobs.run_waiting(now) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_do_the_same_work(work, zhao):
    done = []
    work(lambda job, progress, now: done.append(job.pk) or "好。")
    job = ask(zhao)

    def look():
        return jobs.run_now(Job.objects.get(pk=job.pk), now=clock.now())

    results, state = at_once([look] * 3, lambda: Job.objects.get().state)
    assert sorted(results) == [False, False, True]
    assert (done, state) == ([job.pk], "done")
