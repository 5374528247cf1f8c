"""The dry run of a sheet: every row gets a fate before anything is taken."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.utils import timezone

from diancai.formats.sheets import REMARK_COLUMNS, is_big
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.known_names import place_names
from diancai.ground.place.queries import tree
from diancai.ground.place.sight import codes_for
from diancai.ground.privacy.sealing import blind_index
from diancai.stages.remark.actions.making import scope_of
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
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.remark.queries import get_batch_record
from diancai.stages.remark.rules import row_identity
from diancai.stages.remark.sheet_rows import Judged, RowJudge
from diancai.words import RowFate, Source

SUBJECT = "remark"


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
    in_background: bool = False,
    progress: Progress | None = None,
) -> int:
    """Read a sheet in a dry run; returns the id of its batch, whose rows all have a fate.

    `place_code` is the place of rows that tell none; `year` that of days without one; `sheet`, `block`, `chosen` as in
    `formats.sheets.read_table`. With `in_background` a big file is left to the job `remark.read`: its batch has no rows
    yet, and tells a refusal of the file itself. Raises `NotAllowed`, `NoSuchPlace`, `FileRefused`.
    """
    scope = scope_of(place_code)
    check(by, Act.IMPORT_REMARKS, scope)
    given = SheetGiven(programme_id, file_name, content, Source(source), year, sheet, block, chosen)
    if in_background and is_big(content):
        batch = open_batch(SUBJECT, given, by=by, at=at, scope=scope)
        queue_reading("remark.read", given, batch)
        return batch.pk
    table = table_of(given, REMARK_COLUMNS)
    batch = open_batch(SUBJECT, given, by=by, at=at, scope=scope)
    read_rows(batch, table, _reading(batch, by, progress))
    return batch.pk


def read_kept_sheet(*, by: Account, batch_id: int, progress: Progress | None = None) -> int:
    """Read the sheet that waits for a batch, as the job does; returns how many rows it has, 0 when it was refused.

    May be killed and called again at any point. Raises `NotFound`, `NotAllowed`.
    """
    batch = get_batch_record(batch_id)
    check(by, Act.IMPORT_REMARKS, batch.scope)
    return read_kept(batch, _reading(batch, by, progress))


def _reading(batch: ImportBatch, by: Account, progress: Progress | None) -> Reading:
    judge, copies = judge_for(batch, by, batch.at), Counter[str]()
    return Reading(REMARK_COLUMNS, partial(_make_rows, batch, judge, copies), partial(_tell, batch, by), progress)


def _tell(batch: ImportBatch, by: Account, rows: int) -> None:
    details: dict[str, object] = {"rows": rows, "file": batch.file_digest}
    record("batch.read", subject=("batch", batch.pk), by=by, at=batch.at, scope=batch.scope, details=details)


def judge_for(batch: ImportBatch, by: Account, at: datetime) -> RowJudge:
    """The judge of a batch's rows, for the person who reads, mends or commits it."""
    places = tree()
    return RowJudge(
        names=place_names(),
        scope_of=lambda code: places[code].scope if code in places else None,
        reached=codes_for(by, Act.IMPORT_REMARKS),
        place_code=batch.scope.place_code,
        source=Source(batch.source),
        at=at,
        zone=timezone.get_default_timezone(),
        year=batch.columns.get("year"),
    )


def _make_rows(
    batch: ImportBatch, judge: RowJudge, copies: Counter[str], cells: Sequence[tuple[int, Cells]]
) -> list[ImportRow]:
    """Rows with their fates, unsaved. `copies` counts equal rows of the sheet so far."""
    judged = []
    for number, told in cells:
        found = judge.judge(told)
        base = identity(found, 0)
        row = ImportRow(batch=batch, number=number, cells=json.dumps(told, ensure_ascii=False))
        row.row_key = blind_index(identity(found, copies[base]) if copies[base] else base)
        copies[base] += 1
        judged.append((row, found))
    settle(judged, batch.programme_id)
    return [row for row, _ in judged]


def identity(judged: Judged, copy: int) -> str:
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


def settle(judged: Sequence[tuple[ImportRow, Judged]], programme_id: int) -> None:
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
