"""退回重办: a counted round of its own after the resident was not helped; and what follow-ups found of the last one."""

from datetime import date, datetime

from django.db import transaction

from diancai.ground.constraints import judged
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.stages.order.actions.dispatching import compose
from diancai.stages.order.actions.holding import lock
from diancai.stages.order.actions.seating import seat
from diancai.stages.order.actions.settling import end_parts, row_of, settle
from diancai.stages.order.actions.troubling import note_trouble
from diancai.stages.order.clocking.projecting import set_clocks
from diancai.stages.order.errors import CONSTRAINTS
from diancai.stages.order.models import Assignment, Escalation, Order, Redo
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import DECIDED, LEAVE, OrderAct, check_due, check_order, check_rated, said
from diancai.stages.order.standing import act_scope, standing_of
from diancai.words import AssignmentState, EscalationAnswer, OrderState, Verdict


def open_redo(
    *,
    at: datetime,
    order_id: int,
    reason: str,
    by: Account | None = None,
    with_joint: bool = True,
    due_on: date | None = None,
) -> OrderRow:
    """Open round n + 1: the lead, and the joint departments where wanted, get a part again; earlier rounds stay as they
    were, with the reason they were closed for. What the upper level had done is redone there.

    `by` None: the resident himself, through `feedback` alone. The third redo is a problem order, whose lead a meeting
    names. Raises `WordsMissing`, `DueInPast`, `ActNotNow`, `MeetingFirst`, `NeedNotOrderable`, `NotAllowed`.
    """
    with transaction.atomic(), judged(CONSTRAINTS):
        order = lock(order_id)
        if by is not None:
            check(by, LEAVE[OrderAct.REDO], act_scope(order, OrderAct.REDO))
        check_order(OrderAct.REDO, standing_of(order))
        check_due(due_on, at.date())
        told = said(reason, "重办原因", "reason")
        above = _done_above(order)
        if above is not None:
            _redo_above(above, by, at, told)
            order = lock(order_id)
        return _next_round(order, by, at, told, with_joint=with_joint, due_on=due_on)


def record_verdict(
    *,
    at: datetime,
    order_id: int,
    round: int,
    verdict: Verdict | str | None,
    tried: int,
    by: Account | None = None,
) -> OrderRow:
    """Write what the follow-ups of a round add up to; for the stage `feedback` alone, which keeps every answer.

    `verdict` None: nobody was reached yet; `tried`: vain tries in the round. A round that is over changes nothing.
    Raises `NotCompletedYet`.
    """
    with transaction.atomic():
        order = lock(order_id)
        if round != order.round:
            return row_of(order.pk, at)
        if verdict is not None:
            check_rated(OrderState(order.state), was_completed=order.completed_at is not None)
            order.verdict = Verdict(verdict)
            if order.verdict != Verdict.SATISFIED:
                order.dissatisfied_at = order.dissatisfied_at or at
        order.times_tried = tried
        held = OrderState(order.state) if order.state in DECIDED else None
        found = Verdict(verdict) if verdict is not None else None
        told = {
            "verdict": found,
            "tried": tried,
            "verdict_zh": found.zh if found else f"没有联系上（{tried}次）",
            "verdict_en": found.en if found else f"not reached ({tried} tries)",
        }
        return settle("order.judged", order, by, at, told, decided=held)


def _next_round(
    order: Order, by: Account | None, at: datetime, reason: str, *, with_joint: bool, due_on: date | None
) -> OrderRow:
    held = [part for part in order.assignments.all() if part.round == order.round and _goes_on(part)]
    Redo.objects.create(
        order=order,
        number=order.round + 1,
        reason=reason,
        opened_by=by,
        opened_at=at,
        closed_as=order.closing_reason,
        closed_before_at=order.closed_at,
    )
    end_parts(order, at)
    order.round += 1
    order.closing_reason = order.closing_rule = order.closing_words = order.verdict = ""
    order.closed_at, order.times_tried = None, 0
    told = {"number_of_round": order.round, "reason": reason, **note_trouble(order, at)}
    if order.problem_since is None:
        for part in held:
            if part.is_lead or with_joint:
                asked = part.committed or part.asked
                giver = by or order.placed_by
                seat(order, giver, at, part.department_id, is_lead=part.is_lead, asked=asked, due_on=due_on)
        if any(part.is_lead for part in held):
            set_clocks(order, at)
            compose(order)
    return settle("order.redo_opened", order, by, at, told)


def _goes_on(part: Assignment) -> bool:
    """Who had done something in the round, or still held it."""
    return part.ended_at is None or part.state == AssignmentState.COMPLETED


def _done_above(order: Order) -> Escalation | None:
    """The escalation whose twin had done this order's work in the last round, or None."""
    last = Escalation.objects.filter(lower=order).select_related("upper").order_by("-pk").first()
    done = last is not None and last.done_at is not None and last.answer == EscalationAnswer.TAKES_OVER
    return last if done else None


def _redo_above(above: Escalation, by: Account | None, at: datetime, reason: str) -> None:
    """The upper level redoes what it had taken over; from the region nothing is awaited that was not told again."""
    above.done_at, above.ended_at = None, None
    above.save(update_fields=["done_at", "ended_at"])
    if above.upper is not None:
        twin = lock(above.upper_id)
        _next_round(twin, by, at, reason, with_joint=True, due_on=None)
