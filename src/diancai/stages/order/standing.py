"""Reading how an order stands from its rows, and by which scope each act is judged. Called by actions and queries."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from diancai.ground.people.who_may import Scope
from diancai.stages.order.models import Assignment, Escalation, Extension, Order, PlanReview, Settlement
from diancai.stages.order.rules import LIVE, WITH_HOLDERS, Above, OrderAct, Part, Standing
from diancai.words import AssignmentState, EscalationAnswer, EscalationKind, OrderLevel, OrderState

TAKEN_UP = (EscalationAnswer.TAKES_PART, EscalationAnswer.TAKES_OVER)


def parts_of(order: Order) -> tuple[Part, ...]:
    """The parts of the order's current round as the rules need them, in the order of dispatch."""
    return tuple(_part(a) for a in order.assignments.all() if a.round == order.round)


def live_parts(order: Order) -> list[Assignment]:
    """The parts that departments hold now."""
    return [part for part in order.assignments.all() if part.ended_at is None]


def open_escalation(order: Order) -> Escalation | None:
    """The escalation of this order upwards that is not ended, or None."""
    return Escalation.objects.filter(lower=order, ended_at=None).select_related("upper", "upper_department").first()


def above(escalation: Escalation | None) -> Above | None:
    """An open escalation as the rules need it: once answered, by what the upper level took on."""
    if escalation is None:
        return None
    taken = escalation.answer in TAKEN_UP
    return Above(
        kind=EscalationKind(escalation.answer if taken else escalation.kind),
        is_answered=bool(escalation.answer),
        is_done=escalation.done_at is not None,
        is_outside=escalation.upper is None,
        is_at_work=escalation.upper is not None and escalation.upper.state == OrderState.IN_HAND,
    )


def standing_of(order: Order) -> Standing:
    """Everything the rules ask of an order whose parts are loaded: four small reads."""
    waiting = list(
        Extension.objects.filter(Q(granted=None) | Q(granted=True, resident_told_at=None), order=order).values_list(
            "granted", flat=True
        )
    )
    return Standing(
        state=OrderState(order.state),
        parts=parts_of(order),
        asked=order.asked,
        level=OrderLevel(order.level),
        above=above(open_escalation(order)),
        waits_below=order.is_twin and Escalation.objects.filter(upper=order, ended_at=None, answer="").exists(),
        is_paused=order.paused_at is not None,
        is_problem=order.problem_since is not None,
        extension_waits=None in waiting,
        resident_waits=True in waiting,
        settlement_waits=bool(order.dissatisfied_at) and _settlement_waits(order),
        plan_is_due=order.state == OrderState.PLANNED and plan_due(order) is not None,
    )


def plan_due(order: Order) -> PlanReview | None:
    """The year of a plan that came and waits for the office."""
    return PlanReview.objects.filter(order=order, outcome="").order_by("year").first()


def office_scope(order: Order) -> Scope:
    """Whose office decides: the county's and above for its own orders, the prefecture's alone for one that went up."""
    return order.scope if order.level == OrderLevel.COUNTY else Scope(order.prefecture_code)


def order_scope(order: Order, assignments: Iterable[Assignment]) -> Scope:
    """The place and every department that has or had a part: who may see the order."""
    return replace(order.scope, department_ids=frozenset(a.department_id for a in assignments))


def part_scope(order: Order, assignment: Assignment) -> Scope:
    """The place and the one department whose part it is: who may answer."""
    return replace(order.scope, department_ids=frozenset({assignment.department_id}))


def act_scope(order: Order, act: OrderAct) -> Scope:
    """What the leave for an act is judged by. The lead asks the upper level or answers the lower one beside the
    office; whoever holds a part, and the officers of the place, may tell the resident."""
    if act not in WITH_HOLDERS:
        return office_scope(order)
    holders = [part for part in live_parts(order) if part.state in LIVE]
    if act == OrderAct.TELL_RESIDENT:
        return order_scope(order, holders)
    leads = frozenset(part.department_id for part in holders if part.is_lead)
    return replace(office_scope(order), department_ids=leads)


def _part(a: Assignment) -> Part:
    return Part(AssignmentState(a.state), a.is_lead, a.asked, a.committed, a.ended_at is not None)


def _settlement_waits(order: Order) -> bool:
    return Settlement.objects.filter(order=order, decided_at=None).exists()
