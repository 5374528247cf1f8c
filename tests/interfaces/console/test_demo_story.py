"""The demo tells the real case: its counts, its honesty, nothing of a private person."""

from collections import Counter

import pytest

from diancai.ground.ledger.queries import verify
from diancai.interfaces.console.story import tell
from diancai.stages.need.models import DemandEdition, DemandLine, Need
from diancai.stages.order.models import Order
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.words import NeedState, OrderState, Route

HOU_QI, HANGJIN = "150825000000", "150826000000"


@pytest.mark.django_db
def test_the_demo_is_the_real_case_and_honest():
    tell(lambda step: None)
    listed = Need.objects.filter(route=Route.LIST, state=NeedState.LISTED)
    assert listed.count() == 114
    by_county = Counter(listed.values_list("county_code", flat=True))
    assert (by_county[HOU_QI], by_county[HANGJIN], len(by_county)) == (23, 64, 7)
    assert DemandLine.objects.count() == 114
    assert DemandEdition.objects.filter(state="published").count() == 7

    first_editions = SupplyEdition.objects.filter(is_supplement=False)
    offers = Offer.objects.filter(lines__edition__in=first_editions)
    assert offers.count() == 58
    assert offers.values("department").distinct().count() == 21

    states = Counter(Order.objects.values_list("state", flat=True))
    assert sum(states.values()) == 114
    assert states[OrderState.PLANNED] == 4
    assert states[OrderState.RETURNED] == 0
    assert 0 < states[OrderState.CLOSED] < 20
    assert Order.objects.filter(times_returned__gt=0).count() == 3
    refused = Order.objects.get(closing_reason="not_allowed")
    assert "水法" in refused.closing_rule
    assert Order.objects.filter(closing_words__contains="不满意").count() == 1

    off_list = Counter(Need.objects.exclude(route=Route.LIST).values_list("route", flat=True))
    assert (off_list[Route.DIVERT], off_list[Route.EMERGENCY]) == (1, 1)
    assert not DemandLine.objects.exclude(need__route=Route.LIST).exists()
    assert verify().holds
