"""Reading proposals and gaps. Offices and leaders see those of their places, departments those of their own offers."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import name_of
from diancai.ground.place.sight import seen
from diancai.stages.match.models import Match
from diancai.stages.match.rows import CommonNeed, GapCount, MatchRow, NeedGapRow, OfferGapRow
from diancai.stages.match.rules import MATCHABLE
from diancai.stages.match.wording import match_rows, place_of, scope_of, strand_of
from diancai.stages.need.models import Need
from diancai.stages.supply.models import Offer
from diancai.stages.supply.queries import find_offers
from diancai.words import MatchState, NeedProgress, Route

ASKED_FOR = Q(state__in=[MatchState.PROPOSED, MatchState.CONFIRMED])


def get_match(account: Account, match_id: int) -> MatchRow:
    """One pair. Raises `NotFound`, also when the account may not see it, or its need is on no list any more."""
    match = Match.objects.select_related("need", "decided_by", "offer").filter(pk=match_id).first()
    if (
        match is None
        or match.need.route != Route.LIST
        or not can(account, Act.SEE_MATCH, scope_of(match, match.offer.department_id))
    ):
        raise NotFound
    return match_rows([match])[0]


def list_proposals(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    state: str = "proposed",
    strand: str = "",
    need_id: int | None = None,
    offer_id: int | None = None,
    after: str = "",
    limit: int = 50,
) -> Page[MatchRow]:
    """Pairs, the newest first and of one need the best first; `state` "" shows all. Only needs still on a list.

    Raises `NotAllowed`.
    """
    found = Match.objects.select_related("need", "decided_by").filter(
        seen(account, Act.SEE_MATCH, place_code, departments="offer__department_id"),
        need__programme_id=programme_id,
        need__route=Route.LIST,
    )
    if state == MatchState.PROPOSED:
        found = found.filter(need__is_live=True, need__state__in=MATCHABLE, need__progress=NeedProgress.OPEN)
    wanted = {"state": state, "need__strand": strand, "need_id": need_id, "offer_id": offer_id}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    page = list(found.filter(older_than(after, "proposed_at")).order_by("-proposed_at", "-id")[: limit + 1])
    more = after_key(page[limit - 1].proposed_at, page[limit - 1].pk) if len(page) > limit else None
    return Page(match_rows(page[:limit]), more)


def list_needs_without_offer(
    account: Account, *, programme_id: int, place_code: str = "", strand: str = "", after: str = "", limit: int = 50
) -> Page[NeedGapRow]:
    """Needs on a list, not ordered yet, that no open or confirmed pair serves; the newest first."""
    found = _needs_without(programme_id).filter(seen(account, Act.SEE_MATCH, place_code))
    found = found.filter(strand=strand) if strand else found
    found = found.annotate(refused=Count("matches", filter=Q(matches__state=MatchState.REFUSED)))
    page = list(found.filter(older_than(after, "made_at")).order_by("-made_at", "-id")[: limit + 1])
    more = after_key(page[limit - 1].made_at, page[limit - 1].pk) if len(page) > limit else None
    return Page(tuple(_need_gap(need) for need in page[:limit]), more)


def list_offers_unasked(
    account: Account, *, programme_id: int, place_code: str = "", strand: str = "", after: str = "", limit: int = 50
) -> Page[OfferGapRow]:
    """Offers in force without an open or confirmed pair, the newest first."""
    found = _offers_unasked(programme_id).filter(seen(account, Act.SEE_MATCH, place_code, departments="department_id"))
    found = found.filter(strand=strand) if strand else found
    page = list(found.filter(older_than(after, "made_at")).order_by("-made_at", "-id")[: limit + 1])
    more = after_key(page[limit - 1].made_at, page[limit - 1].pk) if len(page) > limit else None
    return Page(tuple(_offer_gaps(page[:limit])), more)


def count_gaps(account: Account, *, programme_id: int, place_code: str = "") -> tuple[GapCount, ...]:
    """Both gaps by strand and county, for the chart; the county "" holds offers of the prefecture's own departments."""
    where = seen(account, Act.SEE_MATCH, place_code)
    counts: dict[str, Counter[tuple[str, str]]] = {
        "needs": _count(_needs(programme_id).filter(where)),
        "needs_without_offer": _count(_needs_without(programme_id).filter(where)),
        "offers": _count(_offers(programme_id).filter(where)),
        "offers_unasked": _count(_offers_unasked(programme_id).filter(where)),
    }
    keys = sorted({key for counter in counts.values() for key in counter})
    return tuple(
        GapCount(
            strand=strand_of(strand),
            county_code=county,
            county=name_of(county) or "市级",
            **{name: counter[strand, county] for name, counter in counts.items()},
        )
        for strand, county in keys
    )


def list_common_needs(account: Account, *, programme_id: int) -> tuple[CommonNeed, ...]:
    """Topics that several counties ask for (共性需求), the widest first; each county keeps its own line."""
    found = _needs(programme_id).filter(seen(account, Act.SEE_MATCH), is_common=True).exclude(topic="")
    topics: dict[tuple[str, str], list[Need]] = {}
    for need in found.order_by("county_code", "id"):
        topics.setdefault((need.topic, need.strand), []).append(need)
    shared = [
        CommonNeed(
            topic=topic,
            strand=strand_of(strand),
            counties=tuple(dict.fromkeys(name_of(need.county_code) for need in needs)),
            need_ids=tuple(need.pk for need in needs),
        )
        for (topic, strand), needs in topics.items()
    ]
    return tuple(sorted(shared, key=lambda common: (-len(common.counties), common.topic)))


def offers_proposed(need_id: int, department_id: int) -> tuple[tuple[int, str], ...]:
    """Offers of a department in force that may serve a need by its open or confirmed pairs: (id, service), best first.

    For a person to choose from when the department accepts.
    """
    found = Match.objects.filter(ASKED_FOR, need_id=need_id, offer__department_id=department_id)
    found = found.filter(offer__state=Offer.State.IN_FORCE).exclude(offer__valid_until__lt=timezone.localdate())
    return tuple(found.order_by("state", "-score", "id").values_list("offer_id", "offer__service"))


def _needs(programme_id: int) -> QuerySet[Need]:
    return Need.objects.filter(programme_id=programme_id, route=Route.LIST, is_live=True, state__in=MATCHABLE)


def _needs_without(programme_id: int) -> QuerySet[Need]:
    pairs = Match.objects.filter(ASKED_FOR, need=OuterRef("pk"))
    return _needs(programme_id).filter(~Exists(pairs), progress=NeedProgress.OPEN)


def _offers(programme_id: int) -> QuerySet[Offer]:
    held = Offer.objects.filter(programme_id=programme_id, state=Offer.State.IN_FORCE)
    return held.exclude(valid_until__lt=timezone.localdate())


def _offers_unasked(programme_id: int) -> QuerySet[Offer]:
    return _offers(programme_id).filter(~Exists(Match.objects.filter(ASKED_FOR, offer=OuterRef("pk"))))


def _count(found: QuerySet[Need] | QuerySet[Offer]) -> Counter[tuple[str, str]]:
    counted = found.order_by().values_list("strand", "county_code").annotate(Count("id"))
    return Counter({(strand, county): number for strand, county, number in counted})


def _need_gap(need: Need) -> NeedGapRow:
    return NeedGapRow(
        need_id=need.pk,
        content=need.content,
        place=place_of(need),
        strand=strand_of(need.strand),
        topic=need.topic,
        wanted=need.wanted_text,
        households=need.households,
        refused=need.refused,  # type: ignore[attr-defined]
        made_at=need.made_at,
        scope=need.scope,
    )


def _offer_gaps(offers: list[Offer]) -> list[OfferGapRow]:
    rows = find_offers([offer.pk for offer in offers])
    return [
        OfferGapRow(
            offer_id=row.id,
            service=row.service,
            department_id=row.department_id,
            department=row.department,
            strand=row.strand,
            places_text=row.places_text,
            valid_until=row.valid_until,
            made_at=row.made_at,
        )
        for row in (rows[offer.pk] for offer in offers)
    ]
