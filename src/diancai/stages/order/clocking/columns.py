"""The columns that clocks fill on orders and parts, and what a clock puts into them. Pure but for the rulebook."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from diancai.clocks import Glance, Wanted
from diancai.stages.order.clocking.rulebook import Rulebook
from diancai.words import DueBound

_NOUGHT = timedelta()


@dataclass(frozen=True, slots=True)
class OrderClock:
    """Columns of `Order`; empty while nothing was dispatched."""

    due_on: date | None = None
    due_at: datetime | None = None
    amber_at: datetime | None = None
    red_at: datetime | None = None
    next_change_at: datetime | None = None
    clock_state: str = ""
    due_bound: str = ""
    due_season: str = ""
    paused_credit: timedelta = _NOUGHT
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class PartClock:
    """Columns of `Assignment`."""

    limit: str
    sign_limit: str
    due_on: date | None = None
    due_at: datetime | None = None
    amber_at: datetime | None = None
    red_at: datetime | None = None
    clock_state: str = ""
    paused_credit: timedelta = _NOUGHT
    sign_due_at: datetime | None = None
    sign_state: str = ""
    next_change_at: datetime | None = None


def order_clock(whole: Glance, rules: Rulebook, *, is_set: bool, wanted: Wanted | None) -> OrderClock:
    """What an order shows of its handling clock; `is_set`: a person set the day; `wanted`: what it was wanted for."""
    bound = DueBound.AGREED if is_set and whole.bound_by is not DueBound.LIMIT else whole.bound_by
    return OrderClock(
        due_on=whole.due_on,
        due_at=whole.due_at,
        amber_at=whole.amber_at,
        red_at=whole.red_at,
        next_change_at=whole.next_change_at,
        clock_state=whole.state.value,
        due_bound=bound.value,
        due_season=wanted.season[:60] if wanted and bound is DueBound.SEASON else "",
        paused_credit=whole.credit,
        is_provisional=rules.is_provisional(whole.due_on),
    )


def part_clock(limit: str, sign_limit: str, own: Glance | None, sign: Glance | None) -> PartClock:
    """What a part shows of its handling clock and of its sign-for clock; None for one that it does not have."""
    changes = [each.next_change_at for each in (own, sign) if each is not None and each.next_change_at is not None]
    return PartClock(
        limit=limit,
        sign_limit=sign_limit,
        due_on=own.due_on if own else None,
        due_at=own.due_at if own else None,
        amber_at=own.amber_at if own else None,
        red_at=own.red_at if own else None,
        clock_state=own.state.value if own else "",
        paused_credit=own.credit if own else _NOUGHT,
        sign_due_at=sign.due_at if sign else None,
        sign_state=sign.state.value if sign else "",
        next_change_at=min(changes, default=None),
    )
