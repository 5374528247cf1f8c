"""The day's work of a department or an office: what it is on, what runs out, what waits for it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.order.models import RUNNING, Order
from diancai.stages.order.queries.boards import WITH_A_CLOCK
from diancai.stages.order.queries.lists import late_at, visible
from diancai.stages.order.queries.sides import MINE, by_presence
from diancai.stages.order.queries.urgent import (
    COUNTED,
    Found,
    cards_of_orders,
    cards_of_parts,
    nearest,
    parts_seen,
    tallied,
)
from diancai.stages.order.rows import DayGroup, Tally
from diancai.stages.order.rules import LIVE
from diancai.stages.order.seats import seat_at_board
from diancai.words import AssignmentState, DayGroupKind, OrderState

# No warning is lit earlier than this before the due day, however long the holidays: where the index is left.
FARTHEST = timedelta(days=31)
AT_WORK = [state.value for state in AssignmentState if state in LIVE]
BY_CLOCK = (DayGroupKind.OVERDUE, DayGroupKind.TODAY, DayGroupKind.RED, DayGroupKind.AMBER)


def day_of(
    account: Account,
    *,
    programme_id: int,
    at: datetime,
    department_id: int | None = None,
    place_code: str = "",
    limit: int = 8,
) -> tuple[DayGroup, ...]:
    """What the account is on, then what is overdue, due today, running out or due soon, then what waits. What one is on
    stands nowhere else, and each order once among the clocks. Groups without any are left out.

    Raises `NotAllowed` for a place or department out of sight.
    """
    found = _reach(account, programme_id, department_id, place_code)
    of_orders = found.model is Order
    groups = []
    for kind, states, condition in _groups(account, department_id, of_orders, at):
        rows, count = _nearest(found.filter(condition), states, limit, with_undated=kind not in BY_CLOCK)
        if rows:
            cards = cards_of_orders if of_orders else cards_of_parts
            groups.append(DayGroup(kind, count, cards(account, rows, at)))
    return tuple(groups)


def _nearest(found: Found, states: Sequence[str], limit: int, *, with_undated: bool) -> tuple[list[Any], Tally]:
    """The most urgent of several states and how many there are. Each state is asked by itself, because the indexes are
    ordered by the due day within a state."""
    each = [found.filter(state=state) for state in states] if states else [found]
    rows = [row for one in each for row in nearest(one, "", limit, with_undated=with_undated)[0]]
    rows.sort(key=lambda row: (row.due_on is None, row.due_on, row.pk))
    if len(rows) < limit:
        return rows, Tally(len(rows))
    counts = [tallied(one) for one in each]
    number = sum(count.number for count in counts)
    return rows[:limit], Tally(min(number, COUNTED), number > COUNTED or any(count.at_least for count in counts))


def _reach(account: Account, programme_id: int, department_id: int | None, place_code: str) -> Found:
    if department_id is None:
        return visible(account, place_code).filter(programme_id=programme_id)
    return parts_seen(account, programme_id, department_id, place_code)


def _groups(
    account: Account, department_id: int | None, of_orders: bool, at: datetime
) -> Iterator[tuple[DayGroupKind, Sequence[str], Q]]:
    """Each group with the states in which its orders or parts stand (none: whatever their state) and its condition."""
    today = timezone.localdate(at)
    seat = seat_at_board(account, department_id, today)
    others = Q()
    if seat:
        mine = by_presence(account, MINE, seat, at, key="pk" if of_orders else "order_id")
        yield DayGroupKind.MINE, (), mine
        others = ~mine
    open_ = WITH_A_CLOCK if of_orders else AT_WORK
    running = others & RUNNING & Q(due_at__gte=at)
    yield DayGroupKind.OVERDUE, open_, others & late_at(at) & Q(due_on__lte=today)
    yield DayGroupKind.TODAY, open_, running & Q(due_on=today)
    later = running & Q(due_on__gt=today, due_on__lte=today + FARTHEST)
    yield DayGroupKind.RED, open_, later & Q(red_at__lte=at)
    yield DayGroupKind.AMBER, open_, later & Q(amber_at__lte=at) & (Q(red_at__gt=at) | Q(red_at=None))
    if not of_orders:
        yield DayGroupKind.TO_ANSWER, (AssignmentState.DISPATCHED.value,), others
    elif seat:
        yield DayGroupKind.RETURNED, (OrderState.RETURNED.value,), others
        yield DayGroupKind.TO_DISPATCH, (OrderState.PLACED.value,), others
