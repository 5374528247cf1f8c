"""What the programme office decides: recall, close, put on the plan, withdraw; and what delivery reports."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.match.actions import book, release
from diancai.stages.order.actions.holding import end_parts, order_in_hand, part_in_hand, settle
from diancai.stages.order.errors import WordsMissing
from diancai.stages.order.models import Order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import (
    DECIDED,
    AssignmentAct,
    OrderAct,
    check_close,
    check_plan,
    committed_sum,
    fitted,
    only_rest_open,
)
from diancai.stages.order.wording import parts_of
from diancai.words import ClosingReason, OrderState


def recall_assignment(*, by: Account, at: datetime, assignment_id: int, reason: str) -> OrderRow:
    """Take a part back from a department that was asked in error or is stuck. Raises `WordsMissing`, `ActNotNow`."""
    words = _said(reason, "撤回原因", "reason")
    with part_in_hand(assignment_id, by, AssignmentAct.RECALL) as (order, part):
        part.ended_at, part.committed = at, 0
        part.save()
        if part.is_lead and order.match_id:
            book(match_id=order.match_id, quantity=0)
        told = {"department": part.department.name, "department_id": part.department_id, "assignment_id": part.pk}
        return settle("order.recalled", order, by, at, told | {"reason": words})


def close_order(
    *, by: Account, at: datetime, order_id: int, reason: ClosingReason | str, rule: str = "", words: str = ""
) -> OrderRow:
    """Strike the order off with one of the enumerated reasons; not allowed by policy needs its rule.

    Raises `NotSolvedYet`, `RuleMissing`, `ActNotNow`, `NotAllowed`.
    """
    why = ClosingReason(reason)
    with order_in_hand(order_id, by, OrderAct.CLOSE) as order:
        parts = parts_of(order.assignments.all())
        rest_only = only_rest_open(parts, order.asked)
        check_close(why, rule, OrderState(order.state), rest_only=rest_only)
        order.closing_reason, order.closing_rule = why, fitted(rule, 300, "依据", "rule")
        order.closing_words, order.closed_at = fitted(words, 300, "说明", "words"), at
        end_parts(order, at)
        _leave_offer(order, committed_sum(parts))
        told = {
            "reason": why,
            "reason_zh": why.zh,
            "reason_en": why.en,
            "rule": order.closing_rule,
            "words": order.closing_words,
        }
        if order.closing_rule:
            told |= {"rule_zh": f"（依据：{order.closing_rule}）", "rule_en": f" (rule: {order.closing_rule})"}
        return settle("order.closed", order, by, at, told, decided=OrderState.CLOSED)


def plan_order(*, by: Account, at: datetime, order_id: int, year: int, money: str, answerer: str) -> OrderRow:
    """列入计划: honest, and never “solved”. The parts end; `dispatch_order` takes the order up again in its year.

    Raises `PlanInPast`, `WordsMissing`, `ActNotNow`, `NotAllowed`.
    """
    check_plan(year, money, answerer, timezone.localdate(at))
    with order_in_hand(order_id, by, OrderAct.PLAN) as order:
        order.plan_year, order.plan_money = year, fitted(money, 120, "资金来源", "source of money")
        order.plan_answerer = fitted(answerer, 40, "答复人", "name of who will answer")
        end_parts(order, at)
        if order.match_id:
            book(match_id=order.match_id, quantity=0)
        told = {"year": year, "money": order.plan_money, "answerer": order.plan_answerer}
        return settle("order.planned", order, by, at, told, decided=OrderState.PLANNED)


def withdraw_order(*, by: Account, at: datetime, order_id: int, reason: str) -> OrderRow:
    """Take the order back before work began; the need can be ordered again. Raises `WordsMissing`, `ActNotNow`."""
    words = _said(reason, "撤单原因", "reason")
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
        order = Order.objects.select_for_update().get(pk=order_id)
        order.under_way, order.fulfilled = under_way, fulfilled
        held = OrderState(order.state) if order.state in DECIDED else None
        told = {"under_way": under_way, "fulfilled": fulfilled}
        return settle("order.delivered", order, by, at, told, decided=held)


def _leave_offer(order: Order, used: int) -> None:
    """The pair is over; what departments took on stays booked when something was done for it."""
    if order.match_id:
        served = order.closing_reason in (ClosingReason.SOLVED, ClosingReason.PARTLY_SOLVED)
        book(match_id=order.match_id, quantity=used if served else 0)
        release(match_id=order.match_id)


def _said(words: str, zh: str, en: str) -> str:
    if not words.strip():
        raise WordsMissing(field_zh=zh, field_en=en)
    return fitted(words, 300, zh, en)
