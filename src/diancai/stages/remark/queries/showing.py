"""How records become rows that may be shown. Called by the queries and actions of this stage."""

import json
from collections.abc import Mapping, Sequence

from django.db.models import Q

from diancai.engine.said.masking import mask
from diancai.ground.place.queries import full_name
from diancai.ground.privacy.sealing import mask_name, mask_phone
from diancai.stages.remark.models import ImportRow, Remark
from diancai.stages.remark.rows import Problem, RemarkRow, SheetRow, Undigested
from diancai.words import Language, RowFate, Source


def row_of(remark: Remark, photo_ids: tuple[int, ...] = ()) -> RemarkRow:
    """A record as the row that may be shown."""
    scope = remark.scope
    return RemarkRow(
        id=remark.pk,
        uuid=str(remark.uuid),
        programme_id=remark.programme_id,
        text=remark.shown,
        subject=remark.subject,
        source=Source(remark.source),
        place_code=scope.place_code,
        place_name=full_name(scope, remark.sub_place, scope.prefecture_code if scope.county_code else ""),
        sub_place=remark.sub_place,
        scope=scope,
        said_at=remark.said_at,
        recorded_at=remark.recorded_at,
        received_at=remark.received_at,
        recorded_by=str(remark.recorded_by),
        speaker="" if remark.is_diverted else mask_name(remark.speaker),
        phone="" if remark.is_diverted else mask_phone(remark.phone),
        households=remark.households,
        households_approx=remark.households_approx,
        persons=remark.persons,
        language=Language(remark.language),
        is_translation=remark.is_translation,
        translated_by=remark.translated_by,
        is_emergency=remark.is_emergency,
        is_diverted=remark.is_diverted,
        state=state_of(remark),
        batch_id=remark.batch_id,
        outside_id=remark.outside_id,
        photo_ids=photo_ids,
    )


def state_of(remark: Remark) -> str:
    """withdrawn, diverted, digested or waiting."""
    if remark.withdrawn_at is not None:
        return "withdrawn"
    if remark.is_diverted:
        return "diverted"
    return "digested" if remark.digested_at is not None else "waiting"


def sheet_rows_of(rows: Sequence[ImportRow]) -> tuple[SheetRow, ...]:
    """Rows of one sheet as they may be shown to whoever imports it: masked, and nothing of what was diverted."""
    if not rows:
        return ()
    keys = {row.row_key for row in rows} - {""}
    held = Remark.objects.defer("verbatim", "verbatim_subject").filter(
        Q(pk__in=[row.object_id for row in rows if row.object_id])
        | Q(row_key__in=keys, programme_id=rows[0].batch.programme_id)
    )
    by_id: dict[int, Remark] = {}
    by_key: dict[str, Remark] = {}
    for remark in held:
        by_id[remark.pk] = remark
        if remark.row_key:
            by_key[remark.row_key] = remark
    return tuple(_sheet_row(row, by_id.get(row.object_id or 0) or by_key.get(row.row_key)) for row in rows)


def _sheet_row(row: ImportRow, remark: Remark | None) -> SheetRow:
    fate, cells = RowFate(row.fate), json.loads(row.cells)
    if remark is not None and remark.is_diverted:
        return SheetRow(row.number, fate, dict.fromkeys(cells, ""), (), row.object_id)
    problems = tuple(
        Problem(**{**problem, "candidates": tuple(tuple(pair) for pair in problem["candidates"])})
        for problem in row.problems
    )
    covered = {name: _covered(name, words) for name, words in cells.items()}
    if row.object_id is not None and remark is not None:
        covered |= _kept_cells(remark, cells)
    else:
        # Whoever mends a cell must see what stands in it.
        covered |= {problem.field: cells[problem.field] for problem in problems if problem.field in cells}
    return SheetRow(row.number, fate, covered, problems, row.object_id)


def _covered(name: str, words: str) -> str:
    """A cell with its personal data covered."""
    if name == "speaker":
        return mask_name(words)
    return mask_phone(words) if name == "phone" else mask(words).shown


def _kept_cells(remark: Remark, cells: Mapping[str, str]) -> dict[str, str]:
    """What the remark made of a row shows in place of the cells."""
    shown = {
        "text": remark.shown,
        "subject": remark.subject,
        "speaker": mask_name(remark.speaker),
        "phone": mask_phone(remark.phone),
    }
    return {name: words for name, words in shown.items() if name in cells}


def undigested_row(remark: Remark) -> Undigested:
    """What the digest is given of a record."""
    return Undigested(
        id=remark.pk,
        programme_id=remark.programme_id,
        uuid=str(remark.uuid),
        text=remark.shown,
        subject=remark.subject,
        text_key=remark.text_key,
        scope=remark.scope,
        sub_place=remark.sub_place,
        said_at=remark.said_at,
        received_at=remark.received_at,
        source=Source(remark.source),
        language=Language(remark.language),
        households=remark.households,
        households_approx=remark.households_approx,
        persons=remark.persons,
        is_emergency=remark.is_emergency,
        is_diverted=remark.is_diverted,
        may_divert=remark.may_divert,
        told=remark.told,
    )
