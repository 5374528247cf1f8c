"""Free capacity of offers: what they can do, less what confirmed pairs have booked. Called by actions and queries."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Sum

from diancai.stages.match.models import Match
from diancai.stages.match.rules import Allowance, free
from diancai.stages.supply.rows import OfferRow
from diancai.words import MatchState

Booked = dict[tuple[str, str], int]


def bookings(offer_ids: Iterable[int]) -> dict[int, Booked]:
    """What is booked of each offer by (county code, month); an offer without any is absent."""
    found: defaultdict[int, Booked] = defaultdict(dict)
    confirmed = Match.objects.filter(offer_id__in=list(offer_ids), state=MatchState.CONFIRMED, booked__gt=0).order_by()
    for row in confirmed.values("offer_id", "county_code", "booked_month").annotate(quantity=Sum("booked")):
        found[row["offer_id"]][row["county_code"], row["booked_month"]] = row["quantity"]
    return dict(found)


def free_of(offer: OfferRow, booked: Booked, county_code: str, month: str) -> int | None:
    """What is left of an offer in a county and month; None when there is no limit or none was told."""
    return free(Allowance(offer.capacity, offer.capacity_period), booked, county_code, month)
