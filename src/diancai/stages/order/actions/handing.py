"""移交: one department hands its part to another; a unit that was dissolved or renamed passes all of them on."""

from datetime import datetime

from django.db import transaction

from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.models import Department
from diancai.ground.place.queries import get_department, get_scope, name_of
from diancai.stages.order.actions.dispatching import compose
from diancai.stages.order.actions.holding import lock, part_in_hand, with_parts
from diancai.stages.order.actions.seating import asking_codes, drop_extensions, end_part, seat, take_lead
from diancai.stages.order.actions.settling import settle
from diancai.stages.order.actions.troubling import note_trouble
from diancai.stages.order.errors import (
    DecidedByMeeting,
    HoldsItAlready,
    NoSuccessor,
    QuantityOutOfRange,
)
from diancai.stages.order.models import Assignment, Extension, Order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import DECIDED, AssignmentAct, check_return, said
from diancai.stages.order.standing import live_parts
from diancai.words import AssignmentState, OrderState

RENAMED = "机构更名或撤并，由承接单位继续办理"


def hand_over_assignment(
    *,
    by: Account,
    at: datetime,
    assignment_id: int,
    to_department_id: int,
    reason: str,
    basis: str,
    quantity: int | None = None,
) -> OrderRow:
    """Hand a part, or `quantity` of it, to another department, which may accept or return it. Handing over the whole
    lead counts as a transfer; the third with nobody leading makes it a problem order.

    Raises `WordsMissing`, `SuggestedItself`, `ReturnedToAsker`, `HoldsItAlready`, `QuantityOutOfRange`,
    `DepartmentElsewhere`, `DecidedByMeeting`, `ActNotNow`, `NotAllowed`.
    """
    with part_in_hand(assignment_id, by, AssignmentAct.HAND_OVER) as (order, part):
        before = AssignmentState(Assignment.objects.values_list("state", flat=True).get(pk=part.pk))
        taker = get_department(to_department_id)
        _check_hand_over(order, part, to_department_id, reason, basis, taker.place_code)
        part.handed_reason = said(reason, "移交原因", "reason")
        part.handed_basis = said(basis, "移交依据", "basis", 200)
        part.handed_by, part.handed_at = by, at
        held = part.asked if before == AssignmentState.DISPATCHED else part.committed
        share = held if quantity is None else quantity
        if not (share == held or 1 <= share < held):
            raise QuantityOutOfRange(given=share, most=held, unit=order.unit)
        whole = share == held
        if whole:
            _hand_whole(order, part, by, at, to_department_id, share)
        else:
            _hand_some(order, part, by, at, to_department_id, share, before)
        told = {
            "assignment_id": part.pk,
            "department": part.department.name,
            "department_id": part.department_id,
            "to": taker.name,
            "to_department_id": to_department_id,
            "reason": part.handed_reason,
            "basis": part.handed_basis,
            "quantity": share,
            "share_zh": "" if whole else f"其中{share}{order.unit}",
            "share_en": "" if whole else f"{share} of it ",
            **(note_trouble(order, at) if whole and part.is_lead else {}),
        }
        return settle("order.handed_over", order, by, at, told)


def pass_to_successor(*, by: Account, at: datetime, department_id: int) -> int:
    """Pass every open part of a unit that was dissolved or renamed to its successor, as it stands: nothing starts
    anew, no clock, no count. Returns how many. Raises `NoSuccessor`, `NotAllowed`.
    """
    old = Department.objects.select_related("successor").filter(pk=department_id).first()
    if old is None:
        raise NotFound
    check(by, Act.DISPATCH_ORDER, get_scope(old.place_id))
    if old.successor is None:
        raise NoSuccessor(department=old.name)
    held = Assignment.objects.filter(department=old, ended_at=None).order_by("order_id").values_list("pk", flat=True)
    return sum(_pass_on(part_id, old.successor, by, at) for part_id in list(held))


@transaction.atomic
def _pass_on(part_id: int, successor: Department, by: Account, at: datetime) -> int:
    order = lock(Assignment.objects.values_list("order_id", flat=True).get(pk=part_id))
    part = next(each for each in order.assignments.all() if each.pk == part_id)
    if part.ended_at is not None:
        return 0
    theirs = next((each for each in live_parts(order) if each.department_id == successor.pk), None)
    kept, was = {name: getattr(part, name) for name in _KEPT}, part.state
    part.state, part.ended_at = AssignmentState.HANDED_OVER, at
    part.handed_reason, part.handed_by, part.handed_at = RENAMED, by, at
    part.save()
    if theirs is None:
        theirs = Assignment.objects.create(
            order=order, department=successor, state=was, came_from=part, handed_reason="", **kept
        )
    else:
        _join(part, theirs)
    Extension.objects.filter(part=part, decided_at=None).update(part=theirs)
    with_parts(order)
    if theirs.is_lead and order.state not in DECIDED and order.text:
        compose(order)
    told = {
        "department": part.department.name,
        "department_id": part.department_id,
        "to": successor.name,
        "to_department_id": successor.pk,
    }
    decided = OrderState(order.state) if order.state in DECIDED else None
    settle("order.passed_on", order, by, at, told, decided=decided)
    return 1


_KEPT = (
    "round",
    "is_lead",
    "asked",
    "committed",
    "is_by_meeting",
    "set_due_on",
    "limit",
    "sign_limit",
    "dispatched_at",
    "dispatched_by_id",
    "answered_at",
    "answered_by_id",
    "completed_at",
    "completion_words",
)


def _join(part: Assignment, theirs: Assignment) -> None:
    """Two units that became one held parts of one order: the one part is both, and leads if either did."""
    theirs.asked += part.asked
    theirs.committed += part.committed
    theirs.is_lead = theirs.is_lead or part.is_lead
    theirs.came_from = theirs.came_from or part
    theirs.save()


def _check_hand_over(order: Order, part: Assignment, to_id: int, reason: str, basis: str, taker_place: str) -> None:
    if part.is_by_meeting:
        raise DecidedByMeeting
    check_return(
        reason=reason,
        basis=basis,
        department_id=part.department_id,
        suggested_id=to_id,
        suggested_place=taker_place,
        asking_codes=asking_codes(order),
        asking_names=(name_of(order.town_code), name_of(order.village_code)),
    )
    if any(each.department_id == to_id for each in live_parts(order)):
        raise HoldsItAlready(department=get_department(to_id).name)


def _hand_whole(order: Order, part: Assignment, by: Account, at: datetime, to_id: int, share: int) -> None:
    due_on = part.set_due_on
    end_part(part, by, at, AssignmentState.HANDED_OVER)
    if part.is_lead:
        take_lead(order, by, at, to_id, asked=share, due_on=due_on, came_from=part)
    else:
        seat(order, by, at, to_id, is_lead=False, asked=share, due_on=due_on, came_from=part)


def _hand_some(
    order: Order, part: Assignment, by: Account, at: datetime, to_id: int, share: int, before: AssignmentState
) -> None:
    part.state = before
    part.asked -= share
    part.committed = max(0, part.committed - share)
    part.save()
    drop_extensions(part, by, at)
    seat(order, by, at, to_id, is_lead=False, asked=share, due_on=part.set_due_on, came_from=part)
