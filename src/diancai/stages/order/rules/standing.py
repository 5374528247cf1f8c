"""How an order stands: its state read off its parts and off the order above, and what hinders an act now."""

from collections.abc import Sequence
from dataclasses import dataclass

from diancai.ground.errors import Refusal
from diancai.stages.order.errors import (
    ActNotNow,
    GoesUpAlready,
    MeetingFirst,
    NotCompletedYet,
    NothingAbove,
    NothingWaits,
    PausedAlready,
    SettlementWaits,
    UpperStillOpen,
)
from diancai.stages.order.rules.states import (
    ASSIGNMENT_TABLE,
    DECIDED,
    LIVE,
    ORDER_TABLE,
    TAKEN_ON,
    AssignmentAct,
    OrderAct,
)
from diancai.words import AssignmentState, EscalationKind, NeedProgress, OrderLevel, OrderState


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the current round as the rules need it, in the order of dispatch. `asked` 0 = helps without a share."""

    state: AssignmentState
    is_lead: bool
    asked: int
    committed: int
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Above:
    """The open escalation of an order: what is asked or was answered, whether it was, and whether it is done."""

    kind: EscalationKind
    is_answered: bool = False
    is_done: bool = False
    is_outside: bool = False
    is_at_work: bool = False

    @property
    def takes_over(self) -> bool:
        """Whether the lower order waits for the upper one altogether."""
        return self.kind == EscalationKind.TAKES_OVER


@dataclass(frozen=True, slots=True)
class Standing:
    """An order as the rules need it. The flags tell what waits for somebody."""

    state: OrderState
    parts: tuple[Part, ...] = ()
    asked: int = 0
    level: OrderLevel = OrderLevel.COUNTY
    above: Above | None = None
    waits_below: bool = False  # it is a twin, and the escalation is not answered yet
    is_paused: bool = False
    is_problem: bool = False
    extension_waits: bool = False
    resident_waits: bool = False  # an extension was granted and the resident not told
    settlement_waits: bool = False
    plan_is_due: bool = False


_NEEDED = {
    OrderAct.ANSWER: "waits_below",
    OrderAct.RESUME: "is_paused",
    OrderAct.DECIDE_EXTENSION: "extension_waits",
    OrderAct.TELL_RESIDENT: "resident_waits",
    OrderAct.MEET: "is_problem",
    OrderAct.CONFIRM: "settlement_waits",
    OrderAct.REVIEW_PLAN: "plan_is_due",
}
# While a meeting is due nobody decides around it; departments go on with what they hold.
_AFTER_THE_MEETING = frozenset(
    {
        OrderAct.DISPATCH,
        OrderAct.ESCALATE,
        OrderAct.CLOSE,
        OrderAct.CONFIRM,
        OrderAct.PLAN,
        OrderAct.WITHDRAW,
        OrderAct.REDO,
    }
)
_ENDS_THE_ORDER = frozenset({OrderAct.CLOSE, OrderAct.CONFIRM, OrderAct.PLAN, OrderAct.WITHDRAW})


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


def check_order(act: OrderAct, standing: Standing) -> None:
    """Raise what hinders the act, see `hindrance`."""
    refusal = hindrance(act, standing)
    if refusal is not None:
        raise refusal


def can_order(act: OrderAct, standing: Standing) -> bool:
    """Whether the act is possible now."""
    return hindrance(act, standing) is None


def hindrance(act: OrderAct, standing: Standing) -> Refusal | None:
    """Why the act is not possible now, or None: the state, a meeting that is due, the order above, nothing waiting.

    Closing is possible in hand, too, when all that is left is a rest nobody took.
    """
    may_close_rest = act in (OrderAct.CLOSE, OrderAct.CONFIRM) and standing.state == OrderState.IN_HAND
    rest = may_close_rest and only_rest_open(standing.parts, standing.asked)
    if not rest and (may_close_rest or standing.state not in ORDER_TABLE[act]):
        return _not_now(standing.state, act)
    if standing.is_problem and act in _AFTER_THE_MEETING:
        return MeetingFirst(act_zh=act.zh, act_en=act.en)
    if act in _NEEDED and not getattr(standing, _NEEDED[act]):
        return NothingWaits(act_zh=act.zh, act_en=act.en)
    if act == OrderAct.CLOSE and standing.settlement_waits:
        return SettlementWaits()
    return _above_hinders(act, standing)


def _above_hinders(act: OrderAct, standing: Standing) -> Refusal | None:
    above = standing.above
    is_open = above is not None and not above.is_done
    if act == OrderAct.ESCALATE and is_open:
        return GoesUpAlready()
    if act == OrderAct.ESCALATE and standing.level == OrderLevel.REGION:
        return NothingAbove()
    if act == OrderAct.CALL_BACK and is_open and above is not None and above.is_at_work:
        return UpperStillOpen()
    if act in (OrderAct.CALL_BACK, OrderAct.RECORD_OUTSIDE):
        wanted = is_open and (act == OrderAct.CALL_BACK or (above is not None and above.is_outside))
        return None if wanted else NothingWaits(act_zh=act.zh, act_en=act.en)
    if act in _ENDS_THE_ORDER and is_open:
        return UpperStillOpen()
    return PausedAlready() if act == OrderAct.PAUSE and standing.is_paused else None


def derive(
    parts: Sequence[Part], asked: int, decided: OrderState | None = None, above: Above | None = None
) -> OrderState:
    """The order's state: what was decided on it, else what the order above does for it, else what its lead does.

    While the upper level is asked to take over, the order is escalated; what the upper level has done is done here as
    well, but for shares of this level's own. Asked only to take part, it holds completion back until its part is done.
    """
    if decided is not None:
        return decided
    if above is not None and above.takes_over:
        if not above.is_done:
            return OrderState.ESCALATED
        own = [part for part in parts if part.state in LIVE and part.asked]
        return OrderState.IN_HAND if own else OrderState.COMPLETED
    state = _of_parts(parts, asked)
    waits = above is not None and not above.is_done
    return OrderState.IN_HAND if state == OrderState.COMPLETED and waits else state


def _of_parts(parts: Sequence[Part], asked: int) -> OrderState:
    """What the lead does, else whether it gave the order back; completed when everyone with a share is and nothing is
    open."""
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


def can_be_rated(state: OrderState, *, was_completed: bool) -> bool:
    """Whether the resident may be asked how it went: after completion, never before."""
    return state == OrderState.COMPLETED or (state == OrderState.CLOSED and was_completed)


def check_rated(state: OrderState, *, was_completed: bool) -> None:
    """Raise `NotCompletedYet` while there is nothing to rate."""
    if not can_be_rated(state, was_completed=was_completed):
        raise NotCompletedYet(state_zh=state.zh, state_en=state.en)


def _all_done(parts: Sequence[Part]) -> bool:
    sharing = [part for part in parts if not part.is_ended and (part.is_lead or part.asked)]
    return all(part.state == AssignmentState.COMPLETED for part in sharing)


def _not_now(state: AssignmentState | OrderState, act: AssignmentAct | OrderAct) -> ActNotNow:
    return ActNotNow(state_zh=state.zh, state_en=state.en, act_zh=act.zh, act_en=act.en)
