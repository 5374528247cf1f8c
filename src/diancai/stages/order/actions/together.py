"""Many orders in one act: dispatched to one department together, told by one event with the digest of its rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile

from django.db import transaction

from diancai.ground.constraints import judged
from diancai.ground.errors import Refusal
from diancai.ground.ledger.actions import record
from diancai.ground.ledger.digest import rows_digest
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.stages.order.actions.holding import order_in_hand
from diancai.stages.order.actions.placing import send_out
from diancai.stages.order.actions.settling import settle
from diancai.stages.order.errors import CONSTRAINTS, NobodyTicked, TooManyTicked
from diancai.stages.order.models import Order
from diancai.stages.order.rows import DispatchedTogether, OrderRow
from diancai.stages.order.rules import OrderAct

MOST_TOGETHER = 100
PLACES = ("prefecture_code", "county_code", "town_code", "village_code")


def dispatch_orders(
    *,
    by: Account,
    at: datetime,
    order_ids: Iterable[int],
    department_id: int,
    due_on: date | None = None,
    duty_basis: str = "",
) -> DispatchedTogether:
    """Dispatch the open rest of each order to one department as its lead. Each is judged as by `dispatch_order`; what
    is refused stays as it was and comes back with its refusal. One event tells all that were sent.

    Raises `NobodyTicked`, `TooManyTicked`.
    """
    wanted = list(dict.fromkeys(order_ids))
    if not wanted:
        raise NobodyTicked
    if len(wanted) > MOST_TOGETHER:
        raise TooManyTicked(count=len(wanted), most=MOST_TOGETHER)
    sent: list[OrderRow] = []
    refused: list[tuple[int, Refusal]] = []
    told: dict[int, dict[str, object]] = {}
    with transaction.atomic(), judged(CONSTRAINTS):
        for order_id in _in_order(wanted):
            try:
                row, told[order_id] = _send(order_id, by, at, department_id, due_on, duty_basis)
            except Refusal as refusal:
                refused.append((order_id, refusal))
            else:
                sent.append(row)
        if sent:
            _tell(sent, told, by, at, due_on)
    return DispatchedTogether(tuple(sent), tuple(refused))


def _in_order(order_ids: Sequence[int]) -> list[int]:
    """By need, as every act locks them, so that two bulk acts never wait for each other; unknown ones last."""
    needs = dict(Order.objects.filter(pk__in=order_ids).values_list("pk", "need_id"))
    return sorted(order_ids, key=lambda order_id: (order_id not in needs, needs.get(order_id, 0), order_id))


def _send(
    order_id: int, by: Account, at: datetime, department_id: int, due_on: date | None, duty_basis: str
) -> tuple[OrderRow, dict[str, object]]:
    """In a savepoint of its own: a refusal takes back what it had begun."""
    with transaction.atomic(), order_in_hand(order_id, by, OrderAct.DISPATCH) as order:
        told = send_out(order, by, at, department_id, True, due_on=due_on, duty_basis=duty_basis)
        return settle("order.dispatched_together", order, by, at, None), told


def _tell(
    rows: Sequence[OrderRow], told: Mapping[int, Mapping[str, object]], by: Account, at: datetime, due_on: date | None
) -> None:
    to = told[rows[0].id]
    record(
        "order.dispatched_together",
        subject=("orders", rows[0].programme_id),
        by=by,
        at=at,
        scope=_common_scope([row.scope for row in rows]),
        details={
            "order_ids": [row.id for row in rows],
            "need_ids": [row.need_id for row in rows],
            "programme_id": rows[0].programme_id,
            "department_id": to["department_id"],
            "due_on": due_on,
            "count": len(rows),
            "problem_ids": [row.id for row in rows if told[row.id].get("problem")],
            "digest": rows_digest([f"{row.id}:{row.revision}:{row.lead_id}:{row.due_on}" for row in rows]),
        },
        words={"department": to["department"]},
        about=[("order", row.id) for row in rows],
    )


def _common_scope(scopes: Sequence[Scope]) -> Scope:
    """The places that all the orders share, from the prefecture down."""
    found = [{getattr(scope, name) for scope in scopes} for name in PLACES]
    shared = takewhile(lambda codes: len(codes) == 1, found)
    return Scope(**{name: codes.pop() for name, codes in zip(PLACES, shared, strict=False)})
