"""Boards: the orders of a department or an office in columns by state, the most urgent first, each paged by key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.order.models import Order
from diancai.stages.order.queries.lists import late_at, visible
from diancai.stages.order.queries.sides import by_presence
from diancai.stages.order.queries.urgent import (
    Found,
    cards_of_orders,
    cards_of_parts,
    nearest,
    parts_seen,
    tallied,
)
from diancai.stages.order.rows import BoardCard, BoardColumn, Tally
from diancai.stages.order.seats import seat_at_board
from diancai.words import OrderState

OFFICE_COLUMNS: tuple[OrderState, ...] = (
    OrderState.PLACED,
    OrderState.RETURNED,
    OrderState.DISPATCHED,
    OrderState.ACCEPTED,
    OrderState.IN_HAND,
    OrderState.ESCALATED,
    OrderState.COMPLETED,
    OrderState.PLANNED,
    OrderState.CLOSED,
)
DEPARTMENT_COLUMNS: tuple[OrderState, ...] = (
    OrderState.DISPATCHED,
    OrderState.ACCEPTED,
    OrderState.IN_HAND,
    OrderState.COMPLETED,
    OrderState.RETURNED,
)
# Only in these a clock can run: elsewhere nobody looks for late ones.
WITH_A_CLOCK: tuple[OrderState, ...] = (
    OrderState.DISPATCHED,
    OrderState.ACCEPTED,
    OrderState.IN_HAND,
    OrderState.RETURNED,
    OrderState.ESCALATED,
)


def board(
    account: Account,
    *,
    programme_id: int,
    department_id: int | None = None,
    place_code: str = "",
    presence: str = "",
    column: str = "",
    after: str = "",
    limit: int = 20,
) -> tuple[BoardColumn, ...]:
    """Columns by state, each with its count (up to 200) and the `limit` most urgent cards: due first, then oldest.

    For a department the columns follow its own part and each card carries it; for an office, the orders' state.
    `presence`: "free" nobody of the account's side is on it, "mine", "others". `column`: that state alone, from the
    key `after` on. Raises `NotAllowed` for a place or department out of sight.
    """
    now = timezone.now()
    seat = seat_at_board(account, department_id, timezone.localdate(now))
    found: Found
    if department_id is None:
        on = by_presence(account, presence, seat, now)
        found = visible(account, place_code).filter(on, programme_id=programme_id)
        states = OFFICE_COLUMNS
    else:
        on = by_presence(account, presence, seat, now, key="order_id")
        found = parts_seen(account, programme_id, department_id, place_code).filter(on)
        states = DEPARTMENT_COLUMNS
    if column:
        return tuple(_column(account, found, state, after, limit, now) for state in states if state == column)
    return tuple(_column(account, found, state, "", limit, now) for state in states)


def _column(account: Account, found: Found, state: OrderState, after: str, limit: int, now: datetime) -> BoardColumn:
    here = found.filter(state=state.value)
    rows, more = nearest(here, after, limit)
    whole = Tally(len(rows)) if more is None and not after else tallied(here)
    late = tallied(_late(here, now)) if state in WITH_A_CLOCK and whole.number else Tally(0)
    return BoardColumn(state, whole, late, _cards(account, found.model, rows, now), more)


def _late(here: Found, now: datetime) -> Found:
    """Those whose clock is over; the day is asked as well, because the columns are indexed by it."""
    return here.filter(late_at(now), due_on__lte=timezone.localdate(now))


def _cards(account: Account, model: type[Any], rows: Sequence[Any], now: datetime) -> tuple[BoardCard, ...]:
    return cards_of_orders(account, rows, now) if model is Order else cards_of_parts(account, rows, now)
