"""How records become rows that may be shown. Called by the queries and actions of this stage."""

import json

from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import full_name
from diancai.ground.place.reach import deepest
from diancai.ground.privacy.sealing import mask_name, mask_phone
from diancai.stages.remark.models import ImportBatch, ImportRow, Remark
from diancai.stages.remark.rows import Problem, RemarkRow, SheetRow, Undigested
from diancai.words import Language, RowFate, Source


def row_of(remark: Remark, photo_ids: tuple[int, ...] = ()) -> RemarkRow:
    """A record as the row that may be shown."""
    scope = scope_from(remark)
    return RemarkRow(
        id=remark.pk,
        uuid=str(remark.uuid),
        programme_id=remark.programme_id,
        text=remark.shown,
        subject=remark.subject,
        source=Source(remark.source),
        place_code=deepest(scope),
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


def sheet_row_of(row: ImportRow) -> SheetRow:
    """A record as the row that may be shown to the person who imports it."""
    problems = tuple(
        Problem(**{**problem, "candidates": tuple(tuple(pair) for pair in problem["candidates"])})
        for problem in row.problems
    )
    return SheetRow(row.number, RowFate(row.fate), json.loads(row.cells), problems, row.object_id)


def undigested_row(remark: Remark) -> Undigested:
    """What the digest is given of a record."""
    return Undigested(
        id=remark.pk,
        programme_id=remark.programme_id,
        uuid=str(remark.uuid),
        text=remark.shown,
        subject=remark.subject,
        text_key=remark.text_key,
        scope=scope_from(remark),
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


def scope_from(record: Remark | ImportBatch) -> Scope:
    """The scope that a record's columns tell."""
    return Scope(record.prefecture_code, record.county_code, record.town_code, record.village_code)
