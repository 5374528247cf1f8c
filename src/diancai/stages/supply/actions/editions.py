"""Supply lists: draft → signed → published, one series per programme, department and period (design 2.3).

A draft shows the offers as they stand and may be drawn up again; from the signature on its lines are frozen.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_department
from diancai.ground.slip import actions as slips
from diancai.ground.slip.rows import Signing
from diancai.stages.supply.errors import CONSTRAINTS, EditionNotDraft, EditionNotSigned, NothingToList
from diancai.stages.supply.models import Offer, SupplyEdition, SupplyLine
from diancai.stages.supply.queries import SUBJECT, digest_of
from diancai.stages.supply.wording import edition_scope, line_cells, offer_row, slip_text
from diancai.words import EditionState


def draft_edition(
    *, by: Account, at: datetime, programme_id: int, department_id: int, period: str, is_supplement: bool = False
) -> int:
    """Draw up the department's list of offers in force; returns the id of the edition.

    An open draft of the same period is drawn up again. A supplement takes only offers that no signed or published
    edition of the department holds yet. Raises `NothingToList`.
    """
    check(by, Act.WRITE_OFFER, get_department(department_id).scope)
    offers = _offers_to_list(programme_id, department_id, at, is_supplement)
    if not offers:
        raise NothingToList
    with transaction.atomic(), judged(CONSTRAINTS):
        edition = _draft(by, at, programme_id, department_id, period, is_supplement)
        edition.lines.all().delete()
        _add_lines(edition, offers, at, start=1)
        _note("supply_list.drafted", edition, by, at, {"lines": len(offers)})
    return edition.pk


def add_supplement_line(*, by: Account, at: datetime, offer_id: int, period: str) -> int:
    """Put one offer on the department's open supplement of that period (made when there is none); returns its id.

    Asked by `order` when a department takes on what none of its offers covers; writes no event of its own, because
    the act that asks has one.
    """
    offer = Offer.objects.select_related("department").prefetch_related("places").get(pk=offer_id)
    with judged(CONSTRAINTS):
        edition = _draft(by, at, offer.programme_id, offer.department_id, period, True)
        if not edition.lines.filter(offer=offer).exists():
            start = (edition.lines.aggregate(last=Max("position"))["last"] or 0) + 1
            _add_lines(edition, [offer], at, start=start)
    return edition.pk


@transaction.atomic
def print_slip(*, by: Account, at: datetime, edition_id: int) -> int:
    """Print the approval slip of a draft; the same lines printed again are the same slip. Returns the slip's id.

    Raises `NotFound`, `NotAllowed`, `EditionNotDraft`.
    """
    edition = _held(edition_id, by, Act.WRITE_OFFER)
    _check_draft(edition)
    slip_id, details = slips.print_slip(
        by=by, at=at, subject=(SUBJECT, edition.pk), told=slip_text(edition), content_digest=digest_of(edition)
    )
    if details:
        _note("supply_list.slip_printed", edition, by, at, details)
    return slip_id


@transaction.atomic
def sign_edition(*, by: Account, at: datetime, edition_id: int, signing: Signing) -> None:
    """Enter that the printed slip was signed, with its scan; freezes the lines.

    Raises `NotFound`, `NotAllowed`, `EditionNotDraft` and the refusals of `ground/slip/errors.py`.
    """
    edition = _held(edition_id, by)
    _check_draft(edition)
    content = digest_of(edition)
    details = slips.sign_on_slip(edition, at=at, subject=(SUBJECT, edition.pk), content_digest=content, signing=signing)
    edition.state = EditionState.SIGNED
    edition.save()
    _note("supply_list.signed", edition, by, at, details)


@transaction.atomic
def unsign_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Back to the draft, as long as it is not published. Raises `NotFound`, `NotAllowed`, `EditionNotSigned`."""
    edition = _held(edition_id, by)
    _check_signed(edition)
    draft_again(edition, by, at)


def draft_again(edition: SupplyEdition, by: Account | None, at: datetime) -> None:
    """A signed edition becomes a draft; its slip stays as evidence. The caller has asked for leave."""
    edition.state = EditionState.DRAFT
    slips.take_signature_back(edition)
    edition.save()
    _note("supply_list.unsigned", edition, by, at, {})


@transaction.atomic
def publish_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Publish a signed edition; it never changes again. Raises `EditionNotSigned`, `LinesAltered`."""
    edition = _held(edition_id, by)
    _check_signed(edition)
    slips.check_unaltered(edition, digest_of(edition))
    edition.state, edition.published_at = EditionState.PUBLISHED, at
    edition.save()
    offer_ids = list(edition.lines.values_list("offer_id", flat=True))
    _note("supply_list.published", edition, by, at, {"digest": edition.digest, "offer_ids": offer_ids})


def _offers_to_list(programme_id: int, department_id: int, at: datetime, is_supplement: bool) -> list[Offer]:
    found = Offer.objects.select_related("department").prefetch_related("places")
    found = found.filter(programme_id=programme_id, department_id=department_id, state=Offer.State.IN_FORCE)
    found = found.exclude(valid_until__lt=timezone.localdate(at))
    if is_supplement:
        listed = SupplyLine.objects.exclude(edition__state=EditionState.DRAFT)
        listed = listed.filter(edition__programme_id=programme_id, edition__department_id=department_id)
        found = found.exclude(pk__in=listed.values("offer_id"))
    return list(found.order_by("strand", "id"))


def _draft(
    by: Account, at: datetime, programme_id: int, department_id: int, period: str, is_supplement: bool
) -> SupplyEdition:
    """The open draft of the series, or a new one with the next number."""
    series = SupplyEdition.objects.filter(programme_id=programme_id, department_id=department_id, period=period)
    draft = series.filter(state=EditionState.DRAFT, is_supplement=is_supplement).first()
    if draft is not None:
        return draft
    scope = get_department(department_id).scope
    return SupplyEdition.objects.create(
        programme_id=programme_id,
        department_id=department_id,
        period=period,
        number=(series.aggregate(last=Max("number"))["last"] or 0) + 1,
        is_supplement=is_supplement,
        made_by=by,
        made_at=at,
        prefecture_code=scope.prefecture_code,
        county_code=scope.county_code,
    )


def _add_lines(edition: SupplyEdition, offers: list[Offer], at: datetime, *, start: int) -> None:
    today = timezone.localdate(at)
    lines = [
        SupplyLine(
            edition=edition,
            position=position,
            offer=offer,
            cells=line_cells(offer_row(offer, today)),
            strand=offer.strand,
        )
        for position, offer in enumerate(offers, start)
    ]
    SupplyLine.objects.bulk_create(lines, batch_size=200)


def _held(edition_id: int, by: Account, act: Act = Act.PUBLISH_SUPPLY_LIST) -> SupplyEdition:
    edition = SupplyEdition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    check(by, act, edition_scope(edition))
    return edition


def _check_draft(edition: SupplyEdition) -> None:
    if edition.state != EditionState.DRAFT:
        raise EditionNotDraft


def _check_signed(edition: SupplyEdition) -> None:
    if edition.state != EditionState.SIGNED:
        raise EditionNotSigned


def _note(kind: str, edition: SupplyEdition, by: Account | None, at: datetime, details: dict[str, object]) -> None:
    details |= {
        "programme_id": edition.programme_id,
        "department_id": edition.department_id,
        "period": edition.period,
        "number": edition.number,
        "is_supplement": edition.is_supplement,
    }
    record(kind, subject=("supply_list", edition.pk), by=by, at=at, scope=edition_scope(edition), details=details)
