"""Writes the clocks of one order in the transaction of the act that moved them. Called by `actions` alone."""

from dataclasses import fields, replace
from datetime import date, datetime

from diancai.stages.order.clocking.columns import OrderClock, PartClock
from diancai.stages.order.clocking.projection import Projection, project
from diancai.stages.order.clocking.reading import read_facts
from diancai.stages.order.clocking.rulebook import rulebook
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.order.models import Assignment, Extension, Order
from diancai.stages.order.rows import ClockFacts
from diancai.words import OrderState

ORDER_COLUMNS = tuple(each.name for each in fields(OrderClock))
PART_COLUMNS = tuple(each.name for each in fields(PartClock))
_OVER = (OrderState.COMPLETED, OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.PLANNED)


def set_clocks(order: Order, at: datetime) -> Projection | None:
    """Project the clocks onto the order, which the caller saves, and onto its parts, which are saved here.

    The rows that hang on the order must be written already; its own round, state and instants are those in memory.
    None when nothing was ever dispatched.
    """
    facts = _facts(order)
    if not facts.parts:
        return None
    told = project(facts, rulebook(at), at)
    for name in ORDER_COLUMNS:
        setattr(order, name, getattr(told.order, name))
    for part in Assignment.objects.filter(order=order):
        clock = told.parts[part.pk]
        changed = [name for name in PART_COLUMNS if getattr(part, name) != getattr(clock, name)]
        for name in changed:
            setattr(part, name, getattr(clock, name))
        if changed:
            part.save(update_fields=changed)
    return told


def due_if_granted(order: Order, extension: Extension, at: datetime) -> date:
    """The day on which the extension's part would be due if it were granted at `at`. Raises `CalendarMissing` where
    that cannot be computed."""
    facts = _facts(order)
    granted = tuple(
        replace(each, granted_at=at)
        if (each.assignment_id, each.asked_at) == (extension.part_id, extension.asked_at)
        else each
        for each in facts.extensions
    )
    told = project(replace(facts, extensions=granted), rulebook(at), at)
    due_on = told.parts[extension.part_id].due_on
    if due_on is None:
        why = told.refusals[0]
        raise CalendarMissing(told_zh=why.zh, told_en=why.en)
    return due_on


def _facts(order: Order) -> ClockFacts:
    return replace(
        next(read_facts([order.pk])),
        round=order.round,
        state=OrderState(order.state),
        completed_at=order.completed_at,
        closed_at=order.closed_at,
    )


def note_end(order: Order, at: datetime) -> None:
    """Keep on the part that opened the running promise when it was over: completed, closed, withdrawn, planned.

    Called with the state derived and before the projection; an order that goes on loses the mark.
    """
    parts = list(Assignment.objects.filter(order=order, round=order.round).order_by("pk"))
    root = next((part for part in reversed(parts) if part.opens_promise), parts[0] if parts else None)
    if root is None:
        return
    is_over = order.state in _OVER
    over_at = (order.completed_at or root.promise_over_at or order.closed_at or at) if is_over else None
    if root.promise_over_at != over_at:
        root.promise_over_at = over_at
        root.save(update_fields=["promise_over_at"])
