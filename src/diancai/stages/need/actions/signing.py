"""A demand list on paper: its slip is printed, comes back signed, and the list is published (`ground/slip`)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Act
from diancai.ground.slip import actions as slips
from diancai.ground.slip.rows import Signing
from diancai.stages.need.actions.holding import check_draft, frozen, lines_of, locked_edition, tell
from diancai.stages.need.errors import EditionNotSigned
from diancai.stages.need.keeping import event_details, index, step
from diancai.stages.need.models import DemandEdition, Need, NeedStep
from diancai.stages.need.queries.editions import SUBJECT, digest_of, slip_text
from diancai.stages.need.rules import Step
from diancai.words import EditionState, NeedState


@transaction.atomic
def print_slip(*, by: Account, at: datetime, edition_id: int) -> int:
    """Print the approval slip of a draft; the same lines printed again are the same slip. Returns the slip's id.

    Raises `NotFound`, `NotAllowed`, `EditionFrozen`.
    """
    edition = locked_edition(edition_id, by, Act.DRAFT_DEMAND_LIST)
    check_draft(edition)
    lines = lines_of(edition)
    slip_id, details = slips.print_slip(
        by=by,
        at=at,
        subject=(SUBJECT, edition.pk),
        told=slip_text(edition, lines),
        content_digest=digest_of(lines),
    )
    if details:
        tell(edition, "demand.slip_printed", by, at, details)
    return slip_id


@transaction.atomic
def sign_edition(*, by: Account, at: datetime, edition_id: int, signing: Signing) -> None:
    """Enter that the printed slip was signed, with its scan; from now on the lines are frozen under their digest.

    Raises `NotFound`, `NotAllowed`, `EditionFrozen` and the refusals of `ground/slip/errors.py`.
    """
    edition = locked_edition(edition_id, by, Act.PUBLISH_DEMAND_LIST)
    check_draft(edition)
    content = digest_of(lines_of(edition))
    details = slips.sign_on_slip(edition, at=at, subject=(SUBJECT, edition.pk), content_digest=content, signing=signing)
    edition.state = EditionState.SIGNED
    edition.save()
    tell(edition, "demand.signed", by, at, details)


@transaction.atomic
def unsign_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Back to the draft, as long as it is not published. Raises `NotFound`, `NotAllowed`, `EditionFrozen`."""
    edition = locked_edition(edition_id, by, Act.PUBLISH_DEMAND_LIST)
    if edition.state == EditionState.PUBLISHED:
        raise frozen(edition)
    edition.state = EditionState.DRAFT
    slips.take_signature_back(edition)
    edition.save()
    tell(edition, "demand.unsigned", by, at, {})


@transaction.atomic
def publish_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Publish a signed edition: its needs are listed from now on, its lines never change.

    Raises `NotFound`, `NotAllowed`, `EditionNotSigned`, `EditionFrozen`, `LinesAltered`.
    """
    edition = locked_edition(edition_id, by, Act.PUBLISH_DEMAND_LIST)
    if edition.state == EditionState.PUBLISHED:
        raise frozen(edition)
    if edition.state != EditionState.SIGNED:
        raise EditionNotSigned
    lines = lines_of(edition)
    slips.check_unaltered(edition, digest_of(lines))
    edition.state, edition.published_at, edition.published_by = EditionState.PUBLISHED, at, by
    edition.save()
    needs = _list_needs([line.need_id for line in lines], edition, by, at)
    details = {"lines": len(lines), "list_digest": edition.digest}
    tell(edition, "demand.published", by, at, details | event_details(needs))


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
