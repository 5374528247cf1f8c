"""Offers from a sheet: a dry run with every row's fate, and mending on screen.

The rows of an import are those of `remark` (`ImportBatch`, `ImportRow`) with the subject `offer`. A row is known by the
department and the number it gives its offer, or else by what it says.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from diancai.formats.sheets import OFFER_COLUMNS, is_big
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import get_scope
from diancai.ground.place.sight import sight_of
from diancai.stages.remark.batches import (
    Cells,
    Progress,
    Reading,
    SheetGiven,
    open_batch,
    queue_reading,
    read_kept,
    read_rows,
    table_of,
)
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.remark.rows import SheetRow
from diancai.stages.supply.actions.sheet_rows import Judge, judge_of, settle
from diancai.stages.supply.errors import BatchNotFound, BatchNotOpen
from diancai.stages.supply.queries import offer_sheet_row
from diancai.words import BatchState, RowFate

SUBJECT = "offer"


def read_offer_sheet(
    *,
    by: Account,
    at: datetime,
    programme_id: int,
    place_code: str,
    file_name: str,
    content: bytes,
    year: int | None = None,
    sheet: str = "",
    block: int = 0,
    chosen: Mapping[str, str] | None = None,
    in_background: bool = False,
    progress: Progress | None = None,
) -> int:
    """Read a sheet in a dry run; returns the id of the batch. Nothing is an offer before `commit_offer_batch`.

    `place_code`: whose departments are meant (the prefecture or a county). Rows without a department belong to the
    reader's own, if he has one. The other arguments as in `remark.actions.read_sheet`; a big file becomes the job
    `offer.read`. Raises `FileRefused`, `NotAllowed`.
    """
    sight_of(by, Act.WRITE_OFFER)
    place = get_scope(place_code)
    scope = Scope(place.prefecture_code, place.county_code)
    given = SheetGiven(programme_id, file_name, content, year=year, sheet=sheet, block=block, chosen=chosen)
    if in_background and is_big(content):
        batch = open_batch(SUBJECT, given, by=by, at=at, scope=scope)
        queue_reading("offer.read", given, batch)
        return batch.pk
    table = table_of(given, OFFER_COLUMNS)
    batch = open_batch(SUBJECT, given, by=by, at=at, scope=scope)
    read_rows(batch, table, _reading(batch, by, progress))
    return batch.pk


def read_kept_offer_sheet(*, by: Account, batch_id: int, progress: Progress | None = None) -> int:
    """Read the sheet that waits for a batch, as the job does; returns how many rows it has, 0 when it was refused.

    May be killed and called again at any point. Raises `BatchNotFound`.
    """
    batch = held_batch(batch_id, by)
    return read_kept(batch, _reading(batch, by, progress))


def mend_offer_row(*, by: Account, at: datetime, batch_id: int, number: int, cells: Mapping[str, str]) -> SheetRow:
    """Change cells of one row and judge it anew. Raises `BatchNotFound`, `BatchNotOpen`."""
    with transaction.atomic():
        batch = held_batch(batch_id, by)
        row = batch.rows.select_for_update().filter(number=number).first()
        if row is None or (row.object_id is not None and row.fate in (RowFate.NEW, RowFate.REVIVED)):
            raise BatchNotOpen
        known = json.loads(row.cells) | {name: text for name, text in cells.items() if name in _fields()}
        judged = judge_of(batch, by).judge(known)
        twin = batch.rows.exclude(pk=row.pk).filter(row_key=judged.row_key).exclude(fate=RowFate.NEEDS_MENDING)
        settle([(row, judged)], batch.programme_id, {judged.row_key} if twin.exists() else set())
        row.cells = json.dumps(known, ensure_ascii=False)
        row.save()
        note("offer_batch.mended", batch, by, at, {"number": number, "fate": row.fate})
    return offer_sheet_row(row)


def held_batch(batch_id: int, by: Account, *states: BatchState) -> ImportBatch:
    """The import, locked when inside a transaction, if it is the account's or lies in its office's hands.

    Raises `BatchNotFound`, `BatchNotOpen` for one in another state than those asked for.
    """
    found = ImportBatch.objects.filter(pk=batch_id, subject=SUBJECT)
    if transaction.get_connection().in_atomic_block:
        found = found.select_for_update()
    batch = found.first()
    if batch is None or (batch.by_id != by.pk and not can(by, Act.WRITE_OFFER, _scope(batch))):
        raise BatchNotFound
    if batch.state not in (states or (BatchState.DRY_RUN, BatchState.COMMITTED)):
        raise BatchNotOpen
    return batch


def note(kind: str, batch: ImportBatch, by: Account, at: datetime, details: dict[str, object]) -> None:
    """The one event of an act on an import."""
    details |= {"batch_id": batch.pk, "programme_id": batch.programme_id}
    record(kind, subject=("offer_batch", batch.pk), by=by, at=at, scope=_scope(batch), details=details)


def _reading(batch: ImportBatch, by: Account, progress: Progress | None) -> Reading:
    rows = partial(_make_rows, batch, judge_of(batch, by), set[str]())
    return Reading(OFFER_COLUMNS, rows, partial(_tell, batch, by), progress)


def _make_rows(batch: ImportBatch, judge: Judge, seen: set[str], cells: Sequence[tuple[int, Cells]]) -> list[ImportRow]:
    """Rows with their fates, unsaved. `seen` holds the keys of the sheet so far."""
    judged = [
        (ImportRow(batch=batch, number=number, cells=json.dumps(told, ensure_ascii=False)), judge.judge(told))
        for number, told in cells
    ]
    settle(judged, batch.programme_id, seen)
    return [row for row, _ in judged]


def _tell(batch: ImportBatch, by: Account, rows: int) -> None:
    details = {"rows": rows, "digest": batch.file_digest, "year": batch.columns["year"]}
    note("offer_batch.read", batch, by, batch.at, details)


def _scope(batch: ImportBatch) -> Scope:
    return Scope(batch.prefecture_code, batch.county_code)


def _fields() -> frozenset[str]:
    return frozenset(column.field for column in OFFER_COLUMNS.columns)
