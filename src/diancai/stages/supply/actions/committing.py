"""Making offers of the rows of a sheet, and taking a whole import back.

Resumable, slice by slice, the same row never twice. A row whose offer went with a withdrawn import revives it.
"""

import json
import uuid as uuids
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.search import actions as search
from diancai.ground.work.actions import ask
from diancai.stages.remark.batches import Progress, write_fates
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.remark.queries import commit_key, count_rows
from diancai.stages.remark.rows import BatchCounts
from diancai.stages.supply.actions.importing import held_batch, note
from diancai.stages.supply.actions.offers import index, new_offer, store_new
from diancai.stages.supply.actions.sheet_rows import Judged, judge_of, settle
from diancai.stages.supply.errors import BatchNotOpen
from diancai.stages.supply.models import Offer
from diancai.words import BatchState, RowFate

OPEN = (RowFate.NEW, RowFate.REVIVED)
SLICE = 50  # offers; with their places, their rows of the sheet and of the index about 200 rows
MOST_AT_ONCE = 200  # rows that nobody minds waiting for: a department's sheet has a dozen


def ask_commit_offers(*, by: Account, at: datetime, batch_id: int) -> int | None:
    """Make offers of the good rows, at once where they are few, else by the job `offer.import`, whose id is returned.

    Raises as `commit_offer_batch`.
    """
    batch = _read_batch(batch_id, by)
    if batch.row_count <= MOST_AT_ONCE:
        commit_offer_batch(by=by, at=at, batch_id=batch_id)
        return None
    return ask("offer.import", key=commit_key(batch), by=by, at=at, batch_id=batch.pk, by_id=by.pk).pk


def commit_offer_batch(*, by: Account, at: datetime, batch_id: int, progress: Progress | None = None) -> BatchCounts:
    """Make offers of the good rows; rows to be mended stay for later.

    May be killed and called again at any point. Raises `BatchNotFound`, `BatchNotOpen`.
    """
    batch = _read_batch(batch_id, by)
    judge = judge_of(batch, by)
    waiting = list(batch.rows.filter(fate__in=OPEN, object_id=None).order_by("number").values_list("pk", flat=True))
    for start in range(0, len(waiting), SLICE):
        rows = batch.rows.filter(pk__in=waiting[start : start + SLICE]).order_by("number")
        _take([(row, judge.judge(json.loads(row.cells))) for row in rows], batch, by, at)
        if progress is not None:
            progress(min(start + SLICE, len(waiting)), len(waiting), "")
    ImportBatch.objects.filter(pk=batch.pk, state__in=(BatchState.DRY_RUN, BatchState.COMMITTED)).update(
        state=BatchState.COMMITTED, round=F("round") + 1
    )
    return count_rows([batch.pk])[batch.pk]


def withdraw_offer_batch(*, by: Account, at: datetime, batch_id: int) -> int:
    """Undo an import: its offers go out of force, the rows are kept. Returns how many offers were withdrawn."""
    with transaction.atomic():
        batch = held_batch(batch_id, by, BatchState.COMMITTED)
        offers = Offer.objects.filter(batch=batch, state=Offer.State.IN_FORCE)
        offer_ids = list(offers.values_list("pk", flat=True))
        offers.update(state=Offer.State.WITHDRAWN, changed_at=at)
        search.remove("offer", offer_ids)
        batch.state = BatchState.WITHDRAWN
        batch.save(update_fields=["state"])
        note("offer.batch_withdrawn", batch, by, at, {"offer_ids": offer_ids})
    return len(offer_ids)


def _read_batch(batch_id: int, by: Account) -> ImportBatch:
    """The import, if its sheet was read to the end."""
    batch = held_batch(batch_id, by)
    if not batch.row_count:
        raise BatchNotOpen
    return batch


@transaction.atomic
def _take(judged: Sequence[tuple[ImportRow, Judged]], batch: ImportBatch, by: Account, at: datetime) -> None:
    """One slice, with one event: what is here already is found again under the lock of the open batch."""
    held_batch(batch.pk, by)
    still = ImportRow.objects.filter(pk__in=[row.pk for row, _ in judged], object_id=None, fate__in=OPEN)
    open_rows = set(still.values_list("pk", flat=True))
    judged = [(row, found) for row, found in judged if row.pk in open_rows]
    known = settle(judged, batch.programme_id, set())
    fresh = [(row, found) for row, found in judged if row.fate == RowFate.NEW]
    new = [(_offer(row, found, batch, at), found.fields.place_codes) for row, found in fresh]
    store_new(new)
    made = {offer.row_key: offer.pk for offer, _ in new}
    revived = {found.row_key: known[found.row_key] for row, found in judged if row.fate == RowFate.REVIVED}
    _revive(list(revived.values()), batch, at)
    taken = made | revived
    for row, _ in judged:
        row.object_id = row.object_id or taken.get(row.row_key)
    write_fates((row.fate, row.object_id, row.pk) for row, _ in judged)
    if taken:
        details = {"offer_ids": sorted(taken.values()), "count": len(taken), "digest": rows_digest(list(taken))}
        note("offer.imported", batch, by, at, details)


def _offer(row: ImportRow, found: Judged, batch: ImportBatch, at: datetime) -> Offer:
    assert found.department is not None  # a row without one needs mending
    return new_offer(
        found.fields,
        found.department,
        programme_id=batch.programme_id,
        at=at,
        uuid=uuids.uuid5(batch.uuid, str(row.number)),
        batch_id=batch.pk,
        row_key=found.row_key,
    )


def _revive(offer_ids: Sequence[int], batch: ImportBatch, at: datetime) -> None:
    offers = Offer.objects.filter(pk__in=offer_ids)
    offers.update(state=Offer.State.IN_FORCE, batch=batch, changed_at=at, revision=F("revision") + 1)
    index(list(offers))
