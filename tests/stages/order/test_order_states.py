"""The table of states asked without a database, and the diagram printed from it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.ground.people.who_may import Act
from diancai.stages.order.errors import (
    ActNotNow,
    NotSolvedYet,
)
from diancai.stages.order.rules import (
    ASSIGNMENT_TABLE,
    DECIDED,
    LEAVE,
    ORDER_TABLE,
    OVER,
    AssignmentAct,
    OrderAct,
    Part,
    can_assignment,
    can_order,
    check_assignment,
    check_close,
    check_order,
    committed_sum,
    derive,
    diagram,
    open_rest,
    progress_of,
)
from diancai.words import AssignmentState, ClosingReason, NeedProgress, OrderState

D, A, H, C = (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED, AssignmentState.IN_HAND, AssignmentState.COMPLETED)
R, W = AssignmentState.RETURNED, AssignmentState.WITHDRAWN

# What the office expects of each cell, written out by hand: state by state, what may be done.
PARTS_MAY = {
    D: {"accept", "return", "recall"},
    A: {"start", "complete", "return", "recall"},
    H: {"complete", "recall"},
    C: set(),
    R: set(),
    W: set(),
}
ORDERS_MAY = {
    OrderState.PLACED: {"dispatch", "close", "plan", "withdraw"},
    OrderState.DISPATCHED: {"dispatch", "plan", "withdraw"},
    OrderState.ACCEPTED: {"dispatch", "plan", "withdraw"},
    OrderState.IN_HAND: {"dispatch", "plan"},
    OrderState.COMPLETED: {"close"},
    OrderState.RETURNED: {"dispatch", "close", "plan", "withdraw"},
    OrderState.PLANNED: {"dispatch", "close", "withdraw"},
    OrderState.CLOSED: set(),
    OrderState.WITHDRAWN: set(),
}


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
    permitted = act in ORDERS_MAY[state]
    assert can_order(state, act) is permitted
    if permitted:
        check_order(state, act)
    else:
        with pytest.raises(ActNotNow):
            check_order(state, act)


def test_departments_answer_and_the_office_decides() -> None:
    assert {act for act, leave in LEAVE.items() if leave == Act.ANSWER_ORDER} == {
        "accept",
        "return",
        "start",
        "complete",
    }
    assert set(LEAVE) == {*AssignmentAct, *OrderAct}
    assert set(ORDER_TABLE) == set(OrderAct)


def part(state: AssignmentState, *, lead: bool = True, asked: int = 1, committed: int | None = None) -> Part:
    took = asked if state in (A, H, C) else 0
    return Part(state, lead, asked, took if committed is None else committed, state in (R, W))


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
    assert can_order(OrderState.IN_HAND, OrderAct.CLOSE, parts, 5)
    assert not can_order(OrderState.IN_HAND, OrderAct.CLOSE, [part(H, asked=5, committed=3)], 5)
    check_close(ClosingReason.PARTLY_SOLVED, "", OrderState.IN_HAND, rest_only=True)
    with pytest.raises(NotSolvedYet):
        check_close(ClosingReason.SOLVED, "", OrderState.IN_HAND, rest_only=True)


parts_drawn = st.lists(
    st.builds(
        lambda state, lead, asked, share: Part(
            state, lead, asked, min(asked, share) if state in (A, H, C) else 0, state in (R, W)
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
