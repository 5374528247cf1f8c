"""Writing, changing, confirming and withdrawing offers. Called by pages, the import and the orders of a supplement."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from diancai.engine.said.masking import mask
from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.models import Department
from diancai.ground.place.queries import DepartmentRow, get_department, get_place, initials_of
from diancai.ground.search import actions as search
from diancai.stages.supply.errors import CONSTRAINTS, ChangedMeanwhile, OfferWithdrawn, PlaceOutside
from diancai.stages.supply.models import Offer, OfferPlace
from diancai.stages.supply.rows import OfferRow
from diancai.stages.supply.rules import OfferFields, check_offer
from diancai.stages.supply.wording import offer_row, offer_scope, topics_column, topics_of

# Whom to call: the ledger, which is never rewritten, holds changes of these as ciphertext only.
PERSONAL = ("contact", "contact_phone")


def write_offer(
    *,
    by: Account,
    at: datetime,
    programme_id: int,
    department_id: int,
    uuid: uuids.UUID | None = None,
    worded_by_need: int | None = None,
    **fields: Any,
) -> OfferRow:
    """Write a new offer of a department; `fields` as in `rules.OfferFields`. The same uuid twice is one offer.

    `worded_by_need`: the need whose words the service is told in; a divert of it takes them from here too. Raises
    `NotAllowed` and the refusals of `check_offer`; `PlaceOutside` for a place that is not the department's.
    """
    department = get_department(department_id)
    check(by, Act.WRITE_OFFER, department.scope)
    written = OfferFields(**fields)
    check_offer(written)
    check_places(written, department)
    known = Offer.objects.select_related("department").filter(uuid=uuid).first() if uuid else None
    if known is not None:
        return offer_row(known, timezone.localdate(at))
    with judged(CONSTRAINTS):
        offer = new_offer(
            written,
            department,
            programme_id=programme_id,
            at=at,
            uuid=uuid or uuids.uuid4(),
            worded_by_need=worded_by_need,
        )
        store_new([(offer, written.place_codes)])
        note("offer.written", offer, by, at, words={"service": offer.service})
    return offer_row(offer, timezone.localdate(at))


def change_offer(*, by: Account, at: datetime, offer_id: int, revision: int, **fields: Any) -> OfferRow:
    """Change some fields; lines of published editions stay as they were.

    `revision` is the one that was read: raises `ChangedMeanwhile` when the offer has moved on, `OfferWithdrawn`, and
    the refusals of `check_offer`.
    """
    with transaction.atomic(), judged(CONSTRAINTS):
        offer = _held(offer_id, by)
        if offer.revision != revision:
            raise ChangedMeanwhile
        before = fields_of(offer)
        after = replace(before, **fields)
        check_offer(after)
        check_places(after, get_department(offer.department_id))
        _fill(offer, after)
        _keep(offer, at)
        _set_places(offer, after.place_codes)
        changed = {
            name: [was, is_]
            for (name, was), is_ in zip(asdict(before).items(), asdict(after).values(), strict=True)
            if was != is_
        }
        personal: dict[str, object] = {name: changed.pop(name) for name in PERSONAL if name in changed}
        told: dict[str, object] = {"changed": sorted(changed), "changed_personal": sorted(personal)}
        note("offer.changed", offer, by, at, told, words={"changes": changed}, personal=personal)
    return offer_row(offer, timezone.localdate(at))


def withdraw_offer(*, by: Account, at: datetime, offer_id: int, reason: str = "") -> OfferRow:
    """Take an offer out of force: it is matched no more, its published lines stay. Raises `OfferWithdrawn`."""
    with transaction.atomic():
        offer = _held(offer_id, by)
        offer.state = Offer.State.WITHDRAWN
        _keep(offer, at)
        note("offer.withdrawn", offer, by, at, words={"reason": mask(reason.strip()).shown} if reason.strip() else None)
        search.remove("offer", [offer.pk])
    return offer_row(offer, timezone.localdate(at))


def assure_offer(*, by: Account, at: datetime, offer_id: int) -> OfferRow:
    """Confirm that the offer still holds, today and by whoever asks. Raises `OfferWithdrawn`."""
    with transaction.atomic():
        offer = _held(offer_id, by)
        offer.assured_on, offer.assured_by = timezone.localdate(at), str(by)[:40]
        _keep(offer, at)
        note("offer.assured", offer, by, at)
    return offer_row(offer, timezone.localdate(at))


def new_offer(
    fields: OfferFields,
    department: DepartmentRow,
    *,
    programme_id: int,
    at: datetime,
    uuid: uuids.UUID,
    batch_id: int | None = None,
    row_key: str = "",
    worded_by_need: int | None = None,
) -> Offer:
    """The unsaved record of an offer, for `store_new`; the caller has checked and writes the event."""
    offer = Offer(
        uuid=uuid,
        programme_id=programme_id,
        department_id=department.id,
        prefecture_code=department.scope.prefecture_code,
        county_code=department.scope.county_code,
        batch_id=batch_id,
        row_key=row_key,
        worded_by_need=worded_by_need,
        made_at=at,
        changed_at=at,
    )
    _fill(offer, fields)
    return offer


def store_new(offers: Sequence[tuple[Offer, tuple[str, ...]]]) -> None:
    """Save new offers, each with the codes of the places it serves and its row of the index."""
    Offer.objects.bulk_create([offer for offer, _ in offers])
    OfferPlace.objects.bulk_create(
        [OfferPlace(offer=offer, place_id=code) for offer, codes in offers for code in dict.fromkeys(codes)]
    )
    index([offer for offer, _ in offers], are_new=True)


def index(offers: Sequence[Offer], *, are_new: bool = False) -> None:
    """Put offers into the search index, replacing what it held of those that are not new."""
    if not are_new:
        search.remove("offer", [offer.pk for offer in offers])
    departments = Department.objects.in_bulk({offer.department_id for offer in offers})
    search.put_many("offer", [_search_row(offer, departments[offer.department_id].name) for offer in offers])


def _search_row(offer: Offer, department: str) -> tuple[int, Scope, datetime, str, str]:
    words = [offer.service, offer.service_form, department, *topics_of(offer.topics)]
    scope = offer_scope(offer)
    return offer.pk, scope, offer.made_at, " ".join(words), initials_of(scope)


def fields_of(offer: Offer) -> OfferFields:
    """What is written of an offer."""
    plain = {name: getattr(offer, name) for name in OfferFields.__slots__ if name not in ("topics", "place_codes")}
    codes = tuple(sorted(place.place_id for place in offer.places.all()))
    return OfferFields(**plain, topics=topics_of(offer.topics), place_codes=codes)


def check_places(fields: OfferFields, department: DepartmentRow) -> None:
    """Raise `PlaceOutside` for a place that does not lie within the department's own."""
    for code in fields.place_codes:
        place = get_place(code)
        if department.place_code not in place.scope.codes:
            raise PlaceOutside(words=place.name, department=department.name)


def _held(offer_id: int, by: Account) -> Offer:
    """The offer in force, locked, if the account may write it."""
    offer = Offer.objects.select_for_update(of=("self",)).select_related("department").filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    check(by, Act.WRITE_OFFER, offer_scope(offer))
    if offer.state == Offer.State.WITHDRAWN:
        raise OfferWithdrawn
    return offer


def _fill(offer: Offer, fields: OfferFields) -> None:
    for name, value in asdict(fields).items():
        if name not in ("topics", "place_codes"):
            setattr(offer, name, value.strip() if isinstance(value, str) else value)
    offer.topics = topics_column(fields.topics)


def _keep(offer: Offer, at: datetime) -> None:
    offer.changed_at = at
    offer.revision += 1
    offer.save()
    index([offer])


def _set_places(offer: Offer, codes: tuple[str, ...]) -> None:
    offer.places.exclude(place_id__in=codes).delete()
    known = set(offer.places.values_list("place_id", flat=True))
    OfferPlace.objects.bulk_create(
        [OfferPlace(offer=offer, place_id=c) for c in dict.fromkeys(codes) if c not in known]
    )


def note(
    kind: str,
    offer: Offer,
    by: Account | None,
    at: datetime,
    details: dict[str, object] | None = None,
    *,
    words: dict[str, object] | None = None,
    personal: dict[str, object] | None = None,
) -> None:
    """The one event of an act on an offer."""
    record(
        kind,
        subject=("offer", offer.pk),
        by=by,
        at=at,
        scope=offer_scope(offer),
        details={"programme_id": offer.programme_id, "department_id": offer.department_id} | (details or {}),
        words=words,
        personal=personal,
    )
