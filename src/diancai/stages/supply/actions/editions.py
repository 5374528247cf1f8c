"""Supply lists: draft → signed → published, one series per programme, department and period (design 2.3).

A draft shows the offers as they stand and may be drawn up again; from the signature on its lines are frozen.
"""

import json
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from diancai.ground.constraints import judged
from diancai.ground.errors import Missing, NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import get_department
from diancai.stages.supply.errors import CONSTRAINTS, EditionNotDraft, EditionNotSigned, NothingToList, TooLong
from diancai.stages.supply.models import Offer, SupplyEdition, SupplyLine
from diancai.stages.supply.wording import line_cells, offer_row
from diancai.words import EditionState

MOST_NAME = 40


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


def sign_edition(*, by: Account, at: datetime, edition_id: int, signed_by: str, signed_on: date) -> None:
    """Enter who signed the paper and when; freezes the lines. Raises `EditionNotDraft`, `Missing`."""
    if not signed_by.strip():
        raise Missing(field_zh="签批人", field_en="signed by")
    if len(signed_by.strip()) > MOST_NAME:
        raise TooLong(field_zh="签批人", field_en="signed by", length=len(signed_by.strip()), most=MOST_NAME)
    with transaction.atomic():
        edition = _held(edition_id, by)
        if edition.state != EditionState.DRAFT:
            raise EditionNotDraft
        edition.state, edition.signed_by, edition.signed_on = EditionState.SIGNED, signed_by.strip(), signed_on
        edition.digest = _digest(edition)
        edition.save()
        _note("supply_list.signed", edition, by, at, {"signed_by": edition.signed_by, "signed_on": signed_on})


def publish_edition(*, by: Account, at: datetime, edition_id: int) -> None:
    """Publish a signed edition; it never changes again. Raises `EditionNotSigned`."""
    with transaction.atomic():
        edition = _held(edition_id, by)
        if edition.state != EditionState.SIGNED:
            raise EditionNotSigned
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


def _held(edition_id: int, by: Account) -> SupplyEdition:
    edition = SupplyEdition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    check(by, Act.PUBLISH_SUPPLY_LIST, _scope(edition))
    return edition


def _digest(edition: SupplyEdition) -> str:
    lines = edition.lines.values_list("position", "cells")
    return rows_digest([json.dumps([p, cells], ensure_ascii=False, sort_keys=True) for p, cells in lines])


def _scope(edition: SupplyEdition) -> Scope:
    return Scope(edition.prefecture_code, edition.county_code, department_ids=frozenset({edition.department_id}))


def _note(kind: str, edition: SupplyEdition, by: Account, at: datetime, details: dict[str, object]) -> None:
    details |= {
        "programme_id": edition.programme_id,
        "department_id": edition.department_id,
        "period": edition.period,
        "number": edition.number,
        "is_supplement": edition.is_supplement,
    }
    record(kind, subject=("supply_list", edition.pk), by=by, at=at, scope=_scope(edition), details=details)
