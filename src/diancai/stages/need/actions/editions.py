"""The demand list of a county: drafted, signed on paper, published, frozen; the next edition is a new one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import get_scope, name_of
from diancai.stages.need.actions.line_cells import cells_of, wanted_times
from diancai.stages.need.errors import (
    EditionFrozen,
    EditionNotSigned,
    LinesAltered,
    NoSuchField,
    NoSuchPeriod,
    NotForTheList,
    SignedInFuture,
    SignerMissing,
)
from diancai.stages.need.keeping import event_details, index, locked, step
from diancai.stages.need.models import LIVE, DemandEdition, DemandLine, Need, NeedStep
from diancai.stages.need.queries.editions import digest_of, find_draft
from diancai.stages.need.rules import FILLED_BY_HAND, Step
from diancai.words import EditionState, NeedProgress, NeedState, Route

DONE = (NeedProgress.COMPLETED, NeedProgress.CLOSED)
LONGEST_PERIOD = 20


@transaction.atomic
def draft_edition(
    *, by: Account, at: datetime, programme_id: int, county_code: str, period: str, is_supplement: bool = False
) -> int:
    """Draw up a county's list: accepted needs, and listed ones that are still open; returns the edition's id.

    A supplement holds accepted needs that no edition has yet. Drawing again while the draft is open makes its lines
    anew and keeps what was filled in by hand. A county without needs gets a zero report. Raises `NotAllowed`,
    `NoSuchPeriod`.
    """
    scope = get_scope(county_code)
    check(by, Act.DRAFT_DEMAND_LIST, scope)
    period = _period(period)
    draft = find_draft(programme_id, scope.county_code, period, is_supplement=is_supplement)
    if draft:
        edition = DemandEdition.objects.get(pk=draft)
    else:
        edition = _open(by, at, programme_id, scope, period, is_supplement)
    needs = _needs_for(edition)
    _write_lines(edition, needs)
    _tell(edition, "demand.drafted", by, at, {"lines": len(needs), "again": bool(draft)})
    return edition.pk


@transaction.atomic
def add_supplement_line(*, by: Account, at: datetime, programme_id: int, need_id: int, period: str) -> int:
    """Put one accepted need on its county's open supplement of the period, opening one if there is none.

    Returns the edition's id. Raises `NotFound`, `NotAllowed`, `NotForTheList`.
    """
    need = locked(need_id)
    scope = Scope(need.prefecture_code, need.county_code)
    check(by, Act.DRAFT_DEMAND_LIST, scope)
    _check_fit(need)
    period = _period(period)
    draft = find_draft(programme_id, need.county_code, period, is_supplement=True)
    edition = DemandEdition.objects.get(pk=draft) if draft else _open(by, at, programme_id, scope, period, True)
    held = list(Need.objects.filter(lines__edition=edition).order_by("lines__position"))
    if need.pk not in {other.pk for other in held}:
        _write_lines(edition, [*held, need])
    _tell(edition, "demand.drafted", by, at, {"lines": len(held) + 1, "added": need.pk})
    return edition.pk


@transaction.atomic
def fill_line(*, by: Account, at: datetime, line_id: int, cells: Mapping[str, str]) -> None:
    """Fill in the columns that no remark tells (leader, contact, due, note) while the edition is a draft.

    Raises `NotFound`, `NotAllowed`, `EditionFrozen`, `NoSuchField`.
    """
    line = DemandLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound
    edition = _locked(line.edition_id, by, Act.DRAFT_DEMAND_LIST)
    _check_draft(edition)
    for name in cells:
        if name not in FILLED_BY_HAND:
            raise NoSuchField(name=name)
    line.cells = line.cells | {name: " ".join(words.split())[:200] for name, words in cells.items()}
    line.save(update_fields=["cells"])
    _tell(edition, "demand.line_filled", by, at, {"line": line.position, "fields": sorted(cells)})


@transaction.atomic
def sign_edition(
    *, by: Account, at: datetime, edition_id: int, signed_by: str, signed_on: date, paper: str = ""
) -> None:
    """Enter that the paper was signed; from now on the lines are frozen under their digest.

    Raises `NotFound`, `NotAllowed`, `EditionFrozen`, `SignerMissing`, `SignedInFuture`.
    """
    edition = _locked(edition_id, by, Act.PUBLISH_DEMAND_LIST)
    _check_draft(edition)
    if not signed_by.strip() or signed_on is None:
        raise SignerMissing
    if signed_on > timezone.localdate(at):
        raise SignedInFuture(day=signed_on.isoformat())
    edition.state, edition.signed_by, edition.signed_on = EditionState.SIGNED, signed_by.strip()[:40], signed_on
    edition.signed_paper, edition.digest = paper[:120], digest_of(_lines(edition))
    edition.save()
    _tell(edition, "demand.signed", by, at, {"signed_on": signed_on, "digest": edition.digest})


@transaction.atomic
def unsign_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Back to the draft, as long as it is not published. Raises `NotFound`, `NotAllowed`, `EditionFrozen`."""
    edition = _locked(edition_id, by, Act.PUBLISH_DEMAND_LIST)
    if edition.state == EditionState.PUBLISHED:
        raise _frozen(edition)
    edition.state, edition.signed_by, edition.signed_on = EditionState.DRAFT, "", None
    edition.signed_paper = edition.digest = ""
    edition.save()
    _tell(edition, "demand.unsigned", by, at, {})


@transaction.atomic
def publish_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Publish a signed edition: its needs are listed from now on, its lines never change.

    Raises `NotFound`, `NotAllowed`, `EditionNotSigned`, `EditionFrozen`, `LinesAltered`.
    """
    edition = _locked(edition_id, by, Act.PUBLISH_DEMAND_LIST)
    if edition.state == EditionState.PUBLISHED:
        raise _frozen(edition)
    if edition.state != EditionState.SIGNED:
        raise EditionNotSigned
    lines = _lines(edition)
    if digest_of(lines) != edition.digest:
        raise LinesAltered
    edition.state, edition.published_at, edition.published_by = EditionState.PUBLISHED, at, by
    edition.save()
    needs = _list_needs([line.need_id for line in lines], edition, by, at)
    details = {"lines": len(lines), "list_digest": edition.digest}
    _tell(edition, "demand.published", by, at, details | event_details(needs))


def _list_needs(need_ids: Sequence[int], edition: DemandEdition, by: Account, at: datetime) -> list[Need]:
    """Accepted needs become listed; one that was merged or left out since the signing keeps its line and its state."""
    needs = list(Need.objects.select_for_update().filter(pk__in=need_ids).order_by("pk"))
    fresh = [need for need in needs if need.state == NeedState.ACCEPTED]
    for need in fresh:
        need.state, need.changed_at, need.revision = NeedState.LISTED, at, need.revision + 1
    Need.objects.bulk_update(fresh, ["state", "changed_at", "revision"], batch_size=200)
    note = f"{edition.period}第{edition.number}版{'（增补）' if edition.is_supplement else ''}"
    NeedStep.objects.bulk_create([step(need, Step.LISTED, by=by, at=at, note=note) for need in needs])
    index(fresh)
    return needs


def _period(period: str) -> str:
    kept = " ".join(period.split())
    if not kept or len(kept) > LONGEST_PERIOD:
        raise NoSuchPeriod
    return kept


def _open(
    by: Account, at: datetime, programme_id: int, scope: Scope, period: str, is_supplement: bool
) -> DemandEdition:
    earlier = DemandEdition.objects.filter(programme_id=programme_id, county_code=scope.county_code, period=period)
    return DemandEdition.objects.create(
        programme_id=programme_id,
        period=period,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        is_supplement=is_supplement,
        made_by=by,
        made_at=at,
        prefecture_code=scope.prefecture_code,
        county_code=scope.county_code,
    )


def _needs_for(edition: DemandEdition) -> list[Need]:
    found = Need.objects.filter(
        LIVE, programme_id=edition.programme_id, county_code=edition.county_code, route=Route.LIST
    )
    if not edition.county_code:
        found = found.filter(prefecture_code=edition.prefecture_code)
    if edition.is_supplement:
        listed = DemandLine.objects.filter(edition__state=EditionState.PUBLISHED).values("need_id")
        found = found.filter(state=NeedState.ACCEPTED).exclude(pk__in=listed)
    else:
        found = found.filter(state__in=(NeedState.ACCEPTED, NeedState.LISTED)).exclude(progress__in=DONE)
    return list(found.order_by("town_code", "village_code", "id"))


def _check_fit(need: Need) -> None:
    if need.route != Route.LIST:
        raise NotForTheList(content=need.content, why_zh="不是进清单的需求", why_en="does not go on a list")
    if not need.is_live or need.state not in (NeedState.ACCEPTED, NeedState.LISTED):
        raise NotForTheList(content=need.content, why_zh="还没有审定", why_en="is not accepted")


def _write_lines(edition: DemandEdition, needs: Sequence[Need]) -> None:
    """Make the lines anew; what was filled in by hand stays with its need."""
    filled = {
        line.need_id: {name: line.cells[name] for name in FILLED_BY_HAND if line.cells.get(name)}
        for line in edition.lines.all()
    }
    edition.lines.all().delete()
    windows = wanted_times(needs)
    county = name_of(edition.county_code or edition.prefecture_code)
    DemandLine.objects.bulk_create(
        [
            DemandLine(
                edition=edition,
                position=position,
                need=need,
                cells=cells_of(need, county, windows[need.pk]) | {"number": str(position)} | filled.get(need.pk, {}),
                households=need.households,
                strand=need.strand,
            )
            for position, need in enumerate(needs, 1)
        ],
        batch_size=200,
    )


def _lines(edition: DemandEdition) -> list[DemandLine]:
    return list(edition.lines.order_by("position"))


def _locked(edition_id: int, by: Account, act: Act) -> DemandEdition:
    edition = DemandEdition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    check(by, act, Scope(edition.prefecture_code, edition.county_code))
    return edition


def _check_draft(edition: DemandEdition) -> None:
    if edition.state != EditionState.DRAFT:
        raise _frozen(edition)


def _frozen(edition: DemandEdition) -> EditionFrozen:
    state = EditionState(edition.state)
    return EditionFrozen(state_zh=state.zh.removeprefix("已"), state_en=state.en)


def _tell(edition: DemandEdition, kind: str, by: Account, at: datetime, details: dict[str, Any]) -> None:
    record(
        kind,
        subject=("demand_edition", edition.pk),
        by=by,
        at=at,
        scope=Scope(edition.prefecture_code, edition.county_code),
        details={"programme": edition.programme_id, "period": edition.period} | details,
    )
