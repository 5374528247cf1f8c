"""The demand list of a county is drawn up: its draft, its supplements, what is filled in by hand.

From the slip on, see `signing.py`; the next edition is a new one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import get_scope, name_of
from diancai.stages.need.actions.holding import check_draft, locked_edition, tell
from diancai.stages.need.errors import CONSTRAINTS, NoSuchField, NoSuchPeriod, NotForTheList
from diancai.stages.need.keeping import locked
from diancai.stages.need.line_cells import cells_of, wanted_times
from diancai.stages.need.models import LIVE, DemandEdition, DemandLine, Need
from diancai.stages.need.queries.editions import find_draft
from diancai.stages.need.rules import FILLED_BY_HAND
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
    `NoSuchPeriod`, `DraftedMeanwhile`.
    """
    scope = get_scope(county_code)
    check(by, Act.DRAFT_DEMAND_LIST, scope)
    period = _period(period)
    draft = find_draft(programme_id, scope.county_code, period, is_supplement=is_supplement)
    if draft:
        edition = locked_edition(draft, by, Act.DRAFT_DEMAND_LIST)
        check_draft(edition)  # it may have been signed between the two reads
    else:
        edition = _open(by, at, programme_id, scope, period, is_supplement)
    needs = _needs_for(edition)
    _write_lines(edition, needs)
    tell(edition, "demand.drafted", by, at, {"lines": len(needs), "again": bool(draft)})
    return edition.pk


@transaction.atomic
def add_supplement_line(*, by: Account, at: datetime, programme_id: int, need_id: int, period: str) -> int:
    """Put one accepted need on its county's open supplement of the period, opening one if there is none.

    Returns the edition's id. Raises `NotFound`, `NotAllowed`, `NotForTheList`, `DraftedMeanwhile`.
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
    tell(edition, "demand.drafted", by, at, {"lines": len(held) + 1, "added": need.pk})
    return edition.pk


@transaction.atomic
def fill_line(*, by: Account, at: datetime, line_id: int, cells: Mapping[str, str]) -> None:
    """Fill in the columns that no remark tells (leader, contact, due, note) while the edition is a draft.

    Raises `NotFound`, `NotAllowed`, `EditionFrozen`, `NoSuchField`.
    """
    line = DemandLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound
    edition = locked_edition(line.edition_id, by, Act.DRAFT_DEMAND_LIST)
    check_draft(edition)
    for name in cells:
        if name not in FILLED_BY_HAND:
            raise NoSuchField(name=name)
    line.cells = line.cells | {name: " ".join(words.split())[:200] for name, words in cells.items()}
    line.save(update_fields=["cells"])
    tell(edition, "demand.line_filled", by, at, {"line": line.position, "fields": sorted(cells)})


def _period(period: str) -> str:
    kept = " ".join(period.split())
    if not kept or len(kept) > LONGEST_PERIOD:
        raise NoSuchPeriod
    return kept


def _open(
    by: Account, at: datetime, programme_id: int, scope: Scope, period: str, is_supplement: bool
) -> DemandEdition:
    earlier = DemandEdition.objects.filter(programme_id=programme_id, county_code=scope.county_code, period=period)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    with judged(CONSTRAINTS):
        return DemandEdition.objects.create(
            programme_id=programme_id,
            period=period,
            number=number,
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
