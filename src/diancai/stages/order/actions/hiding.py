"""Hiding an order behind which lay a report about persons, in whatever state it is."""

from datetime import datetime

from django.db import transaction

from diancai.ground.people.models import Account
from diancai.stages.match.actions import book
from diancai.stages.order.actions.holding import lock
from diancai.stages.order.actions.settling import end_escalation, end_parts, row_of, settle
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import DECIDED, ORDER_TABLE, OrderAct
from diancai.words import OrderState

DIVERTED = "需求已转有权处理单位"


@transaction.atomic
def hide_order(*, at: datetime, order_id: int, by: Account | None = None) -> OrderRow:
    """Take it out of every list, count, board and search; asked by diverts. It is withdrawn as far as its state
    allows; a closed one stays closed; work in hand goes on without words. Hiding twice does nothing more."""
    order = lock(order_id)
    if order.hidden_at is not None:
        return row_of(order.pk, at)
    order.hidden_at = at
    decided = OrderState(order.state) if order.state in DECIDED else None
    if OrderState(order.state) in ORDER_TABLE[OrderAct.WITHDRAW]:
        order.withdrawn_reason, order.closed_at, decided = DIVERTED, at, OrderState.WITHDRAWN
        end_parts(order, at)
        end_escalation(order, at)
        if order.match_id:
            book(match_id=order.match_id, quantity=0)
    return settle("order.hidden", order, by, at, {}, decided=decided)
