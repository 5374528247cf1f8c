"""Every state × act × role: permitted, or refused with its code; the pages' buttons say the same as the actions."""

from collections.abc import Callable
from typing import Any

import pytest
from cast import NOON, Cast
from django.db import transaction
from stages.order.bringing import MUSTS, bring_order, bring_part, part_of

from diancai.ground.errors import NotFound, Refusal
from diancai.ground.ledger.models import Event
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.stages.order.queries import get_order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import ASSIGNMENT_TABLE, LEAVE, ORDER_TABLE, AssignmentAct, OrderAct
from diancai.words import AssignmentState, OrderState

EVERYBODY = (
    "village_officer",
    "town_officer",
    "county_office",
    "other_county_office",
    "prefecture_office",
    "department_contact",
    "department_leader",
    "other_department_contact",
    "leader",
    "auditor",
    "administrator",
    "stranger",
)
OFFICES = {"county_office", "prefecture_office"}
DEPARTMENT = {"department_contact", "department_leader"}

PART_ACTS: dict[AssignmentAct, Callable[..., OrderRow]] = {
    AssignmentAct.ACCEPT: lambda **who: actions.accept_assignment(**who, **MUSTS),
    AssignmentAct.RETURN: lambda **who: actions.return_assignment(**who, reason="不是本局职责", basis="“三定”规定"),
    AssignmentAct.START: actions.start_assignment,
    AssignmentAct.COMPLETE: lambda **who: actions.complete_assignment(**who, words="1月3日讲课1场，到场46人"),
    AssignmentAct.RECALL: lambda **who: actions.recall_assignment(**who, reason="派错了"),
}
ORDER_ACTS: dict[OrderAct, Callable[..., OrderRow]] = {
    OrderAct.CLOSE: lambda **who: actions.close_order(**who, reason="explained"),
    OrderAct.PLAN: lambda **who: actions.plan_order(**who, year=2020, money="县财政", answerer="李芳"),
    OrderAct.WITHDRAW: lambda **who: actions.withdraw_order(**who, reason="重复点单"),
}


def outcome(act: Callable[[], Any]) -> str:
    """ok, or the code of the refusal; whatever was done is rolled back."""

    class Rollback(Exception):
        pass

    try:
        with transaction.atomic():
            act()
            raise Rollback
    except Rollback:
        return "ok"
    except Refusal as refused:
        assert refused.text("zh")
        assert refused.text("en")
        return refused.code


def told_to(who: str, cast: Cast, order_id: int, part_id: int | None = None) -> frozenset[str]:
    """The acts that the page of the order offers; nothing when it does not open."""
    try:
        detail = get_order(getattr(cast, who), order_id)
    except NotFound:
        return frozenset()
    if part_id is None:
        return detail.acts
    return next(part.acts for part in detail.assignments if part.id == part_id)


@pytest.mark.parametrize("state", AssignmentState)
def test_every_act_on_a_part_by_everybody(cast: Cast, need: Need, state: AssignmentState) -> None:
    order = bring_part(cast, need.pk, state)
    part = part_of(order)
    assert part.state == state
    before = Event.objects.count()
    for who in EVERYBODY:
        offered = told_to(who, cast, order.id, part.pk)
        for act, do in PART_ACTS.items():
            permitted = who in (OFFICES if act == AssignmentAct.RECALL else DEPARTMENT)
            possible = (state, act) in ASSIGNMENT_TABLE
            expected = "not_allowed" if not permitted else "ok" if possible else "act_not_now"
            found = outcome(lambda: do(by=getattr(cast, who), at=NOON, assignment_id=part.pk))  # noqa: B023
            assert found == expected, (state, act, who)
            assert (act in offered) == (expected == "ok"), (state, act, who)
    assert Event.objects.count() == before


@pytest.mark.parametrize("state", OrderState)
def test_every_act_on_an_order_by_everybody(cast: Cast, need: Need, state: OrderState) -> None:
    order = bring_order(cast, need.pk, state)
    assert order.state == state
    for who in EVERYBODY:
        offered = told_to(who, cast, order.id)
        for act, do in ORDER_ACTS.items():
            possible = state in ORDER_TABLE[act]
            expected = "not_allowed" if who not in OFFICES else "ok" if possible else "act_not_now"
            found = outcome(lambda: do(by=getattr(cast, who), at=NOON, order_id=order.id))  # noqa: B023
            assert found == expected, (state, act, who)
            assert (act in offered) == (expected == "ok"), (state, act, who)


@pytest.mark.parametrize("state", OrderState)
def test_dispatching_by_everybody(cast: Cast, need: Need, state: OrderState) -> None:
    order = bring_order(cast, need.pk, state)
    held = state in (OrderState.DISPATCHED, OrderState.ACCEPTED, OrderState.IN_HAND)
    for who in EVERYBODY:
        possible = state in ORDER_TABLE[OrderAct.DISPATCH]
        expected = "act_not_now" if not possible else "holds_it_already" if held else "ok"
        expected = expected if who in OFFICES else "not_allowed"
        found = outcome(
            lambda: actions.dispatch_order(
                by=getattr(cast, who),  # noqa: B023
                at=NOON,
                order_id=order.id,
                department_id=cast.department.pk,
            )
        )
        assert found == expected, (state, who)
        offered = who in OFFICES and possible
        assert (OrderAct.DISPATCH in told_to(who, cast, order.id)) == offered, (state, who)


@pytest.mark.parametrize("who", EVERYBODY)
def test_placing_by_everybody(cast: Cast, need: Need, who: str) -> None:
    found = outcome(lambda: actions.place_order(by=getattr(cast, who), at=NOON, need_id=need.pk))
    assert found == ("ok" if who in OFFICES else "not_allowed")


def test_acts_on_nothing_find_nothing(cast: Cast) -> None:
    for do in PART_ACTS.values():
        assert outcome(lambda: do(by=cast.county_office, at=NOON, assignment_id=0)) == "not_found"  # noqa: B023
    for do in ORDER_ACTS.values():
        assert outcome(lambda: do(by=cast.county_office, at=NOON, order_id=0)) == "not_found"  # noqa: B023
    assert not Order.objects.exists()
    assert set(LEAVE) == {*PART_ACTS, *ORDER_ACTS, OrderAct.DISPATCH}
