"""Taking an order in hand: “张 is on it”, so that two colleagues do not do the same. It binds nobody and lapses."""

from datetime import datetime

from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.presence import actions as presence
from diancai.ground.presence.rows import PresenceRow
from diancai.stages.order.actions.holding import WITH_PARTS
from diancai.stages.order.errors import ActNotNow
from diancai.stages.order.models import Order
from diancai.stages.order.seats import KIND, seat_on
from diancai.stages.order.standing import order_scope
from diancai.words import OrderState

NOTHING_TO_DO = (OrderState.CLOSED, OrderState.WITHDRAWN)


def take_order(*, by: Account, at: datetime, order_id: int) -> PresenceRow:
    """Say that one is on it, for one's department or for the office. Raises `NotFound`, `NotAllowed` for who only
    reads, `ActNotNow` when it is over, `SomebodyIsOnIt`."""
    order = _seen(by, order_id)
    state, seat = OrderState(order.state), seat_on(by, order, timezone.localdate(at))
    if state in NOTHING_TO_DO:
        raise ActNotNow(state_zh=state.zh, state_en=state.en, act_zh="登记“我在办”", act_en="take in hand")
    return presence.claim(by=by, at=at, subject=(KIND, order_id), seat=seat)


def stay_on_order(*, by: Account, at: datetime, order_id: int) -> bool:
    """A sign of life from the open page of who is on it; False when he is not, or no longer. Refusals as above."""
    order = _seen(by, order_id)
    return presence.stay(by=by, at=at, subject=(KIND, order_id), seat=seat_on(by, order, timezone.localdate(at)))


def leave_order(*, by: Account, at: datetime, order_id: int) -> None:
    """No longer on it. Raises `NotFound`, `NotAllowed`."""
    order = _seen(by, order_id)
    presence.leave(by=by, subject=(KIND, order_id), seat=seat_on(by, order, timezone.localdate(at)))


def _seen(by: Account, order_id: int) -> Order:
    order = Order.objects.filter(pk=order_id, hidden_at=None).prefetch_related(WITH_PARTS).first()
    if order is None or not can(by, Act.SEE_ORDER, order_scope(order, order.assignments.all())):
        raise NotFound
    return order
