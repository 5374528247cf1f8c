"""What every act on an order shares at its beginning: hold the row, ask for leave, see whether it is possible now.

All orders of a need are locked first, the lowest id before the others, whichever of them and whichever part the act is
on: two acts on one order, or on an order and its twin above, come one after the other and never wait for each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from django.db.models import Prefetch

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act
from diancai.stages.order.errors import CONSTRAINTS
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.rules import BY_PART, LEAVE, AssignmentAct, OrderAct, check_assignment, check_order
from diancai.stages.order.standing import act_scope, office_scope, part_scope, standing_of
from diancai.words import AssignmentState, OrderState

WITH_PARTS = Prefetch("assignments", Assignment.objects.select_related("department").order_by("id"))


@contextmanager
def order_in_hand(order_id: int, by: Account, act: OrderAct) -> Iterator[Order]:
    """The locked order, if the account may do the act and nothing hinders it. Raises `NotFound`, `NotAllowed`, and
    what `hindrance` names."""
    with transaction.atomic(), judged(CONSTRAINTS):
        order = lock(order_id)
        _check_hidden(order, by)
        check(by, LEAVE[act], act_scope(order, act))
        check_order(act, standing_of(order))
        yield order


@contextmanager
def part_in_hand(assignment_id: int, by: Account, act: AssignmentAct) -> Iterator[tuple[Order, Assignment]]:
    """The locked order and one of its parts, moved on by the table but not saved yet. Refusals as `order_in_hand`."""
    with transaction.atomic(), judged(CONSTRAINTS):
        order_id = Assignment.objects.filter(pk=assignment_id).values_list("order_id", flat=True).first()
        order = lock(order_id)
        _check_hidden(order, by)
        part = next(a for a in order.assignments.all() if a.pk == assignment_id)
        check(by, LEAVE[act], part_scope(order, part) if act in BY_PART else office_scope(order))
        part.state = check_assignment(AssignmentState(part.state), act, OrderState(order.state))
        yield order, part


def lock(order_id: int | None) -> Order:
    """The order with its parts; all orders of its need are held until the transaction ends. Raises `NotFound`."""
    need_id = Order.objects.filter(pk=order_id).values_list("need_id", flat=True).first() if order_id else None
    held = Order.objects.select_for_update(of=("self",)).filter(need_id=need_id).order_by("pk") if need_id else ()
    order = next((each for each in held if each.pk == order_id), None)
    if order is None:
        raise NotFound
    with_parts(order)
    return order


def with_parts(order: Order) -> list[Assignment]:
    """Read the parts anew and keep them on the order."""
    parts = list(Assignment.objects.filter(order=order).select_related("department").order_by("id"))
    order._prefetched_objects_cache = {"assignments": parts}  # type: ignore[attr-defined]
    return parts


def _check_hidden(order: Order, by: Account) -> None:
    """A hidden order does not exist for those who may not see diverted reports; who holds work of it goes on."""
    if order.hidden_at is None or can(by, Act.SEE_DIVERTED, order.scope):
        return
    holders = frozenset(part.department_id for part in order.assignments.all() if part.ended_at is None)
    if not can(by, Act.ANSWER_ORDER, replace(order.scope, department_ids=holders)):
        raise NotFound
