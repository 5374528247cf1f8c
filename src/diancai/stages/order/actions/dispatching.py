"""The text of a dispatch, composed anew whenever a lead is named."""

from diancai.ground.place.queries import full_name
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.rules import DispatchFacts, dispatch_text
from diancai.words import AssignmentState


def compose(order: Order) -> None:
    """Set `order.text` from the order, its need and its parts as they are now; the caller saves."""
    parts = list(Assignment.objects.filter(order=order).select_related("department").order_by("id"))
    live = [part for part in parts if part.ended_at is None]
    lead = next(part for part in live if part.is_lead)
    need = order.need
    about = "约" if need.households_approx else ""
    order.text = dispatch_text(
        DispatchFacts(
            number=order.number,
            content=order.content,
            place=full_name(order.scope, order.sub_place, above=order.prefecture_code),
            households=f"{about}{need.households}户" if need.households else "",
            wanted=need.wanted_text,
            lead=lead.department.name,
            joint=tuple(part.department.name for part in live if not part.is_lead),
            asked=f"{lead.asked}{order.unit}",
            due_on=order.due_on,
            duty_basis=order.duty_basis,
            last_taken=last_taken(order),
            redo=order.redos.order_by("-number").values_list("number", "reason").first(),
            returned=tuple(
                (part.department.name, part.return_reason) for part in parts if part.state == AssignmentState.RETURNED
            ),
        )
    )


def last_taken(order: Order) -> tuple[str, str, str] | None:
    """Who took on the last order of the same topic in the same county: (department, number, content)."""
    if not order.need.topic:
        return None
    taken = Assignment.objects.filter(
        is_lead=True,
        state__in=[AssignmentState.ACCEPTED, AssignmentState.IN_HAND, AssignmentState.COMPLETED],
        order__need__topic=order.need.topic,
        order__county_code=order.county_code,
        order__programme_id=order.programme_id,
    ).exclude(order__need=order.need_id)
    found = taken.select_related("department", "order").order_by("-answered_at", "-id").first()
    return (found.department.name, found.order.number, found.order.content) if found else None
