"""What the engine proposes: for every open need the offers that fit, with reasons. The job "match.propose".

It computes outside transactions and writes at most 200 needs in each (design 8.9). Doing it again changes nothing but
what has changed: pairs a person decided on stay, refused ones are never proposed again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from diancai.engine import match as engine
from diancai.ground.ledger.actions import record
from diancai.ground.people.who_may import Scope
from diancai.ground.work.actions import Running
from diancai.stages.match.capacity import Booked, bookings, free_of
from diancai.stages.match.models import Match
from diancai.stages.match.rules import MATCHABLE, booking_month
from diancai.stages.need.models import Need
from diancai.stages.supply.queries import list_offers_in_force
from diancai.stages.supply.rows import OfferRow
from diancai.words import Language, MatchState, NeedProgress, Route

AT_ONCE = 200
MOST_PER_NEED = 5


def propose_matches(
    *, programme_id: int, at: datetime, need_ids: Sequence[int] = (), running: Running | None = None
) -> int:
    """Propose pairs for some needs, or for all that are on a list and not matched yet; returns how many pairs stand.

    Needs that a person has matched, ordered, merged or left out are passed over.
    """
    today = timezone.localdate(at)
    offers = list_offers_in_force(programme_id, today)
    booked = bookings(offer.id for offer in offers)
    asked = _open_needs(programme_id, need_ids)
    standing = 0
    for start in range(0, len(asked), AT_ONCE):
        needs = list(Need.objects.filter(pk__in=asked[start : start + AT_ONCE]).order_by("id"))
        pairs = {need.pk: found for need, found in _best(needs, offers, booked, today)}
        standing += _write(programme_id, needs, pairs, at)
        if running is not None:
            running.progress(min(start + AT_ONCE, len(asked)), len(asked))
    return standing


def _open_needs(programme_id: int, need_ids: Sequence[int]) -> list[int]:
    found = Need.objects.filter(
        programme_id=programme_id, route=Route.LIST, is_live=True, state__in=MATCHABLE, progress=NeedProgress.OPEN
    )
    if need_ids:
        found = found.filter(pk__in=need_ids)
    return list(found.order_by("id").values_list("pk", flat=True))


def _best(
    needs: list[Need], offers: list[OfferRow], booked: dict[int, Booked], today: date
) -> Iterable[tuple[Need, list[engine.Pair]]]:
    """The engine's pairs of each need; free capacity differs by county and month, so needs of one go together."""
    groups: defaultdict[tuple[str, str], list[Need]] = defaultdict(list)
    for need in needs:
        groups[need.county_code, booking_month(today, need.wanted_from, None)].append(need)
    for (county, month), members in groups.items():
        matcher = engine.Matcher([engine_offer(offer, booked.get(offer.id, {}), county, month) for offer in offers])
        for need in members:
            yield need, matcher.best(_engine_need(need), MOST_PER_NEED)


def _write(programme_id: int, needs: list[Need], pairs: dict[int, list[engine.Pair]], at: datetime) -> int:
    """Replace the open proposals of these needs, with one event for all of them; returns how many stand."""
    with transaction.atomic():
        known = {(m.need_id, m.offer_id): m for m in Match.objects.filter(need__in=needs)}
        gone, fresh, again = [], [], []
        for need in needs:
            wanted = {int(pair.offer_id): pair for pair in pairs.get(need.pk, [])}
            for offer_id, pair in sorted(wanted.items(), key=lambda item: item[1].score):
                match = known.get((need.pk, offer_id))
                if match is None:
                    fresh.append(_proposal(need, offer_id, pair, at))
                elif match.state == MatchState.PROPOSED:
                    again.append(_told(match, pair))
            gone += [
                match.pk
                for (need_id, offer_id), match in known.items()
                if need_id == need.pk and match.state == MatchState.PROPOSED and offer_id not in wanted
            ]
        Match.objects.filter(pk__in=gone, state=MatchState.PROPOSED).delete()
        # Whoever made the pair by hand in between was first; the unique constraint keeps his.
        Match.objects.bulk_create(fresh, ignore_conflicts=True)
        for match in again:
            Match.objects.filter(pk=match.pk, state=MatchState.PROPOSED).update(
                score=match.score, why=match.why, against=match.against
            )
        if fresh or gone:
            _note(programme_id, needs, at, new=len(fresh), gone=len(gone))
    return len(fresh) + len(again)


def _proposal(need: Need, offer_id: int, pair: engine.Pair, at: datetime) -> Match:
    return Match(
        need=need,
        offer_id=offer_id,
        score=pair.score,
        why=list(pair.why),
        against=list(pair.against),
        proposed_at=at,
        prefecture_code=need.prefecture_code,
        county_code=need.county_code,
        town_code=need.town_code,
        village_code=need.village_code,
        sub_place=need.sub_place,
    )


def _told(match: Match, pair: engine.Pair) -> Match:
    match.score, match.why, match.against = pair.score, list(pair.why), list(pair.against)
    return match


def _engine_need(need: Need) -> engine.Need:
    code = need.village_code or need.town_code or need.county_code or need.prefecture_code
    return engine.Need(
        id=str(need.pk),
        text=need.content,
        topic=need.topic or None,
        strand=need.strand or None,
        place_code=code,
        wanted_from=need.wanted_from,
        wanted_until=need.wanted_until,
        service_form=need.service_form,
        language=Language.MONGOLIAN.value if need.language == Language.MONGOLIAN else "",
    )


def engine_offer(offer: OfferRow, booked: Booked, county_code: str, month: str) -> engine.Offer:
    """An offer as the engine takes it: places as beginnings of codes, languages one by one, what is left."""
    codes = offer.place_codes or (offer.department_place_code,)
    spoken = {Language.BOTH: (Language.CHINESE.value, Language.MONGOLIAN.value)}
    languages = spoken.get(offer.language, (offer.language.value,)) if offer.language else ()
    return engine.Offer(
        id=str(offer.id),
        service=offer.service,
        service_form=offer.service_form,
        topics=offer.topics,
        strand=offer.strand.value if offer.strand else None,
        place_codes=tuple(_beginning(code) for code in codes),
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        capacity_left=free_of(offer, booked, county_code, month),
        languages=languages,
        department=offer.department,
    )


def _beginning(code: str) -> str:
    """The digits that all places at or below a place share."""
    if code[4:6] == "00":
        return code[:4]
    if code[6:9] == "000":
        return code[:6]
    return code[:9] if code[9:] == "000" else code


def _note(programme_id: int, needs: list[Need], at: datetime, **counts: int) -> None:
    scope = Scope(needs[0].prefecture_code)
    details = {"programme_id": programme_id, "need_ids": [need.pk for need in needs], **counts}
    record("match.proposed", subject=("programme", programme_id), by=None, at=at, scope=scope, details=details)
