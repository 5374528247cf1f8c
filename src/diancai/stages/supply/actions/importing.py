"""Offers from a sheet: a dry run with every row's fate, mending, commit, undo; the same file again brings nothing new.

The rows of an import are those of `remark` (`ImportBatch`, `ImportRow`) with the subject `offer`. A row is known by the
department and the number it gives its offer, or else by what it says; a row whose offer went with a withdrawn import
comes back to life.
"""

import hashlib
import json
import uuid as uuids
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from diancai.formats.sheets import OFFER_COLUMNS, read_table
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_scope
from diancai.ground.place.sight import sight_of
from diancai.ground.search import actions as search
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.supply.actions.offers import index, store_offer
from diancai.stages.supply.actions.sheet_rows import Judge, Judged
from diancai.stages.supply.errors import BatchNotFound, BatchNotOpen
from diancai.stages.supply.models import Offer
from diancai.stages.supply.rows import OfferBatchLine
from diancai.words import BatchState, RowFate, Source

AT_ONCE = 200
Progress = Callable[[int, int], None]


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
    chosen: dict[str, str] | None = None,
) -> int:
    """Read a sheet in a dry run; returns the id of the batch. Nothing is an offer before `commit_offer_batch`.

    `place_code`: whose departments are meant (the prefecture or a county). Rows without a department belong to the
    reader's own, if he has one. `year` stands in where a day is written without. Raises the refusals of
    `formats.errors` for a file that cannot be taken, and `NotAllowed`.
    """
    sight_of(by, Act.WRITE_OFFER)
    judge = Judge(by, place_code, programme_id, year)
    table = read_table(
        content, file_name, OFFER_COLUMNS, sheet=sheet, block=block, chosen=chosen, limit_bytes=settings.UPLOAD_LIMIT
    )
    scope = get_scope(place_code)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            uuid=uuids.uuid4(),
            programme_id=programme_id,
            subject="offer",
            file_name=PurePath(file_name).name[:200],
            file_digest=hashlib.sha256(content).hexdigest(),
            source=Source.NEED_SHEET,
            columns=dict(table.fields),
            warnings=[[notice.zh, notice.en] for notice in table.warnings],
            row_count=len(table.rows),
            by=by,
            at=at,
            prefecture_code=scope.prefecture_code,
            county_code=scope.county_code,
        )
        rows = [_row(batch, number, cells, judge.judge(cells)) for number, cells in table.records()]
        ImportRow.objects.bulk_create(rows, batch_size=AT_ONCE)
        _note("offer_batch.read", batch, by, at, {"rows": len(rows), "digest": batch.file_digest, "year": year})
    return batch.pk


def mend_offer_row(*, by: Account, at: datetime, batch_id: int, number: int, cells: dict[str, str]) -> OfferBatchLine:
    """Change cells of one row and judge it anew. Raises `BatchNotFound`, `BatchNotOpen`."""
    with transaction.atomic():
        batch = _held(batch_id, by)
        row = batch.rows.select_for_update().filter(number=number).first()
        if row is None or row.fate == RowFate.REVIVED or (row.object_id and row.fate == RowFate.NEW):
            raise BatchNotOpen
        known = json.loads(row.cells) | {name: text for name, text in cells.items() if name in _fields()}
        others = set(batch.rows.exclude(pk=row.pk).exclude(row_key="").values_list("row_key", flat=True))
        judged = Judge(by, batch.county_code or batch.prefecture_code, batch.programme_id, None, others).judge(known)
        mended = _row(batch, number, known, judged)
        mended.pk = row.pk
        mended.save(force_update=True)
        _note("offer_batch.mended", batch, by, at, {"number": number, "fate": judged.fate})
    return OfferBatchLine(number, judged.fate, known, judged.problems, judged.offer_id)


def commit_offer_batch(
    *, by: Account, at: datetime, batch_id: int, progress: Progress | None = None
) -> dict[RowFate, int]:
    """Make offers of the good rows; rows to be mended stay for later. Returns how many rows had which fate.

    Can be repeated: rows that were taken before are passed over. At most 200 rows a transaction.
    """
    batch = _held(batch_id, by)
    good = batch.rows.filter(Q(fate=RowFate.NEW, object_id=None) | Q(fate=RowFate.REVIVED))
    numbers = list(good.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        with transaction.atomic():
            _take(batch, numbers[start : start + AT_ONCE], by, at)
        if progress is not None:
            progress(min(start + AT_ONCE, len(numbers)), len(numbers))
    ImportBatch.objects.filter(pk=batch.pk, state=BatchState.DRY_RUN).update(state=BatchState.COMMITTED)
    fates = batch.rows.values_list("fate", flat=True)
    return {fate: count for fate in RowFate if (count := sum(1 for each in fates if each == fate))}


def withdraw_offer_batch(*, by: Account, at: datetime, batch_id: int) -> int:
    """Undo an import: its offers go out of force, the rows are kept. Returns how many offers were withdrawn."""
    with transaction.atomic():
        batch = _held(batch_id, by, BatchState.COMMITTED)
        offers = Offer.objects.filter(batch=batch, state=Offer.State.IN_FORCE)
        offer_ids = list(offers.values_list("pk", flat=True))
        offers.update(state=Offer.State.WITHDRAWN, changed_at=at)
        search.remove("offer", offer_ids)
        batch.state = BatchState.WITHDRAWN
        batch.save(update_fields=["state"])
        _note("offer.batch_withdrawn", batch, by, at, {"offer_ids": offer_ids})
    return len(offer_ids)


def _take(batch: ImportBatch, numbers: list[int], by: Account, at: datetime) -> None:
    """Make or revive the offers of some rows, with one event for all of them."""
    judge = Judge(by, batch.county_code or batch.prefecture_code, batch.programme_id, None)
    taken: dict[int, str] = {}
    for row in batch.rows.select_for_update().filter(number__in=numbers).order_by("number"):
        judged = judge.judge(json.loads(row.cells))
        if judged.fate == RowFate.REVIVED and judged.offer_id:
            row.object_id = _revive(judged.offer_id, batch, at)
        elif judged.fate == RowFate.NEW and judged.fields and judged.department:
            row.object_id = store_offer(
                judged.fields,
                judged.department,
                programme_id=batch.programme_id,
                at=at,
                uuid=uuids.uuid5(batch.uuid, str(row.number)),
                batch_id=batch.pk,
                row_key=judged.row_key,
            ).pk
        elif row.object_id is None:
            row.fate, row.object_id = judged.fate, judged.offer_id
        if row.object_id and judged.fate in (RowFate.NEW, RowFate.REVIVED):
            taken[row.object_id] = judged.row_key
        row.save(update_fields=["fate", "object_id"])
    if taken:
        digest = rows_digest(list(taken.values()))
        _note("offer.imported", batch, by, at, {"offer_ids": list(taken), "count": len(taken), "digest": digest})


def _revive(offer_id: int, batch: ImportBatch, at: datetime) -> int:
    offer = Offer.objects.select_related("department").get(pk=offer_id)
    offer.state, offer.batch, offer.changed_at = Offer.State.IN_FORCE, batch, at
    offer.revision += 1
    offer.save()
    index(offer)
    return offer.pk


def _held(batch_id: int, by: Account, *states: BatchState) -> ImportBatch:
    """The import, locked when inside a transaction, if it is the account's or lies in its office's hands."""
    found = ImportBatch.objects.filter(pk=batch_id, subject="offer")
    if transaction.get_connection().in_atomic_block:
        found = found.select_for_update()
    batch = found.first()
    if batch is None or (batch.by_id != by.pk and not can(by, Act.WRITE_OFFER, get_scope(_place(batch)))):
        raise BatchNotFound
    if batch.state not in (states or (BatchState.DRY_RUN, BatchState.COMMITTED)):
        raise BatchNotOpen
    return batch


def _place(batch: ImportBatch) -> str:
    return batch.county_code or batch.prefecture_code


def _row(batch: ImportBatch, number: int, cells: dict[str, str], judged: Judged) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=number,
        fate=judged.fate,
        cells=json.dumps(cells, ensure_ascii=False),
        problems=[list(problem) for problem in judged.problems],
        row_key=judged.row_key,
        object_id=judged.offer_id,
    )


def _fields() -> frozenset[str]:
    return frozenset(column.field for column in OFFER_COLUMNS.columns)


def _note(kind: str, batch: ImportBatch, by: Account, at: datetime, details: dict[str, object]) -> None:
    details |= {"batch_id": batch.pk, "programme_id": batch.programme_id}
    record(kind, subject=("offer_batch", batch.pk), by=by, at=at, scope=get_scope(_place(batch)), details=details)
