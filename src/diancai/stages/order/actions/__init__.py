"""Everything that can be done to an order and to the parts that departments hold of it."""

from .answering import accept_assignment, complete_assignment, return_assignment, start_assignment
from .clockwork import ask_extension, decide_extension, pause_order, resume_order, tell_resident
from .closing import close_order, confirm_settlement, refuse_settlement
from .deciding import allow_late_return, recall_assignment, record_delivery, withdraw_order
from .escalating import (
    GoingUp,
    answer_escalation,
    call_back_escalation,
    escalate_order,
    record_outside_answer,
)
from .handing import hand_over_assignment, pass_to_successor
from .hiding import hide_order
from .placing import dispatch_order, place_order
from .planning import bring_plans_due, plan_order, review_plan
from .redoing import open_redo, record_verdict
from .taking import leave_order, stay_on_order, take_order
from .together import dispatch_orders
from .troubling import resolve_problem

__all__ = [
    "GoingUp",
    "accept_assignment",
    "allow_late_return",
    "answer_escalation",
    "ask_extension",
    "bring_plans_due",
    "call_back_escalation",
    "close_order",
    "complete_assignment",
    "confirm_settlement",
    "decide_extension",
    "dispatch_order",
    "dispatch_orders",
    "escalate_order",
    "hand_over_assignment",
    "hide_order",
    "leave_order",
    "open_redo",
    "pass_to_successor",
    "pause_order",
    "place_order",
    "plan_order",
    "recall_assignment",
    "record_delivery",
    "record_outside_answer",
    "record_verdict",
    "refuse_settlement",
    "resolve_problem",
    "resume_order",
    "return_assignment",
    "review_plan",
    "start_assignment",
    "stay_on_order",
    "take_order",
    "tell_resident",
    "withdraw_order",
]
