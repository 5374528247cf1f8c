"""Placing an order and dispatching it, or its open rest, to departments."""

import uuid as uuids
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.models import Place
from diancai.ground.place.queries import DepartmentRow, full_name, get_department
from diancai.stages.match.actions import book, release
from diancai.stages.match.models import Match
from diancai.stages.match.rules import MATCHABLE
from diancai.stages.need.models import Need
from diancai.stages.order.actions.dispatching import compose
from diancai.stages.order.actions.holding import order_in_hand, row_of, settle
from diancai.stages.order.errors import (
    CONSTRAINTS,
    DepartmentElsewhere,
    DutyBasisMissing,
    HoldsItAlready,
    LeadFirst,
    LeadStands,
    MatchNotConfirmed,
    NeedNotOrderable,
    NothingOpen,
    QuantityOutOfRange,
)
from diancai.stages.order.models import Assignment, Order, OrderSerial
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import OrderAct, check_due, fitted, number_text, open_rest
from diancai.stages.order.wording import parts_of, place_scope
from diancai.words import MatchState, NeedProgress, Route

MOST_ASKED = 1_000_000


def place_order(
    *,
    by: Account,
    at: datetime,
    need_id: int,
    match_id: int | None = None,
    department_id: int | None = None,
    asked: int = 1,
    unit: str = "项",
    due_on: date | None = None,
    joint_department_ids: Sequence[int] = (),
    duty_basis: str = "",
    uuid: uuids.UUID | None = None,
) -> OrderRow:
    """Order what a need asks for: `asked` of `unit`. The same uuid twice is one order.

    With a confirmed match it goes to the offer's department, with `department_id` straight to that one; joint
    departments help without a share of their own. Without either it is placed and waits for `dispatch_order`.
    Raises `NeedNotOrderable`, `MatchNotConfirmed`, `DepartmentElsewhere`, `DutyBasisMissing`, `DueInPast`,
    `QuantityOutOfRange`, match's `CapacityShort`, `NotAllowed`.
    """
    with transaction.atomic(), judged(CONSTRAINTS):
        need = Need.objects.select_for_update().filter(pk=need_id).first()
        if need is None:
            raise NotFound
        check(by, Act.PLACE_ORDER, _scope(need))
        if uuid and (known := Order.objects.filter(uuid=uuid).first()):
            return row_of(known.pk, at)
        _check_need(need)
        if not 1 <= asked <= MOST_ASKED:
            raise QuantityOutOfRange(given=asked, most=MOST_ASKED, unit=unit)
        check_due(due_on, timezone.localdate(at))
        match = _match(match_id, need)
        order = _new(need, match, by, at, asked=asked, unit=fitted(unit, 8, "单位", "unit") or "项", uuid=uuid)
        if match is not None:
            book(match_id=match.pk, quantity=asked)
        lead_id = department_id or (match.offer.department_id if match else None)
        told = _dispatch_all(order, by, at, lead_id, joint_department_ids, due_on, duty_basis) if lead_id else {}
        return settle("order.placed", order, by, at, {"asked": asked, "unit": order.unit, **told})


def dispatch_order(
    *,
    by: Account,
    at: datetime,
    order_id: int,
    department_id: int,
    is_lead: bool = True,
    asked: int | None = None,
    due_on: date | None = None,
    duty_basis: str = "",
) -> OrderRow:
    """Dispatch an order, or its open rest, to one more department. `asked` None = all that is open; 0 = help only.

    After the plan or a return a new lead takes it up. Raises `LeadStands`, `LeadFirst`, `HoldsItAlready`,
    `NothingOpen`, `QuantityOutOfRange`, `DepartmentElsewhere`, `DutyBasisMissing`, `DueInPast`, `ActNotNow`.
    """
    with order_in_hand(order_id, by, OrderAct.DISPATCH) as order:
        check_due(due_on, timezone.localdate(at))
        _check_seats(order, department_id, is_lead)
        share = _share(order, asked, is_lead)
        department = _dispatch(order, by, at, department_id, is_lead, share, due_on)
        if is_lead:
            _leave_offer_of_another(order, department_id)
            order.due_on = due_on or order.due_on
            order.duty_basis = _basis(department, duty_basis)
            compose(order)
        told = {
            "department": department.name,
            "department_id": department.id,
            "part_zh": "牵头" if is_lead else "配合",
            "part_en": "lead" if is_lead else "joint",
            "asked": share,
            "due_on": due_on,
        }
        return settle("order.dispatched", order, by, at, told)


def next_number(need: Need, at: datetime) -> str:
    """The next number of the need's county and this year. The serial's row is held until the order is committed."""
    code, year = need.county_code or need.prefecture_code, timezone.localdate(at).year
    OrderSerial.objects.get_or_create(place_code=code, year=year)
    OrderSerial.objects.filter(place_code=code, year=year).update(last=F("last") + 1)
    serial = OrderSerial.objects.get(place_code=code, year=year).last
    return number_text(Place.objects.values_list("short_name", flat=True).get(pk=code), year, serial)


def _scope(need: Need) -> Scope:
    return Scope(need.prefecture_code, need.county_code, need.town_code, need.village_code)


def _check_need(need: Need) -> None:
    open_for_order = need.progress in (NeedProgress.OPEN, NeedProgress.MATCHED)
    if not need.is_live or need.state not in MATCHABLE or need.route != Route.LIST or not open_for_order:
        raise NeedNotOrderable


def _match(match_id: int | None, need: Need) -> Match | None:
    if match_id is None:
        return None
    match = Match.objects.select_related("offer").filter(pk=match_id, need=need).first()
    if match is None or match.state != MatchState.CONFIRMED or not match.is_current:
        raise MatchNotConfirmed
    return match


def _new(
    need: Need, match: Match | None, by: Account, at: datetime, *, asked: int, unit: str, uuid: uuids.UUID | None
) -> Order:
    return Order.objects.create(
        uuid=uuid or uuids.uuid4(),
        programme_id=need.programme_id,
        need=need,
        match=match,
        offer_id=match.offer_id if match else None,
        number=next_number(need, at),
        content=need.content,
        strand=need.strand,
        asked=asked,
        unit=unit,
        placed_by=by,
        placed_at=at,
        changed_at=at,
        prefecture_code=need.prefecture_code,
        county_code=need.county_code,
        town_code=need.town_code,
        village_code=need.village_code,
        sub_place=need.sub_place,
    )


def _dispatch_all(
    order: Order,
    by: Account,
    at: datetime,
    lead_id: int,
    joint_ids: Sequence[int],
    due_on: date | None,
    duty_basis: str,
) -> dict[str, object]:
    """Dispatch to the lead and its helpers at once; returns what the event tells."""
    lead = _dispatch(order, by, at, lead_id, True, order.asked, due_on)
    joint = [_dispatch(order, by, at, each, False, 0, due_on) for each in dict.fromkeys(joint_ids) if each != lead_id]
    order.due_on, order.duty_basis = due_on, _basis(lead, duty_basis)
    compose(order)
    names = "、".join(department.name for department in joint)
    return {
        "department": lead.name,
        "department_id": lead.id,
        "joint": [department.name for department in joint],
        "due_on": due_on,
        "to_zh": f"，派给{lead.name}" + (f"，{names}配合" if names else ""),
        "to_en": f", dispatched to {lead.name}" + (f" with {names}" if names else ""),
    }


def _dispatch(
    order: Order, by: Account, at: datetime, department_id: int, is_lead: bool, asked: int, due_on: date | None
) -> DepartmentRow:
    department = get_department(department_id)
    scope = place_scope(order)
    if department.place_code not in scope.codes:
        raise DepartmentElsewhere(department=department.name, place=full_name(scope, above=order.prefecture_code))
    Assignment.objects.create(
        order=order,
        department_id=department_id,
        round=order.round,
        is_lead=is_lead,
        asked=asked,
        due_on=due_on,
        dispatched_at=at,
        dispatched_by=by,
    )
    return department


def _basis(department: DepartmentRow, given: str) -> str:
    basis = given.strip() or department.duty_basis
    if not basis:
        raise DutyBasisMissing(department=department.name)
    return fitted(basis, 300, "职责依据", "duty basis")


def _check_seats(order: Order, department_id: int, is_lead: bool) -> None:
    live = [part for part in order.assignments.all() if part.ended_at is None]
    lead = next((part for part in live if part.is_lead), None)
    if any(part.department_id == department_id for part in live):
        raise HoldsItAlready(department=get_department(department_id).name)
    if is_lead and lead is not None:
        raise LeadStands(department=lead.department.name)
    if not is_lead and lead is None:
        raise LeadFirst


def _share(order: Order, asked: int | None, is_lead: bool) -> int:
    """How much the department is asked for: what is open unless said otherwise; a helper may have no share."""
    rest = open_rest(parts_of(order.assignments.all()), order.asked)
    if asked == 0 and not is_lead:
        return 0
    if rest == 0:
        raise NothingOpen
    share = rest if asked is None else asked
    if not 1 <= share <= rest:
        raise QuantityOutOfRange(given=share, most=rest, unit=order.unit)
    return share


def _leave_offer_of_another(order: Order, department_id: int) -> None:
    """A new lead does not serve by the offer of the department that gave the order back."""
    if order.offer is None or order.offer.department_id == department_id:
        return
    if order.match_id:
        book(match_id=order.match_id, quantity=0)
        release(match_id=order.match_id)
    order.offer, order.match = None, None
