"""Turning orders and assignments into rows. Called by the actions and queries of order."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.place.queries import full_name
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.order.models import RUNNING_STATES, Assignment, Extension, Order
from diancai.stages.order.rows import AssignmentRow, ExtensionRow, OrderRow
from diancai.stages.order.rules import (
    BY_PART,
    LEAVE,
    OVER,
    AssignmentAct,
    OrderAct,
    Standing,
    can_assignment,
    can_order,
    committed_sum,
    open_rest,
)
from diancai.stages.order.standing import (
    act_scope,
    live_parts,
    office_scope,
    order_scope,
    part_scope,
    parts_of,
)
from diancai.stages.order.thresholds import thresholds, working_days_after
from diancai.words import AssignmentState, ClockState, ClosingReason, DueBound, OrderLevel, OrderState, Strand, Verdict


def order_row(order: Order, now: datetime) -> OrderRow:
    """The row of an order, as it stands at `now`, whose assignments are prefetched with their departments."""
    parts, live, state = parts_of(order), live_parts(order), OrderState(order.state)
    lead = next((a for a in live if a.is_lead), None)
    return OrderRow(
        id=order.pk,
        number=order.number,
        level=OrderLevel(order.level),
        is_twin=order.is_twin,
        programme_id=order.programme_id,
        need_id=order.need_id,
        offer_id=order.offer_id,
        match_id=order.match_id,
        content=order.content,
        place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
        strand=Strand(order.strand) if order.strand else None,
        state=state,
        asked=order.asked,
        committed=committed_sum(parts),
        under_way=order.under_way,
        fulfilled=order.fulfilled,
        open_rest=0 if state in OVER or state == OrderState.ESCALATED else open_rest(parts, order.asked),
        unit=order.unit,
        due_on=order.due_on,
        due_at=order.due_at,
        late=_is_late(order, now),
        clock_state=_state_at(order, now),
        due_bound=DueBound(order.due_bound) if order.due_bound else None,
        due_season=order.due_season,
        is_provisional=order.is_provisional,
        lead=lead.department.name if lead else "",
        lead_id=lead.department_id if lead else None,
        joint=tuple(a.department.name for a in live if not a.is_lead),
        held_by_ids=frozenset(a.department_id for a in live),
        times_returned=order.times_returned,
        times_transferred=order.times_transferred,
        is_problem=order.problem_since is not None,
        problem_since=order.problem_since,
        paused_at=order.paused_at,
        round=order.round,
        completed_at=order.completed_at,
        verdict=Verdict(order.verdict) if order.verdict else None,
        is_dissatisfied=order.dissatisfied_at is not None,
        plan_year=order.plan_year,
        closing_reason=ClosingReason(order.closing_reason) if order.closing_reason else None,
        placed_at=order.placed_at,
        closed_at=order.closed_at,
        changed_at=order.changed_at,
        revision=order.revision,
        scope=order_scope(order, order.assignments.all()),
    )


def assignment_row(account: Account, order: Order, assignment: Assignment, now: datetime) -> AssignmentRow:
    """The row of an assignment whose people and departments are loaded, with what the account may do to it now."""
    state = AssignmentState(assignment.state)
    asked = [each for each in order.extensions.all() if each.part_id == assignment.pk]
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
        due_at=assignment.due_at,
        late=_is_late(assignment, now),
        clock_state=_state_at(assignment, now),
        sign_due_at=assignment.sign_due_at,
        sign_state=ClockState(assignment.sign_state) if assignment.sign_state else None,
        limit=assignment.limit,
        dispatched_by=str(assignment.dispatched_by),
        dispatched_at=assignment.dispatched_at,
        answered_by=str(assignment.answered_by or ""),
        answered_at=assignment.answered_at,
        return_reason=assignment.return_reason,
        return_basis=assignment.return_basis,
        suggested_id=assignment.suggested_id,
        suggested=assignment.suggested.name if assignment.suggested else "",
        return_until=return_until(assignment),
        is_late_return=assignment.is_late_return,
        is_last_hour=assignment.is_last_hour,
        late_return_words=assignment.late_return_words,
        is_by_meeting=assignment.is_by_meeting,
        came_from=assignment.came_from.department.name if assignment.came_from else "",
        went_to=_went_to(order, assignment),
        handed_reason=assignment.handed_reason,
        handed_basis=assignment.handed_basis,
        handed_at=assignment.handed_at,
        extensions=tuple(extension_row(each, assignment.department.name) for each in asked),
        completed_at=assignment.completed_at,
        completion_words=assignment.completion_words,
        ended_at=assignment.ended_at,
        acts=acts_on_part(account, order, assignment, asked, now),
    )


def extension_row(extension: Extension, department: str) -> ExtensionRow:
    """The row of an extension."""
    return ExtensionRow(
        id=extension.pk,
        department=department,
        reason=extension.reason,
        days=extension.days,
        due_before=extension.due_before,
        due_after=extension.due_after,
        is_last_hour=extension.is_last_hour,
        asked_at=extension.asked_at,
        granted=extension.granted,
        decision_words=extension.decision_words,
        decided_at=extension.decided_at,
        resident_told_at=extension.resident_told_at,
    )


def acts_on_part(
    account: Account, order: Order, part: Assignment, asked: Sequence[Extension], now: datetime
) -> frozenset[str]:
    """Acts of `AssignmentAct` that the account may do now, by the same table and leave that the actions ask."""
    state, whole = AssignmentState(part.state), OrderState(order.state)
    by_part, by_office = part_scope(order, part), office_scope(order)
    return frozenset(
        act.value
        for act in AssignmentAct
        if can_assignment(state, act, whole)
        and _is_fit(act, order, part, asked, now)
        and can(account, LEAVE[act], by_part if act in BY_PART else by_office)
    )


def acts_on_order(account: Account, order: Order, standing: Standing) -> frozenset[str]:
    """Acts of `OrderAct` that the account may do now."""
    return frozenset(
        act.value for act in OrderAct if can_order(act, standing) and can(account, LEAVE[act], act_scope(order, act))
    )


def return_until(part: Assignment) -> date | None:
    """The last day on which the part may be returned; None when it is over, or when the calendar does not reach."""
    if part.state not in (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED) or part.is_by_meeting:
        return None
    return window_of(part)


def window_of(part: Assignment) -> date | None:
    """The last day of the window for a return, None where the calendar does not reach."""
    try:
        return working_days_after(timezone.localdate(part.dispatched_at), thresholds().return_window_days)
    except CalendarMissing:
        return None


def _is_fit(act: AssignmentAct, order: Order, part: Assignment, asked: Sequence[Extension], now: datetime) -> bool:
    """What else an act needs: a window that is open, a due date that is not over, no meeting that decided."""
    today = timezone.localdate(now)
    if act == AssignmentAct.HAND_OVER:
        return not part.is_by_meeting
    if act in (AssignmentAct.RETURN, AssignmentAct.ALLOW_RETURN):
        last = window_of(part)
        is_over, has_leave = last is not None and today > last, part.late_return_at is not None
        may_return = not is_over or has_leave
        return not part.is_by_meeting and (may_return if act == AssignmentAct.RETURN else not may_return)
    if act == AssignmentAct.ASK_EXTENSION:
        is_open = part.due_at is not None and (part.clock_state == ClockState.PAUSED or now <= part.due_at)
        return is_open and all(each.decided_at for each in asked)
    return True


def _went_to(order: Order, part: Assignment) -> str:
    taken = [each.department.name for each in order.assignments.all() if each.came_from_id == part.pk]
    return "、".join(taken)


def _is_late(clocked: Order | Assignment, now: datetime) -> bool:
    """Whether its clock runs and is over; the instant tells, not the last run of the clocks."""
    return clocked.clock_state in RUNNING_STATES and clocked.due_at is not None and clocked.due_at < now


def _state_at(clocked: Order | Assignment, now: datetime) -> ClockState | None:
    """What its clock shows at `now`: a running one by its instants, so that no page waits for the hourly run."""
    if clocked.clock_state not in RUNNING_STATES:
        return ClockState(clocked.clock_state) if clocked.clock_state else None
    if _is_late(clocked, now):
        return ClockState.OVERDUE
    if clocked.red_at is not None and clocked.red_at <= now:
        return ClockState.RED
    return ClockState.AMBER if clocked.amber_at is not None and clocked.amber_at <= now else ClockState.RUNNING
