"""What order answers: a need whose remark was diverted takes its words out of the orders placed on it; and what it does
of itself: the yearly look at plans, the hourly run of the clocks."""

from django.utils import timezone

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.work.actions import every
from diancai.stages.order.actions import bring_plans_due, hide_order
from diancai.stages.order.clocking.recomputing import advance
from diancai.stages.order.models import Order
from diancai.stages.order.scrubbing import withhold_order
from diancai.words import Route

ONCE_A_DAY = 24 * 60 * 60
ONCE_AN_HOUR = 60 * 60


def register() -> None:
    """Listen; called once when the tables are known."""
    listen("need.diverted", on_need_diverted)


def on_need_diverted(event: Event) -> None:
    """Blank the orders at once, in the transaction of the divert: a job would leave the words open meanwhile.

    An order whose need no longer stands is hidden, and withdrawn as far as its state allows; work in hand goes on
    without words.
    """
    orders = Order.objects.select_for_update(of=("self",)).filter(need_id__in=event.details["wordless_ids"])
    for order in orders.order_by("pk"):
        withhold_order(order, by=event.by, at=event.at)
        if order.need.is_live and order.need.route != Route.DIVERT:
            order.content = order.need.content
            order.save(update_fields=["content"])
        else:
            hide_order(order_id=order.pk, by=event.by, at=event.at)


@every(ONCE_AN_HOUR)
def run_clocks() -> None:
    """Clocks whose time has come turn, and tell it once; a calendar, hour or limit that was changed is counted anew."""
    advance(timezone.now())


@every(ONCE_A_DAY)
def look_at_plans() -> None:
    """Plans whose year has come get their review; doing it every day finds what was planned meanwhile."""
    bring_plans_due(at=timezone.now())
