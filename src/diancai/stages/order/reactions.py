"""What order answers: a need whose remark was diverted takes its words out of the orders placed on it."""

from datetime import datetime

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import Account
from diancai.ground.search import actions as search
from diancai.stages.match.actions import book
from diancai.stages.order.actions.holding import end_parts, settle
from diancai.stages.order.models import Order
from diancai.stages.order.rules import ORDER_TABLE, OrderAct
from diancai.words import OrderState, Route

GONE = "（已转有权处理单位，内容不显示）"


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("need.diverted", on_need_diverted)


def on_need_diverted(event: Event) -> None:
    """Blank the orders at once, in the transaction of the divert: a job would leave the words open meanwhile.

    An order whose need no longer stands is withdrawn as far as its state allows; work in hand goes on without words.
    """
    for order in Order.objects.select_for_update(of=("self",)).filter(need_id__in=event.details["need_ids"]):
        stands = order.need.is_live and order.need.route != Route.DIVERT
        order.content, order.text = (order.need.content, "") if stands else (GONE, "")
        order.save(update_fields=["content", "text"])
        search.remove("order", [order.pk])
        if not stands and OrderState(order.state) in ORDER_TABLE[OrderAct.WITHDRAW]:
            _withdraw(order, event.by, event.at)


def _withdraw(order: Order, by: Account | None, at: datetime) -> None:
    order.withdrawn_reason, order.closed_at = "需求已转有权处理单位", at
    end_parts(order, at)
    if order.match_id:
        book(match_id=order.match_id, quantity=0)
    settle("order.withdrawn", order, by, at, {"reason": order.withdrawn_reason}, decided=OrderState.WITHDRAWN)
