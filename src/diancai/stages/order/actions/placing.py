"""Placing an order and dispatching it, or its open rest, to departments."""

import uuid as uuids
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.match.actions import book
from diancai.stages.match.models import Match
from diancai.stages.match.rules import MATCHABLE
from diancai.stages.need.models import Need
from diancai.stages.order.actions.escalating import GoingUp, go_up
from diancai.stages.order.actions.holding import lock, order_in_hand
from diancai.stages.order.actions.numbering import next_number
from diancai.stages.order.actions.planning import note_taken_up
from diancai.stages.order.actions.seating import check_seats, seat, seat_all, share_of, take_lead
from diancai.stages.order.actions.settling import row_of, settle
from diancai.stages.order.actions.troubling import note_trouble
from diancai.stages.order.errors import CONSTRAINTS, MatchNotConfirmed, NeedNotOrderable, QuantityOutOfRange
from diancai.stages.order.models import Order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import OrderAct, check_due, fitted
from diancai.words import MatchState, NeedProgress, OrderLevel, Route

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
    escalation: GoingUp | None = None,
) -> OrderRow:
    """Order what a need asks for: `asked` of `unit`. The same uuid twice is one order.

    With `escalation` it goes up in the same act, as the handling level of the need planned it.

    With a confirmed match it goes to the offer's department, with `department_id` straight to that one; joint
    departments help without a share of their own. Without either it is placed and waits for `dispatch_order`.
    Raises `NeedNotOrderable`, `MatchNotConfirmed`, `DepartmentElsewhere`, `DutyBasisMissing`, `DueInPast`,
    `QuantityOutOfRange`, `NoUpperLine`, match's `CapacityShort`, `NotAllowed`.
    """
    with transaction.atomic(), judged(CONSTRAINTS):
        need = Need.objects.select_for_update().filter(pk=need_id).first()
        if need is None:
            raise NotFound
        check(by, Act.PLACE_ORDER, need.scope)
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
        told: dict[str, object] = {}
        if lead_id:
            told = seat_all(order, by, at, lead_id, joint_department_ids, due_on=due_on, duty_basis=duty_basis)
        row = settle("order.placed", order, by, at, {"asked": asked, "unit": order.unit, **told})
        return go_up(lock(order.pk), by, at, escalation) if escalation else row


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

    After the plan or a return a new lead takes it up; another lead than the last one counts as a transfer. Raises
    `LeadStands`, `LeadFirst`, `HoldsItAlready`, `NothingOpen`, `QuantityOutOfRange`, `DepartmentElsewhere`,
    `DutyBasisMissing`, `DueInPast`, `MeetingFirst`, `ActNotNow`.
    """
    with order_in_hand(order_id, by, OrderAct.DISPATCH) as order:
        told = send_out(order, by, at, department_id, is_lead, asked=asked, due_on=due_on, duty_basis=duty_basis)
        return settle("order.dispatched", order, by, at, told)


def send_out(
    order: Order,
    by: Account,
    at: datetime,
    department_id: int,
    is_lead: bool,
    *,
    asked: int | None = None,
    due_on: date | None = None,
    duty_basis: str = "",
) -> dict[str, object]:
    """Give a locked order's open rest to a department; returns what the event tells. The caller settles."""
    check_due(due_on, timezone.localdate(at))
    check_seats(order, department_id, is_lead=is_lead)
    share = share_of(order, asked, is_lead=is_lead)
    note_taken_up(order, by, at)
    if is_lead:
        department = take_lead(order, by, at, department_id, asked=share, due_on=due_on, duty_basis=duty_basis)
    else:
        department = seat(order, by, at, department_id, is_lead=False, asked=share, due_on=due_on)
    return {
        "department": department.name,
        "department_id": department.id,
        "part_zh": "牵头" if is_lead else "配合",
        "part_en": "lead" if is_lead else "joint",
        "asked": share,
        "due_on": due_on or order.due_on,
        **note_trouble(order, at),
    }


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
        number=next_number(need.county_code or need.prefecture_code, at),
        level=OrderLevel.COUNTY if need.county_code else OrderLevel.PREFECTURE,
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
