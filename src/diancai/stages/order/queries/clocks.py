"""The clocks of orders: the facts that move them, as they were recorded, and what a page shows of them."""

from collections.abc import Iterable
from datetime import datetime

from diancai.stages.order.clocking.proposing import DueProposal, propose_due
from diancai.stages.order.clocking.reading import read_facts
from diancai.stages.order.clocking.strip import clock_strips
from diancai.stages.order.rows import ClockFacts, ClockStrip, OrderDetail

__all__ = ["DueProposal", "clock_facts", "clock_strips_of", "propose_due"]


def clock_facts(order_ids: Iterable[int]) -> tuple[ClockFacts, ...]:
    """The facts of these orders, in order of their ids; a few reads for every 500 of them."""
    return tuple(read_facts(order_ids))


def clock_strips_of(detail: OrderDetail, at: datetime) -> tuple[ClockStrip, ...]:
    """The clocks of an order that was read for an account, the newest promise first."""
    return clock_strips(detail.order.id, at)
