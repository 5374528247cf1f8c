"""Tells once that a clock has turned: amber, red, overdue, and a sign-for that is overdue. Notices and urging listen.

Each is told once for a due day: an extension or a pause that moves the day lets the next one be told again. A clock
that turned twice between two runs tells only what it shows now.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from diancai.ground.ledger.actions import record
from diancai.stages.order.models import RUNNING_STATES, Assignment, Order
from diancai.stages.order.standing import order_scope
from diancai.words import ClockState

KINDS = {
    ClockState.AMBER: "order.clock_amber",
    ClockState.RED: "order.clock_red",
    ClockState.OVERDUE: "order.clock_overdue",
}
SIGN_OVERDUE = "order.sign_overdue"
_RANKS = {"": 0, ClockState.AMBER.value: 1, ClockState.RED.value: 2, ClockState.OVERDUE.value: 3}


def tell_changes(order_ids: Iterable[int], at: datetime) -> int:
    """Write the events that are due among these orders; returns how many. Hidden orders tell nothing."""
    ids = list(order_ids)
    turned = Order.objects.filter(pk__in=ids, clock_state__in=KINDS, hidden_at=None).order_by("pk")
    stood = turned.values_list("pk", "clock_state", "due_on", "clock_told", "clock_told_due")
    count = sum(_tell(row[0], at) for row in stood if _is_new(*row[1:]))
    unsigned = Assignment.objects.filter(
        order_id__in=ids, sign_state=ClockState.OVERDUE, sign_told=False, ended_at=None, order__hidden_at=None
    )
    late_ids = list(unsigned.order_by("pk").values_list("pk", flat=True))
    return count + sum(_tell_unsigned(part_id, at) for part_id in late_ids)


def _is_new(state: str, due_on: object, told: str, told_due: object) -> bool:
    return due_on != told_due or _RANKS[state] > _RANKS.get(told, 0)


@transaction.atomic
def _tell(order_id: int, at: datetime) -> int:
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    state = order.clock_state
    if state not in RUNNING_STATES or state not in KINDS or order.due_at is None:
        return 0
    if not _is_new(state, order.due_on, order.clock_told, order.clock_told_due):
        return 0
    order.clock_told, order.clock_told_due = state, order.due_on
    order.save(update_fields=["clock_told", "clock_told_due"])
    _record(KINDS[ClockState(state)], order, at, {"due_at": order.due_at, "due_on": order.due_on})
    return 1


@transaction.atomic
def _tell_unsigned(part_id: int, at: datetime) -> int:
    part = Assignment.objects.select_for_update(of=("self",)).select_related("order", "department").get(pk=part_id)
    if part.sign_told or part.sign_state != ClockState.OVERDUE or part.ended_at is not None:
        return 0
    part.sign_told = True
    part.save(update_fields=["sign_told"])
    told = {"assignment_id": part.pk, "department_id": part.department_id, "due_at": part.sign_due_at}
    _record(SIGN_OVERDUE, part.order, at, told, {"department": part.department.name})
    return 1


def _record(
    kind: str, order: Order, at: datetime, told: Mapping[str, object], words: Mapping[str, object] | None = None
) -> None:
    parts = list(Assignment.objects.filter(order=order).select_related("department").order_by("id"))
    held = [part.department_id for part in parts if part.ended_at is None]
    due = told["due_at"]
    record(
        kind,
        subject=("order", order.pk),
        by=None,
        at=at,
        scope=order_scope(order, parts),
        sub_place=order.sub_place,
        details={
            "need_id": order.need_id,
            "programme_id": order.programme_id,
            "level": order.level,
            "round": order.round,
            "state": order.state,
            "held_by_ids": held,
            "is_provisional": order.is_provisional,
            **told,
        },
        words={
            "number": order.number,
            "due": f"{timezone.localtime(due):%Y-%m-%d %H:%M}" if isinstance(due, datetime) else "",
            "names": "、".join(part.department.name for part in parts if part.ended_at is None),
            **(words or {}),
        },
    )
