"""The diagram of docs/states/order.md, printed from the table: `python -m diancai.stages.order.rules`."""

from diancai.stages.order.rules.states import ASSIGNMENT_TABLE, DECIDED, LEAVE, ORDER_TABLE, AssignmentAct, OrderAct
from diancai.words import AssignmentState, EscalationAnswer, OrderLevel, OrderState, ProblemReason

HEAD = """# States of an order

Printed from `src/diancai/stages/order/rules/states.py` by `python -m diancai.stages.order.rules`; a test
compares this file with the table. Do not edit it by hand.

## One department's part (派单)
"""
BETWEEN = """
## The order

Its state is what its lead department's part of the round shows; without a lead it is returned (已退回) when the last
lead gave it back, else placed (已点单). It is completed (已办结) when the lead and every department with a share have
completed and nothing is open. Closing, planning and withdrawing are decisions on the order itself: they end the parts
still open.
"""
ABOVE = """
## One level up (提请上级)

Each level that takes part has an order of its own, opened from below and linked both ways. The lower order follows the
upper one; nobody enters anything twice.
"""
FOLLOWS = """
| what happens above | the lower order |
|---|---|
| asked to take over (请上级承办) | escalated (已提请上级); its clock stands still until the answer |
| takes over | stays escalated; its own lead's part is handed over |
| asked to take part, or takes part | goes on with its own departments; cannot be completed before the upper part is |
| returned, called back, or withdrawn above | goes on as its own parts stand |
| completed above | completed, but for shares of its own that are still open |
| on the plan above | on the plan, with the same year, money and answerer |
| closed above as not served | closed for the same reason and rule |
| the region (no account here) | its answer, and later that it is done, are recorded as told |
"""
AFTER = """
Closing is possible in hand, too, when departments have completed all they took on and only a rest that nobody took is
open; then as partly solved or another reason, never as solved. A redo (退回重办) is a round of its own: its parts are
new, and the parts, completions and closing of the rounds before stay as they were. A problem order (问题工单) is
dispatched, escalated, planned, closed, redone or withdrawn only after its meeting was recorded; departments go on with
what they hold.
"""
DECISION = {
    OrderAct.CLOSE: OrderState.CLOSED,
    OrderAct.CONFIRM: OrderState.CLOSED,
    OrderAct.PLAN: OrderState.PLANNED,
    OrderAct.WITHDRAW: OrderState.WITHDRAWN,
    OrderAct.DISPATCH: OrderState.DISPATCHED,
    OrderAct.REDO: OrderState.DISPATCHED,
    OrderAct.ESCALATE: OrderState.ESCALATED,
    OrderAct.REVIEW_PLAN: OrderState.DISPATCHED,
}


def diagram() -> str:
    """The whole file: Mermaid diagrams, the table of every state × act, and who may do what."""
    parts = [HEAD, _parts(), BETWEEN, _orders(), AFTER, ABOVE, _levels(), FOLLOWS, _cells(), _words(), _leave()]
    return "\n".join(parts) + "\n"


def _parts() -> str:
    lines = [f"  {state}: {state.zh}" for state in AssignmentState]
    moves = [(source, act, target) for (source, act), target in ASSIGNMENT_TABLE.items() if source != target]
    lines += [f"  {source} --> {target}: {act.zh}" for source, act, target in moves]
    return _mermaid(["  [*] --> dispatched: 派单", *lines])


def _orders() -> str:
    lines = [f"  {state}: {state.zh}" for state in OrderState]
    for act, target in DECISION.items():
        sources = sorted(ORDER_TABLE[act], key=list(OrderState).index)
        lines += [f"  {state} --> {target}: {act.zh}" for state in sources if _changes(state, act)]
    pairs = (
        (source, OrderState(target.value), act.zh)
        for (source, act), target in ASSIGNMENT_TABLE.items()
        if target.value in list(OrderState) and target != source
    )
    lines += [f"  {source} --> {target}: 牵头{label}" for source, target, label in pairs if target not in DECIDED]
    follows = {OrderState.COMPLETED: "上级办结", OrderState.PLANNED: "上级列入计划", OrderState.CLOSED: "上级归档"}
    lines += [f"  escalated --> {target}: {label}" for target, label in follows.items()]
    return _mermaid(["  [*] --> placed: 点单", *lines])


def _changes(state: OrderState, act: OrderAct) -> bool:
    """A further department may be dispatched to while one leads, and confirming ends what closing began."""
    if act == OrderAct.CONFIRM:
        return False
    return act != OrderAct.DISPATCH or state in (OrderState.PLACED, OrderState.RETURNED, OrderState.PLANNED)


def _levels() -> str:
    lines = [f"  {level}: {level.zh}" for level in OrderLevel]
    lines += ["  county --> prefecture: 提请上级", "  prefecture --> region: 提请上级（登记答复）"]
    lines += [f"  prefecture --> county: {answer.zh}" for answer in EscalationAnswer if answer != EscalationAnswer.DONE]
    return _mermaid(["  [*] --> county: 点单", *lines])


def _cells() -> str:
    """Every state × act: a dot where it is permitted, a blank where it is refused as `act_not_now`."""
    parts = [
        [act.zh, *(("●" if (state, act) in ASSIGNMENT_TABLE else "") for state in AssignmentState)]
        for act in AssignmentAct
    ]
    orders = [[act.zh, *("●" if state in ORDER_TABLE[act] else "" for state in OrderState)] for act in OrderAct]
    return "\n".join(
        [
            "## Every state × act",
            "",
            "A dot: permitted, if what the act is about waits. A blank: refused with `act_not_now`.",
            "",
            _table(["part · 派单", *(state.zh for state in AssignmentState)], parts),
            "",
            _table(["order · 点单", *(state.zh for state in OrderState)], orders),
        ]
    )


def _words() -> str:
    reasons = "、".join(reason.zh for reason in ProblemReason)
    return f"\nA problem order begins with: {reasons} (thresholds in `config/orders.json`).\n"


def _leave() -> str:
    rows = [[act.zh, f"`{act}`", f"`{leave}`"] for act, leave in LEAVE.items()]
    return "\n".join(["## Leave", "", _table(["act", "in code", "leave (`ground/people/who_may.py`)"], rows)])


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _mermaid(lines: list[str]) -> str:
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
