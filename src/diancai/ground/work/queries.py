"""Reading jobs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diancai.ground.errors import NotFound
from diancai.ground.work.models import Job
from diancai.words import JobState


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as pages show it; `percent` reaches 100 only at the end."""

    id: int
    kind: str
    state: JobState
    done: int
    total: int
    percent: int
    note: str
    result: dict[str, Any]
    problem: str
    asked_by_id: int | None
    asked_at: datetime
    ended_at: datetime | None


def list_jobs(limit: int = 50) -> list[JobRow]:
    """The newest jobs first."""
    return [_row(job) for job in Job.objects.order_by("-id")[:limit]]


def get_job(job_id: int) -> JobRow:
    """One job. Raises `NotFound`."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise NotFound
    return _row(job)


def find_job(key: str) -> JobRow | None:
    """The job that was asked for under `key`, or None."""
    job = Job.objects.filter(key=key).first()
    return _row(job) if job else None


def count_unfinished(kind: str, **arguments: Any) -> int:
    """How many jobs of a kind wait or run, all or those asked for with these arguments."""
    wanted = {f"arguments__{name}": value for name, value in arguments.items()}
    return Job.objects.filter(kind=kind, state__in=(JobState.WAITING, JobState.RUNNING), **wanted).count()


def _row(job: Job) -> JobRow:
    return JobRow(
        job.pk,
        job.kind,
        JobState(job.state),
        job.done,
        job.total,
        job.percent,
        job.note,
        job.result,
        job.problem,
        job.asked_by_id,
        job.asked_at,
        job.ended_at,
    )
