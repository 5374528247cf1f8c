"""What was done for a need, as everybody may read it: without the names and phones that the office knows of."""

from diancai.stages.feedback.rules import covered
from diancai.stages.need.models import NeedSource
from diancai.stages.order.models import Assignment, Escalation, Order
from diancai.words import AssignmentState, EscalationAnswer


def done_words(order: Order, round: int) -> tuple[str, ...]:
    """What those who completed the round wrote, the lead first, and what the upper level wrote that took it over."""
    words = [part.completion_words for part in _completed(order, round)]
    for twin in _above(order):
        words += [part.completion_words for part in _completed(twin, twin.round)]
    known = known_of(order.need_id)
    return tuple(dict.fromkeys(covered(each, known) for each in words if each))


def known_of(need_id: int) -> frozenset[str]:
    """Names and phones of those who spoke for a need, to be covered wherever they stand in a text."""
    told = NeedSource.objects.filter(need_id=need_id).select_related("remark")
    return frozenset(word for source in told for word in (source.remark.speaker, source.remark.phone) if word)


def _completed(order: Order, round: int) -> list[Assignment]:
    parts = order.assignments.filter(round=round, state=AssignmentState.COMPLETED)
    return list(parts.select_related("department").order_by("-is_lead", "id"))


def _above(order: Order) -> list[Order]:
    took = (EscalationAnswer.TAKES_OVER, EscalationAnswer.TAKES_PART)
    found = Escalation.objects.filter(lower=order, answer__in=took, done_at__isnull=False).select_related("upper")
    return [each.upper for each in found if each.upper is not None]
