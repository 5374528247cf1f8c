"""What a person decides on a pair, and what an order books of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from diancai.engine.reasons import Reason
from diancai.engine.said.masking import mask
from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.match.capacity import bookings, free_of
from diancai.stages.match.errors import (
    CONSTRAINTS,
    CapacityShort,
    DoesNotServe,
    NoCapacityLeft,
    OfferNotInForce,
    ReasonMissing,
    ReasonTooLong,
)
from diancai.stages.match.models import Match
from diancai.stages.match.rows import MatchRow
from diancai.stages.match.rules import MATCHABLE, booking_month, check_confirm, check_need, check_refuse
from diancai.stages.match.wording import match_rows, scope_of
from diancai.stages.need.actions import set_progress
from diancai.stages.need.models import Need
from diancai.stages.supply.models import Offer
from diancai.stages.supply.queries import find_offers, serving
from diancai.stages.supply.rows import OfferRow
from diancai.words import MatchState, NeedProgress, Route

LONGEST_REASON = 200


def confirm_match(*, by: Account, at: datetime, match_id: int, month: str = "") -> MatchRow:
    """Confirm a pair: the need is 已对接, one of the offer's capacity is booked in `month` (2019-12; "" = first fit).

    Raises `AlreadyDecided`, `AlreadyMatched`, `NeedNotOpen`, `OfferNotInForce`, `NoCapacityLeft`, `NotAllowed`.
    """
    with transaction.atomic(), judged(CONSTRAINTS):
        match = _held(match_id, by)
        check_confirm(match.state)
        _confirm(match, by, at, month)
        _note("match.confirmed", match, by, at)
    return _row(match)


def make_match(*, by: Account, at: datetime, need_id: int, offer_id: int, month: str = "") -> MatchRow:
    """Pair by hand, confirmed at once; takes up a proposed or refused pair. Refusals as in `confirm_match`, and
    `DoesNotServe` when the offer's places do not cover the need's."""
    with transaction.atomic(), judged(CONSTRAINTS):
        need = Need.objects.filter(pk=need_id).first()
        if need is None or offer_id not in find_offers([offer_id]):
            raise NotFound
        check(by, Act.DECIDE_MATCH, need.scope)
        match = Match.objects.select_for_update().filter(need=need, offer_id=offer_id).first() or _new(
            need, offer_id, at
        )
        check_confirm(match.state)
        _check_serves(find_offers([offer_id])[offer_id], need)
        match.reason = ""
        match.why = match.why or [Reason.MATCHED_BY_HAND.tell()]
        _confirm(match, by, at, month)
        _note("match.made", match, by, at)
    return _row(match)


def refuse_match(*, by: Account, at: datetime, match_id: int, reason: str) -> MatchRow:
    """Refuse a pair, or take a confirmation back; the pair is not proposed again. Raises `ReasonMissing`,
    `AlreadyDecided`, `OrderStands`."""
    if not reason.strip():
        raise ReasonMissing
    if len(reason.strip()) > LONGEST_REASON:
        raise ReasonTooLong(length=len(reason.strip()))
    with transaction.atomic():
        match = _held(match_id, by)
        check_refuse(match.state, match.need.progress)
        if match.state == MatchState.CONFIRMED:
            set_progress(need_id=match.need_id, progress=NeedProgress.OPEN, at=at)
        match.state, match.reason, match.booked = MatchState.REFUSED, _told(reason), 0
        match.decided_by, match.decided_at = by, at
        match.save()
        _note("match.refused", match, by, at, reason=match.reason)
    return _row(match)


def join_offer(*, need_id: int, offer_id: int, by: Account, at: datetime, quantity: int) -> int:
    """Pair a need with the offer under which a department takes it on (纳入已有项目); returns the id of the pair.

    Asked by `order`, whose act has the event and whose department decides by accepting; another confirmed pair of the
    need ends. Raises `AlreadyMatched` when two departments accept at once, `CapacityShort`.
    """
    need = Need.objects.get(pk=need_id)
    with judged(CONSTRAINTS):
        others = Match.objects.filter(need=need, state=MatchState.CONFIRMED, is_current=True).exclude(offer_id=offer_id)
        others.update(is_current=False, booked=0)
        match = Match.objects.select_for_update().filter(need=need, offer_id=offer_id).first() or _new(
            need, offer_id, at
        )
        valid_from = Offer.objects.values_list("valid_from", flat=True).get(pk=offer_id)
        match.booked_month = match.booked_month or booking_month(timezone.localdate(at), need.wanted_from, valid_from)
        _check_free(match, quantity)
        match.why = match.why or [Reason.JOINED_ON_ACCEPTING.tell()]
        match.state, match.booked, match.is_current, match.reason = MatchState.CONFIRMED, quantity, True, ""
        match.decided_by, match.decided_at = by, at
        match.save()
    return match.pk


def book(*, match_id: int, quantity: int) -> None:
    """Set how much of the offer's capacity a confirmed pair takes; asked by `order`, whose act has the event.

    Raises `CapacityShort` when the pair would take more than is free beside what it has.
    """
    match = Match.objects.select_for_update().filter(pk=match_id, state=MatchState.CONFIRMED).first()
    if match is not None:
        _check_free(match, quantity)
        match.booked = quantity
        match.save(update_fields=["booked"])


def release(*, match_id: int) -> None:
    """The order on the pair is over: the need may be matched anew. What was booked stays booked."""
    Match.objects.filter(pk=match_id, state=MatchState.CONFIRMED).update(is_current=False)


@transaction.atomic
def release_gone(*, need_ids: Iterable[int], at: datetime) -> None:
    """Give back what pairs of needs booked that were merged away, left out, rerouted or lost their last remark.

    Needs with an order keep theirs: the order's end releases it. Asked by the job of `reactions`; the act that took the
    need away has the event.
    """
    held = Match.objects.select_for_update(of=("self",)).select_related("need")
    held = held.filter(need_id__in=list(need_ids), state=MatchState.CONFIRMED, is_current=True)
    for match in held.filter(need__progress=NeedProgress.MATCHED).order_by("pk"):
        if _is_for_list(match.need):
            continue
        match.booked, match.is_current = 0, False
        match.save(update_fields=["booked", "is_current"])
        set_progress(need_id=match.need_id, progress=NeedProgress.OPEN, at=at)


def _is_for_list(need: Need) -> bool:
    return need.is_live and need.state in MATCHABLE and need.route == Route.LIST


def _check_free(match: Match, quantity: int) -> None:
    """Raise `CapacityShort` unless the offer, whose row is held from here, has that much free beside the pair's own."""
    own = match.booked if match.state == MatchState.CONFIRMED else 0
    if quantity <= own:
        return  # less, or the same, always fits, also where the department has lowered its capacity since
    Offer.objects.select_for_update().get(pk=match.offer_id)
    offer = find_offers([match.offer_id])[match.offer_id]
    booked = dict(bookings([offer.id]).get(offer.id, {}))
    place = (match.county_code, match.booked_month)
    booked[place] = booked.get(place, 0) - own
    left = free_of(offer, booked, match.county_code, match.booked_month)
    if left is not None and quantity > left:
        raise CapacityShort(
            service=offer.service,
            month=match.booked_month,
            free=left,
            asked=quantity,
            unit=offer.capacity_unit,
            department=offer.department,
        )


def _told(reason: str) -> str:
    """The reason with personal data covered: it stands in the ledger."""
    return mask(reason.strip()).shown[:LONGEST_REASON]


def _confirm(match: Match, by: Account, at: datetime, month: str) -> None:
    """Confirm while the offer's row is held, so that two offices cannot take the same last place."""
    Offer.objects.select_for_update().get(pk=match.offer_id)
    offer = find_offers([match.offer_id])[match.offer_id]
    today, need = timezone.localdate(at), match.need
    check_need(need.state, need.route, need.progress, is_live=need.is_live)
    if offer.state != Offer.State.IN_FORCE or (offer.valid_until and offer.valid_until < today):
        raise OfferNotInForce
    in_month = month or booking_month(today, need.wanted_from, offer.valid_from)
    left = free_of(offer, bookings([offer.id]).get(offer.id, {}), match.county_code, in_month)
    if left is not None and left < 1:
        raise NoCapacityLeft(
            service=offer.service, month=in_month, capacity=offer.capacity_text, department=offer.department
        )
    match.state, match.booked, match.booked_month, match.is_current = MatchState.CONFIRMED, 1, in_month, True
    match.decided_by, match.decided_at = by, at
    match.save()
    set_progress(need_id=need.pk, progress=NeedProgress.MATCHED, at=at)


def _check_serves(offer: OfferRow, need: Need) -> None:
    if not Offer.objects.filter(serving(need.scope), pk=offer.id).exists():
        raise DoesNotServe(service=offer.service, places=offer.places_text, department=offer.department)


def _new(need: Need, offer_id: int, at: datetime) -> Match:
    return Match(
        need=need,
        offer_id=offer_id,
        score=0.0,
        proposed_at=at,
        prefecture_code=need.prefecture_code,
        county_code=need.county_code,
        town_code=need.town_code,
        village_code=need.village_code,
        sub_place=need.sub_place,
    )


def _held(match_id: int, by: Account) -> Match:
    found = Match.objects.select_for_update(of=("self",)).select_related("need", "decided_by", "offer")
    match = found.filter(pk=match_id).first()
    if match is None:
        raise NotFound
    # The place alone decides: a department that offers does not judge what fits.
    check(by, Act.DECIDE_MATCH, match.need.scope)
    return match


def _row(match: Match) -> MatchRow:
    return match_rows([Match.objects.select_related("need", "decided_by").get(pk=match.pk)])[0]


def _note(kind: str, match: Match, by: Account, at: datetime, *, reason: str = "") -> None:
    details: dict[str, object] = {"need_id": match.need_id, "offer_id": match.offer_id}
    words: dict[str, object] = {"reason": reason} if reason else {}
    scope = scope_of(match, Offer.objects.values_list("department_id", flat=True).get(pk=match.offer_id))
    record(kind, subject=("match", match.pk), by=by, at=at, scope=scope, details=details, words=words)
