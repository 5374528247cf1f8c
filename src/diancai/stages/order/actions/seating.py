"""Who holds a part: seating a department, as lead or joint, ending its part, and what the order says of its duty."""

from collections.abc import Sequence
from datetime import date, datetime

from diancai.ground.people.models import Account
from diancai.ground.place.queries import DepartmentRow, full_name, get_department
from diancai.stages.match.actions import book, release
from diancai.stages.order.actions.dispatching import compose
from diancai.stages.order.actions.holding import with_parts
from diancai.stages.order.clocking.projecting import set_clocks
from diancai.stages.order.errors import (
    DepartmentElsewhere,
    DutyBasisMissing,
    HoldsItAlready,
    LeadFirst,
    LeadStands,
    NothingOpen,
    QuantityOutOfRange,
)
from diancai.stages.order.models import Assignment, Extension, Order
from diancai.stages.order.rules import fitted, open_rest
from diancai.stages.order.standing import live_parts, office_scope, parts_of
from diancai.words import AssignmentState, OrderState

PART_IS_OVER = "这一部分已不由原单位承办"


def seat(
    order: Order,
    by: Account,
    at: datetime,
    department_id: int,
    *,
    is_lead: bool,
    asked: int,
    due_on: date | None,
    came_from: Assignment | None = None,
    is_by_meeting: bool = False,
) -> DepartmentRow:
    """Give a department a part of the current round; `due_on` is the day a person set, else the limits say.

    A lead seated on a planned order opens a new promise. Raises `DepartmentElsewhere`.
    """
    department = get_department(department_id)
    scope = office_scope(order)
    if department.place_code not in scope.codes:
        raise DepartmentElsewhere(department=department.name, place=full_name(scope, above=order.prefecture_code))
    Assignment.objects.create(
        order=order,
        department_id=department_id,
        round=order.round,
        is_lead=is_lead,
        asked=asked,
        set_due_on=due_on,
        opens_promise=order.state == OrderState.PLANNED and is_lead,
        dispatched_at=at,
        dispatched_by=by,
        came_from=came_from,
        is_by_meeting=is_by_meeting,
    )
    return department


def take_lead(
    order: Order,
    by: Account,
    at: datetime,
    department_id: int,
    *,
    asked: int | None = None,
    due_on: date | None = None,
    duty_basis: str = "",
    came_from: Assignment | None = None,
    is_by_meeting: bool = False,
) -> DepartmentRow:
    """Seat a new lead for what is open, with its duty and the text that goes with it; a change of lead is counted."""
    with_parts(order)
    leads = [part for part in order.assignments.all() if part.is_lead and part.round == order.round]
    share = asked if asked is not None else open_rest(parts_of(order), order.asked) or order.asked
    department = seat(
        order,
        by,
        at,
        department_id,
        is_lead=True,
        asked=share,
        due_on=due_on,
        came_from=came_from,
        is_by_meeting=is_by_meeting,
    )
    if leads and leads[-1].department_id != department_id:
        order.times_transferred += 1
    leave_offer_of_another(order, department_id)
    order.duty_basis = basis_of(department, duty_basis)
    set_clocks(order, at)
    compose(order)
    with_parts(order)
    return department


def seat_all(
    order: Order,
    by: Account,
    at: datetime,
    lead_id: int,
    joint_ids: Sequence[int],
    *,
    due_on: date | None,
    duty_basis: str,
) -> dict[str, object]:
    """Dispatch to the lead and its helpers at once; returns what the event tells."""
    lead = seat(order, by, at, lead_id, is_lead=True, asked=order.asked, due_on=due_on)
    others = [each for each in dict.fromkeys(joint_ids) if each != lead_id]
    joint = [seat(order, by, at, each, is_lead=False, asked=0, due_on=due_on) for each in others]
    order.duty_basis = basis_of(lead, duty_basis)
    set_clocks(order, at)
    compose(order)
    names = "、".join(department.name for department in joint)
    return {
        "department": lead.name,
        "department_id": lead.id,
        "joint": names,
        "joint_ids": [department.id for department in joint],
        "due_on": order.due_on,
        "to_zh": f"，派给{lead.name}" + (f"，{names}配合" if names else ""),
        "to_en": f", dispatched to {lead.name}" + (f" with {names}" if names else ""),
    }


def end_part(part: Assignment, by: Account, at: datetime, state: AssignmentState = AssignmentState.WITHDRAWN) -> None:
    """End a part that a department held, and answer what it had asked for."""
    part.state, part.ended_at, part.committed = state, at, 0
    part.save()
    drop_extensions(part, by, at)


def drop_extensions(part: Assignment, by: Account, at: datetime) -> None:
    """An extension asked for by who holds the part no longer is refused: nobody needs it."""
    waiting = Extension.objects.filter(part=part, decided_at=None)
    waiting.update(granted=False, decided_by=by, decided_at=at, decision_words=PART_IS_OVER)


def basis_of(department: DepartmentRow, given: str) -> str:
    """The duty on which a dispatch rests. Raises `DutyBasisMissing`."""
    basis = given.strip() or department.duty_basis
    if not basis:
        raise DutyBasisMissing(department=department.name)
    return fitted(basis, 300, "职责依据", "duty basis")


def check_seats(order: Order, department_id: int, *, is_lead: bool) -> None:
    """Raise `HoldsItAlready`, `LeadStands`, `LeadFirst`."""
    live = live_parts(order)
    lead = next((part for part in live if part.is_lead), None)
    if any(part.department_id == department_id for part in live):
        raise HoldsItAlready(department=get_department(department_id).name)
    if is_lead and lead is not None:
        raise LeadStands(department=lead.department.name)
    if not is_lead and lead is None:
        raise LeadFirst


def share_of(order: Order, asked: int | None, *, is_lead: bool) -> int:
    """How much the department is asked for: what is open unless said otherwise; a helper may have no share.

    Raises `NothingOpen`, `QuantityOutOfRange`.
    """
    rest = open_rest(parts_of(order), order.asked)
    if asked == 0 and not is_lead:
        return 0
    if rest == 0:
        raise NothingOpen
    share = rest if asked is None else asked
    if not 1 <= share <= rest:
        raise QuantityOutOfRange(given=share, most=rest, unit=order.unit)
    return share


def leave_offer_of_another(order: Order, department_id: int) -> None:
    """A new lead does not serve by the offer of the department that gave the order back."""
    if order.offer is None or order.offer.department_id == department_id:
        return
    if order.match_id:
        book(match_id=order.match_id, quantity=0)
        release(match_id=order.match_id)
    order.offer, order.match = None, None


def asking_codes(order: Order) -> tuple[str, ...]:
    """Codes of the town and village that asked: nothing goes back to them."""
    scope = order.scope
    return tuple(code for code in (scope.town_code, scope.village_code) if code)
