"""Taking an order out of indicators (剔除): one person asks and says why, a second one allows it; both stand written.

Every act marks the unit of the order, so the figures change with it.
"""

from datetime import datetime

from django.db import transaction

from diancai.ground.constraints import judged
from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below
from diancai.stages.order.models import Order
from diancai.stages.tally.errors import (
    CONSTRAINTS,
    DecidedAlready,
    NoSuchIndicator,
    NotExcluded,
    SamePerson,
    WordsMissing,
    WordsTooLong,
)
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.reactions import mark_orders
from diancai.stages.tally.indicators.rows import Ask, ExclusionRow
from diancai.stages.tally.indicators.sight import allowed
from diancai.stages.tally.models import Exclusion

LONGEST = 300


def propose_exclusion(
    *, by: Account, at: datetime, order_id: int, reason: str, evidence: str, indicator: str = ""
) -> int:
    """Ask that an order be left out of an indicator ("" all that allow it); returns the exclusion's id.

    Raises `NotAllowed`, `NotFound`, `NoSuchIndicator`, `WordsMissing`, `WordsTooLong`, `ExcludedAlready`.
    """
    open_to = [each.key for each in book().indicators if each.facts and each.allows_exclusion]
    if indicator and indicator not in open_to:
        raise NoSuchIndicator(key=indicator, keys="、".join(open_to))
    with transaction.atomic(), judged(CONSTRAINTS):
        order = _order(order_id)
        check(by, Act.CLOSE_ORDER, order.scope)
        made = Exclusion.objects.create(
            order=order,
            indicator=indicator,
            reason=_said(reason, "原因", "reason"),
            evidence=_said(evidence, "依据", "evidence"),
            proposed_by=by,
            proposed_at=at,
        )
        _tell("indicator.exclusion_proposed", made, by, at)
    return made.pk


def decide_exclusion(*, by: Account, at: datetime, exclusion_id: int, granted: bool, words: str = "") -> None:
    """Allow or refuse what another person asked for. A refusal says why.

    Raises `NotAllowed`, `NotFound`, `SamePerson`, `DecidedAlready`, `WordsMissing`, `WordsTooLong`.
    """
    with transaction.atomic(), judged(CONSTRAINTS):
        held = _held(exclusion_id)
        check(by, Act.SECOND_CLOSING, held.order.scope)
        if held.granted is not None:
            raise DecidedAlready
        if held.proposed_by_id == by.pk:
            raise SamePerson
        held.decision_words = words.strip() if granted and not words.strip() else _said(words, "理由", "words")
        held.granted, held.second, held.decided_at = granted, by, at
        held.save(update_fields=["decision_words", "granted", "second", "decided_at"])
        _tell("indicator.exclusion_decided", held, by, at)


def lift_exclusion(*, by: Account, at: datetime, exclusion_id: int) -> None:
    """Count the order again. Raises `NotAllowed`, `NotFound`, `NotExcluded`."""
    with transaction.atomic():
        held = _held(exclusion_id)
        check(by, Act.CLOSE_ORDER, held.order.scope)
        if not held.granted or held.lifted_at is not None:
            raise NotExcluded
        held.lifted_by, held.lifted_at = by, at
        held.save(update_fields=["lifted_by", "lifted_at"])
        _tell("indicator.exclusion_lifted", held, by, at)


def list_exclusions(account: Account, ask: Ask, limit: int = 200) -> tuple[ExclusionRow, ...]:
    """Exclusions of the place, those that wait first, then the newest. Raises what tables raise."""
    ask = allowed(account, ask)
    found = Exclusion.objects.filter(
        at_or_below(ask.place_code, "order__"), order__programme_id=ask.programme_id, order__hidden_at=None
    )
    if ask.department_id is not None:
        found = found.filter(order__assignments__department_id=ask.department_id).distinct()
    shown = found.select_related("order", "proposed_by", "second").order_by("-pk")[:limit]
    return tuple(sorted((_row(account, each) for each in shown), key=lambda row: row.granted is not None))


def _order(order_id: int) -> Order:
    order = Order.objects.select_for_update().filter(pk=order_id, hidden_at=None).first()
    if order is None:
        raise NotFound
    return order


def _held(exclusion_id: int) -> Exclusion:
    found = Exclusion.objects.select_for_update(of=("self",)).select_related("order")
    held = found.filter(pk=exclusion_id, order__hidden_at=None).first()
    if held is None:
        raise NotFound
    return held


def _said(words: str, field_zh: str, field_en: str) -> str:
    told = words.strip()
    if not told:
        raise WordsMissing(field_zh=field_zh, field_en=field_en)
    if len(told) > LONGEST:
        raise WordsTooLong(field_zh=field_zh, field_en=field_en, length=len(told))
    return told


def _tell(kind: str, held: Exclusion, by: Account, at: datetime) -> None:
    order = held.order
    record(
        kind,
        subject=("order", order.pk),
        by=by,
        at=at,
        scope=order.scope,
        sub_place=order.sub_place,
        details={"indicator_key": held.indicator, "granted": held.granted, "exclusion": held.pk},
        words={"reason": held.reason, "evidence": held.evidence, "words": held.decision_words},
    )
    mark_orders([order.pk])


def _row(account: Account, held: Exclusion) -> ExclusionRow:
    order = held.order
    waits = held.granted is None
    return ExclusionRow(
        id=held.pk,
        order_id=order.pk,
        number=order.number,
        content=order.content,
        indicator=held.indicator,
        reason=held.reason,
        evidence=held.evidence,
        proposed_by=str(held.proposed_by),
        proposed_at=held.proposed_at,
        second=str(held.second or ""),
        decided_at=held.decided_at,
        granted=held.granted,
        decision_words=held.decision_words,
        lifted_at=held.lifted_at,
        may_decide=waits and held.proposed_by_id != account.pk and can(account, Act.SECOND_CLOSING, order.scope),
        may_lift=bool(held.granted and held.lifted_at is None and can(account, Act.CLOSE_ORDER, order.scope)),
    )
