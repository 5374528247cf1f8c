"""Reading imports: batches, their rows, and the keys of their jobs."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from diancai.formats.errors import Refusal as FormatRefusal
from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.place.queries import full_name
from diancai.ground.place.sight import codes_for
from diancai.stages.remark.batches import read_key
from diancai.stages.remark.models import ImportBatch, ImportRow
from diancai.stages.remark.queries.showing import sheet_rows_of
from diancai.stages.remark.rows import BatchCounts, BatchRow, NoticeRow, SheetRow
from diancai.words import BatchState, RowFate, Source

SUBJECT = "remark"


def get_batch(account: Account, batch_id: int) -> BatchRow:
    """One import. Raises `NotFound` for one elsewhere."""
    batch = ImportBatch.objects.select_related("by").filter(pk=batch_id, subject=SUBJECT).first()
    if batch is None or not can(account, Act.IMPORT_REMARKS, batch.scope):
        raise NotFound
    return batch_row(batch, count_rows([batch.pk])[batch.pk])


def list_batches(account: Account, *, after: str = "", limit: int = 50) -> Page[BatchRow]:
    """Imports of the account's places, the newest first."""
    codes = codes_for(account, Act.IMPORT_REMARKS)
    if not codes:
        return Page((), None)
    found = ImportBatch.objects.select_related("by").filter(at_or_below_any(codes), subject=SUBJECT)
    if after:
        found = found.filter(older_than(after, "at"))
    batches = list(found.order_by("-at", "-id")[: limit + 1])
    shown = batches[:limit]
    counts = count_rows([batch.pk for batch in shown])
    more = after_key(shown[-1].at, shown[-1].pk) if len(batches) > limit else None
    return Page(tuple(batch_row(batch, counts[batch.pk]) for batch in shown), more)


def list_batch_rows(
    account: Account, batch_id: int, fate: str = "", after: int = 0, limit: int = 50
) -> tuple[SheetRow, ...]:
    """Rows of an import behind row number `after`, with their cells; `fate` keeps one kind. Raises `NotFound`.

    The cells are masked but for those to be mended; of a row whose remark was diverted they are empty.
    """
    get_batch(account, batch_id)
    rows = ImportRow.objects.select_related("batch").filter(batch_id=batch_id, number__gt=after)
    if fate:
        rows = rows.filter(fate=fate)
    return sheet_rows_of(list(rows.order_by("number")[:limit]))


def get_batch_record(batch_id: int) -> ImportBatch:
    """The record of an import, for the actions of this stage. Raises `NotFound`."""
    batch = ImportBatch.objects.filter(pk=batch_id, subject=SUBJECT).first()
    if batch is None:
        raise NotFound
    return batch


def commit_key(batch: ImportBatch) -> str:
    """The once-only key of the job that commits a batch in its present round."""
    return f"{batch.subject}.import:{batch.pk}:{batch.round}"


def withdraw_key(batch: ImportBatch) -> str:
    """The once-only key of the job that withdraws a batch in its present round."""
    return f"{batch.subject}.withdraw:{batch.pk}:{batch.round}"


def _job_key(batch: ImportBatch) -> str:
    """The key of the job that the batch waits for now."""
    if not batch.row_count:
        return read_key(batch)
    return withdraw_key(batch) if batch.state == BatchState.COMMITTED else commit_key(batch)


def count_rows(batch_ids: Sequence[int]) -> dict[int, BatchCounts]:
    """The fates of each batch's rows."""
    counted: dict[int, dict[str, int]] = {pk: defaultdict(int) for pk in batch_ids}
    told = (
        ImportRow.objects.filter(batch_id__in=batch_ids)
        .order_by()
        .values_list("batch_id", "fate")
        .annotate(rows=Count("id"), taken=Count("object_id"))
    )
    for batch_id, fate, rows, taken in told:
        counted[batch_id][fate] += rows
        counted[batch_id]["taken"] += taken if fate in (RowFate.NEW, RowFate.REVIVED) else 0
    return {pk: BatchCounts(**{str(name): number for name, number in c.items()}) for pk, c in counted.items()}


def batch_row(batch: ImportBatch, counts: BatchCounts) -> BatchRow:
    """An import as pages show it, of remarks or of another stage."""
    scope = batch.scope
    refused = batch.columns.get("refused")
    return BatchRow(
        id=batch.pk,
        programme_id=batch.programme_id,
        file_name=batch.file_name,
        source=Source(batch.source),
        state=BatchState(batch.state),
        place_code=scope.place_code,
        place_name=full_name(scope, "", scope.prefecture_code if scope.county_code else ""),
        scope=scope,
        row_count=batch.row_count,
        counts=counts,
        columns=dict(batch.columns.get("fields", {})),
        unused=tuple(batch.columns.get("unused", ())),
        warnings=tuple(NoticeRow(**notice) for notice in batch.warnings),
        by=str(batch.by),
        at=batch.at,
        job_key=_job_key(batch),
        year=batch.columns.get("year"),
        kept=batch.uuid.hex if refused else "",
        refused=FormatRefusal.again(refused["code"], refused["params"]) if refused else None,
    )
