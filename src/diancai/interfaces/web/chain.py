"""The chain of a record as linked steps: remark → need → match → order → done. Steps not reached yet stay empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.interfaces.web.asking import word_label
from diancai.stages.match.rows import MatchRow
from diancai.stages.need.rows import NeedDetail
from diancai.stages.order.rows import OrderDetail, OrderRow
from diancai.words import MatchState, NeedState

LISTED = (NeedState.ACCEPTED, NeedState.LISTED)
OVER = ("completed", "closed", "planned")


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `tone` is done, here or empty."""

    label: str
    told: str
    href: str = ""
    note: str = ""
    tone: str = ""


def steps_of_need(detail: NeedDetail, matches: Sequence[MatchRow], orders: Iterable[OrderRow]) -> tuple[Step, ...]:
    """From the remarks under a need to what became of it."""
    row = detail.need
    remarks = detail.sources
    ids = [source.remark_id for source in remarks if source.text]
    confirmed = next((match for match in matches if match.state == MatchState.CONFIRMED), None)
    order = next(iter(orders), None)
    return (
        Step(_("民情"), _remarks_told(len(remarks)), _remarks_at(ids, reverse("need", args=[row.id])), tone="done"),
        Step(_("需求"), word_label(row.state), note=row.number, tone="done" if row.state in LISTED else "here"),
        _match_step(confirmed, len(matches)),
        _order_step(order),
        Step(_("办结"), word_label(row.progress), tone="done") if row.progress in OVER else Step(_("办结"), "—"),
    )


def steps_of_order(detail: OrderDetail, *, sees_need: bool) -> tuple[Step, ...]:
    """The same line seen from an order; the need is a link only for those who may open it."""
    chain, order = detail.chain, detail.order
    count = len(chain.remarks) + chain.hidden_remarks
    ids = [link.remark_id for link in chain.remarks if link.remark_id]
    offer = reverse("offer", args=[chain.offer_id]) if chain.offer_id else ""
    return (
        Step(
            _("民情"),
            _remarks_told(count),
            _remarks_at(ids, reverse("order", args=[order.id])),
            tone="done",
        ),
        Step(_("需求"), chain.need_content, reverse("need", args=[chain.need_id]) if sees_need else "", tone="done"),
        Step(_("服务项目"), chain.offer_service or "—", offer, tone="done" if offer else ""),
        Step(_("订单"), word_label(order.state), note=order.lead, tone="done" if order.state in OVER else "here"),
        Step(_("办结"), _result(order), tone="done" if order.state in OVER else ""),
    )


def _remarks_told(count: int) -> str:
    return _("1 条原话") if count == 1 else _("%(count)s 条原话") % {"count": count}


def _remarks_at(ids: Sequence[int], here: str) -> str:
    """One remark that may be opened has its page; others stand together on the record's own."""
    return reverse("remark", args=[ids[0]]) if len(ids) == 1 else f"{here}#remarks"


def _result(order: OrderRow) -> str:
    if order.closing_reason:
        return word_label(order.closing_reason)
    return f"{order.fulfilled}/{order.asked}{order.unit}" if order.fulfilled else "—"


def _match_step(confirmed: MatchRow | None, proposed: int) -> Step:
    if confirmed is not None:
        href = reverse("offer", args=[confirmed.offer_id])
        return Step(_("对接"), confirmed.offer_service, href, confirmed.offer_department, "done")
    return Step(_("对接"), _("%(count)s 个建议") % {"count": proposed} if proposed else "—")


def _order_step(order: OrderRow | None) -> Step:
    if order is None:
        return Step(_("订单"), "—")
    tone = "done" if order.state in OVER else "here"
    return Step(_("订单"), word_label(order.state), reverse("order", args=[order.id]), order.lead, tone)
