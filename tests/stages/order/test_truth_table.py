"""Every state × act × role: permitted, or refused with its code; the pages' buttons say the same as the actions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from cast import NOON, PREFECTURE, Cast
from django.db import transaction
from stages.order import ready
from stages.order.bringing import MUSTS, bring_order, bring_part, bureau

from diancai.ground.errors import NotFound, Refusal
from diancai.ground.ledger.models import Event
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Assignment, Extension, Order
from diancai.stages.order.queries import get_order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import ASSIGNMENT_TABLE, BY_PART, LEAVE, ORDER_TABLE, AssignmentAct, OrderAct
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
FIELD = {"village_officer", "town_officer"}

PART_ACTS: dict[AssignmentAct, Callable[..., OrderRow]] = {
    AssignmentAct.ACCEPT: lambda **who: actions.accept_assignment(**who, **MUSTS),
    AssignmentAct.RETURN: lambda **who: actions.return_assignment(**who, reason="不是本局职责", basis="“三定”规定"),
    AssignmentAct.HAND_OVER: lambda **who: actions.hand_over_assignment(
        **who, to_department_id=bureau("教育").pk, reason="属学校场地", basis="“三定”规定"
    ),
    AssignmentAct.START: actions.start_assignment,
    AssignmentAct.COMPLETE: lambda **who: actions.complete_assignment(**who, words="1月3日讲课1场，到场46人"),
    AssignmentAct.ASK_EXTENSION: lambda **who: actions.ask_extension(**who, reason="大雪封路", days=5),
    AssignmentAct.RECALL: lambda **who: actions.recall_assignment(**who, reason="派错了"),
    AssignmentAct.ALLOW_RETURN: lambda **who: actions.allow_late_return(**who, words="机构改革，职责刚划转"),
}


def _extension(order_id: int) -> int:
    return Extension.objects.filter(order_id=order_id).latest("id").pk


ORDER_ACTS: dict[OrderAct, Callable[..., OrderRow]] = {
    OrderAct.ESCALATE: lambda **who: actions.escalate_order(
        **who, kind="takes_over", tried="已打井1眼", asked_for="取水指标", department_id=bureau("水利", PREFECTURE).pk
    ),
    OrderAct.ANSWER: lambda **who: actions.answer_escalation(**who, answer="takes_over"),
    OrderAct.RECORD_OUTSIDE: lambda **who: actions.record_outside_answer(
        **who, answer="takes_part", said_by="自治区水利厅", words="列入2020年项目库"
    ),
    OrderAct.CALL_BACK: lambda **who: actions.call_back_escalation(**who, reason="县里自己解决"),
    OrderAct.PAUSE: lambda **who: actions.pause_order(**who, reason="season", words="等开春化冻"),
    OrderAct.RESUME: actions.resume_order,
    OrderAct.DECIDE_EXTENSION: lambda order_id, **who: actions.decide_extension(
        **who, extension_id=_extension(order_id), granted=True
    ),
    OrderAct.TELL_RESIDENT: lambda order_id, **who: actions.tell_resident(**who, extension_id=_extension(order_id)),
    OrderAct.MEET: lambda **who: actions.resolve_problem(
        **who, meeting_on=date(2019, 12, 9), attended="农牧局、科技局", decision="由农牧局牵头"
    ),
    OrderAct.REDO: lambda **who: actions.open_redo(**who, reason="群众说没学会"),
    OrderAct.CLOSE: lambda **who: actions.close_order(**who, reason="explained"),
    OrderAct.CONFIRM: actions.confirm_settlement,
    OrderAct.PLAN: lambda **who: actions.plan_order(**who, year=2020, money="县财政", answerer="李芳"),
    OrderAct.REVIEW_PLAN: lambda **who: actions.review_plan(**who, outcome="moved", year=2021),
    OrderAct.WITHDRAW: lambda **who: actions.withdraw_order(**who, reason="重复点单"),
}
# Who may do each act to an order of 五原县; everybody else is refused.
MAY: dict[OrderAct, set[str]] = {
    **dict.fromkeys(ORDER_ACTS, OFFICES),
    OrderAct.CONFIRM: OFFICES | {"leader"},
}


@pytest.fixture(autouse=True)
def _it_is_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages ask the clock, the acts are told the instant: both are that noon."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


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
    except Extension.DoesNotExist:
        return "not_found"
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
    part = Assignment.objects.filter(order_id=order.id).earliest("id")
    assert part.state == state
    Assignment.objects.filter(pk=part.pk).update(due_on=date(2019, 12, 31))
    before = Event.objects.count()
    for who in EVERYBODY:
        offered = told_to(who, cast, order.id, part.pk)
        for act, do in PART_ACTS.items():
            permitted = who in (DEPARTMENT if act in BY_PART else OFFICES)
            expected = "ok" if (state, act) in ASSIGNMENT_TABLE else "act_not_now"
            if act == AssignmentAct.ALLOW_RETURN and expected == "ok":
                expected = "nothing_waits"  # the window is still open
            expected = expected if permitted else "not_allowed"
            found = outcome(lambda: do(by=getattr(cast, who), at=NOON, assignment_id=part.pk))  # noqa: B023
            assert found == expected, (state, act, who)
            assert (act in offered) == (expected == "ok"), (state, act, who)
    assert Event.objects.count() == before


@pytest.mark.parametrize("state", OrderState)
def test_every_act_on_an_order_by_everybody(cast: Cast, need: Need, state: OrderState) -> None:
    """Nothing waits but what the state itself brings: an escalated order can be called back and its clock resumed."""
    order = bring_order(cast, need.pk, state)
    assert order.state == state
    ready = {OrderAct.CALL_BACK, OrderAct.RESUME} if state == OrderState.ESCALATED else set()
    for who in EVERYBODY:
        offered = told_to(who, cast, order.id)
        for act, do in ORDER_ACTS.items():
            asks = {OrderAct.DECIDE_EXTENSION, OrderAct.TELL_RESIDENT}
            waits = "nothing_waits" if act in WAITS and act not in ready else "ok"
            expected = waits if state in ORDER_TABLE[act] else "act_not_now"
            expected = "not_found" if act in asks else expected if may(act, who, order) else "not_allowed"
            found = outcome(lambda: do(by=getattr(cast, who), at=NOON, order_id=order.id))  # noqa: B023
            assert found == expected, (state, act, who)
            assert (act in offered) == (expected == "ok"), (state, act, who)


def may(act: OrderAct, who: str, order: OrderRow) -> bool:
    """The lead that holds the order may ask the upper level as well as the office."""
    holds = order.lead_id is not None and order.state in ("dispatched", "accepted", "in_hand", "escalated")
    return who in MAY[act] or (act in (OrderAct.ESCALATE, OrderAct.ANSWER) and holds and who in DEPARTMENT)


WAITS = {
    OrderAct.ANSWER,
    OrderAct.RECORD_OUTSIDE,
    OrderAct.CALL_BACK,
    OrderAct.RESUME,
    OrderAct.MEET,
    OrderAct.CONFIRM,
    OrderAct.REVIEW_PLAN,
}
READY: dict[OrderAct, Callable[[Cast, int], int]] = {
    OrderAct.ANSWER: ready.asked_from_below,
    OrderAct.RECORD_OUTSIDE: ready.asked_of_the_region,
    OrderAct.CALL_BACK: ready.went_up,
    OrderAct.RESUME: ready.paused,
    OrderAct.DECIDE_EXTENSION: ready.asked_for_longer,
    OrderAct.TELL_RESIDENT: ready.given_longer,
    OrderAct.MEET: ready.in_trouble,
    OrderAct.CONFIRM: ready.closing_proposed,
    OrderAct.REVIEW_PLAN: ready.plan_came_due,
}
# What went up belongs to the prefecture: its office decides there, and its bureau, not the county's.
MAY_WHEN_READY = {
    OrderAct.ANSWER: {"prefecture_office"},
    OrderAct.RECORD_OUTSIDE: {"prefecture_office"},
    OrderAct.TELL_RESIDENT: OFFICES | DEPARTMENT | FIELD,
    OrderAct.CONFIRM: {"prefecture_office", "leader"},
}


@pytest.mark.parametrize("act", READY)
def test_what_waits_for_somebody_is_done_by_him_alone(cast: Cast, need: Need, act: OrderAct) -> None:
    order_id = READY[act](cast, need.pk)
    for who in EVERYBODY:
        expected = "ok" if who in MAY_WHEN_READY.get(act, OFFICES) else "not_allowed"
        if act == OrderAct.CONFIRM and who == "county_office":
            expected = "same_person"  # she proposed it; the page offers it to her as to any other of the office
        found = outcome(lambda: ORDER_ACTS[act](by=getattr(cast, who), at=NOON, order_id=order_id))  # noqa: B023
        assert found == expected, (act, who)
        offered = act in told_to(who, cast, order_id)
        assert offered == (expected in ("ok", "same_person")), (act, who)


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
    for act in set(ORDER_ACTS) - {OrderAct.DECIDE_EXTENSION, OrderAct.TELL_RESIDENT}:
        assert outcome(lambda: ORDER_ACTS[act](by=cast.county_office, at=NOON, order_id=0)) == "not_found"  # noqa: B023
    assert not Order.objects.exists()
    assert set(LEAVE) == {*PART_ACTS, *ORDER_ACTS, OrderAct.DISPATCH}
