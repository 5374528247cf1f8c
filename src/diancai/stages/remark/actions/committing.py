"""Turning the rows of a sheet into remarks: resumable, slice by slice, the same row never twice."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_scope
from diancai.ground.work.actions import ask
from diancai.stages.remark.actions.making import Said, build, bulk_details, index
from diancai.stages.remark.actions.reading import judge_for
from diancai.stages.remark.batches import Progress, write_fates
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.remark.queries import commit_key, count_rows, get_batch_record
from diancai.stages.remark.rows import BatchCounts
from diancai.stages.remark.rules import check_commit
from diancai.stages.remark.sheet_rows import RowJudge, Values
from diancai.words import BatchState, RowFate

OPEN = (RowFate.NEW, RowFate.REVIVED)
SLICE = 60  # remarks; with their rows of the sheet and of the index about 200 rows, which SQLite writes in 50 ms


@dataclass(frozen=True, slots=True)
class _Made:
    """A row and the remark it would become."""

    row: ImportRow
    remark: Remark


def ask_commit(*, by: Account, at: datetime, batch_id: int) -> int:
    """Queue the commit as a job with progress; asking twice does it once. Returns the job's id."""
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, batch.scope)
    check_commit(BatchState(batch.state), batch.row_count)
    return ask("remark.import", key=commit_key(batch), by=by, at=at, batch_id=batch.pk, by_id=by.pk).pk


def commit_batch(*, by: Account, at: datetime, batch_id: int, progress: Progress | None = None) -> BatchCounts:
    """Make remarks of all rows that are new or come back; rows to be mended wait and can be committed later.

    May be killed and called again at any point. Raises `NotFound`, `NotAllowed`, `BatchNotRead`, `BatchWithdrawn`.
    """
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, batch.scope)
    check_commit(BatchState(batch.state), batch.row_count)
    judge = judge_for(batch, by, at)
    # The keys once and for all: asking for the next slice of what waits would pass over all that was taken, each time.
    waiting = list(batch.rows.filter(fate__in=OPEN, object_id=None).order_by("number").values_list("pk", flat=True))
    for start in range(0, len(waiting), SLICE):
        rows = batch.rows.filter(pk__in=waiting[start : start + SLICE]).order_by("number")
        # Masking and sealing happen before the transaction, so that SQLite's one writer is held for the writes alone.
        made = [_Made(row, _remark_of(row, batch, judge, by, at)) for row in rows]
        _take(made, batch, by, at)
        if progress is not None:
            progress(min(start + SLICE, len(waiting)), len(waiting), "")
    return _finish(batch, by, at)


def _remark_of(row: ImportRow, batch: ImportBatch, judge: RowJudge, by: Account, at: datetime) -> Remark:
    values = judge.judge(json.loads(row.cells)).values
    remark = build(_said(values, batch.programme_id, row.row_key), by_id=by.pk, at=at)
    remark.batch = batch
    return remark


def _said(values: Values, programme_id: int, row_key: str) -> Said:
    return Said(
        programme_id=programme_id,
        scope=get_scope(values.place_code),
        text=values.text,
        source=values.source,
        sub_place=values.sub_place,
        subject=values.subject,
        said_at=values.said_at,
        households=values.households,
        households_approx=values.households_approx,
        persons=values.persons,
        speaker=values.speaker,
        phone=values.phone,
        language=values.language,
        outside_id=values.outside_id,
        row_key=row_key,
        told=values.told,
    )


@transaction.atomic
def _take(made: Sequence[_Made], batch: ImportBatch, by: Account, at: datetime) -> None:
    """One slice: what is here already is found again under the lock of the batch, so two committers never double.

    A batch that was withdrawn meanwhile takes no more.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    check_commit(BatchState(locked.state), locked.row_count)
    still = ImportRow.objects.filter(pk__in=[m.row.pk for m in made], object_id=None, fate__in=OPEN)
    open_rows = set(still.values_list("pk", flat=True))
    made = [m for m in made if m.row.pk in open_rows]
    keys = [m.row.row_key for m in made]
    known = {r.row_key: r for r in Remark.objects.filter(programme_id=batch.programme_id, row_key__in=keys)}
    new = {m.row.row_key: m.remark for m in made if m.row.row_key not in known}
    Remark.objects.bulk_create(new.values())
    revived = {key: remark for key, remark in known.items() if remark.withdrawn_at is not None}
    Remark.objects.filter(pk__in=[r.pk for r in revived.values()]).update(withdrawn_at=None, batch=batch)
    _settle(made, new, revived, known)
    touched = [*new.values(), *revived.values()]
    index(list(new.values()), are_new=True)
    index([remark for remark in revived.values() if not remark.is_diverted])
    if touched:
        details = bulk_details(touched) | {"batch": batch.pk, "revived": sorted(r.pk for r in revived.values())}
        record("remark.imported", subject=("batch", batch.pk), by=by, at=at, scope=batch.scope, details=details)


def _settle(
    made: Sequence[_Made], new: dict[str, Remark], revived: dict[str, Remark], known: dict[str, Remark]
) -> None:
    """Write each row's fate and the remark it is now; of equal rows the first is new, the others are here already."""
    taken: set[str] = set()
    written: list[tuple[str, int, int]] = []
    for m in made:
        key = m.row.row_key
        remark = new.get(key) or known[key]
        if key in taken or (key in known and key not in revived):
            fate = RowFate.ALREADY_HERE
        else:
            fate = RowFate.REVIVED if key in revived else RowFate.NEW
        written.append((fate.value, remark.pk, m.row.pk))
        taken.add(key)
    write_fates(written)


@transaction.atomic
def _finish(batch: ImportBatch, by: Account, at: datetime) -> BatchCounts:
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    check_commit(BatchState(locked.state), locked.row_count)
    counts = count_rows([batch.pk])[batch.pk]
    locked.state = BatchState.COMMITTED
    locked.round += 1
    locked.save(update_fields=["state", "round"])
    record(
        "batch.committed",
        subject=("batch", batch.pk),
        by=by,
        at=at,
        scope=batch.scope,
        details={
            "programme": batch.programme_id,
            "new": counts.new,
            "revived": counts.revived,
            "already_here": counts.already_here,
            "needs_mending": counts.needs_mending,
        },
    )
    return counts
