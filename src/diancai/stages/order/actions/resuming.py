"""Ending a pause, whoever or whatever ends it."""

from datetime import datetime

from diancai.ground.people.models import Account
from diancai.stages.order.models import Order, Pause


def end_pause(order: Order, by: Account | None, at: datetime) -> None:
    """End the open pause of an order, if there is one; the caller saves the order."""
    Pause.objects.filter(order=order, until=None).update(until=at, resumed_by=by)
    order.paused_at = None
