"""What every act on an order shares: hold the row, settle the state that follows, tell the need, write the event.

The order's row is locked first, whichever part the act is on, so that two acts on one order come one after the other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.place.queries import initials_of
from diancai.ground.search import actions as search
from diancai.stages.match.models import Match
from diancai.stages.need.actions import set_progress
from diancai.stages.order.errors import CONSTRAINTS
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import (
    LEAVE,
    AssignmentAct,
    OrderAct,
    check_assignment,
    check_order,
    committed_sum,
    derive,
    progress_of,
)
from diancai.stages.order.wording import order_row, order_scope, part_scope, parts_of, place_scope
from diancai.words import AssignmentState, MatchState, OrderState

WITH_PARTS = Prefetch("assignments", Assignment.objects.select_related("department").order_by("id"))


@contextmanager
def order_in_hand(order_id: int, by: Account, act: OrderAct) -> Iterator[Order]:
    """The locked order, if the account may do the act and its state allows it. Raises `NotFound`, `NotAllowed`,
    `ActNotNow`."""
    with transaction.atomic(), judged(CONSTRAINTS):
        order = _lock(order_id)
        check(by, LEAVE[act], place_scope(order))
        check_order(OrderState(order.state), act, parts_of(order.assignments.all()), order.asked)
        yield order


@contextmanager
def part_in_hand(assignment_id: int, by: Account, act: AssignmentAct) -> Iterator[tuple[Order, Assignment]]:
    """The locked order and one of its parts, moved on by the table but not saved yet. Refusals as `order_in_hand`."""
    with transaction.atomic(), judged(CONSTRAINTS):
        order_id = Assignment.objects.filter(pk=assignment_id).values_list("order_id", flat=True).first()
        order = _lock(order_id)
        assignment = next(a for a in order.assignments.all() if a.pk == assignment_id)
        scope = place_scope(order) if act == AssignmentAct.RECALL else part_scope(order, assignment)
        check(by, LEAVE[act], scope)
        assignment.state = check_assignment(AssignmentState(assignment.state), act, OrderState(order.state))
        yield order, assignment


def settle(
    kind: str,
    order: Order,
    by: Account | None,
    at: datetime,
    told: Mapping[str, object],
    *,
    decided: OrderState | None = None,
) -> OrderRow:
    """Derive the state from the parts as they are now, save, pass progress to the need, and write the one event."""
    fresh = _with_parts(order)
    parts = parts_of(fresh)
    order.state = derive(parts, order.asked, decided)
    order.changed_at = at
    order.revision += 1
    order.save()
    matched = Match.objects.filter(need_id=order.need_id, state=MatchState.CONFIRMED, is_current=True).exists()
    set_progress(need_id=order.need_id, progress=progress_of(OrderState(order.state), is_matched=matched), at=at)
    known: dict[str, object] = {
        "need_id": order.need_id,
        "offer_id": order.offer_id,
        "programme_id": order.programme_id,
        "number": order.number,
        "state": order.state,
        "committed_in_all": committed_sum(parts),
    }
    scope = order_scope(order, fresh)
    _index(kind, order)
    record(
        kind,
        subject=("order", order.pk),
        by=by,
        at=at,
        scope=scope,
        sub_place=order.sub_place,
        details=known | {**told},
    )
    return row_of(order.pk, at)


def _index(kind: str, order: Order) -> None:
    """An order is found by its number and content from its placing until it is withdrawn."""
    if kind == "order.placed":
        where = place_scope(order)
        words = f"{order.number} {order.content}"
        search.put("order", order.pk, scope=where, at=order.placed_at, words=words, initials=initials_of(where))
    elif kind == "order.withdrawn":
        search.remove("order", [order.pk])


def row_of(order_id: int, at: datetime) -> OrderRow:
    """The row of an order as it stands."""
    order = Order.objects.prefetch_related(WITH_PARTS).get(pk=order_id)
    return order_row(order, timezone.localdate(at))


def end_parts(order: Order, at: datetime) -> None:
    """End what departments still hold: unfinished parts are withdrawn, completed ones stay completed."""
    for assignment in order.assignments.all():
        if assignment.ended_at is None:
            if assignment.state != AssignmentState.COMPLETED:
                assignment.state = AssignmentState.WITHDRAWN
            assignment.ended_at = at
            assignment.save()


def _lock(order_id: int | None) -> Order:
    order = Order.objects.select_for_update(of=("self",)).filter(pk=order_id).first() if order_id else None
    if order is None:
        raise NotFound
    _with_parts(order)
    return order


def _with_parts(order: Order) -> list[Assignment]:
    """Read the parts anew and keep them on the order."""
    parts = list(Assignment.objects.filter(order=order).select_related("department").order_by("id"))
    order._prefetched_objects_cache = {"assignments": parts}  # type: ignore[attr-defined]
    return parts
