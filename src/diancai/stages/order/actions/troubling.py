"""When an order becomes a problem order (问题工单), and the meeting that resolves it (提级督办)."""

from datetime import date, datetime

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.place.queries import get_department
from diancai.stages.order.actions.holding import order_in_hand
from diancai.stages.order.actions.seating import end_part, take_lead
from diancai.stages.order.actions.settling import settle
from diancai.stages.order.models import Order, ProblemOrder
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import TAKEN_ON, OrderAct, Troubles, check_due, check_meeting, said, trouble_of
from diancai.stages.order.standing import live_parts
from diancai.stages.order.thresholds import thresholds
from diancai.words import ProblemReason


def note_trouble(order: Order, at: datetime) -> dict[str, object]:
    """Make it a problem order if this act brought it to a threshold; returns what the event tells. The caller saves."""
    if order.problem_since is not None:
        return {}
    reason = trouble_of(_troubles(order), thresholds())
    if reason is None:
        return {}
    ProblemOrder.objects.create(
        order=order,
        reason=reason,
        since=at,
        returns=order.times_returned,
        transfers=order.times_transferred,
        redos=order.round - 1,
    )
    order.problem_since = at
    return {
        "problem": reason,
        "problem_zh": f"；{reason.zh}，成为问题工单，由领导小组办公室开会研判",
        "problem_en": f"; {reason.en}: now a problem order for a meeting of the programme office",
    }


def resolve_problem(
    *,
    by: Account,
    at: datetime,
    order_id: int,
    meeting_on: date,
    attended: str,
    decision: str,
    department_id: int | None = None,
    due_on: date | None = None,
) -> OrderRow:
    """Record the meeting that was held: who attended, what was decided, and the department it named to lead.

    The department named by a meeting can neither return the order nor hand it over. Raises `MeetingInFuture`,
    `WordsMissing`, `DueInPast`, `NothingWaits`, `DepartmentElsewhere`, `DutyBasisMissing`, `NotAllowed`.
    """
    check_meeting(meeting_on, timezone.localdate(at))
    check_due(due_on, timezone.localdate(at))
    with order_in_hand(order_id, by, OrderAct.MEET) as order:
        problem = ProblemOrder.objects.get(order=order, resolved_at=None)
        problem.meeting_on = meeting_on
        problem.attended = said(attended, "参会单位和人员", "who attended")
        problem.decision = said(decision, "研判决定", "decision")
        problem.lead_id = department_id
        problem.resolved_by, problem.resolved_at = by, at
        problem.save()
        order.problem_since = None
        named = _name_lead(order, by, at, department_id, due_on) if department_id else ""
        told = {
            "reason": ProblemReason(problem.reason),
            "reason_zh": ProblemReason(problem.reason).zh,
            "meeting_on": meeting_on,
            "attended": problem.attended,
            "decision": problem.decision,
            "named_zh": f"，定由{named}牵头" if named else "",
            "named_en": f", led by {named}" if named else "",
        }
        return settle("order.problem_resolved", order, by, at, told)


def _name_lead(order: Order, by: Account, at: datetime, department_id: int, due_on: date | None) -> str:
    lead = next((part for part in live_parts(order) if part.is_lead), None)
    if lead is not None and lead.department_id == department_id:
        lead.is_by_meeting, lead.set_due_on = True, due_on or lead.set_due_on
        lead.save()
    else:
        for part in live_parts(order):
            if part.is_lead or part.department_id == department_id:
                end_part(part, by, at)
        take_lead(order, by, at, department_id, due_on=due_on, is_by_meeting=True)
    return get_department(department_id).name


def _troubles(order: Order) -> Troubles:
    last = ProblemOrder.objects.filter(order=order).order_by("-pk").first()
    return Troubles(
        returns=order.times_returned - (last.returns if last else 0),
        transfers=order.times_transferred - (last.transfers if last else 0),
        redos=order.round - 1 - (last.redos if last else 0),
        is_led=any(part.is_lead and part.state in TAKEN_ON for part in live_parts(order)),
    )
