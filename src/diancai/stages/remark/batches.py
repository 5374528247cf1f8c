"""What imports of remarks and imports of offers share: a batch is opened, its sheet is read slice by slice.

A small sheet is read while the person waits and refused before anything is written. A big one is kept and read by a
job; killed in the middle, the job reads the sheet again and writes only the rows that are not there yet.
"""

import hashlib
import uuid as uuids
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import PurePath

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from diancai.formats.errors import Refusal as FormatRefusal
from diancai.formats.sheets import Columns, Table, read_table
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.ground.work.actions import ask
from diancai.stages.remark.errors import FileRefused
from diancai.stages.remark.kept_sheets import forget_sheet, keep_sheet, kept_sheet
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.words import Source

SLICE = 200
Progress = Callable[[int, int, str], None]
Cells = dict[str, str]
MakeRows = Callable[[Sequence[tuple[int, Cells]]], list[ImportRow]]


@dataclass(frozen=True, slots=True)
class SheetGiven:
    """A file and how it is to be read: `year` of days without one; sheet, block and headers that a person chose."""

    programme_id: int
    file_name: str
    content: bytes
    source: Source = Source.NEED_SHEET
    year: int | None = None
    sheet: str = ""
    block: int = 0
    chosen: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one kind of sheet are read: `make_rows` gives unsaved rows with their fates, `tell` the event."""

    columns: Columns
    make_rows: MakeRows
    tell: Callable[[int], None]
    progress: Progress | None = field(default=None)


def table_of(given: SheetGiven, columns: Columns) -> Table:
    """The table of a file. Raises `FileRefused`."""
    try:
        return read_table(
            given.content, given.file_name, columns, sheet=given.sheet, block=given.block, chosen=given.chosen,
            limit_bytes=settings.UPLOAD_LIMIT,
        )  # fmt: skip
    except FormatRefusal as refusal:
        raise FileRefused(refusal) from refusal


def open_batch(subject: str, given: SheetGiven, *, by: Account, at: datetime, scope: Scope) -> ImportBatch:
    """A batch without rows; `row_count` stays 0 until the last row was read."""
    asked = {"sheet": given.sheet, "block": given.block, "chosen": dict(given.chosen or {})}
    return ImportBatch.objects.create(
        uuid=uuids.uuid4(),
        programme_id=given.programme_id,
        subject=subject,
        file_name=PurePath(given.file_name).name[-200:],
        file_digest=hashlib.sha256(given.content).hexdigest(),
        source=given.source,
        columns={"year": given.year, "asked": asked},
        by=by,
        at=at,
        prefecture_code=scope.prefecture_code,
        county_code=scope.county_code,
        town_code=scope.town_code,
        village_code=scope.village_code,
    )


@transaction.atomic
def queue_reading(kind: str, given: SheetGiven, batch: ImportBatch) -> None:
    """Keep the sheet and ask for the job that reads it."""
    keep_sheet(batch.by_id, given.file_name, given.content, batch.uuid.hex)
    ask(kind, key=read_key(batch), by=batch.by, at=batch.at, batch_id=batch.pk, by_id=batch.by_id)


def read_key(batch: ImportBatch) -> str:
    """The once-only key of the job that reads a batch's sheet."""
    return f"{batch.subject}.read:{batch.pk}"


def read_kept(batch: ImportBatch, reading: Reading) -> int:
    """Read the kept sheet of a batch; returns how many rows it has, 0 when it was refused, which the batch then tells.

    May be killed and called again at any point.
    """
    if batch.row_count:
        return batch.row_count
    try:
        _, content = kept_sheet(batch.by_id, batch.uuid.hex)
        table = read_table(
            content, batch.file_name, reading.columns, **batch.columns["asked"], limit_bytes=settings.UPLOAD_LIMIT
        )
    except FormatRefusal as refusal:
        # The sheet stays where it is: most refusals can be answered by a choice.
        batch.columns["refused"] = {"code": refusal.code, "params": refusal.params}
        batch.save(update_fields=["columns"])
        return 0
    count = read_rows(batch, table, reading)
    forget_sheet(batch.by_id, batch.uuid.hex)
    return count


def read_rows(batch: ImportBatch, table: Table, reading: Reading) -> int:
    """Write the rows of a table with their fates, at most `SLICE` in a transaction; returns how many there are."""
    saved = batch.rows.aggregate(last=Max("number"))["last"]
    records, done, total = table.records(), 0, len(table.rows)
    while cells := list(islice(records, SLICE)):
        # Rows that are there already are made all the same: later ones are compared with them.
        rows = reading.make_rows(cells)
        if saved is None or rows[-1].number > saved:
            ImportRow.objects.bulk_create(rows)
        done += len(rows)
        if reading.progress is not None:
            reading.progress(done, total, "")
    _close(batch, table, reading)
    return total


def write_fates(written: Iterable[tuple[str, int | None, int]]) -> None:
    """Write what became of rows: fate, the record it is now, and the key of the row."""
    with connection.cursor() as cursor:
        # One prepared statement for the slice; `bulk_update` takes ten times as long while the writer is held.
        cursor.executemany(
            f"UPDATE {ImportRow._meta.db_table} SET fate = %s, object_id = %s WHERE id = %s",  # noqa: S608 (our own table)
            [(str(fate), record, row) for fate, record, row in written],
        )


@transaction.atomic
def _close(batch: ImportBatch, table: Table, reading: Reading) -> None:
    batch.columns |= {"fields": dict(table.fields), "unused": list(table.unused_headers)}
    batch.warnings = [asdict(notice) for notice in table.warnings]
    batch.row_count = len(table.rows)
    batch.save(update_fields=["columns", "warnings", "row_count"])
    reading.tell(batch.row_count)
