"""Bringing an order into any state by the acts that people do, for the truth tables."""

from datetime import date

from cast import NOON, PREFECTURE, SINCE, WUYUAN, Cast

from diancai.ground.people.models import Account, Post
from diancai.ground.place.models import Department
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.rows import OrderRow
from diancai.words import AssignmentState, OrderState

MUSTS = {"leader": "李某", "contact": "赵某"}


def placed(cast: Cast, need_id: int, **words: object) -> OrderRow:
    """An order that waits for a department."""
    return actions.place_order(by=cast.county_office, at=NOON, need_id=need_id, **words)  # type: ignore[arg-type]


def part_of(order: OrderRow | Order) -> Assignment:
    """The part dispatched last."""
    return Assignment.objects.filter(order_id=order.pk if isinstance(order, Order) else order.id).latest("id")


def bring_part(cast: Cast, need_id: int, state: AssignmentState) -> OrderRow:
    """An order whose first part stands in the state."""
    order = placed(cast, need_id, department_id=cast.department.pk)
    one = {"by": cast.department_contact, "at": NOON, "assignment_id": part_of(order).pk}
    if state == AssignmentState.RETURNED:
        return actions.return_assignment(**one, reason="不是本局职责", basis="“三定”规定")
    if state == AssignmentState.HANDED_OVER:
        return actions.hand_over_assignment(
            **one, to_department_id=bureau("科技").pk, reason="属科技特派员服务", basis="“三定”规定"
        )
    if state == AssignmentState.WITHDRAWN:
        return actions.recall_assignment(**(one | {"by": cast.county_office}), reason="派错了")
    if state != AssignmentState.DISPATCHED:
        order = actions.accept_assignment(**one, **MUSTS)
    if state in (AssignmentState.IN_HAND, AssignmentState.COMPLETED):
        order = actions.start_assignment(**one)
    if state == AssignmentState.COMPLETED:
        order = actions.complete_assignment(**one, words="1月3日讲课1场，到场46人")
    return order


def bring_order(cast: Cast, need_id: int, state: OrderState) -> OrderRow:
    """An order in the state."""
    office = {"by": cast.county_office, "at": NOON}
    if state == OrderState.PLACED:
        return placed(cast, need_id)
    if state in (OrderState.PLANNED, OrderState.CLOSED, OrderState.WITHDRAWN):
        order = placed(cast, need_id)
        if state == OrderState.PLANNED:
            return actions.plan_order(**office, order_id=order.id, year=2020, money="县财政", answerer="李芳")
        if state == OrderState.CLOSED:
            return actions.close_order(**office, order_id=order.id, reason="explained", words="已当面说明")
        return actions.withdraw_order(**office, order_id=order.id, reason="重复点单")
    if state == OrderState.ESCALATED:
        order = placed(cast, need_id, department_id=cast.department.pk)
        return go_up(cast, order.id)
    return bring_part(cast, need_id, AssignmentState(state.value))


def go_up(cast: Cast, order_id: int, kind: str = "takes_over", **more: object) -> OrderRow:
    """The county asks the prefecture."""
    told = {"tried": "县里已打井1眼，水量不够", "asked_for": "解决取水指标和打井资金"}
    return actions.escalate_order(
        **{"by": cast.county_office, "at": NOON, "order_id": order_id, "kind": kind, **told, **more}  # type: ignore[arg-type]
    )


def twin_of(order_id: int) -> Order:
    """The order above."""
    return Order.objects.get(asked_by__lower_id=order_id, asked_by__ended_at=None)


def upper_contact(cast: Cast) -> Account:
    """Somebody who answers at the prefecture's bureau of agriculture."""
    account, is_new = Account.objects.get_or_create(username="hejing", defaults={"display_name": "何静"})
    if is_new:
        upper = Department.objects.get(place_id=PREFECTURE, line="农牧")
        Post.objects.create(account=account, role="department_contact", department=upper, valid_from=SINCE)
    return account


def above(cast: Cast, order_id: int) -> dict[str, object]:
    """Words of an answer by the upper bureau to its part of the twin."""
    return {"by": upper_contact(cast), "at": NOON, "assignment_id": part_of(twin_of(order_id)).pk}


def bureau(line: str, place_code: str = WUYUAN) -> Department:
    return Department.objects.get(place_id=place_code, line=line)


def progress(need: Need) -> str:
    return Need.objects.values_list("progress", flat=True).get(pk=need.pk)


def answer(cast: Cast, part: Assignment) -> dict[str, object]:
    """Words of an answer by somebody of the part's department."""
    post = Post.objects.filter(department=part.department).first()
    by = post.account if post else None
    if by is None:
        by = cast.stranger
        Post.objects.create(
            account=by, role="department_contact", department=part.department, valid_from=date(2019, 1, 1)
        )
        by.__dict__.pop("_posts_in_force", None)
    return {"by": by, "at": NOON, "assignment_id": part.pk}
