"""The diagram of docs/states/order.md, printed from the table: `python -m diancai.stages.order.rules`."""

from diancai.stages.order.rules.states import ASSIGNMENT_TABLE, DECIDED, LEAVE, ORDER_TABLE, OrderAct
from diancai.words import AssignmentState, OrderState

HEAD = """# States of an order

Printed from `src/diancai/stages/order/rules/states.py` by `python -m diancai.stages.order.rules`; a test
compares this file with the table. Do not edit it by hand.

## One department's part (派单)
"""
BETWEEN = """
## The order

Its state is what its lead department's part shows; without a lead it is returned (已退回) when the last lead gave it
back, else placed (已点单). It is completed (已办结) when the lead and every department with a share have completed and
nothing is open. Closing, planning and withdrawing are decisions on the order itself: they end the parts still open.
"""
AFTER = """
Closing is possible in hand, too, when departments have completed all they took on and only a rest that nobody took is
open; then as partly solved or another reason, never as solved.
"""
DECISION = {
    OrderAct.CLOSE: OrderState.CLOSED,
    OrderAct.PLAN: OrderState.PLANNED,
    OrderAct.WITHDRAW: OrderState.WITHDRAWN,
}


def diagram() -> str:
    """The whole file: two Mermaid diagrams and the table of who may do what."""
    return "\n".join([HEAD, _parts(), BETWEEN, _orders(), AFTER, _leave()]) + "\n"


def _parts() -> str:
    lines = [f"  {state}: {state.zh}" for state in AssignmentState]
    lines += [f"  {state} --> {target}: {act.zh}" for (state, act), target in ASSIGNMENT_TABLE.items()]
    return _mermaid(["  [*] --> dispatched: 派单", *lines])


def _orders() -> str:
    lines = [f"  {state}: {state.zh}" for state in OrderState]
    for act, states in ORDER_TABLE.items():
        sources = sorted(states, key=list(OrderState).index)
        target = DECISION.get(act)
        lines += [
            f"  {state} --> {target or OrderState.DISPATCHED}: {act.zh}" for state in sources if _changes(state, act)
        ]
    pairs = (
        (source, OrderState(target.value), act.zh)
        for (source, act), target in ASSIGNMENT_TABLE.items()
        if target.value in list(OrderState)
    )
    lines += [f"  {source} --> {target}: 牵头{label}" for source, target, label in pairs if target not in DECIDED]
    return _mermaid(["  [*] --> placed: 点单", *lines])


def _changes(state: OrderState, act: OrderAct) -> bool:
    """A further department may be dispatched to while one leads; the state stays as it is."""
    return act != OrderAct.DISPATCH or state in (OrderState.PLACED, OrderState.RETURNED, OrderState.PLANNED)


def _leave() -> str:
    rows = [f"| {act.zh} | `{act}` | `{leave}` |" for act, leave in LEAVE.items()]
    return "\n".join(["## Leave", "", "| act | in code | leave (`ground/people/who_may.py`) |", "|---|---|---|", *rows])


def _mermaid(lines: list[str]) -> str:
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
