"""The digest as a job: all remarks that wait, slice by slice, with a true count of how far it is."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.work.actions import Running
from diancai.stages.need.digesting.neighbours import Neighbours, Remembered, Searched, newest_need
from diancai.stages.need.digesting.reading import units
from diancai.stages.need.digesting.slices import Overtaken, Written, prepare, write
from diancai.stages.remark.queries import count_undigested, list_undigested

SLICE = 20  # remarks; with their needs, shares, steps, proposals and rows of the index about 150 rows
FEW = 60  # up to so many remarks the search index finds the candidates; beyond, needs are held in memory
MOST_OVERTAKEN = 20


@dataclass(frozen=True, slots=True)
class DigestCounts:
    """What a digest did. `joined` remarks had a text that was there already."""

    remarks: int = 0
    needs: int = 0
    joined: int = 0
    proposals: int = 0
    diverted: int = 0

    def plus(self, written: Written) -> "DigestCounts":
        """The counts with one more slice."""
        return DigestCounts(*(getattr(self, f.name) + getattr(written, f.name) for f in fields(self)))


def digest_remarks(
    running: Running | None = None,
    *,
    by: Account | None = None,
    at: datetime | None = None,
    limit: int | None = None,
) -> DigestCounts:
    """Digest remarks that wait, all or `limit` of them. May be killed and called again, also by two workers at once.

    `at` is the moment that the needs are made; by default that of the job's clock.
    """
    clock = running.clock if running else timezone.now
    waiting = count_undigested()
    total = waiting if limit is None else min(waiting, limit)
    neighbours, newest = _start(total)
    departments = units()
    counts = DigestCounts()
    overtaken = 0
    while rows := list_undigested(min(SLICE, total - counts.remarks) if limit is not None else SLICE):
        prepared = prepare(rows, neighbours, departments, newest=newest, at=at or clock())
        try:
            written = write(prepared, by=by, at=at or clock())
        except Overtaken:
            overtaken += 1
            if overtaken > MOST_OVERTAKEN:
                raise
            neighbours, newest = _start(total)
            continue
        overtaken = 0
        newest = newest_need() if written.needs else newest
        counts = counts.plus(written)
        if running is not None:
            running.progress(counts.remarks, max(total, counts.remarks))
        if limit is not None and counts.remarks >= total:
            break
    return counts


def _start(total: int) -> tuple[Neighbours, int]:
    """Fresh neighbours and the newest need they can know: asked first, so that a later one is noticed."""
    newest = newest_need()
    return (Searched() if total <= FEW else Remembered()), newest


def told(counts: DigestCounts) -> dict[str, int]:
    """The counts as a job's result."""
    return asdict(counts)
