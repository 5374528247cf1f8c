"""Reading orders: one with its chain, lists, boards, counts. All rows are frozen (`rows.py`)."""

from .boards import board, count_orders
from .details import dispatch_text, get_order
from .lists import find_orders, list_orders, list_orders_of_need
from .searching import kinds_for, reach_of

__all__ = [
    "board",
    "count_orders",
    "dispatch_text",
    "find_orders",
    "get_order",
    "kinds_for",
    "list_orders",
    "list_orders_of_need",
    "reach_of",
]
