"""Lines of a demand list that may not be shown any more: gone from what is open, without words in what is published.

Called when a need is diverted, and when one that was listed turns out to be a person's own matter. A published edition
is frozen, so its line stays, under its number: what was signed lies sealed beside it, and the digest still holds.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import QuerySet

from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import name_of
from diancai.ground.privacy.withholding import PERSONAL_MATTER, WITHHELD
from diancai.ground.slip.actions import take_signature_back
from diancai.stages.need.line_cells import cells_of, wanted_times
from diancai.stages.need.models import DemandEdition, DemandLine, Need
from diancai.words import EditionState, Route

# A number of the list and its county tell nothing of anybody.
STAYS = {"number", "county"}
# What a line adds up from several remarks; where one of them was taken away, the sum would still tell of it.
ADDED_UP = ("place", "wanted_time", "households", "note")


def withhold_lines(
    needs: Sequence[Need], told: str, *, by: Account | None, at: datetime, kept: Collection[int] = ()
) -> None:
    """Drop the needs' lines from editions that are not published; in published ones `told` stands in their place.

    A signed edition that loses a line is a draft again: its paper shows what may not be shown. Of needs in `kept`,
    whose words stand, published lines lose only what was added up from their remarks and is no longer so.
    """
    lines = DemandLine.objects.filter(need__in=[need.pk for need in needs])
    for edition in _open_editions(lines):
        edition.lines.filter(need__in=needs).delete()
        _number_anew(edition)
        if edition.state == EditionState.SIGNED:
            _unsign(edition, by, at)
    published = list(lines.filter(edition__state=EditionState.PUBLISHED).select_related("need").order_by("pk"))
    windows = wanted_times([line.need for line in published if line.need_id in kept])
    for line in published:
        cells = _withheld(line, told)
        if line.need_id in kept:
            cells = _thinned(line, windows[line.need_id], told)
        if cells != line.cells:
            line.show(cells)


def follow_route(need: Need, *, by: Account, at: datetime) -> None:
    """Lines after a need's route changed: only what goes on a list is shown on one, as it was signed.

    What a divert took away stays away, whatever becomes of the route.
    """
    if need.route != Route.LIST:
        withhold_lines([need], PERSONAL_MATTER, by=by, at=at)
        return
    for line in DemandLine.objects.filter(need=need):
        line.show(_as_signed(line))


def _is_gone(line: DemandLine) -> bool:
    return bool(line.cells["content"] == WITHHELD)


def _as_signed(line: DemandLine) -> dict[str, str]:
    if _is_gone(line):
        return dict(line.cells)
    return {name: WITHHELD if line.cells[name] == WITHHELD else words for name, words in line.as_signed.items()}


def _withheld(line: DemandLine, told: str) -> dict[str, str]:
    if _is_gone(line):
        return dict(line.cells)
    kept = {name: words if name in STAYS or words == WITHHELD else "" for name, words in line.cells.items()}
    return kept | {"content": told}


def _thinned(line: DemandLine, window: str, told: str) -> dict[str, str]:
    """Held against what was signed: a line that is hidden for its route now may be shown again."""
    if _is_gone(line):
        return dict(line.cells)
    now, signed = cells_of(line.need, name_of(line.need.county_code), window), line.as_signed
    gone = {name: told for name in ADDED_UP if signed[name] and signed[name] != now[name]}
    return {**line.cells, **gone}


def _open_editions(lines: QuerySet[DemandLine]) -> list[DemandEdition]:
    wanted = lines.exclude(edition__state=EditionState.PUBLISHED).values("edition_id")
    return list(DemandEdition.objects.select_for_update().filter(pk__in=wanted))


def _number_anew(edition: DemandEdition) -> None:
    for position, line in enumerate(edition.lines.order_by("position"), 1):
        line.position, line.cells = position, line.cells | {"number": str(position)}
        line.save(update_fields=["position", "cells"])


def _unsign(edition: DemandEdition, by: Account | None, at: datetime) -> None:
    edition.state = EditionState.DRAFT
    take_signature_back(edition)
    edition.save()
    details = {"programme": edition.programme_id, "period": edition.period}
    scope = Scope(edition.prefecture_code, edition.county_code)
    record("demand.unsigned", subject=("demand_edition", edition.pk), by=by, at=at, scope=scope, details=details)
