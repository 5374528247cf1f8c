"""Turning pairs into rows. Called by the actions and queries of match."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import full_name
from diancai.stages.match.capacity import bookings, free_of
from diancai.stages.match.models import Match
from diancai.stages.match.rows import MatchRow
from diancai.stages.match.rules import booking_month
from diancai.stages.need.models import Need
from diancai.stages.supply.queries import find_offers
from diancai.words import MatchState, NeedProgress, Strand


def match_rows(matches: Iterable[Match]) -> tuple[MatchRow, ...]:
    """Rows of pairs whose need and decider are loaded; offers and their free capacity are read once for all."""
    held = list(matches)
    offers = find_offers([match.offer_id for match in held])
    booked = bookings(offers)
    today = timezone.localdate()
    rows = []
    for match in held:
        need, offer = match.need, offers[match.offer_id]
        month = match.booked_month or booking_month(today, need.wanted_from, offer.valid_from)
        rows.append(
            MatchRow(
                id=match.pk,
                state=MatchState(match.state),
                score=match.score,
                why=tuple(match.why),
                against=tuple(match.against),
                reason=match.reason,
                free=free_of(offer, booked.get(offer.id, {}), match.county_code, month),
                capacity_unit=offer.capacity_unit,
                proposed_at=match.proposed_at,
                decided_by=str(match.decided_by or ""),
                decided_at=match.decided_at,
                need_id=need.pk,
                need_content=need.content,
                need_place=place_of(need),
                need_strand=strand_of(need.strand),
                need_topic=need.topic,
                need_wanted=need.wanted_text,
                need_households=need.households,
                need_progress=NeedProgress(need.progress),
                offer_id=offer.id,
                offer_service=offer.service,
                offer_service_form=offer.service_form,
                offer_department_id=offer.department_id,
                offer_department=offer.department,
                offer_strand=offer.strand,
                scope=scope_of(match, offer.department_id),
            )
        )
    return tuple(rows)


def place_of(need: Need) -> str:
    """五原县塔尔湖镇联丰村五社: the need's place below the prefecture."""
    return full_name(need.scope, need.sub_place, above=need.prefecture_code)


def scope_of(match: Match, department_id: int) -> Scope:
    """Where a pair belongs: the need's place, and the department that offers."""
    return replace(match.scope, department_ids=frozenset({department_id}))


def strand_of(value: str) -> Strand | None:
    """The strand, or None when it is not told."""
    return Strand(value) if value else None
