"""列入计划（挂账）: honest, never “solved”, and looked at again when its year has come."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.stages.match.actions import book
from diancai.stages.order.actions.closing import strike_off
from diancai.stages.order.actions.holding import lock, order_in_hand
from diancai.stages.order.actions.seating import take_lead
from diancai.stages.order.actions.settling import end_parts, settle
from diancai.stages.order.errors import SettlementNeeded, WordsMissing
from diancai.stages.order.models import Order, PlanReview
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import OrderAct, check_due, check_plan, fitted, said
from diancai.stages.order.standing import plan_due
from diancai.words import ClosingReason, OrderState, PlanOutcome


def plan_order(*, by: Account, at: datetime, order_id: int, year: int, money: str, answerer: str) -> OrderRow:
    """Put it on the plan. The parts end; `review_plan` or `dispatch_order` takes the order up again in its year.

    Raises `PlanInPast`, `WordsMissing`, `UpperStillOpen`, `MeetingFirst`, `ActNotNow`, `NotAllowed`.
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


def bring_plans_due(*, at: datetime) -> int:
    """The yearly chore: a review for each plan whose year has come, once a year; returns how many are new."""
    year = timezone.localdate(at).year
    due = Order.objects.filter(state=OrderState.PLANNED, plan_year__lte=year, is_twin=False, hidden_at=None)
    waiting = PlanReview.objects.filter(outcome="").values("order_id")
    known = PlanReview.objects.filter(year=year).values("order_id")
    ids = list(due.exclude(pk__in=waiting).exclude(pk__in=known).order_by("pk").values_list("pk", flat=True))
    return sum(_bring_due(order_id, year, at) for order_id in ids)


def review_plan(
    *,
    by: Account,
    at: datetime,
    order_id: int,
    outcome: PlanOutcome | str,
    words: str = "",
    year: int | None = None,
    department_id: int | None = None,
    due_on: date | None = None,
) -> OrderRow:
    """Decide on a plan whose year came: dispatched to a department now, moved to another year, or dropped with a
    reason that the resident is told.

    Raises `NothingWaits`, `WordsMissing`, `PlanInPast`, `DueInPast`, `SettlementNeeded`, `ActNotNow`, `NotAllowed`.
    """
    decided = PlanOutcome(outcome)
    check_due(due_on, timezone.localdate(at))
    with order_in_hand(order_id, by, OrderAct.REVIEW_PLAN) as order:
        review = plan_due(order)
        if review is None:
            raise WordsMissing(field_zh="计划年度", field_en="year")
        review.outcome, review.decided_by, review.decided_at = decided, by, at
        review.words = fitted(words, 300, "说明", "words")
        if decided == PlanOutcome.MOVED:
            review.moved_to = year
        held = _carry_out(order, review, by, at, year, department_id, due_on)
        review.save()
        if decided == PlanOutcome.DROPPED:
            return strike_off(order, by, at, ClosingReason.PLAN_DROPPED, "", review.words)
        told = {
            "outcome": decided,
            "outcome_zh": decided.zh + (f"：{year}年" if review.moved_to else ""),
            "outcome_en": decided.en + (f": {year}" if review.moved_to else ""),
            "words": review.words,
            "department_id": department_id,
        }
        return settle("order.plan_reviewed", order, by, at, told, decided=held)


def note_taken_up(order: Order, by: Account, at: datetime) -> None:
    """A planned order that is dispatched answers the review that waits for it."""
    if order.state == OrderState.PLANNED:
        PlanReview.objects.filter(order=order, outcome="").update(
            outcome=PlanOutcome.DISPATCHED, decided_by=by, decided_at=at
        )


def _carry_out(
    order: Order,
    review: PlanReview,
    by: Account,
    at: datetime,
    year: int | None,
    department_id: int | None,
    due_on: date | None,
) -> OrderState | None:
    """Do what was decided; the state that stays decided, or None when the order goes on."""
    if review.outcome == PlanOutcome.DISPATCHED:
        if department_id is None:
            raise WordsMissing(field_zh="承办单位", field_en="department")
        take_lead(order, by, at, department_id, due_on=due_on)
        return None
    if review.outcome == PlanOutcome.MOVED:
        check_plan(year or 0, order.plan_money, order.plan_answerer, date(review.year + 1, 1, 1))
        order.plan_year = year
    elif order.dissatisfied_at is not None:
        raise SettlementNeeded
    else:
        said(review.words, "取消计划的原因", "reason")
    return OrderState.PLANNED


@transaction.atomic
def _bring_due(order_id: int, year: int, at: datetime) -> int:
    order = lock(order_id)
    if order.state != OrderState.PLANNED:
        return 0
    _, is_new = PlanReview.objects.get_or_create(order=order, year=year, defaults={"came_at": at})
    if is_new:
        settle("order.plan_due", order, None, at, {"year": year}, decided=OrderState.PLANNED)
    return int(is_new)
