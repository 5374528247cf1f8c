"""The table: which act leads an assignment from which state to which, and in which states an order may be acted on.

The order's state is never set by an act of a department: `derive` reads it off the assignments. Only closing, planning
and withdrawing are decisions on the order itself, and they end what its departments still hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from diancai.ground.people.who_may import Act
from diancai.stages.order.errors import ActNotNow
from diancai.words import AssignmentState, NeedProgress, OrderState, Word


class AssignmentAct(Word):
    """What is done to one department's part."""

    ACCEPT = "accept", "接单", "accept"
    RETURN = "return", "退回", "return"
    START = "start", "开始办理", "start"
    COMPLETE = "complete", "办结", "complete"
    RECALL = "recall", "撤回派单", "recall"


class OrderAct(Word):
    """What is done to the order as a whole."""

    DISPATCH = "dispatch", "派单", "dispatch"
    CLOSE = "close", "归档", "close"
    PLAN = "plan", "列入计划", "put on the plan"
    WITHDRAW = "withdraw", "撤单", "withdraw"


ASSIGNMENT_TABLE: dict[tuple[AssignmentState, AssignmentAct], AssignmentState] = {
    (AssignmentState.DISPATCHED, AssignmentAct.ACCEPT): AssignmentState.ACCEPTED,
    (AssignmentState.DISPATCHED, AssignmentAct.RETURN): AssignmentState.RETURNED,
    (AssignmentState.DISPATCHED, AssignmentAct.RECALL): AssignmentState.WITHDRAWN,
    (AssignmentState.ACCEPTED, AssignmentAct.START): AssignmentState.IN_HAND,
    (AssignmentState.ACCEPTED, AssignmentAct.COMPLETE): AssignmentState.COMPLETED,
    (AssignmentState.ACCEPTED, AssignmentAct.RETURN): AssignmentState.RETURNED,
    (AssignmentState.ACCEPTED, AssignmentAct.RECALL): AssignmentState.WITHDRAWN,
    (AssignmentState.IN_HAND, AssignmentAct.COMPLETE): AssignmentState.COMPLETED,
    (AssignmentState.IN_HAND, AssignmentAct.RECALL): AssignmentState.WITHDRAWN,
}

# The order states in which each act is possible. Work in hand is recalled or completed before an order is closed.
ORDER_TABLE: dict[OrderAct, frozenset[OrderState]] = {
    OrderAct.DISPATCH: frozenset(
        {
            OrderState.PLACED,
            OrderState.DISPATCHED,
            OrderState.ACCEPTED,
            OrderState.IN_HAND,
            OrderState.RETURNED,
            OrderState.PLANNED,
        }
    ),
    OrderAct.CLOSE: frozenset({OrderState.PLACED, OrderState.RETURNED, OrderState.COMPLETED, OrderState.PLANNED}),
    OrderAct.PLAN: frozenset(
        {OrderState.PLACED, OrderState.DISPATCHED, OrderState.ACCEPTED, OrderState.IN_HAND, OrderState.RETURNED}
    ),
    OrderAct.WITHDRAW: frozenset(
        {OrderState.PLACED, OrderState.DISPATCHED, OrderState.ACCEPTED, OrderState.RETURNED, OrderState.PLANNED}
    ),
}

DECIDED = frozenset({OrderState.CLOSED, OrderState.PLANNED, OrderState.WITHDRAWN})
OVER = frozenset({OrderState.COMPLETED, OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.PLANNED})
TAKEN_ON = frozenset({AssignmentState.ACCEPTED, AssignmentState.IN_HAND, AssignmentState.COMPLETED})

LEAVE: dict[AssignmentAct | OrderAct, Act] = {
    AssignmentAct.ACCEPT: Act.ANSWER_ORDER,
    AssignmentAct.RETURN: Act.ANSWER_ORDER,
    AssignmentAct.START: Act.ANSWER_ORDER,
    AssignmentAct.COMPLETE: Act.ANSWER_ORDER,
    AssignmentAct.RECALL: Act.DISPATCH_ORDER,
    OrderAct.DISPATCH: Act.DISPATCH_ORDER,
    OrderAct.CLOSE: Act.CLOSE_ORDER,
    OrderAct.PLAN: Act.CLOSE_ORDER,
    OrderAct.WITHDRAW: Act.CLOSE_ORDER,
}


@dataclass(frozen=True, slots=True)
class Part:
    """An assignment as the rules need it, in the order of dispatch. `asked` 0 = helps without a share of its own."""

    state: AssignmentState
    is_lead: bool
    asked: int
    committed: int
    is_ended: bool


def check_assignment(state: AssignmentState, act: AssignmentAct, order_state: OrderState) -> AssignmentState:
    """The state that the act leads to. Raises `ActNotNow`, also when the whole order was decided on."""
    if order_state in DECIDED:
        raise _not_now(order_state, act)
    try:
        return ASSIGNMENT_TABLE[state, act]
    except KeyError:
        raise _not_now(state, act) from None


def can_assignment(state: AssignmentState, act: AssignmentAct, order_state: OrderState) -> bool:
    """Whether the act is possible in these states."""
    return order_state not in DECIDED and (state, act) in ASSIGNMENT_TABLE


def check_order(state: OrderState, act: OrderAct, parts: Sequence[Part] = (), asked: int = 0) -> None:
    """Raise `ActNotNow` unless the act is possible. Closing is, too, when all that is left is a rest nobody took."""
    if not can_order(state, act, parts, asked):
        raise _not_now(state, act)


def can_order(state: OrderState, act: OrderAct, parts: Sequence[Part] = (), asked: int = 0) -> bool:
    """Whether the act is possible in this state."""
    return state in ORDER_TABLE[act] or (
        act == OrderAct.CLOSE and state == OrderState.IN_HAND and only_rest_open(parts, asked)
    )


def derive(parts: Sequence[Part], asked: int, decided: OrderState | None = None) -> OrderState:
    """The order's state: what was decided on it, else what its lead does, else whether the lead gave it back.

    It is completed when the lead and everyone with a share have completed and nothing is open.
    """
    if decided is not None:
        return decided
    leads = [part for part in parts if part.is_lead]
    live = next((part for part in leads if not part.is_ended), None)
    if live is None:
        return OrderState.RETURNED if leads and leads[-1].state == AssignmentState.RETURNED else OrderState.PLACED
    if live.state != AssignmentState.COMPLETED:
        return OrderState(live.state.value)
    return OrderState.COMPLETED if _all_done(parts) and open_rest(parts, asked) == 0 else OrderState.IN_HAND


def only_rest_open(parts: Sequence[Part], asked: int) -> bool:
    """Whether all that departments took on is done, and a rest is open that nobody holds."""
    live = [part for part in parts if not part.is_ended]
    return bool(live) and _all_done(parts) and open_rest(parts, asked) > 0


def open_rest(parts: Sequence[Part], asked: int) -> int:
    """What is asked, less what departments took on and what waits for their answer."""
    waiting = sum(part.asked for part in parts if part.state == AssignmentState.DISPATCHED and not part.is_ended)
    return max(0, asked - waiting - committed_sum(parts))


def committed_sum(parts: Sequence[Part]) -> int:
    """What departments took on and did not give back."""
    return sum(part.committed for part in parts if part.state in TAKEN_ON)


def progress_of(state: OrderState, *, is_matched: bool) -> NeedProgress:
    """What became of the need, by the state of its order."""
    if state == OrderState.WITHDRAWN:
        return NeedProgress.MATCHED if is_matched else NeedProgress.OPEN
    if state in (OrderState.IN_HAND, OrderState.COMPLETED, OrderState.PLANNED, OrderState.CLOSED):
        return NeedProgress(state.value)
    return NeedProgress.ORDERED


def _all_done(parts: Sequence[Part]) -> bool:
    sharing = [part for part in parts if not part.is_ended and (part.is_lead or part.asked)]
    return all(part.state == AssignmentState.COMPLETED for part in sharing)


def _not_now(state: AssignmentState | OrderState, act: AssignmentAct | OrderAct) -> ActNotNow:
    return ActNotNow(state_zh=state.zh, state_en=state.en, act_zh=act.zh, act_en=act.en)
