"""归档: striking an order off for an enumerated reason; with a second person where somebody was dissatisfied."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from diancai.ground.people.models import Account
from diancai.stages.match.actions import book, release
from diancai.stages.order.actions.holding import order_in_hand
from diancai.stages.order.actions.settling import SERVED, end_escalation, end_parts, settle
from diancai.stages.order.errors import SamePerson
from diancai.stages.order.models import Escalation, Extension, Order, Settlement
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.rules import (
    OrderAct,
    WayFacts,
    check_close,
    check_way,
    committed_sum,
    fitted,
    only_rest_open,
    said,
)
from diancai.stages.order.standing import TAKEN_UP, parts_of
from diancai.stages.order.thresholds import thresholds
from diancai.words import ClosingReason, DissatisfiedWay, OrderState, Verdict


def close_order(
    *,
    by: Account,
    at: datetime,
    order_id: int,
    reason: ClosingReason | str,
    rule: str = "",
    words: str = "",
    way: DissatisfiedWay | str | None = None,
    evidence: str = "",
    signed_by: str = "",
    paper: str = "",
) -> OrderRow:
    """Strike the order off with one of the enumerated reasons; not allowed by policy needs its rule.

    Where somebody was dissatisfied it also needs the way and its evidence, and is closed when a second person
    confirms, or at once when `signed_by` and `paper` name the signed 送审单. Raises `NotSolvedYet`, `RuleMissing`,
    `NotTriedEnough`, `SettlementNeeded`, `WayNotMet`, `SettlementWaits`, `UpperStillOpen`, `MeetingFirst`,
    `ActNotNow`, `NotAllowed`.
    """
    why = ClosingReason(reason)
    with order_in_hand(order_id, by, OrderAct.CLOSE) as order:
        _check(order, why, rule)
        rule, words = fitted(rule, 300, "依据", "rule"), fitted(words, 300, "说明", "words")
        if order.dissatisfied_at is None:
            return strike_off(order, by, at, why, rule, words)
        chosen = check_way(DissatisfiedWay(way) if way else None, evidence, _facts(order))
        signed = bool(signed_by.strip() and paper.strip())
        Settlement.objects.create(
            order=order,
            round=order.round,
            way=chosen,
            reason=why,
            rule=rule,
            words=words,
            evidence=said(evidence, "销号依据", "evidence"),
            proposed_by=by,
            proposed_at=at,
            signed_by=said(signed_by, "签字人", "who signed", 40) if signed else "",
            paper=said(paper, "送审单编号", "paper", 60) if signed else "",
            decided_at=at if signed else None,
        )
        told = {"way": chosen, "way_zh": f"（{chosen.zh}）", "way_en": f" ({chosen.en})"}
        if signed:
            return strike_off(order, by, at, why, rule, words, told)
        proposed = {**told, "reason": why, "reason_zh": why.zh, "reason_en": why.en}
        return settle("order.settlement_proposed", order, by, at, proposed, decided=_held(order))


def confirm_settlement(*, by: Account, at: datetime, order_id: int) -> OrderRow:
    """Confirm as the second person: the order is closed as it was proposed. Raises `SamePerson`, `NothingWaits`."""
    with order_in_hand(order_id, by, OrderAct.CONFIRM) as order:
        held = _waiting(order, by)
        held.second, held.decided_at = by, at
        held.save()
        way, why = DissatisfiedWay(held.way), ClosingReason(held.reason)
        _check(order, why, held.rule)
        told = {"way": way, "way_zh": f"（{way.zh}）", "way_en": f" ({way.en})"}
        return strike_off(order, by, at, why, held.rule, held.words, told)


def refuse_settlement(*, by: Account, at: datetime, order_id: int, words: str) -> OrderRow:
    """Refuse it as the second person, with a reason; the order stays. Raises `SamePerson`, `WordsMissing`."""
    with order_in_hand(order_id, by, OrderAct.CONFIRM) as order:
        held = _waiting(order, by)
        held.second, held.decided_at = by, at
        held.refused_words = said(words, "不同意的原因", "reason")
        held.save()
        return settle("order.settlement_refused", order, by, at, {"reason": held.refused_words}, decided=_held(order))


def strike_off(
    order: Order,
    by: Account,
    at: datetime,
    why: ClosingReason,
    rule: str,
    words: str,
    more: Mapping[str, object] | None = None,
) -> OrderRow:
    """Close an order that is held; what departments took on stays booked when something was served."""
    used = committed_sum(parts_of(order))
    order.closing_reason, order.closing_rule, order.closing_words, order.closed_at = why, rule, words, at
    end_parts(order, at)
    end_escalation(order, at)
    if order.match_id:
        book(match_id=order.match_id, quantity=used if why in SERVED else 0)
        release(match_id=order.match_id)
    told = {"reason": why, "reason_zh": why.zh, "reason_en": why.en, "rule": rule, "words": words, **(more or {})}
    if rule:
        told |= {"rule_zh": f"（依据：{rule}）", "rule_en": f" (rule: {rule})"}
    return settle("order.closed", order, by, at, told, decided=OrderState.CLOSED)


def _check(order: Order, why: ClosingReason, rule: str) -> None:
    check_close(
        why,
        rule,
        OrderState(order.state),
        rest_only=only_rest_open(parts_of(order), order.asked),
        tried=order.times_tried,
        most_tries=thresholds().tries_before_not_reached,
    )


def _facts(order: Order) -> WayFacts:
    granted = Extension.objects.filter(order=order, round=order.round, granted=True)
    taken = Escalation.objects.filter(Q(answer__in=TAKEN_UP), lower=order)
    return WayFacts(
        round=order.round,
        verdict=Verdict(order.verdict) if order.verdict else None,
        was_extended=order.plan_year is not None or granted.exists(),
        was_handed_over=order.times_transferred > 0 or taken.exists(),
    )


def _waiting(order: Order, by: Account) -> Settlement:
    held = Settlement.objects.select_for_update().get(order=order, decided_at=None)
    if held.proposed_by_id == by.pk:
        raise SamePerson
    return held


def _held(order: Order) -> OrderState | None:
    return OrderState.PLANNED if order.state == OrderState.PLANNED else None
