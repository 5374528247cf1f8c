"""What every act on an order shares at its end: derive the state, save, tell the need, write the one event, and let
the order below follow the one above."""

from collections.abc import Mapping
from datetime import datetime

from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.place.queries import initials_of
from diancai.ground.search import actions as search
from diancai.stages.match.models import Match
from diancai.stages.need.actions import set_progress
from diancai.stages.order.actions.holding import WITH_PARTS, lock, with_parts
from diancai.stages.order.actions.resuming import end_pause
from diancai.stages.order.clocking.projecting import note_end, set_clocks
from diancai.stages.order.models import Assignment, Escalation, Order
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import OVER, committed_sum, derive, progress_of
from diancai.stages.order.standing import above, open_escalation, order_scope, parts_of
from diancai.stages.order.wording import order_row
from diancai.words import AssignmentState, ClosingReason, MatchState, OrderState, Word

SERVED = (ClosingReason.SOLVED, ClosingReason.PARTLY_SOLVED)
Told = Mapping[str, object]


def settle(
    kind: str,
    order: Order,
    by: Account | None,
    at: datetime,
    told: Told | None,
    *,
    decided: OrderState | None = None,
) -> OrderRow:
    """Derive the state from the parts and the order above as they are now, save, set the clocks, pass progress to the
    need, write the one event; an order below follows. `told` None: the event is that of a bulk act, which writes it."""
    parts = with_parts(order)
    order.state = derive(parts_of(order), order.asked, decided, above(open_escalation(order)))
    _mark_completion(order, at)
    order.changed_at = at
    order.revision += 1
    if order.state in OVER and order.paused_at is not None:
        end_pause(order, by, at)
    note_end(order, at)
    set_clocks(order, at)
    order.save()
    if not order.is_twin:
        _tell_need(order, at)
    _index(kind, order)
    if told is not None:
        _record(kind, order, parts, by, at, told)
    if order.is_twin:
        _follow(order, by, at)
    return row_of(order.pk, at)


def row_of(order_id: int, at: datetime) -> OrderRow:
    """The row of an order as it stands."""
    order = Order.objects.prefetch_related(WITH_PARTS).get(pk=order_id)
    return order_row(order, at)


def end_parts(order: Order, at: datetime) -> None:
    """End what departments still hold: unfinished parts are withdrawn, completed ones stay completed."""
    for assignment in order.assignments.all():
        if assignment.ended_at is None:
            if assignment.state != AssignmentState.COMPLETED:
                assignment.state = AssignmentState.WITHDRAWN
            assignment.ended_at = at
            assignment.save()


def end_escalation(order: Order, at: datetime) -> None:
    """The order is over: whatever it asked of the upper level is, too."""
    Escalation.objects.filter(lower=order, ended_at=None).update(ended_at=at)


def _mark_completion(order: Order, at: datetime) -> None:
    """When the round was completed: kept once it is closed, gone when it goes on."""
    if order.state == OrderState.COMPLETED:
        order.completed_at = order.completed_at or at
    elif order.state != OrderState.CLOSED:
        order.completed_at = None


def _tell_need(order: Order, at: datetime) -> None:
    matched = Match.objects.filter(need_id=order.need_id, state=MatchState.CONFIRMED, is_current=True).exists()
    set_progress(need_id=order.need_id, progress=progress_of(OrderState(order.state), is_matched=matched), at=at)


def _index(kind: str, order: Order) -> None:
    """An order is found by its number and content from its placing until it is withdrawn or hidden."""
    if kind == "order.placed" and order.hidden_at is None:
        where = order.scope
        words = f"{order.number} {order.content}"
        search.put("order", order.pk, scope=where, at=order.placed_at, words=words, initials=initials_of(where))
    elif kind in ("order.withdrawn", "order.hidden"):
        search.remove("order", [order.pk])


def _record(kind: str, order: Order, parts: list[Assignment], by: Account | None, at: datetime, told: Told) -> None:
    known: dict[str, object] = {
        "need_id": order.need_id,
        "offer_id": order.offer_id,
        "programme_id": order.programme_id,
        "level": order.level,
        "round": order.round,
        "state": order.state,
        "committed_in_all": committed_sum(parts_of(order)),
    }
    # A text may be what a person wrote: only words of our own lists stand in plain.
    plain = {name: value for name, value in told.items() if isinstance(value, Word) or not isinstance(value, str)}
    words = {name: value for name, value in told.items() if name not in plain}
    record(
        kind,
        subject=("order", order.pk),
        by=by,
        at=at,
        scope=order_scope(order, parts),
        sub_place=order.sub_place,
        details=known | plain,
        words={"number": order.number, **words},
    )


def _follow(twin: Order, by: Account | None, at: datetime) -> None:
    """Carry what became of the twin down to the order that asked for it; nobody enters anything again.

    A plan above is the lower order's plan when the upper level had taken it over; one that only took part leaves the
    lower order to its own departments.
    """
    asked = Escalation.objects.filter(upper=twin, ended_at=None).select_related("lower").first()
    if asked is None:
        return
    state, was_done = OrderState(twin.state), asked.done_at is not None
    done = state in (OrderState.COMPLETED, OrderState.CLOSED)
    planned = state == OrderState.PLANNED
    if not (done or planned or state == OrderState.WITHDRAWN or was_done or asked.lower.state == OrderState.PLANNED):
        return
    asked.done_at = (asked.done_at or at) if done else None
    asked.ended_at = at if state == OrderState.WITHDRAWN or (planned and not _takes_over(asked)) else None
    asked.save(update_fields=["done_at", "ended_at"])
    _carry_down(asked, twin, by, at)


def _carry_down(asked: Escalation, twin: Order, by: Account | None, at: datetime) -> None:
    lower = lock(asked.lower_id)
    if lower.state in (OrderState.CLOSED, OrderState.WITHDRAWN):
        return
    decided = _decision_of(twin) if _takes_over(asked) else None
    if decided == OrderState.PLANNED:
        lower.plan_year, lower.plan_money, lower.plan_answerer = twin.plan_year, twin.plan_money, twin.plan_answerer
    if decided == OrderState.CLOSED:
        lower.closing_reason, lower.closing_rule, lower.closing_words = (
            twin.closing_reason,
            twin.closing_rule,
            twin.closing_words,
        )
        lower.closed_at = at
    if decided is not None:
        end_parts(lower, at)
    told: Told = {
        "upper_id": twin.pk,
        "upper": twin.number,
        "upper_state": OrderState(twin.state),
        "state_zh": OrderState(twin.state).zh,
        "state_en": OrderState(twin.state).en,
    }
    settle("order.followed", lower, by, at, told, decided=decided)
    if decided == OrderState.CLOSED:
        end_escalation(lower, at)


def _decision_of(twin: Order) -> OrderState | None:
    """What is decided above for both: the plan, and a closing that is no service. What was served is closed below
    only after the resident was asked there."""
    if twin.state == OrderState.PLANNED:
        return OrderState.PLANNED
    refused = twin.state == OrderState.CLOSED and twin.closing_reason not in SERVED
    return OrderState.CLOSED if refused else None


def _takes_over(asked: Escalation) -> bool:
    told = above(asked)
    return told is not None and told.takes_over
