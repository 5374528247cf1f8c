"""What happened to one order on its way, as rows: going up, pauses, troubles, rounds, closings, plans."""

from diancai.stages.order.models import Escalation, Order
from diancai.stages.order.rows import (
    EscalationRow,
    PauseRow,
    PlanReviewRow,
    ProblemRow,
    RedoRow,
    SettlementRow,
)
from diancai.words import (
    ClosingReason,
    DissatisfiedWay,
    EscalationAnswer,
    EscalationKind,
    HandlingLevel,
    OrderLevel,
    OrderState,
    PauseReason,
    PlanOutcome,
    ProblemReason,
)

_WITH = ("lower", "upper", "department", "upper_department", "opened_by", "answered_by")
PLANNED_BY_LEVEL = {
    HandlingLevel.JOINT: EscalationKind.TAKES_PART,
    HandlingLevel.PREFECTURE: EscalationKind.TAKES_OVER,
}


def escalations_of(order: Order) -> tuple[EscalationRow, ...]:
    """What the order asked of the upper level, the oldest first."""
    return tuple(_escalation(each) for each in Escalation.objects.filter(lower=order).select_related(*_WITH))


def asked_from(order: Order) -> EscalationRow | None:
    """The asking from below that opened this order, for a twin."""
    found = Escalation.objects.filter(upper=order).select_related(*_WITH).first() if order.is_twin else None
    return _escalation(found) if found else None


def planned_escalation(order: Order, done: tuple[EscalationRow, ...]) -> EscalationKind | None:
    """What the handling level of the need (办理层级) asks for while nothing has gone up."""
    return None if done or order.is_twin else PLANNED_BY_LEVEL.get(HandlingLevel(order.need.handling_level))


def pauses_of(order: Order) -> tuple[PauseRow, ...]:
    """Every interval in which the clocks stood still."""
    found = order.pauses.select_related("paused_by").order_by("id")
    return tuple(PauseRow(PauseReason(p.reason), p.words, p.since, p.until, str(p.paused_by)) for p in found)


def problems_of(order: Order) -> tuple[ProblemRow, ...]:
    """Every trouble and its meeting."""
    found = order.problems.select_related("lead").order_by("id")
    return tuple(
        ProblemRow(
            reason=ProblemReason(p.reason),
            since=p.since,
            meeting_on=p.meeting_on,
            attended=p.attended,
            decision=p.decision,
            lead=p.lead.name if p.lead else "",
            resolved_at=p.resolved_at,
        )
        for p in found
    )


def redos_of(order: Order) -> tuple[RedoRow, ...]:
    """The rounds after the first."""
    found = order.redos.select_related("opened_by").order_by("number")
    return tuple(
        RedoRow(
            number=r.number,
            reason=r.reason,
            by=str(r.opened_by or ""),
            opened_at=r.opened_at,
            closed_as=ClosingReason(r.closed_as) if r.closed_as else None,
        )
        for r in found
    )


def settlements_of(order: Order) -> tuple[SettlementRow, ...]:
    """How it was closed, or is to be, where somebody was dissatisfied."""
    found = order.settlements.select_related("proposed_by", "second").order_by("id")
    return tuple(
        SettlementRow(
            way=DissatisfiedWay(s.way),
            reason=ClosingReason(s.reason),
            evidence=s.evidence,
            proposed_by=str(s.proposed_by),
            proposed_at=s.proposed_at,
            second=str(s.second) if s.second else s.signed_by,
            paper=s.paper,
            decided_at=s.decided_at,
            refused_words=s.refused_words,
        )
        for s in found
    )


def plan_reviews_of(order: Order) -> tuple[PlanReviewRow, ...]:
    """The years of the plan that came."""
    return tuple(
        PlanReviewRow(r.year, PlanOutcome(r.outcome) if r.outcome else None, r.moved_to, r.words, r.decided_at)
        for r in order.plan_reviews.order_by("year")
    )


def _escalation(e: Escalation) -> EscalationRow:
    return EscalationRow(
        id=e.pk,
        lower_id=e.lower_id,
        lower=e.lower.number,
        upper_id=e.upper_id,
        upper=e.upper.number if e.upper else "",
        upper_state=OrderState(e.upper.state) if e.upper else None,
        level=OrderLevel(e.level),
        kind=EscalationKind(e.kind),
        department=e.department.name if e.department else "",
        upper_department=e.upper_department.name if e.upper_department else e.answered_outside,
        tried=e.tried,
        asked_for=e.asked_for,
        is_planned=e.is_planned,
        opened_by=str(e.opened_by),
        opened_at=e.opened_at,
        answer=EscalationAnswer(e.answer) if e.answer else None,
        answer_words=e.answer_words,
        answer_basis=e.answer_basis,
        answered_by=str(e.answered_by or ""),
        answered_at=e.answered_at,
        done_at=e.done_at,
        ended_at=e.ended_at,
    )
