"""One order with everything behind it: parts, history, and the chain back to every remark."""

from django.utils import timezone

from diancai.ground.errors import NotFound
from diancai.ground.ledger.queries import EventRow, list_events, list_events_together
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import full_name
from diancai.ground.privacy.withholding import WITHHELD
from diancai.stages.need.models import NeedSource
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.queries.standing import steps_of
from diancai.stages.order.queries.wayside import (
    asked_from,
    escalations_of,
    pauses_of,
    plan_reviews_of,
    planned_escalation,
    problems_of,
    redos_of,
    settlements_of,
)
from diancai.stages.order.rows import Chain, ChainLink, HistoryRow, OrderDetail
from diancai.stages.order.rules import tell_event
from diancai.stages.order.standing import order_scope, standing_of
from diancai.stages.order.wording import acts_on_order, assignment_row, order_row
from diancai.words import NeedProgress, Source

WITH_EVERYTHING = ("department", "dispatched_by", "answered_by", "suggested", "came_from__department")


def get_order(account: Account, order_id: int) -> OrderDetail:
    """An order for whoever may see it. Raises `NotFound`, also for an order out of sight."""
    order = Order.objects.select_related("need", "offer", "match").filter(pk=order_id).first()
    if order is None:
        raise NotFound
    parts = list(Assignment.objects.filter(order=order).select_related(*WITH_EVERYTHING).order_by("id"))
    if not can(account, Act.SEE_ORDER, order_scope(order, parts)):
        raise NotFound
    if order.hidden_at is not None and not can(account, Act.SEE_DIVERTED, order.scope):
        raise NotFound
    asked = list(order.extensions.order_by("id"))
    order._prefetched_objects_cache = {"assignments": parts, "extensions": asked}  # type: ignore[attr-defined]
    now, escalations = timezone.now(), escalations_of(order)
    return OrderDetail(
        order=order_row(order, now),
        text=order.text,
        duty_basis=order.duty_basis,
        assignments=tuple(assignment_row(account, order, part, now) for part in parts),
        history=_history(order),
        chain=_chain(account, order),
        acts=acts_on_order(account, order, standing_of(order)),
        escalations=escalations,
        asked_from=asked_from(order),
        planned_escalation=planned_escalation(order, escalations),
        pauses=pauses_of(order),
        problems=problems_of(order),
        redos=redos_of(order),
        settlements=settlements_of(order),
        plan_reviews=plan_reviews_of(order),
        steps=steps_of(order, escalations),
        plan_money=order.plan_money,
        plan_answerer=order.plan_answerer,
        closing_rule=order.closing_rule,
        closing_words=order.closing_words,
        withdrawn_reason=order.withdrawn_reason,
    )


def dispatch_text(account: Account, order_id: int) -> str:
    """The text that went with the last dispatch, to copy into a message. Raises `NotFound`."""
    return get_order(account, order_id).text


def _history(order: Order) -> tuple[HistoryRow, ...]:
    own, together = list_events("order", order.pk), list_events_together("orders", ("order", order.pk))
    events = sorted([*own, *together], key=lambda event: event.id)
    told = ((event, *_told(event)) for event in events)
    return tuple(HistoryRow(event.kind, zh, en, event.by, event.at) for event, zh, en in told)


def _told(event: EventRow) -> tuple[str, str]:
    return (WITHHELD, WITHHELD) if event.is_dropped else tell_event(event.kind, event.details)


def _chain(account: Account, order: Order) -> Chain:
    sources = NeedSource.objects.filter(need=order.need_id).select_related("remark").order_by("id")
    links = [(source, _link(account, source)) for source in sources]
    shown = tuple(link for source, link in links if _is_told(source))
    return Chain(
        need_id=order.need_id,
        need_content=order.need.content,
        need_progress=NeedProgress(order.need.progress),
        offer_id=order.offer_id,
        offer_service=order.offer.service if order.offer else "",
        match_why=tuple(order.match.why) if order.match else (),
        remarks=shown,
        hidden_remarks=len(links) - len(shown),
    )


def _is_told(source: NeedSource) -> bool:
    """Withdrawn remarks are counted nowhere; diverted ones are seen by the lawful body alone."""
    return source.is_counted and source.remark.withdrawn_at is None and not source.remark.is_diverted


def _link(account: Account, source: NeedSource) -> ChainLink:
    remark = source.remark
    scope = remark.scope
    return ChainLink(
        remark_id=remark.pk if can(account, Act.SEE_REMARK, scope) else None,
        want_number=source.want_number,
        shown=remark.shown,
        quote=source.quote,
        place=full_name(scope, remark.sub_place, above=remark.prefecture_code),
        said_on=timezone.localdate(remark.said_at or remark.recorded_at),
        source=Source(remark.source),
        households=source.households,
        reason=source.reason,
    )
