"""Background jobs: once, with progress, taken up again when a worker dies."""

from datetime import timedelta

import pytest
from cast import NOON

from diancai.ground.work import actions
from diancai.ground.work.actions import LEASE, LeaseLost, Running, ask, handles, retry, run_all, run_one
from diancai.ground.work.models import Job
from diancai.words import JobState


@pytest.fixture
def done(monkeypatch):
    """A kind of job that notes each run."""
    monkeypatch.setattr(actions, "_handlers", {})
    runs = []

    @handles("count.sheep")
    def count(running: Running):
        running.progress(1, 2)
        runs.append(running.arguments["herd"])
        return {"sheep": 40}

    return runs


def test_asking_twice_with_one_key_does_the_work_once(db, done):
    first = ask("count.sheep", key="herd:1", by=None, at=NOON, herd=1)
    second = ask("count.sheep", key="herd:1", by=None, at=NOON, herd=1)
    run_all(clock=lambda: NOON)
    assert (first.pk == second.pk, done) == (True, [1])
    assert Job.objects.get().result == {"sheep": 40}


def test_the_job_of_a_killed_worker_is_taken_up_after_its_lease(db, done):
    ask("count.sheep", key="herd:2", by=None, at=NOON, herd=2)
    actions._lease("the one that dies", NOON)
    assert run_one(worker="second", clock=lambda: NOON) is None
    assert run_one(worker="second", clock=lambda: NOON + LEASE + timedelta(seconds=1)).state == JobState.DONE
    assert done == [2]


def test_a_worker_that_lost_its_lease_is_told_so(db, done):
    job = ask("count.sheep", key="herd:3", by=None, at=NOON, herd=3)
    actions._lease("first", NOON)
    actions._lease("second", NOON + LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLost):
        Running(job.pk, {}, "first", lambda: NOON).progress(1, 2)


def test_a_failing_job_is_tried_again_later_and_then_given_up(db, monkeypatch):
    monkeypatch.setattr(actions, "_handlers", {})

    @handles("break")
    def fall(running: Running):
        raise ValueError("the river is frozen")

    ask("break", key="b", by=None, at=NOON)
    clock = NOON
    for _ in range(actions.MOST_ATTEMPTS):
        run_one(clock=lambda now=clock: now)
        clock += timedelta(minutes=5)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.FAILED, actions.MOST_ATTEMPTS)
    assert "the river is frozen" in job.problem
    retry(job.pk, at=clock)
    assert Job.objects.get().state == JobState.WAITING


def test_percent_reaches_a_hundred_only_at_the_end():
    assert Job(state=JobState.RUNNING, done=10, total=10).percent == 99
    assert Job(state=JobState.DONE, done=10, total=10).percent == 100
    assert Job(state=JobState.WAITING).percent == 0
