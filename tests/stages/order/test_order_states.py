"""The table of states asked without a database, and the diagram printed from it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.ground.people.who_may import Act
from diancai.stages.order.errors import (
    ActNotNow,
    NotCompletedYet,
    NothingAbove,
    NotSolvedYet,
    NotTriedEnough,
    PausedAlready,
    SettlementWaits,
    UpperStillOpen,
)
from diancai.stages.order.rules import (
    ASSIGNMENT_TABLE,
    DECIDED,
    LEAVE,
    ORDER_TABLE,
    OVER,
    Above,
    AssignmentAct,
    OrderAct,
    Part,
    Standing,
    can_assignment,
    can_be_rated,
    can_order,
    check_assignment,
    check_close,
    check_order,
    check_rated,
    committed_sum,
    derive,
    diagram,
    hindrance,
    open_rest,
    progress_of,
)
from diancai.words import AssignmentState, ClosingReason, EscalationKind, NeedProgress, OrderLevel, OrderState

D, A, H, C = (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED, AssignmentState.IN_HAND, AssignmentState.COMPLETED)
R, W, GONE = AssignmentState.RETURNED, AssignmentState.WITHDRAWN, AssignmentState.HANDED_OVER

# What the office expects of each cell, written out by hand: state by state, what may be done.
PARTS_MAY = {
    D: {"accept", "return", "hand_over", "recall", "allow_return"},
    A: {"start", "complete", "return", "hand_over", "ask_extension", "recall", "allow_return"},
    H: {"complete", "hand_over", "ask_extension", "recall"},
    C: set(),
    R: set(),
    W: set(),
    GONE: set(),
}
TALK = {"escalate", "call_back", "record_outside", "pause", "resume", "meet"}
ORDERS_MAY = {
    OrderState.PLACED: {"dispatch", "answer", "close", "confirm", "plan", "withdraw"} | TALK,
    OrderState.DISPATCHED: {"dispatch", "answer", "plan", "withdraw"} | TALK,
    OrderState.ACCEPTED: {"dispatch", "plan", "withdraw", "decide_extension", "tell_resident"} | TALK,
    OrderState.IN_HAND: {"dispatch", "plan", "decide_extension", "tell_resident"} | TALK,
    OrderState.RETURNED: {"dispatch", "answer", "close", "confirm", "plan", "withdraw"} | TALK,
    OrderState.ESCALATED: {"call_back", "record_outside", "resume", "meet"},
    OrderState.COMPLETED: {"close", "confirm", "redo", "meet", "tell_resident", "record_outside"},
    OrderState.PLANNED: {"dispatch", "close", "confirm", "review_plan", "withdraw"},
    OrderState.CLOSED: {"redo"},
    OrderState.WITHDRAWN: set(),
}
# Each act with everything about the order that it needs beside the state.
READY = {
    "answer": {"waits_below": True},
    "record_outside": {"above": Above(EscalationKind.TAKES_PART, is_outside=True)},
    "call_back": {"above": Above(EscalationKind.TAKES_PART)},
    "resume": {"is_paused": True},
    "decide_extension": {"extension_waits": True},
    "tell_resident": {"resident_waits": True},
    "meet": {"is_problem": True},
    "confirm": {"settlement_waits": True},
    "review_plan": {"plan_is_due": True},
}
FIRST_THE_MEETING = {"dispatch", "escalate", "close", "confirm", "plan", "withdraw", "redo"}


@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("act", AssignmentAct)
def test_every_cell_of_a_part_is_permitted_or_refused(state: AssignmentState, act: AssignmentAct) -> None:
    permitted = act in PARTS_MAY[state]
    assert can_assignment(state, act, OrderState.DISPATCHED) is permitted
    if permitted:
        assert check_assignment(state, act, OrderState.DISPATCHED) == ASSIGNMENT_TABLE[state, act]
    else:
        with pytest.raises(ActNotNow) as refused:
            check_assignment(state, act, OrderState.DISPATCHED)
        assert state.zh in refused.value.text("zh")
        assert act.en in refused.value.text("en")


@pytest.mark.parametrize("whole", sorted(DECIDED))
@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("act", AssignmentAct)
def test_no_part_moves_once_the_order_was_decided_on(
    whole: OrderState, state: AssignmentState, act: AssignmentAct
) -> None:
    assert not can_assignment(state, act, whole)
    with pytest.raises(ActNotNow):
        check_assignment(state, act, whole)


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("act", OrderAct)
def test_every_cell_of_an_order_is_permitted_or_refused(state: OrderState, act: OrderAct) -> None:
    ready = Standing(state, **READY.get(act, {}))  # type: ignore[arg-type]
    permitted = act in ORDERS_MAY[state]
    assert can_order(act, ready) is permitted
    if permitted:
        check_order(act, ready)
    else:
        with pytest.raises(ActNotNow) as refused:
            check_order(act, ready)
        assert act.zh in refused.value.text("zh")
        assert state.en in refused.value.text("en")


@pytest.mark.parametrize("act", OrderAct)
def test_nothing_is_answered_that_nobody_asked(act: OrderAct) -> None:
    bare = [Standing(state) for state in OrderState if act in ORDERS_MAY[state]]
    found = {refusal.code if (refusal := hindrance(act, each)) else "ok" for each in bare}
    assert found == ({"nothing_waits"} if act in READY else {"ok"})


@pytest.mark.parametrize("act", OrderAct)
def test_nobody_decides_around_a_meeting_that_is_due(act: OrderAct) -> None:
    for state in (each for each in OrderState if act in ORDERS_MAY[each]):
        ready = Standing(state, **({"is_problem": True} | READY.get(act, {})))  # type: ignore[arg-type]
        refusal = hindrance(act, ready)
        assert (refusal.code if refusal else "ok") == ("meeting_first" if act in FIRST_THE_MEETING else "ok"), state


def test_an_order_is_not_ended_or_asked_for_twice_while_the_one_above_is_open() -> None:
    waiting = Above(EscalationKind.TAKES_PART)
    hindered = {act: hindrance(act, Standing(OrderState.PLACED, above=waiting)) for act in OrderAct}
    codes = {act: refusal.code for act, refusal in hindered.items() if refusal and refusal.code != "act_not_now"}
    ends = {OrderAct.CLOSE, OrderAct.PLAN, OrderAct.WITHDRAW}
    assert {act for act, code in codes.items() if code == "upper_still_open"} == ends
    assert codes[OrderAct.ESCALATE] == "goes_up_already"
    done = Standing(OrderState.COMPLETED, above=Above(EscalationKind.TAKES_PART, is_answered=True, is_done=True))
    assert can_order(OrderAct.CLOSE, done)
    at_work = Standing(OrderState.ESCALATED, above=Above(EscalationKind.TAKES_OVER, is_at_work=True))
    assert isinstance(hindrance(OrderAct.CALL_BACK, at_work), UpperStillOpen)
    assert isinstance(hindrance(OrderAct.ESCALATE, Standing(OrderState.PLACED, level=OrderLevel.REGION)), NothingAbove)
    assert isinstance(hindrance(OrderAct.PAUSE, Standing(OrderState.PLACED, is_paused=True)), PausedAlready)
    waits = Standing(OrderState.COMPLETED, settlement_waits=True)
    assert isinstance(hindrance(OrderAct.CLOSE, waits), SettlementWaits)


def test_departments_answer_and_the_office_decides() -> None:
    assert {act for act, leave in LEAVE.items() if leave == Act.ANSWER_ORDER} == {
        "accept",
        "return",
        "hand_over",
        "start",
        "complete",
        "ask_extension",
    }
    assert set(LEAVE) == {*AssignmentAct, *OrderAct}
    assert set(ORDER_TABLE) == set(OrderAct)


def part(state: AssignmentState, *, lead: bool = True, asked: int = 1, committed: int | None = None) -> Part:
    took = asked if state in (A, H, C) else 0
    return Part(state, lead, asked, took if committed is None else committed, state in (R, W, GONE))


@pytest.mark.parametrize(
    ("above", "parts", "expected"),
    [
        (Above(EscalationKind.TAKES_OVER), [part(D)], OrderState.ESCALATED),
        (Above(EscalationKind.TAKES_OVER, is_answered=True), [], OrderState.ESCALATED),
        (Above(EscalationKind.TAKES_OVER, True, is_done=True), [], OrderState.COMPLETED),
        # A share of this level's own goes on; a helper without a share does not hold it up.
        (Above(EscalationKind.TAKES_OVER, True, is_done=True), [part(H, lead=False)], OrderState.IN_HAND),
        (Above(EscalationKind.TAKES_OVER, True, is_done=True), [part(A, lead=False, asked=0)], OrderState.COMPLETED),
        (Above(EscalationKind.TAKES_PART), [part(D)], OrderState.DISPATCHED),
        (Above(EscalationKind.TAKES_PART, is_answered=True), [part(C)], OrderState.IN_HAND),
        (Above(EscalationKind.TAKES_PART, True, is_done=True), [part(C)], OrderState.COMPLETED),
    ],
)
def test_the_state_of_an_order_follows_the_one_above(above: Above, parts: list[Part], expected: OrderState) -> None:
    assert derive(parts, 1, None, above) == expected
    assert derive(parts, 1, OrderState.CLOSED, above) == OrderState.CLOSED


@pytest.mark.parametrize(
    ("parts", "asked", "expected"),
    [
        ([], 1, OrderState.PLACED),
        ([part(D)], 1, OrderState.DISPATCHED),
        ([part(A)], 1, OrderState.ACCEPTED),
        ([part(H)], 1, OrderState.IN_HAND),
        ([part(C)], 1, OrderState.COMPLETED),
        ([part(R)], 1, OrderState.RETURNED),
        ([part(W)], 1, OrderState.PLACED),
        ([part(R), part(D)], 1, OrderState.DISPATCHED),
        ([part(R), part(W)], 1, OrderState.PLACED),
        # The lead has done its three of five: the order goes on until the other two are done.
        ([part(C, asked=5, committed=3)], 5, OrderState.IN_HAND),
        ([part(C, asked=5, committed=3), part(D, lead=False, asked=2)], 5, OrderState.IN_HAND),
        ([part(C, asked=5, committed=3), part(C, lead=False, asked=2)], 5, OrderState.COMPLETED),
        # A helper without a share does not hold the order up; the lead does.
        ([part(C), part(D, lead=False, asked=0)], 1, OrderState.COMPLETED),
        ([part(D), part(C, lead=False, asked=0)], 1, OrderState.DISPATCHED),
        ([part(R), part(D, lead=False, asked=0)], 1, OrderState.RETURNED),
    ],
)
def test_the_state_of_an_order_follows_its_parts(parts: list[Part], asked: int, expected: OrderState) -> None:
    assert derive(parts, asked) == expected
    assert derive(parts, asked, OrderState.PLANNED) == OrderState.PLANNED


def test_a_rest_that_nobody_took_may_be_closed_but_not_as_solved() -> None:
    parts = [part(C, asked=5, committed=3)]
    assert open_rest(parts, 5) == 2
    assert can_order(OrderAct.CLOSE, Standing(OrderState.IN_HAND, tuple(parts), 5))
    assert not can_order(OrderAct.CLOSE, Standing(OrderState.IN_HAND, (part(H, asked=5, committed=3),), 5))
    check_close(ClosingReason.PARTLY_SOLVED, "", OrderState.IN_HAND, rest_only=True)
    with pytest.raises(NotSolvedYet):
        check_close(ClosingReason.SOLVED, "", OrderState.IN_HAND, rest_only=True)


def test_not_reached_needs_its_tries() -> None:
    with pytest.raises(NotTriedEnough):
        check_close(ClosingReason.NOT_REACHED, "", OrderState.COMPLETED, rest_only=False, tried=2)
    check_close(ClosingReason.NOT_REACHED, "", OrderState.COMPLETED, rest_only=False, tried=3)


def test_nobody_rates_what_is_not_completed() -> None:
    for state in OrderState:
        assert can_be_rated(state, was_completed=False) is (state == OrderState.COMPLETED)
        assert can_be_rated(state, was_completed=True) is (state in (OrderState.COMPLETED, OrderState.CLOSED))
        if not can_be_rated(state, was_completed=True):
            with pytest.raises(NotCompletedYet):
                check_rated(state, was_completed=True)


parts_drawn = st.lists(
    st.builds(
        lambda state, lead, asked, share: Part(
            state, lead, asked, min(asked, share) if state in (A, H, C) else 0, state in (R, W, GONE)
        ),
        st.sampled_from(list(AssignmentState)),
        st.booleans(),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(parts=parts_drawn, asked=st.integers(1, 12))
def test_the_open_rest_is_what_nobody_took_or_was_asked_for(parts: list[Part], asked: int) -> None:
    rest = open_rest(parts, asked)
    waiting = sum(p.asked for p in parts if p.state == D)
    assert 0 <= rest <= asked
    assert rest == max(0, asked - waiting - committed_sum(parts))
    if derive(parts, asked) == OrderState.COMPLETED:
        assert rest == 0


@pytest.mark.parametrize("state", OrderState)
def test_a_need_knows_what_became_of_its_order(state: OrderState) -> None:
    expected = {
        OrderState.PLACED: NeedProgress.ORDERED,
        OrderState.DISPATCHED: NeedProgress.ORDERED,
        OrderState.ACCEPTED: NeedProgress.ORDERED,
        OrderState.RETURNED: NeedProgress.ORDERED,
        OrderState.ESCALATED: NeedProgress.ORDERED,
        OrderState.IN_HAND: NeedProgress.IN_HAND,
        OrderState.COMPLETED: NeedProgress.COMPLETED,
        OrderState.PLANNED: NeedProgress.PLANNED,
        OrderState.CLOSED: NeedProgress.CLOSED,
        OrderState.WITHDRAWN: NeedProgress.OPEN,
    }
    assert progress_of(state, is_matched=False) == expected[state]
    assert progress_of(OrderState.WITHDRAWN, is_matched=True) == NeedProgress.MATCHED
    assert (state in OVER) == (state.value in {"completed", "closed", "withdrawn", "planned"})


def test_the_diagram_in_the_documents_is_printed_from_the_table() -> None:
    printed = Path(__file__).parents[3] / "docs" / "states" / "order.md"
    assert printed.read_text(encoding="utf-8") == diagram(), "run: python -m diancai.stages.order.rules"
