"""Everything that can be done to an order and to the parts that departments hold of it."""

from .answering import accept_assignment, complete_assignment, return_assignment, start_assignment
from .deciding import close_order, plan_order, recall_assignment, record_delivery, withdraw_order
from .placing import dispatch_order, place_order

__all__ = [
    "accept_assignment",
    "close_order",
    "complete_assignment",
    "dispatch_order",
    "place_order",
    "plan_order",
    "recall_assignment",
    "record_delivery",
    "return_assignment",
    "start_assignment",
    "withdraw_order",
]
