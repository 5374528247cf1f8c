"""Tables of order: the promise and its parts, and what happened to them on the way, each as a row of its own."""

from .clockwork import ClockRun, Extension, Pause
from .orders import RUNNING, RUNNING_STATES, Assignment, Order, OrderSerial
from .plans import PlanReview
from .rising import Escalation
from .rounds import Redo, Settlement
from .trouble import ProblemOrder

__all__ = [
    "RUNNING",
    "RUNNING_STATES",
    "Assignment",
    "ClockRun",
    "Escalation",
    "Extension",
    "Order",
    "OrderSerial",
    "Pause",
    "PlanReview",
    "ProblemOrder",
    "Redo",
    "Settlement",
]
