"""Turning orders and assignments into rows. Called by the actions and queries of order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import full_name
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.rows import AssignmentRow, OrderRow
from diancai.stages.order.rules import (
    LEAVE,
    OVER,
    AssignmentAct,
    OrderAct,
    Part,
    can_assignment,
    can_order,
    committed_sum,
    open_rest,
)
from diancai.words import AssignmentState, ClosingReason, OrderState, Strand

PROBLEM_AFTER_RETURNS = 3


def parts_of(assignments: Iterable[Assignment]) -> list[Part]:
    """Assignments as the rules need them, in the order of dispatch."""
    return [
        Part(AssignmentState(a.state), a.is_lead, a.asked, a.committed, a.ended_at is not None) for a in assignments
    ]


def place_scope(order: Order) -> Scope:
    """Where the order comes from: what an office's leave is judged by."""
    return Scope(order.prefecture_code, order.county_code, order.town_code, order.village_code)


def order_scope(order: Order, assignments: Iterable[Assignment]) -> Scope:
    """The place and every department that has or had a part: who may see the order."""
    return replace(place_scope(order), department_ids=frozenset(a.department_id for a in assignments))


def part_scope(order: Order, assignment: Assignment) -> Scope:
    """The place and the one department whose part it is: who may answer."""
    return replace(place_scope(order), department_ids=frozenset({assignment.department_id}))


def order_row(order: Order, today: date) -> OrderRow:
    """The row of an order whose assignments are prefetched with their departments."""
    assignments = list(order.assignments.all())
    parts = parts_of(assignments)
    live = [a for a in assignments if a.ended_at is None]
    lead = next((a for a in live if a.is_lead), None)
    state = OrderState(order.state)
    return OrderRow(
        id=order.pk,
        number=order.number,
        programme_id=order.programme_id,
        need_id=order.need_id,
        offer_id=order.offer_id,
        match_id=order.match_id,
        content=order.content,
        place=full_name(place_scope(order), order.sub_place, above=order.prefecture_code),
        strand=Strand(order.strand) if order.strand else None,
        state=state,
        asked=order.asked,
        committed=committed_sum(parts),
        under_way=order.under_way,
        fulfilled=order.fulfilled,
        open_rest=0 if state in OVER else open_rest(parts, order.asked),
        unit=order.unit,
        due_on=order.due_on,
        late=order.due_on is not None and order.due_on < today and state not in OVER,
        lead=lead.department.name if lead else "",
        lead_id=lead.department_id if lead else None,
        joint=tuple(a.department.name for a in live if not a.is_lead),
        held_by_ids=frozenset(a.department_id for a in live),
        times_returned=order.times_returned,
        is_problem=order.times_returned >= PROBLEM_AFTER_RETURNS and state not in OVER,
        round=order.round,
        plan_year=order.plan_year,
        closing_reason=ClosingReason(order.closing_reason) if order.closing_reason else None,
        placed_at=order.placed_at,
        closed_at=order.closed_at,
        changed_at=order.changed_at,
        revision=order.revision,
        scope=order_scope(order, assignments),
    )


def assignment_row(account: Account, order: Order, assignment: Assignment, today: date) -> AssignmentRow:
    """The row of an assignment whose people and departments are loaded, with what the account may do to it now."""
    state = AssignmentState(assignment.state)
    return AssignmentRow(
        id=assignment.pk,
        order_id=order.pk,
        department_id=assignment.department_id,
        department=assignment.department.name,
        is_lead=assignment.is_lead,
        round=assignment.round,
        state=state,
        asked=assignment.asked,
        committed=assignment.committed,
        due_on=assignment.due_on,
        late=_is_late(assignment, today),
        dispatched_by=str(assignment.dispatched_by),
        dispatched_at=assignment.dispatched_at,
        answered_by=str(assignment.answered_by or ""),
        answered_at=assignment.answered_at,
        return_reason=assignment.return_reason,
        return_basis=assignment.return_basis,
        suggested_id=assignment.suggested_id,
        suggested=assignment.suggested.name if assignment.suggested else "",
        completed_at=assignment.completed_at,
        completion_words=assignment.completion_words,
        ended_at=assignment.ended_at,
        acts=acts_on_part(account, order, assignment),
    )


def acts_on_part(account: Account, order: Order, assignment: Assignment) -> frozenset[str]:
    """Acts of `AssignmentAct` that the account may do now, by the same table and leave that the actions ask."""
    state, whole = AssignmentState(assignment.state), OrderState(order.state)
    scopes = {True: part_scope(order, assignment), False: place_scope(order)}
    return frozenset(
        act.value
        for act in AssignmentAct
        if can_assignment(state, act, whole) and can(account, LEAVE[act], scopes[act != AssignmentAct.RECALL])
    )


def acts_on_order(account: Account, order: Order, assignments: Sequence[Assignment]) -> frozenset[str]:
    """Acts of `OrderAct` that the account may do now."""
    parts, state = parts_of(assignments), OrderState(order.state)
    return frozenset(
        act.value
        for act in OrderAct
        if can_order(state, act, parts, order.asked) and can(account, LEAVE[act], place_scope(order))
    )


def _is_late(assignment: Assignment, today: date) -> bool:
    working = assignment.ended_at is None and assignment.state != AssignmentState.COMPLETED
    return working and assignment.due_on is not None and assignment.due_on < today
