"""Orders: the list, one order with its chain."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diancai.formats.sheets.writing import SheetColumn, Value
from diancai.ground.paging import Page
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, chip, word_label, words
from diancai.interfaces.web.chain import steps_of_order
from diancai.interfaces.web.counts import standing_count
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import every_row, whole_list
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.order.boards import asked_department, bulk_facts, department_chip, presence_chips
from diancai.interfaces.web.order.buttons import order_buttons, part_buttons
from diancai.interfaces.web.order.forms import ActForm, departments_of, extension_forms, order_forms, part_forms
from diancai.interfaces.web.order.presence import presence_facts
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.match.queries import offers_proposed
from diancai.stages.order.queries import clock_strips_of, get_order, list_orders, on_orders
from diancai.stages.order.rows import AssignmentRow, ExtensionRow, OrderDetail, OrderRow
from diancai.stages.urging.queries import urges_of_order
from diancai.words import ClosingReason, DissatisfiedWay, OrderState, Strand

MARKS = (
    ("1", gettext_lazy("逾期的")),
    ("problem", gettext_lazy("问题工单")),
    ("paused", gettext_lazy("暂停计时的")),
    ("longer", gettext_lazy("延期待审批的")),
    ("plan_due", gettext_lazy("计划到期的")),
)


def _filtered(request: HttpRequest, desk: Desk, *, after: str, limit: int = 50) -> Page[OrderRow]:
    """Orders that the filters in the address let through."""
    query = request.GET
    return list_orders(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        department_id=asked_department(request, desk),
        state=query.get("state", ""),
        strand=query.get("strand", ""),
        late=query.get("late", "") == "1",
        problem=query.get("late", "") == "problem",
        paused=query.get("late", "") == "paused",
        plan_due=query.get("late", "") == "plan_due",
        asks_longer=query.get("late", "") == "longer",
        presence=query.get("on", ""),
        after=after,
        limit=limit,
    )


@enter(Act.SEE_ORDER)
def orders(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, newest first."""
    page = _filtered(request, desk, after=request.GET.get("after", ""))
    chips = [
        place_chip(request, desk),
        chip(request, "state", _("状态"), words(OrderState)),
        chip(request, "strand", _("七送"), words(Strand)),
        chip(request, "late", _("要留意的"), [(value, str(label)) for value, label in MARKS]),
    ]
    if not desk.department_id:
        chips.insert(1, department_chip(request, desk))
    chips += presence_chips(request, desk)
    count = standing_count(request, desk, page, "orders", {})
    return show(
        request,
        "order/list.html",
        {
            "page": page,
            "count": count,
            "chips": chips,
            "trail": trail(request, desk),
            "tells_fulfilled": any(row.fulfilled for row in page.rows),
            "on_it": on_orders(desk.account, [row.id for row in page.rows], timezone.now()),
            **bulk_facts(request, desk),
        },
    )


@enter(Act.SEE_ORDER)
def export(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All orders that the filters let through, as Excel."""
    rows = every_row(lambda after, limit: _filtered(request, desk, after=after, limit=limit))
    lines = (_line(row) for row in rows)
    title = _("订单")
    return whole_list(request, _columns(), lines, title=title, name=f"{title} {desk.today}", count_word="件")


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(_("编号"), 16),
        SheetColumn(_("内容"), 34),
        SheetColumn(_("地方"), 24),
        SheetColumn(_("牵头"), 18),
        SheetColumn(_("配合"), 18),
        SheetColumn(_("状态"), 10),
        SheetColumn(_("要求数量"), 9, "right"),
        SheetColumn(_("单位"), 6),
        SheetColumn(_("办理时限"), 12),
        SheetColumn(_("点单时间"), 16),
    ]


def _line(row: OrderRow) -> tuple[Value, ...]:
    return (
        row.number,
        row.content,
        row.place,
        row.lead,
        "、".join(row.joint),
        word_label(row.state),
        row.asked,
        row.unit,
        row.due_on,
        row.placed_at.date(),
    )


@enter(Act.SEE_ORDER)
def order(request: HttpRequest, desk: Desk, order_id: int) -> HttpResponse:
    """One order: how it stands, what may be done next, the chain back to every remark."""
    detail = get_order(desk.account, order_id)
    parts = [
        (part, part_buttons(part, desk), part_forms(part, detail), _with_forms(part, detail))
        for part in detail.assignments
    ]
    sees_need = desk.may(Act.SEE_NEED)
    facts = {
        "detail": detail,
        "row": detail.order,
        "clocks": clock_strips_of(detail, timezone.now()),
        "parts": parts,
        "offers": _offers_of_lead(detail.order),
        "buttons": order_buttons(detail, desk),
        "steps": steps_of_order(detail, sees_need=sees_need),
        "asked_href": reverse("need", args=[detail.order.need_id]) if sees_need else "#remarks",
        "forms": order_forms(detail),
        "departments": departments_of(detail),
        "reasons": [pair for pair in words(ClosingReason) if pair[0] != ClosingReason.PLAN_DROPPED],
        "ways": words(DissatisfiedWay),
        "asked": Asked({"year": str(desk.today.year + 1), "asked": str(detail.order.open_rest or 1)}),
        "here": reverse("order", args=[order_id]),
        "urges": urges_of_order(desk.account, order_id),
        **presence_facts(desk, order_id),
    }
    return show(request, "order/detail.html", facts)


def _with_forms(part: AssignmentRow, detail: OrderDetail) -> list[tuple[ExtensionRow, tuple[ActForm, ...]]]:
    return [(extension, extension_forms(extension, detail)) for extension in part.extensions]


def _offers_of_lead(row: OrderRow) -> tuple[tuple[int, str], ...]:
    """What the lead may choose when it accepts an order that is not yet joined to an offer; the best comes first."""
    if row.offer_id is not None or row.lead_id is None:
        return ()
    return offers_proposed(row.need_id, row.lead_id)
