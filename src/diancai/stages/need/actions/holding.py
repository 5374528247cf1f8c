"""What every act on an edition of a demand list begins and ends with: the locked record, its leave, its event."""

from datetime import datetime
from typing import Any

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.stages.need.errors import EditionFrozen
from diancai.stages.need.models import DemandEdition, DemandLine
from diancai.stages.need.queries.editions import SUBJECT
from diancai.words import EditionState


def locked_edition(edition_id: int, by: Account, act: Act) -> DemandEdition:
    """The edition, locked for this act. Raises `NotFound`, `NotAllowed`."""
    edition = DemandEdition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    check(by, act, edition_scope(edition))
    return edition


def edition_scope(edition: DemandEdition) -> Scope:
    """The codes of the county whose list it is."""
    return Scope(edition.prefecture_code, edition.county_code)


def lines_of(edition: DemandEdition) -> list[DemandLine]:
    """The lines in their order."""
    return list(edition.lines.order_by("position"))


def check_draft(edition: DemandEdition) -> None:
    """Raise `EditionFrozen` unless the edition is a draft."""
    if edition.state != EditionState.DRAFT:
        raise frozen(edition)


def frozen(edition: DemandEdition) -> EditionFrozen:
    """The refusal of an act on an edition that is signed or published."""
    state = EditionState(edition.state)
    return EditionFrozen(state_zh=state.zh.removeprefix("已"), state_en=state.en)


def tell(edition: DemandEdition, kind: str, by: Account | None, at: datetime, details: dict[str, Any]) -> None:
    """The ledger event of an act on an edition."""
    record(
        kind,
        subject=(SUBJECT, edition.pk),
        by=by,
        at=at,
        scope=edition_scope(edition),
        details={"programme": edition.programme_id, "period": edition.period} | details,
    )
