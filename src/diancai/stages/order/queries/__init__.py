"""Reading orders: one with its chain, lists, boards, counts, where a need stands. All rows are frozen (`rows/`)."""

from .boards import board
from .clocks import DueProposal, clock_facts, clock_strips_of, propose_due
from .counts import count_orders, count_outcomes
from .days import day_of
from .details import dispatch_text, get_order
from .lists import find_orders, list_orders, list_orders_of_need
from .presence import on_orders, presence_on
from .searching import kinds_for, reach_of
from .sides import FREE, MINE, OTHERS
from .standing import where_it_stands

__all__ = [
    "FREE",
    "MINE",
    "OTHERS",
    "DueProposal",
    "board",
    "clock_facts",
    "clock_strips_of",
    "count_orders",
    "count_outcomes",
    "day_of",
    "dispatch_text",
    "find_orders",
    "get_order",
    "kinds_for",
    "list_orders",
    "list_orders_of_need",
    "on_orders",
    "presence_on",
    "propose_due",
    "reach_of",
    "where_it_stands",
]
