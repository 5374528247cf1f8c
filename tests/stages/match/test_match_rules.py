"""How much of an offer is left, with worked numbers, and what may be decided on a pair."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.stages.match.errors import AlreadyDecided, NeedNotOpen, OrderStands
from diancai.stages.match.rules import Allowance, booking_month, check_confirm, check_need, check_refuse, free
from diancai.words import CapacityPeriod, MatchState, NeedProgress, NeedState, Route

WUYUAN, DENGKOU = "150821000000", "150822000000"
BOOKED = {(WUYUAN, "2019-12"): 2, (WUYUAN, "2020-01"): 1, (DENGKOU, "2019-12"): 3}


@pytest.mark.parametrize(
    ("number", "period", "left"),
    [
        (10, CapacityPeriod.MONTH, 5),  # 10 a month, 2 + 3 booked in December
        (4, CapacityPeriod.COUNTY_MONTH, 2),  # 4 a county and month, 2 booked by 五原 in December
        (12, CapacityPeriod.TERM, 6),  # 12 in all, 2 + 1 + 3 booked
        (4, CapacityPeriod.TERM, 0),  # booked beyond what there is: nothing left, never less
        (None, CapacityPeriod.UNLIMITED, None),
        (None, None, None),
    ],
)
def test_what_is_left_of_an_offer(number: int | None, period: CapacityPeriod | None, left: int | None) -> None:
    assert free(Allowance(number, period), BOOKED, WUYUAN, "2019-12") == left


months = st.sampled_from(["2019-11", "2019-12", "2020-01"])
counties = st.sampled_from([WUYUAN, DENGKOU])
limited = st.sampled_from([CapacityPeriod.MONTH, CapacityPeriod.COUNTY_MONTH, CapacityPeriod.TERM])


@settings(max_examples=100, deadline=None)
@given(
    booked=st.dictionaries(st.tuples(counties, months), st.integers(0, 9), max_size=6),
    number=st.integers(1, 30),
    period=limited,
    county=counties,
    month=months,
)
def test_booking_one_more_leaves_one_less(
    booked: dict[tuple[str, str], int], number: int, period: CapacityPeriod, county: str, month: str
) -> None:
    before = free(Allowance(number, period), booked, county, month)
    after = free(
        Allowance(number, period), booked | {(county, month): booked.get((county, month), 0) + 1}, county, month
    )
    assert before is not None
    assert after == max(0, before - 1)
    # A narrower period never leaves less than a wider one.
    assert before >= (free(Allowance(number, CapacityPeriod.TERM), booked, county, month) or 0)


def test_the_month_of_a_booking_is_the_first_that_fits() -> None:
    today = date(2019, 12, 10)
    assert booking_month(today, None, None) == "2019-12"
    assert booking_month(today, date(2019, 11, 1), date(2019, 10, 1)) == "2019-12"
    assert booking_month(today, date(2020, 2, 3), None) == "2020-02"
    assert booking_month(today, date(2020, 2, 3), date(2020, 3, 1)) == "2020-03"


@pytest.mark.parametrize("state", NeedState)
@pytest.mark.parametrize("route", Route)
@pytest.mark.parametrize("progress", NeedProgress)
def test_only_reviewed_needs_of_a_list_without_order_are_matched(
    state: NeedState, route: Route, progress: NeedProgress
) -> None:
    good = (
        state in (NeedState.ACCEPTED, NeedState.LISTED)
        and route == Route.LIST
        and progress in (NeedProgress.OPEN, NeedProgress.MATCHED)
    )
    if good:
        check_need(state, route, progress)
    else:
        with pytest.raises(NeedNotOpen):
            check_need(state, route, progress)


def test_a_decision_is_taken_once_and_taken_back_only_before_an_order() -> None:
    check_confirm(MatchState.PROPOSED)
    check_confirm(MatchState.REFUSED)
    with pytest.raises(AlreadyDecided):
        check_confirm(MatchState.CONFIRMED)
    check_refuse(MatchState.PROPOSED, NeedProgress.ORDERED)
    check_refuse(MatchState.CONFIRMED, NeedProgress.MATCHED)
    with pytest.raises(AlreadyDecided):
        check_refuse(MatchState.REFUSED, NeedProgress.OPEN)
    for progress in (NeedProgress.ORDERED, NeedProgress.IN_HAND, NeedProgress.CLOSED):
        with pytest.raises(OrderStands):
            check_refuse(MatchState.CONFIRMED, progress)
