"""What the programme office takes back: a department's part, a whole order; and what delivery reports."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.match.actions import book
from diancai.stages.order.actions.holding import lock, order_in_hand, part_in_hand
from diancai.stages.order.actions.seating import end_part
from diancai.stages.order.actions.settling import end_parts, settle
from diancai.stages.order.errors import NothingWaits
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import DECIDED, AssignmentAct, OrderAct, said
from diancai.stages.order.wording import window_of
from diancai.words import OrderState


def recall_assignment(*, by: Account, at: datetime, assignment_id: int, reason: str) -> OrderRow:
    """Take a part back from a department that was asked in error or is stuck. Raises `WordsMissing`, `ActNotNow`."""
    words = said(reason, "撤回原因", "reason")
    with part_in_hand(assignment_id, by, AssignmentAct.RECALL) as (order, part):
        end_part(part, by, at)
        if part.is_lead and order.match_id:
            book(match_id=order.match_id, quantity=0)
        told = {"department": part.department.name, "department_id": part.department_id, "assignment_id": part.pk}
        return settle("order.recalled", order, by, at, told | {"reason": words})


def allow_late_return(*, by: Account, at: datetime, assignment_id: int, words: str) -> OrderRow:
    """Let a department return its part though the window is over; the return is shown as late.

    Raises `WordsMissing`, `NothingWaits` while the window is open, `ActNotNow`, `NotAllowed`.
    """
    told = said(words, "准许理由", "reason")
    with part_in_hand(assignment_id, by, AssignmentAct.ALLOW_RETURN) as (order, part):
        last_day = window_of(part)
        waits = last_day is not None and timezone.localdate(at) > last_day and not part.is_by_meeting
        if not waits or part.late_return_at is not None:
            raise NothingWaits(act_zh=AssignmentAct.ALLOW_RETURN.zh, act_en=AssignmentAct.ALLOW_RETURN.en)
        part.late_return_words, part.late_return_by, part.late_return_at = told, by, at
        part.save()
        detail = {"department": part.department.name, "department_id": part.department_id, "reason": told}
        return settle("order.late_return_allowed", order, by, at, detail)


def withdraw_order(*, by: Account, at: datetime, order_id: int, reason: str) -> OrderRow:
    """Take the order back before work began; the need can be ordered again. Raises `WordsMissing`, `UpperStillOpen`,
    `MeetingFirst`, `ActNotNow`."""
    words = said(reason, "撤单原因", "reason")
    with order_in_hand(order_id, by, OrderAct.WITHDRAW) as order:
        order.withdrawn_reason, order.closed_at = words, at
        end_parts(order, at)
        if order.match_id:
            book(match_id=order.match_id, quantity=0)
        return settle("order.withdrawn", order, by, at, {"reason": words}, decided=OrderState.WITHDRAWN)


def record_delivery(
    *, at: datetime, order_id: int, under_way: int, fulfilled: int, by: Account | None = None
) -> OrderRow:
    """Write what deliveries add up to; for the stage `delivery` alone, which recomputes both from its records."""
    with transaction.atomic():
        order = lock(order_id)
        order.under_way, order.fulfilled = under_way, fulfilled
        held = OrderState(order.state) if order.state in DECIDED else None
        told = {"under_way": under_way, "fulfilled": fulfilled}
        return settle("order.delivered", order, by, at, told, decided=held)
