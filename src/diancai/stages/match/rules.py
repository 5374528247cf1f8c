"""What may be decided on a pair, and how much of an offer is left. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from diancai.stages.match.errors import AlreadyDecided, NeedNotOpen, OrderStands
from diancai.words import CapacityPeriod, MatchState, NeedProgress, NeedState, Route

MATCHABLE = frozenset({NeedState.ACCEPTED, NeedState.LISTED})


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an offer can do: `number` None = unlimited or not told."""

    number: int | None
    period: CapacityPeriod | None


def check_need(state: str, route: str, progress: str, *, is_live: bool = True) -> None:
    """Raise `NeedNotOpen` unless the need rests on a remark, is reviewed, meant for a list, and has no order yet."""
    if (
        not is_live
        or state not in MATCHABLE
        or route != Route.LIST
        or progress not in (NeedProgress.OPEN, NeedProgress.MATCHED)
    ):
        raise NeedNotOpen


def check_confirm(state: str) -> None:
    """Raise `AlreadyDecided` unless the pair waits for a decision; a refused pair may be taken up again by hand."""
    if state == MatchState.CONFIRMED:
        raise AlreadyDecided


def check_refuse(state: str, progress: str) -> None:
    """Raise `AlreadyDecided` for a refused pair, `OrderStands` for a confirmed one that was ordered."""
    if state == MatchState.REFUSED:
        raise AlreadyDecided
    if state == MatchState.CONFIRMED and progress not in (NeedProgress.OPEN, NeedProgress.MATCHED):
        raise OrderStands


def month_of(day: date) -> str:
    """`2019-12`."""
    return f"{day.year:04d}-{day.month:02d}"


def booking_month(today: date, wanted_from: date | None, valid_from: date | None) -> str:
    """The first month in which the offer can serve the need: not before today, the wish, or the offer's term."""
    return month_of(max(day for day in (today, wanted_from, valid_from) if day is not None))


def free(allowance: Allowance, booked: Mapping[tuple[str, str], int], county_code: str, month: str) -> int | None:
    """What is left: `booked` is the quantity by (county code, month). None when there is no limit; never below 0.

    每月10次 counts the month over all counties, 每旗县每月4场 the month of one county, 12场 the whole term.
    """
    if allowance.number is None or allowance.period in (None, CapacityPeriod.UNLIMITED):
        return None
    taken = sum(
        quantity
        for (county, in_month), quantity in booked.items()
        if (allowance.period == CapacityPeriod.TERM or in_month == month)
        and (allowance.period != CapacityPeriod.COUNTY_MONTH or county == county_code)
    )
    return max(0, allowance.number - taken)
