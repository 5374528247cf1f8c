"""What departments answer: accept (also in part), return, start, complete."""

from datetime import datetime

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.place.queries import get_department, name_of
from diancai.stages.match.actions import book
from diancai.stages.order.actions.escalating import take_up
from diancai.stages.order.actions.holding import part_in_hand
from diancai.stages.order.actions.joining import join_offer_or_add_one
from diancai.stages.order.actions.seating import asking_codes, drop_extensions
from diancai.stages.order.actions.settling import row_of, settle
from diancai.stages.order.actions.troubling import note_trouble
from diancai.stages.order.clocking.projecting import set_clocks
from diancai.stages.order.clocking.projection import is_late
from diancai.stages.order.models import Assignment
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import (
    AssignmentAct,
    check_committed,
    check_completion,
    check_return,
    check_window,
    fitted,
    is_last_hour,
)
from diancai.stages.order.wording import window_of


def accept_assignment(
    *,
    by: Account,
    at: datetime,
    assignment_id: int,
    committed: int | None = None,
    offer_id: int | None = None,
    leader: str = "",
    contact: str = "",
    service_form: str = "",
) -> OrderRow:
    """Take a part on, whole (`committed` None) or as many as said; the rest stays open for others.

    The lead's acceptance joins the need to the offer that the person names by `offer_id`; without one, and without a
    confirmed pair, to a new offer on the supplement edition, for which `leader`, `contact` and `service_form` are asked
    when no earlier offer tells them. The engine's proposal is never joined of itself. Accepting a twin answers the
    escalation; it joins no offer, for the need keeps the pair of its county. Raises `QuantityOutOfRange`,
    `OfferOfAnother`, `ActNotNow`, `NotAllowed`, supply's `MustMissing`, match's `CapacityShort`.
    """
    with part_in_hand(assignment_id, by, AssignmentAct.ACCEPT) as (order, part):
        part.committed = part.asked if committed is None else committed
        check_committed(part.committed, part.asked, order.unit)
        _answered(part, by, at)
        joined: dict[str, object] = {}
        if part.is_lead and not order.is_twin:
            musts = {"leader": leader, "contact": contact, "service_form": service_form}
            joined = join_offer_or_add_one(order, part, by, at, offer_id=offer_id, musts=musts)
        of_zh = f"（点单{part.asked}{order.unit}）" if part.committed < part.asked else order.unit
        told = {"committed": part.committed, "asked": part.asked, "of_zh": of_zh, **joined}
        settle("order.accepted", order, by, at, _told(part) | told)
        if order.is_twin and part.is_lead:
            take_up(order, by, at)
        return row_of(order.pk, at)


def return_assignment(
    *,
    by: Account,
    at: datetime,
    assignment_id: int,
    reason: str,
    basis: str,
    suggested_department_id: int | None = None,
) -> OrderRow:
    """Give a part back inside its window with reason and basis, and who should have it. Never to those who asked; the
    third return makes it a problem order. Returned after the window, with leave, or in the last hours, it says so.

    Raises `WordsMissing`, `ReturnedToAsker`, `SuggestedItself`, `ReturnWindowOver`, `DecidedByMeeting`, `ActNotNow`,
    `NotAllowed`.
    """
    with part_in_hand(assignment_id, by, AssignmentAct.RETURN) as (order, part):
        suggested = get_department(suggested_department_id) if suggested_department_id else None
        check_return(
            reason=reason,
            basis=basis,
            department_id=part.department_id,
            suggested_id=suggested_department_id,
            suggested_place=suggested.place_code if suggested else "",
            asking_codes=asking_codes(order),
            asking_names=(name_of(order.town_code), name_of(order.village_code)),
        )
        part.is_late_return = returns_late(part, at)
        part.is_last_hour = is_last_hour(part.red_at, at)
        part.return_reason = fitted(reason, 300, "退回原因", "reason")
        part.return_basis = fitted(basis, 200, "退回依据", "basis")
        part.suggested_id, part.committed, part.ended_at = suggested_department_id, 0, at
        _answered(part, by, at)
        drop_extensions(part, by, at)
        order.times_returned += 1
        if part.is_lead and order.match_id:
            book(match_id=order.match_id, quantity=0)
        told = {
            "reason": part.return_reason,
            "basis": part.return_basis,
            "suggested_zh": f"，建议由{suggested.name}承办" if suggested else "",
            "suggested_en": f", suggests {suggested.name}" if suggested else "",
            "times_returned": order.times_returned,
            "is_late": part.is_late_return,
            "is_last_hour": part.is_last_hour,
            "late_zh": "（逾期退回）" if part.is_late_return else "（临期退回）" if part.is_last_hour else "",
            "late_en": " (late)" if part.is_late_return else " (in the last hours)" if part.is_last_hour else "",
            **note_trouble(order, at),
        }
        return settle("order.returned", order, by, at, _told(part) | told)


def returns_late(part: Assignment, at: datetime) -> bool:
    """Whether a return now comes after the window. Raises `ReturnWindowOver`, `DecidedByMeeting`."""
    allowed = part.late_return_at is not None
    return check_window(timezone.localdate(at), window_of(part), is_allowed=allowed, is_by_meeting=part.is_by_meeting)


def start_assignment(*, by: Account, at: datetime, assignment_id: int) -> OrderRow:
    """Begin the work. Raises `ActNotNow`, `NotAllowed`."""
    with part_in_hand(assignment_id, by, AssignmentAct.START) as (order, part):
        part.save()
        return settle("order.started", order, by, at, _told(part))


def complete_assignment(*, by: Account, at: datetime, assignment_id: int, words: str) -> OrderRow:
    """Tell that the part is done, and what was done. Raises `NotACompletion`, `ActNotNow`, `NotAllowed`."""
    with part_in_hand(assignment_id, by, AssignmentAct.COMPLETE) as (order, part):
        check_completion(words)
        part.completion_words, part.completed_at = fitted(words, 300, "办结情况", "words of completion"), at
        part.save()
        drop_extensions(part, by, at)
        clocks = set_clocks(order, at)
        late = clocks is not None and is_late(clocks.parts[part.pk].clock_state)
        told = {"words": part.completion_words, "late": late}
        return settle("order.completed", order, by, at, _told(part) | told)


def _answered(part: Assignment, by: Account, at: datetime) -> None:
    part.answered_by, part.answered_at = by, at
    part.save()


def _told(part: Assignment) -> dict[str, object]:
    return {"assignment_id": part.pk, "department": part.department.name, "department_id": part.department_id}
