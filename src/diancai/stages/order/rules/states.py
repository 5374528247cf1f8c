"""The table: which act leads a part from which state to which, and in which states an order may be acted on.

The order's state is never set by an act of a department: `derive` reads it off its parts and off the order above. Only
closing, planning and withdrawing are decisions on the order itself, and they end what its departments still hold.
"""

from diancai.ground.people.who_may import Act
from diancai.words import AssignmentState, OrderState, Word


class AssignmentAct(Word):
    """What is done to one department's part."""

    ACCEPT = "accept", "接单", "accept"
    RETURN = "return", "退回", "return"
    HAND_OVER = "hand_over", "移交", "hand over"
    START = "start", "开始办理", "start"
    COMPLETE = "complete", "办结", "complete"
    ASK_EXTENSION = "ask_extension", "申请延期", "ask for an extension"
    RECALL = "recall", "撤回派单", "recall"
    ALLOW_RETURN = "allow_return", "准许逾期退回", "allow a late return"


class OrderAct(Word):
    """What is done to the order as a whole."""

    DISPATCH = "dispatch", "派单", "dispatch"
    ESCALATE = "escalate", "提请上级", "escalate"
    ANSWER = "answer", "答复提请", "answer the escalation"
    RECORD_OUTSIDE = "record_outside", "登记自治区答复", "record the region's answer"
    CALL_BACK = "call_back", "撤回提请", "call the escalation back"
    PAUSE = "pause", "暂停计时", "pause"
    RESUME = "resume", "恢复计时", "resume"
    DECIDE_EXTENSION = "decide_extension", "审批延期", "decide on the extension"
    TELL_RESIDENT = "tell_resident", "登记已告知群众", "note that the resident was told"
    MEET = "meet", "会议研判", "record the meeting"
    REDO = "redo", "退回重办", "redo"
    CLOSE = "close", "归档", "close"
    CONFIRM = "confirm", "第二人确认", "confirm as the second person"
    PLAN = "plan", "列入计划", "put on the plan"
    REVIEW_PLAN = "review_plan", "复核计划", "review the plan"
    WITHDRAW = "withdraw", "撤单", "withdraw"


A, O = AssignmentState, OrderState  # noqa: E741

ASSIGNMENT_TABLE: dict[tuple[AssignmentState, AssignmentAct], AssignmentState] = {
    (A.DISPATCHED, AssignmentAct.ACCEPT): A.ACCEPTED,
    (A.DISPATCHED, AssignmentAct.RETURN): A.RETURNED,
    (A.DISPATCHED, AssignmentAct.HAND_OVER): A.HANDED_OVER,
    (A.DISPATCHED, AssignmentAct.RECALL): A.WITHDRAWN,
    (A.DISPATCHED, AssignmentAct.ALLOW_RETURN): A.DISPATCHED,
    (A.ACCEPTED, AssignmentAct.START): A.IN_HAND,
    (A.ACCEPTED, AssignmentAct.COMPLETE): A.COMPLETED,
    (A.ACCEPTED, AssignmentAct.RETURN): A.RETURNED,
    (A.ACCEPTED, AssignmentAct.HAND_OVER): A.HANDED_OVER,
    (A.ACCEPTED, AssignmentAct.ASK_EXTENSION): A.ACCEPTED,
    (A.ACCEPTED, AssignmentAct.RECALL): A.WITHDRAWN,
    (A.ACCEPTED, AssignmentAct.ALLOW_RETURN): A.ACCEPTED,
    (A.IN_HAND, AssignmentAct.COMPLETE): A.COMPLETED,
    (A.IN_HAND, AssignmentAct.HAND_OVER): A.HANDED_OVER,
    (A.IN_HAND, AssignmentAct.ASK_EXTENSION): A.IN_HAND,
    (A.IN_HAND, AssignmentAct.RECALL): A.WITHDRAWN,
}

_BEFORE_WORK = frozenset({O.PLACED, O.DISPATCHED, O.ACCEPTED, O.RETURNED})
_OPEN = _BEFORE_WORK | {O.IN_HAND}
_WITH_A_LEAD = frozenset({O.ACCEPTED, O.IN_HAND})

# The order states in which each act is possible. Work in hand is recalled or completed before an order is closed.
ORDER_TABLE: dict[OrderAct, frozenset[OrderState]] = {
    OrderAct.DISPATCH: _OPEN | {O.PLANNED},
    OrderAct.ESCALATE: _OPEN,
    OrderAct.ANSWER: frozenset({O.PLACED, O.DISPATCHED, O.RETURNED}),
    OrderAct.RECORD_OUTSIDE: _OPEN | {O.ESCALATED, O.COMPLETED},
    OrderAct.CALL_BACK: _OPEN | {O.ESCALATED},
    OrderAct.PAUSE: _OPEN,
    OrderAct.RESUME: _OPEN | {O.ESCALATED},
    OrderAct.DECIDE_EXTENSION: _WITH_A_LEAD,
    OrderAct.TELL_RESIDENT: _WITH_A_LEAD | {O.COMPLETED},
    OrderAct.MEET: _OPEN | {O.ESCALATED, O.COMPLETED},
    OrderAct.REDO: frozenset({O.COMPLETED, O.CLOSED}),
    OrderAct.CLOSE: frozenset({O.PLACED, O.RETURNED, O.COMPLETED, O.PLANNED}),
    OrderAct.CONFIRM: frozenset({O.PLACED, O.RETURNED, O.COMPLETED, O.PLANNED}),
    OrderAct.PLAN: _OPEN,
    OrderAct.REVIEW_PLAN: frozenset({O.PLANNED}),
    OrderAct.WITHDRAW: _BEFORE_WORK | {O.PLANNED},
}

DECIDED = frozenset({O.CLOSED, O.PLANNED, O.WITHDRAWN})
OVER = frozenset({O.COMPLETED, O.CLOSED, O.WITHDRAWN, O.PLANNED})
TAKEN_ON = frozenset({A.ACCEPTED, A.IN_HAND, A.COMPLETED})
LIVE = frozenset({A.DISPATCHED, A.ACCEPTED, A.IN_HAND})

LEAVE: dict[AssignmentAct | OrderAct, Act] = {
    AssignmentAct.ACCEPT: Act.ANSWER_ORDER,
    AssignmentAct.RETURN: Act.ANSWER_ORDER,
    AssignmentAct.HAND_OVER: Act.ANSWER_ORDER,
    AssignmentAct.START: Act.ANSWER_ORDER,
    AssignmentAct.COMPLETE: Act.ANSWER_ORDER,
    AssignmentAct.ASK_EXTENSION: Act.ANSWER_ORDER,
    AssignmentAct.RECALL: Act.DISPATCH_ORDER,
    AssignmentAct.ALLOW_RETURN: Act.DISPATCH_ORDER,
    OrderAct.DISPATCH: Act.DISPATCH_ORDER,
    OrderAct.ESCALATE: Act.ESCALATE_ORDER,
    OrderAct.ANSWER: Act.ESCALATE_ORDER,
    OrderAct.RECORD_OUTSIDE: Act.DISPATCH_ORDER,
    OrderAct.CALL_BACK: Act.DISPATCH_ORDER,
    OrderAct.PAUSE: Act.DISPATCH_ORDER,
    OrderAct.RESUME: Act.DISPATCH_ORDER,
    OrderAct.DECIDE_EXTENSION: Act.DISPATCH_ORDER,
    OrderAct.TELL_RESIDENT: Act.TELL_RESIDENT,
    OrderAct.MEET: Act.CLOSE_ORDER,
    OrderAct.REDO: Act.CLOSE_ORDER,
    OrderAct.CLOSE: Act.CLOSE_ORDER,
    OrderAct.CONFIRM: Act.SECOND_CLOSING,
    OrderAct.PLAN: Act.CLOSE_ORDER,
    OrderAct.REVIEW_PLAN: Act.CLOSE_ORDER,
    OrderAct.WITHDRAW: Act.CLOSE_ORDER,
}
# Acts for which a department holding the order may ask as well as an office: its parts belong to the scope.
WITH_HOLDERS = frozenset({OrderAct.ESCALATE, OrderAct.ANSWER, OrderAct.TELL_RESIDENT})
# What belongs to a department alone is judged by its part; the rest by the place.
BY_PART = frozenset(act for act in AssignmentAct if LEAVE[act] == Act.ANSWER_ORDER)
