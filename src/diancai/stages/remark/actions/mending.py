"""Mending rows of a dry run on screen, or leaving them out."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.privacy.sealing import blind_index
from diancai.stages.remark.actions.reading import identity, judge_for, settle
from diancai.stages.remark.errors import RowNotFound, RowTaken
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.remark.queries import get_batch_record, sheet_rows_of
from diancai.stages.remark.rows import SheetRow
from diancai.stages.remark.rules import check_commit
from diancai.stages.remark.sheet_rows import Judged
from diancai.words import BatchState, RowFate


def mend_row(*, by: Account, at: datetime, batch_id: int, number: int, cells: Mapping[str, str]) -> SheetRow:
    """Change cells of a row that is no remark yet and judge it anew; cells that are not named stay.

    A chosen place comes as `{"place_code": code}` and overrules the place columns. Raises `NotFound`, `NotAllowed`,
    `BatchWithdrawn`, `RowNotFound`, `RowTaken`.
    """
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, batch.scope)
    with transaction.atomic():
        row = _open_row(batch, number)
        mended = json.loads(row.cells) | {name: str(words) for name, words in cells.items()}
        judged = judge_for(batch, by, at).judge(mended)
        row.cells = json.dumps(mended, ensure_ascii=False)
        row.row_key = _free_key(batch, row, judged)
        settle([(row, judged)], batch.programme_id)
        row.save()
        _tell(batch, "batch.row_mended", by, at, {"row": number, "fate": row.fate})
    return sheet_rows_of([row])[0]


def skip_row(*, by: Account, at: datetime, batch_id: int, number: int) -> SheetRow:
    """Leave a row out; mending it takes it up again. Raises as `mend_row`."""
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, batch.scope)
    with transaction.atomic():
        row = _open_row(batch, number)
        row.fate = RowFate.SKIPPED
        row.save(update_fields=["fate"])
        _tell(batch, "batch.row_skipped", by, at, {"row": number})
    return sheet_rows_of([row])[0]


def _tell(batch: ImportBatch, kind: str, by: Account, at: datetime, details: dict[str, Any]) -> None:
    record(kind, subject=("batch", batch.pk), by=by, at=at, scope=batch.scope, details=details)


def _free_key(batch: ImportBatch, row: ImportRow, judged: Judged) -> str:
    """The key of a mended row: the first copy that no other row of its sheet holds."""
    others, copy = batch.rows.exclude(pk=row.pk), 0
    while others.filter(row_key=(key := blind_index(identity(judged, copy)))).exists():
        if judged.values.outside_id:
            break
        copy += 1
    return key


def _open_row(batch: ImportBatch, number: int) -> ImportRow:
    check_commit(BatchState(batch.state), batch.row_count)
    row = batch.rows.select_for_update().filter(number=number).first()
    if row is None:
        raise RowNotFound(number=number)
    if row.fate in (RowFate.NEW, RowFate.REVIVED) and row.object_id is not None:
        raise RowTaken(number=number)
    return row
