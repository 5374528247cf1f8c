"""Counts for first pages and reports: what waits, and what came of the orders that ended."""

from django.db.models import Count, Q
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.order.queries.lists import ASKS_LONGER, PAUSED, PLAN_DUE, PROBLEM, late_at, visible
from diancai.stages.order.queries.urgent import parts_seen
from diancai.stages.order.rows import OrderCounts, OutcomeCounts
from diancai.words import AssignmentState, ClosingReason, OrderState


def count_orders(
    account: Account, *, programme_id: int, place_code: str = "", department_id: int | None = None
) -> OrderCounts:
    """What waits for an answer or a dispatch, is late, came back, went up, stands still, is planned or in trouble."""
    orders = visible(account, place_code, department_id).filter(programme_id=programme_id)
    counted = orders.order_by().aggregate(
        waiting=Count("id", filter=Q(state__in=[OrderState.PLACED, OrderState.DISPATCHED, OrderState.RETURNED])),
        late=Count("id", filter=late_at(timezone.now())),
        returned=Count("id", filter=Q(state=OrderState.RETURNED)),
        planned=Count("id", filter=Q(state=OrderState.PLANNED)),
        problem=Count("id", filter=PROBLEM),
        escalated=Count("id", filter=Q(state=OrderState.ESCALATED)),
        paused=Count("id", filter=PAUSED),
        extensions=Count("id", filter=ASKS_LONGER),
        plans_due=Count("id", filter=PLAN_DUE),
    )
    if department_id is not None:
        parts = parts_seen(account, programme_id, department_id, place_code)
        counted["waiting"] = parts.filter(state=AssignmentState.DISPATCHED).count()
    return OrderCounts(**counted)


def count_outcomes(
    account: Account, *, programme_id: int, place_code: str = "", department_id: int | None = None
) -> OutcomeCounts:
    """What came of the orders that the account sees, each by its own reason; an order that went up counts once, below.

    Raises `NotAllowed` for a place or department out of sight.
    """
    orders = visible(account, place_code, department_id).filter(programme_id=programme_id, is_twin=False).order_by()
    closed = orders.filter(state=OrderState.CLOSED).values_list("closing_reason").annotate(count=Count("id"))
    counted = dict(closed)
    ended = orders.aggregate(
        completed=Count("id", filter=Q(state=OrderState.COMPLETED)),
        planned=Count("id", filter=Q(state=OrderState.PLANNED)),
    )
    return OutcomeCounts(by_reason={reason: counted.get(reason.value, 0) for reason in ClosingReason}, **ended)
