"""The dry run of a sheet: every row gets a fate before anything is taken, and is mended on screen."""

import hashlib
import json
import uuid as uuids
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from diancai.formats.errors import Refusal as FormatRefusal
from diancai.formats.sheets import REMARK_COLUMNS, Table, read_table
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.known_names import place_names
from diancai.ground.place.queries import tree
from diancai.ground.place.reach import codes_for, deepest
from diancai.ground.privacy.sealing import blind_index
from diancai.stages.remark.actions.making import columns, scope_of
from diancai.stages.remark.errors import FileRefused, RowNotFound, RowTaken
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.remark.queries import get_batch_record, scope_from, sheet_rows_of
from diancai.stages.remark.rows import SheetRow
from diancai.stages.remark.rules import check_commit, row_identity
from diancai.stages.remark.sheet_rows import Judged, RowJudge
from diancai.words import BatchState, RowFate, Source

SLICE = 200
SUBJECT = "remark"
Progress = Callable[[int, int, str], None]


def read_sheet(
    *,
    by: Account,
    at: datetime,
    programme_id: int,
    place_code: str,
    file_name: str,
    content: bytes,
    source: Source | str = Source.NEED_SHEET,
    year: int | None = None,
    sheet: str = "",
    block: int = 0,
    chosen: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> int:
    """Read a sheet in a dry run; returns the id of its batch, whose rows all have a fate.

    `place_code` is the place of rows that tell none; `year` that of days without one; `sheet`, `block`, `chosen` as in
    `formats.sheets.read_table`. Raises `NotAllowed`, `NoSuchPlace`, `FileRefused`.
    """
    scope = scope_of(place_code)
    check(by, Act.IMPORT_REMARKS, scope)
    try:
        limit = settings.UPLOAD_LIMIT
        table = read_table(
            content, file_name, REMARK_COLUMNS, sheet=sheet, block=block, chosen=chosen, limit_bytes=limit
        )
    except FormatRefusal as refusal:
        raise FileRefused(refusal) from refusal
    batch = _open_batch(table, by, at, programme_id, scope, file_name, content, Source(source), year)
    judge = judge_for(batch, by, at)
    copies: Counter[str] = Counter()
    for number, rows in enumerate(_sliced(table)):
        judged = [(at_row, cells, judge.judge(cells)) for at_row, cells in rows]
        _save_slice(batch, judged, copies)
        if progress is not None:
            progress(min((number + 1) * SLICE, len(table.rows)), len(table.rows), "")
    ImportBatch.objects.filter(pk=batch.pk).update(row_count=batch.rows.count())
    return batch.pk


def mend_row(*, by: Account, at: datetime, batch_id: int, number: int, cells: Mapping[str, str]) -> SheetRow:
    """Change cells of a row that is no remark yet and judge it anew; cells that are not named stay.

    A chosen place comes as `{"place_code": code}` and overrules the place columns. Raises `NotFound`, `NotAllowed`,
    `BatchWithdrawn`, `RowNotFound`, `RowTaken`.
    """
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, scope_from(batch))
    with transaction.atomic():
        row = _open_row(batch, number)
        mended = json.loads(row.cells) | {name: str(words) for name, words in cells.items()}
        judged = judge_for(batch, by, at).judge(mended)
        row.cells = json.dumps(mended, ensure_ascii=False)
        row.row_key = _free_key(batch, row, judged)
        _settle([(row, judged)], batch.programme_id)
        row.save()
        _tell(batch, "batch.row_mended", by, at, {"row": number, "fate": row.fate})
    return sheet_rows_of([row])[0]


def skip_row(*, by: Account, at: datetime, batch_id: int, number: int) -> SheetRow:
    """Leave a row out; mending it takes it up again. Raises as `mend_row`."""
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, scope_from(batch))
    with transaction.atomic():
        row = _open_row(batch, number)
        row.fate = RowFate.SKIPPED
        row.save(update_fields=["fate"])
        _tell(batch, "batch.row_skipped", by, at, {"row": number})
    return sheet_rows_of([row])[0]


def _open_batch(
    table: Table,
    by: Account,
    at: datetime,
    programme_id: int,
    scope: Scope,
    file_name: str,
    content: bytes,
    source: Source,
    year: int | None,
) -> ImportBatch:
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            uuid=uuids.uuid4(),
            programme_id=programme_id,
            subject=SUBJECT,
            file_name=file_name[-200:],
            file_digest=hashlib.sha256(content).hexdigest(),
            source=source,
            columns={"fields": dict(table.fields), "unused": list(table.unused_headers), "year": year},
            warnings=[asdict(notice) for notice in table.warnings],
            by=by,
            at=at,
            **columns(scope),
        )
        _tell(batch, "batch.read", by, at, {"rows": len(table.rows), "file": batch.file_digest})
    return batch


def _tell(batch: ImportBatch, kind: str, by: Account, at: datetime, details: dict[str, Any]) -> None:
    record(kind, subject=("batch", batch.pk), by=by, at=at, scope=scope_from(batch), details=details)


def judge_for(batch: ImportBatch, by: Account, at: datetime) -> RowJudge:
    """The judge of a batch's rows, for the person who reads, mends or commits it."""
    places = tree()
    return RowJudge(
        names=place_names(),
        scope_of=lambda code: places[code].scope if code in places else None,
        reached=codes_for(by, Act.IMPORT_REMARKS),
        place_code=deepest(scope_from(batch)),
        source=Source(batch.source),
        at=at,
        zone=timezone.get_default_timezone(),
        year=batch.columns.get("year"),
    )


def _sliced(table: Table) -> Iterator[list[tuple[int, dict[str, str]]]]:
    records = table.records()
    while rows := list(islice(records, SLICE)):
        yield rows


def _save_slice(batch: ImportBatch, judged: Sequence[tuple[int, dict[str, str], Judged]], copies: Counter[str]) -> None:
    rows = []
    for number, cells, found in judged:
        base = _identity(found, 0)
        rows.append(
            ImportRow(
                batch=batch,
                number=number,
                cells=json.dumps(cells, ensure_ascii=False),
                row_key=blind_index(_identity(found, copies[base])),
            )
        )
        copies[base] += 1
    with transaction.atomic():
        _settle([(row, found) for row, (_, _, found) in zip(rows, judged, strict=True)], batch.programme_id)
        ImportRow.objects.bulk_create(rows)


def _identity(judged: Judged, copy: int) -> str:
    values = judged.values
    return row_identity(
        text=values.text,
        said_at=values.said_at,
        place_code=values.place_code,
        sub_place=values.sub_place,
        speaker=values.speaker,
        outside_id=values.outside_id,
        copy=copy,
    )


def _free_key(batch: ImportBatch, row: ImportRow, judged: Judged) -> str:
    """The key of a mended row: the first copy that no other row of its sheet holds."""
    taken = set(batch.rows.exclude(pk=row.pk).values_list("row_key", flat=True))
    copy = 0
    while (key := blind_index(_identity(judged, copy))) in taken and not judged.values.outside_id:
        copy += 1
    return key


def _settle(judged: Sequence[tuple[ImportRow, Judged]], programme_id: int) -> None:
    """Give each row its fate: what is here already, what comes back, what is new, what must be mended first."""
    keys = [row.row_key for row, _ in judged]
    known = {
        key: (pk, withdrawn)
        for key, pk, withdrawn in Remark.objects.filter(programme_id=programme_id, row_key__in=keys).values_list(
            "row_key", "pk", "withdrawn_at"
        )
    }
    seen: set[str] = set()
    for row, found in judged:
        row.problems = [asdict(problem) for problem in found.problems]
        row.object_id = None
        pk, withdrawn = known.get(row.row_key, (None, None))
        if not found.is_clean:
            row.fate = RowFate.NEEDS_MENDING
        elif row.row_key in seen:
            # The same number of the same system twice in one sheet.
            row.fate = RowFate.ALREADY_HERE
        elif pk is None:
            row.fate = RowFate.NEW
        elif withdrawn is not None:
            row.fate = RowFate.REVIVED
        else:
            row.fate, row.object_id = RowFate.ALREADY_HERE, pk
        seen.add(row.row_key)


def _open_row(batch: ImportBatch, number: int) -> ImportRow:
    check_commit(BatchState(batch.state), batch.row_count)
    row = batch.rows.select_for_update().filter(number=number).first()
    if row is None:
        raise RowNotFound(number=number)
    if row.fate in (RowFate.NEW, RowFate.REVIVED) and row.object_id is not None:
        raise RowTaken(number=number)
    return row
