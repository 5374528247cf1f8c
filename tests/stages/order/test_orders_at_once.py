"""Two people act on one order, one need, one offer at the same moment: no constraint breaks and nothing is lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from at_once import at_once
from cast import NOON, PREFECTURE, SINCE, WUYUAN, Cast, make_cast
from stages.making import make_need, make_offer
from stages.order.bringing import MUSTS, above, bring_part, go_up, part_of, placed

from diancai.ground.errors import Refusal
from diancai.ground.ledger.models import Event
from diancai.ground.people.models import Account, Post
from diancai.ground.place.models import Department
from diancai.ground.programme.queries import get_programme
from diancai.stages.match.actions import make_match
from diancai.stages.match.errors import NoCapacityLeft
from diancai.stages.match.models import Match
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Assignment, Escalation, Order, Redo
from diancai.stages.tally.queries import check_cells, totals
from diancai.words import AssignmentState, NeedProgress, OrderState

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def cast(committed_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def programme_id(committed_db: None) -> int:
    return get_programme("2019").id


def codes(results: list[Any]) -> list[str]:
    return sorted(result.code if isinstance(result, Refusal) else "ok" for result in results)


def test_two_departments_accept_at_once(cast: Cast, programme_id: int) -> None:
    science = Department.objects.get(place_id=WUYUAN, line="科技")
    contact = Account.objects.create(username="lixue", display_name="李雪")
    Post.objects.create(account=contact, role="department_contact", department=science, valid_from=SINCE)
    order = placed(cast, make_need(programme_id).pk, department_id=cast.department.pk, asked=5)
    lead = part_of(order)
    Assignment.objects.filter(pk=lead.pk).update(asked=3)
    actions.dispatch_order(
        by=cast.county_office, at=NOON, order_id=order.id, department_id=science.pk, is_lead=False, asked=2
    )
    joint = part_of(order)
    results = at_once(
        lambda: actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=lead.pk, **MUSTS),
        lambda: actions.accept_assignment(by=contact, at=NOON, assignment_id=joint.pk),
    )
    assert codes(results) == ["ok", "ok"]
    assert sorted(Assignment.objects.values_list("committed", flat=True)) == [2, 3]
    assert Order.objects.get().state == OrderState.ACCEPTED
    assert Event.objects.filter(kind="order.accepted").count() == 2


def test_one_part_is_accepted_once(cast: Cast, programme_id: int) -> None:
    part = part_of(placed(cast, make_need(programme_id).pk, department_id=cast.department.pk))

    def accept(by: Account) -> Callable[[], Any]:
        return lambda: actions.accept_assignment(by=by, at=NOON, assignment_id=part.pk, **MUSTS)

    results = at_once(accept(cast.department_contact), accept(cast.department_leader))
    assert codes(results) == ["act_not_now", "ok"]
    assert Event.objects.filter(kind="order.accepted").count() == 1


def test_accept_against_withdraw(cast: Cast, programme_id: int) -> None:
    need = make_need(programme_id)
    order = placed(cast, need.pk, department_id=cast.department.pk)
    part = part_of(order)
    results = at_once(
        lambda: actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part.pk, **MUSTS),
        lambda: actions.withdraw_order(by=cast.county_office, at=NOON, order_id=order.id, reason="需求有变"),
    )
    assert codes(results) in (["ok", "ok"], ["act_not_now", "ok"])
    assert Order.objects.get().state == OrderState.WITHDRAWN
    assert part_of(order).state == AssignmentState.WITHDRAWN
    assert Need.objects.get(pk=need.pk).progress in (NeedProgress.OPEN, NeedProgress.MATCHED)


def test_complete_against_recall_has_one_winner(cast: Cast, programme_id: int) -> None:
    order = bring_part(cast, make_need(programme_id).pk, AssignmentState.IN_HAND)
    part = part_of(order)
    results = at_once(
        lambda: actions.complete_assignment(
            by=cast.department_contact, at=NOON, assignment_id=part.pk, words="讲课1场，到场46人"
        ),
        lambda: actions.recall_assignment(by=cast.county_office, at=NOON, assignment_id=part.pk, reason="派错了"),
    )
    assert codes(results) == ["act_not_now", "ok"]
    state = part_of(order).state
    assert Order.objects.get().state == {"completed": "completed", "withdrawn": "placed"}[state]


def test_a_need_is_ordered_once(cast: Cast, programme_id: int) -> None:
    need = make_need(programme_id)

    def place(by: Account) -> Callable[[], Any]:
        return lambda: actions.place_order(by=by, at=NOON, need_id=need.pk)

    results = at_once(place(cast.county_office), place(cast.prefecture_office), place(cast.county_office))
    assert codes(results) == ["need_not_orderable", "need_not_orderable", "ok"]
    assert Order.objects.count() == 1


def test_two_leads_are_not_dispatched_to(cast: Cast, programme_id: int) -> None:
    order = placed(cast, make_need(programme_id).pk)
    departments = Department.objects.filter(place_id=WUYUAN)[:2]

    def dispatch(department_id: int) -> Callable[[], Any]:
        return lambda: actions.dispatch_order(
            by=cast.county_office, at=NOON, order_id=order.id, department_id=department_id
        )

    assert codes(at_once(*(dispatch(each.pk) for each in departments))) == ["lead_stands", "ok"]
    assert Assignment.objects.filter(is_lead=True, ended_at=None).count() == 1


def test_numbers_are_given_once_and_without_gaps(cast: Cast, programme_id: int) -> None:
    needs = [make_need(programme_id).pk for _ in range(8)]

    def place(need_id: int) -> Callable[[], Any]:
        return lambda: actions.place_order(by=cast.county_office, at=NOON, need_id=need_id).number

    numbers = at_once(*(place(each) for each in needs))
    assert sorted(numbers) == [f"五原-2019-{serial:04d}" for serial in range(1, 9)]


def test_the_last_place_of_an_offer_is_taken_once(cast: Cast, programme_id: int) -> None:
    offer = make_offer(cast, programme_id, capacity=1)
    needs = [make_need(programme_id).pk for _ in range(3)]

    def pair(need_id: int) -> Callable[[], Any]:
        return lambda: make_match(by=cast.county_office, at=NOON, need_id=need_id, offer_id=offer.id)

    assert codes(at_once(*(pair(each) for each in needs))) == [NoCapacityLeft.code, NoCapacityLeft.code, "ok"]
    assert Match.objects.filter(state="confirmed").count() == 1


def test_counts_read_while_others_write_lose_nothing(cast: Cast, programme_id: int) -> None:
    def write(number: int) -> Callable[[], Any]:
        # Told by uuid, so that a write which is tried again after its commit is still one offer.
        return lambda: make_offer(cast, programme_id, service=f"培训{number}", uuid=UUID(int=number + 1))

    def read() -> Any:
        return [totals("offers", programme_id, [PREFECTURE]) for _ in range(5)]

    at_once(*(write(number) for number in range(5)), read, read)
    assert totals("offers", programme_id, [PREFECTURE]) == {(PREFECTURE, "science", "in_force"): 5}
    assert check_cells(programme_id) == []


def test_redo_against_close_leaves_one_round_and_one_state(cast: Cast, programme_id: int) -> None:
    order = bring_part(cast, make_need(programme_id).pk, AssignmentState.COMPLETED)
    results = at_once(
        lambda: actions.open_redo(at=NOON, order_id=order.id, reason="没学会"),
        lambda: actions.close_order(by=cast.county_office, at=NOON, order_id=order.id, reason="solved"),
    )
    assert codes(results) in (["ok", "ok"], ["act_not_now", "ok"])
    after = Order.objects.get()
    assert (after.round, after.state) == (2, OrderState.DISPATCHED)
    assert Redo.objects.get().closed_as == ("solved" if codes(results) == ["ok", "ok"] else "")


def test_two_redos_at_once_open_one_round(cast: Cast, programme_id: int) -> None:
    order = bring_part(cast, make_need(programme_id).pk, AssignmentState.COMPLETED)
    redo = lambda: actions.open_redo(at=NOON, order_id=order.id, reason="没学会")  # noqa: E731
    assert codes(at_once(redo, redo)) == ["act_not_now", "ok"]
    assert (Order.objects.get().round, Redo.objects.count()) == (2, 1)


def test_an_order_goes_up_once(cast: Cast, programme_id: int) -> None:
    order = placed(cast, make_need(programme_id).pk, department_id=cast.department.pk)
    results = at_once(*(lambda: go_up(cast, order.id) for _ in range(3)))
    assert codes(results)[-1] == "ok"
    assert set(codes(results)[:-1]) <= {"act_not_now", "goes_up_already", "need_not_orderable"}
    assert Order.objects.filter(is_twin=True).count() == Escalation.objects.count() == 1


def test_the_twin_completes_while_the_lower_is_called_back(cast: Cast, programme_id: int) -> None:
    """Both lock the orders of the need in one order: neither waits for the other for ever, and one of them wins."""
    order = placed(cast, make_need(programme_id).pk, department_id=cast.department.pk)
    go_up(cast, order.id)
    one = above(cast, order.id)
    results = at_once(
        lambda: actions.accept_assignment(**one),  # type: ignore[arg-type]
        lambda: actions.call_back_escalation(by=cast.county_office, at=NOON, order_id=order.id, reason="县里自己办"),
    )
    assert codes(results) in (["ok", "ok"], ["act_not_now", "ok"])
    twin = Order.objects.get(is_twin=True)
    assert (twin.state, Order.objects.get(pk=order.id).state) in (
        (OrderState.WITHDRAWN, OrderState.DISPATCHED),
        (OrderState.WITHDRAWN, OrderState.PLACED),
    )


def test_two_departments_are_not_handed_the_same_part(cast: Cast, programme_id: int) -> None:
    order = placed(cast, make_need(programme_id).pk, department_id=cast.department.pk)
    part = part_of(order)
    takers = list(Department.objects.filter(place_id=WUYUAN).exclude(pk=cast.department.pk)[:2])

    def hand(by: Account, to: Department) -> Callable[[], Any]:
        words = {"reason": "不是本局职责", "basis": "“三定”规定"}
        return lambda: actions.hand_over_assignment(
            by=by, at=NOON, assignment_id=part.pk, to_department_id=to.pk, **words
        )

    results = at_once(hand(cast.department_contact, takers[0]), hand(cast.department_leader, takers[1]))
    assert codes(results) == ["act_not_now", "ok"]
    assert Assignment.objects.filter(is_lead=True, ended_at=None).count() == 1
