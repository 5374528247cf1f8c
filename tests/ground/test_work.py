"""Background jobs: once, with progress, taken up again when a worker dies."""

from datetime import timedelta

import pytest
from cast import NOON

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.work import actions
from diancai.ground.work.actions import (
    LEASE,
    MOST_ATTEMPTS,
    LeaseLost,
    Running,
    ask,
    do_chores,
    every,
    handles,
    retry,
    run_all,
    run_one,
)
from diancai.ground.work.models import Job
from diancai.ground.work.queries import count_unfinished
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


def test_a_failing_job_is_tried_again_later_and_then_given_up(cast, monkeypatch):
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
    retry(by=cast.administrator, at=clock, job_id=job.pk)
    assert Job.objects.get().state == JobState.WAITING
    event = Event.objects.get(kind="job.retried")
    assert (event.by, event.subject_id) == (cast.administrator, str(job.pk))
    retry(by=cast.administrator, at=clock, job_id=job.pk)
    assert Event.objects.filter(kind="job.retried").count() == 1


def test_a_job_is_retried_by_who_asked_for_it_or_manages_people_and_by_nobody_else(cast):
    job = ask("break", key="b", by=cast.county_office, at=NOON)
    Job.objects.update(state=JobState.FAILED)
    with pytest.raises(NotAllowed):
        retry(by=cast.village_officer, at=NOON, job_id=job.pk)
    with pytest.raises(NotFound):
        retry(by=cast.county_office, at=NOON, job_id=job.pk + 1)
    retry(by=cast.county_office, at=NOON, job_id=job.pk)
    assert Job.objects.get().state == JobState.WAITING


def test_percent_reaches_a_hundred_only_at_the_end():
    assert Job(state=JobState.RUNNING, done=10, total=10).percent == 99
    assert Job(state=JobState.DONE, done=10, total=10).percent == 100
    assert Job(state=JobState.WAITING).percent == 0


def test_a_job_that_kills_its_worker_each_time_is_given_up_and_the_next_one_is_done(cast, done):
    killer = ask("count.sheep", key="killer", by=None, at=NOON, herd=0)
    clock = NOON
    for attempt in range(MOST_ATTEMPTS):
        assert actions._lease(f"worker {attempt}", clock).pk == killer.pk
        clock += LEASE + timedelta(seconds=1)
    ask("count.sheep", key="herd:4", by=None, at=clock, herd=4)
    run_all(clock=lambda: clock)
    killer.refresh_from_db()
    assert (killer.state, killer.ended_at, done) == (JobState.FAILED, clock, [4])
    assert "内存" in killer.problem
    assert "want of memory" in killer.problem
    retry(by=cast.administrator, at=clock, job_id=killer.pk)
    run_all(clock=lambda: clock)
    assert done == [4, 0]


def test_a_kind_that_goes_last_waits_for_all_others_though_it_was_asked_for_first(db, done, monkeypatch):
    monkeypatch.setattr(actions, "_last_kinds", set())
    handles("try.out", last=True)(lambda running: done.append("try"))
    ask("try.out", key="try", by=None, at=NOON, of="a stranger")
    ask("count.sheep", key="herd:5", by=None, at=NOON + timedelta(seconds=5), herd=5)
    assert count_unfinished("try.out", of="a stranger") == 1
    assert count_unfinished("try.out", of="another") == 0
    run_all(clock=lambda: NOON + timedelta(seconds=9))
    assert done == [5, "try"]
    assert count_unfinished("try.out") == 0


def test_a_chore_is_done_once_in_its_time_and_a_failing_one_stops_nothing(monkeypatch):
    monkeypatch.setattr(actions, "_chores", {})
    monkeypatch.setattr(actions, "_chore_done_at", {})
    swept = []

    @every(60)
    def fall():
        raise OSError("the broom is broken")

    every(3600)(lambda: swept.append(1))
    assert [do_chores(now) for now in (100.0, 130.0, 160.0, 3700.0)] == [2, 0, 1, 2]
    assert len(swept) == 2
