"""Asking for work, and doing it: lease, heartbeat, retry.

A worker leases a job for `LEASE`; while it works it renews the lease with every progress report. A worker that is
killed stops renewing, the lease runs out, and the next worker takes the job up again. Handlers are therefore written
to be repeated: they compute outside transactions and write at most 200 rows in each (design 8.9), each write checking
what is there already. A job whose worker died `MOST_ATTEMPTS` times is given up, so that it cannot stop the others.

Rooms may also name chores (`every`) that the worker does between jobs, and kinds of job that wait for all others.
"""

import logging
import os
import socket
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.actions import check_manager
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.ground.work.models import Job
from diancai.words import JobState

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
Handler = Callable[["Running"], dict[str, Any]]
Watch = Callable[[str, int, int], None]  # kind of the job, how much of it is done, of how much
Chore = Callable[[], None]
KILLS_ITS_WORKER = (
    "执行这项任务的后台进程{}次中途停止，没有留下原因（可能是内存不够），已不再重试。请换一份文件，或查看日志后重试。\n"
    "The worker stopped {} times in the middle of this job without saying why (perhaps for want of memory); "
    "it is no longer tried. Try another file, or look at the log and retry it."
)
_handlers: dict[str, Handler] = {}
_last_kinds: set[str] = set()
_chores: dict[Chore, float] = {}
_chore_done_at: dict[Chore, float] = {}


class LeaseLost(Exception):
    """Another worker has taken the job up; this one stops without a trace."""


@dataclass
class Running:
    """What a handler is given: its arguments, and a way to tell how far it is."""

    job_id: int
    arguments: dict[str, Any]
    worker: str
    clock: Callable[[], datetime] = field(default=timezone.now)
    kind: str = ""
    watch: Watch | None = None

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Tell the true count and renew the lease. Raises `LeaseLost` when another worker has the job."""
        held = Job.objects.filter(pk=self.job_id, leased_by=self.worker, state=JobState.RUNNING).update(
            done=done, total=total, note=note, leased_until=self.clock() + LEASE
        )
        if not held:
            raise LeaseLost
        if self.watch is not None:
            self.watch(self.kind, done, total)


def handles(kind: str, *, last: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of `kind`; with `last` they run when no other kind is ready."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        if last:
            _last_kinds.add(kind)
        return handler

    return register


def every(seconds: float) -> Callable[[Chore], Chore]:
    """Register a chore that the worker does between jobs, at most once in so many seconds."""

    def register(chore: Chore) -> Chore:
        _chores[chore] = seconds
        return chore

    return register


def do_chores(now: float) -> int:
    """Do the chores that are due at `now` (seconds of a clock that never goes back); returns how many.

    One that fails is logged and done again at its next time: it must not stop the worker.
    """
    due = [chore for chore, gap in _chores.items() if now - _chore_done_at.get(chore, -gap) >= gap]
    for chore in due:
        _chore_done_at[chore] = now
        try:
            chore()
        except Exception:
            logger.exception("a chore of the worker failed")
    return len(due)


def queue(kind: str, *, key: str, by: Account | None, at: datetime, **arguments: Any) -> None:
    """Queue a job unless there is one with the same key: asking twice does it once."""
    job = Job(key=key, kind=kind, arguments=arguments, asked_by=by, asked_at=at, not_before=at)
    Job.objects.bulk_create([job], ignore_conflicts=True)  # one statement, without a savepoint around it


def ask(kind: str, *, key: str, by: Account | None, at: datetime, **arguments: Any) -> Job:
    """The same, for whoever wants to watch it: the job that was queued, now or before, under this key."""
    queue(kind, key=key, by=by, at=at, **arguments)
    return Job.objects.get(key=key)


def run_one(
    *, worker: str = "", clock: Callable[[], datetime] = timezone.now, watch: Watch | None = None
) -> Job | None:
    """Lease the next ready job and do it; None when there is nothing to do. `watch` is told how far it is."""
    worker = worker or f"{socket.gethostname()}:{os.getpid()}"
    job = _lease(worker, clock())
    if job is None:
        return None
    running = Running(job.pk, job.arguments, worker, clock, job.kind, watch)
    try:
        result = _handlers[job.kind](running)
    except LeaseLost:
        return job
    except Exception as error:
        _fail(job, worker, error, clock())
    else:
        _finish(job, worker, result, clock())
    job.refresh_from_db()
    return job


def run_all(*, clock: Callable[[], datetime] = timezone.now, watch: Watch | None = None) -> int:
    """Do everything that is ready, in order: for tests, the demo and the shell. Returns how many jobs were done."""
    count = 0
    while run_one(clock=clock, watch=watch) is not None:
        count += 1
    return count


@transaction.atomic
def retry(*, by: Account, at: datetime, job_id: int) -> None:
    """Put a failed job back into the queue with fresh attempts; one that did not fail stays as it is.

    Whoever asked for it may, and who manages people. Raises `NotFound`, `NotAllowed`.
    """
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound
    if job.asked_by_id != by.pk:
        check_manager(by)
    if job.state != JobState.FAILED:
        return
    job.state, job.attempts, job.not_before, job.problem, job.ended_at = JobState.WAITING, 0, at, "", None
    job.save(update_fields=["state", "attempts", "not_before", "problem", "ended_at"])
    record("job.retried", subject=("job", job.pk), by=by, at=at, scope=Scope(), details={"kind": job.kind})


def _lease(worker: str, now: datetime) -> Job | None:
    ready = Q(state=JobState.WAITING, not_before__lte=now) | Q(state=JobState.RUNNING, leased_until__lt=now)
    with transaction.atomic():
        _give_up_killers(now)
        queue = Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(ready)
        turn = Case(When(kind__in=_last_kinds, then=Value(1)), default=Value(0))
        job = queue.order_by(turn, "not_before", "id").first()
        if job is None:
            return None
        job.state, job.leased_by, job.leased_until = JobState.RUNNING, worker, now + LEASE
        job.attempts += 1
        job.save(update_fields=["state", "leased_by", "leased_until", "attempts"])
    return job


def _give_up_killers(now: datetime) -> None:
    """End the jobs whose lease ran out at their last attempt: a handler that fails in the usual way never gets here."""
    Job.objects.filter(state=JobState.RUNNING, leased_until__lt=now, attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED,
        problem=KILLS_ITS_WORKER.format(MOST_ATTEMPTS, MOST_ATTEMPTS),
        ended_at=now,
        leased_until=None,
    )


def _finish(job: Job, worker: str, result: dict[str, Any], now: datetime) -> None:
    Job.objects.filter(pk=job.pk, leased_by=worker).update(
        state=JobState.DONE, result=result or {}, ended_at=now, leased_until=None, problem=""
    )


def _fail(job: Job, worker: str, error: Exception, now: datetime) -> None:
    last = job.attempts >= MOST_ATTEMPTS
    Job.objects.filter(pk=job.pk, leased_by=worker).update(
        state=JobState.FAILED if last else JobState.WAITING,
        problem="".join(traceback.format_exception(error))[-4000:],
        not_before=now + timedelta(seconds=2**job.attempts),
        leased_until=None,
        ended_at=now if last else None,
    )
