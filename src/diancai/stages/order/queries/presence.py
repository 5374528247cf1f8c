"""Who is on which order now."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.presence.queries import who_is_on
from diancai.ground.presence.rows import PresenceRow
from diancai.stages.order.actions.holding import WITH_PARTS
from diancai.stages.order.models import Order
from diancai.stages.order.queries.lists import find_orders
from diancai.stages.order.rows import OnIt
from diancai.stages.order.seats import KIND, seat_on
from diancai.stages.order.standing import order_scope


def on_orders(account: Account, order_ids: Iterable[int], at: datetime) -> Mapping[int, tuple[OnIt, ...]]:
    """Who is on each of the orders among these that the account may see; those that nobody is on are left out."""
    return on_seen(account, [row.id for row in find_orders(account, order_ids)], at)


def on_seen(account: Account, order_ids: Iterable[int], at: datetime) -> Mapping[int, tuple[OnIt, ...]]:
    """The same of orders that the account is known to see."""
    found = who_is_on(KIND, order_ids, at)
    return {order_id: tuple(_on_it(account, each) for each in rows) for order_id, rows in found.items()}


def presence_on(account: Account, order_id: int, at: datetime) -> tuple[bool, tuple[OnIt, ...]]:
    """Whether the account may say of itself that it is on the order, and who is on it. Nobody is on a hidden one.

    Raises `NotFound`, also for an order out of sight.
    """
    order = Order.objects.filter(pk=order_id).prefetch_related(WITH_PARTS).first()
    if order is None or not can(account, Act.SEE_ORDER, order_scope(order, order.assignments.all())):
        raise NotFound
    if order.hidden_at is not None:
        return False, ()
    return _may_take(account, order, at), on_seen(account, [order_id], at).get(order_id, ())


def _may_take(account: Account, order: Order, at: datetime) -> bool:
    try:
        return bool(seat_on(account, order, timezone.localdate(at)))
    except NotAllowed:
        return False


def _on_it(account: Account, presence: PresenceRow) -> OnIt:
    return OnIt(presence.who, presence.account_id == account.pk, presence.since, presence.until)
