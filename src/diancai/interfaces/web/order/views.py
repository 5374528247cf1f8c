"""Orders: the board of an office or a department, the list, one order with its chain."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.formats.sheets.writing import SheetColumn, Value
from diancai.ground.paging import Page, whole_number
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import list_departments
from diancai.interfaces.web.asking import Asked, Filter, chip, word_label, words
from diancai.interfaces.web.chain import steps_of_order
from diancai.interfaces.web.counts import standing_count
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import every_row, whole_list
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.order.buttons import order_buttons, part_buttons
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.match.queries import offers_proposed
from diancai.stages.order.queries import board as order_board
from diancai.stages.order.queries import get_order, list_orders
from diancai.stages.order.rows import OrderRow
from diancai.words import ClosingReason, OrderState, Strand


def _department(request: HttpRequest, desk: Desk) -> int | None:
    asked = whole_number(request.GET.get("department", ""))
    return desk.department_id if asked is None else asked


@enter(Act.SEE_ORDER)
def board(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Columns by state; a department's contact sees its own parts."""
    columns = order_board(
        desk.account,
        programme_id=desk.programme_id,
        department_id=_department(request, desk),
        place_code=request.GET.get("place", ""),
    )
    chips = () if desk.department_id else (place_chip(request, desk), _department_chip(request, desk))
    shown = [column for column in columns if column.count or column.state in ("dispatched", "accepted", "in_hand")]
    return show(request, "order/board.html", {"columns": shown, "chips": chips, "trail": trail(request, desk)})


def _department_chip(request: HttpRequest, desk: Desk) -> Filter:
    here = request.GET.get("place") or desk.scope.county_code or desk.place_code
    departments = [(str(row.id), row.short_name or row.name) for row in list_departments(here)]
    return chip(request, "department", _("单位"), departments)


def _filtered(request: HttpRequest, desk: Desk, *, after: str, limit: int = 50) -> Page[OrderRow]:
    """Orders that the filters in the address let through."""
    query = request.GET
    return list_orders(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        department_id=_department(request, desk),
        state=query.get("state", ""),
        strand=query.get("strand", ""),
        late=bool(query.get("late", "")),
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
        chip(request, "late", _("时限"), [("1", _("逾期的"))]),
    ]
    if not desk.department_id:
        chips.insert(1, _department_chip(request, desk))
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
    parts = [(part, part_buttons(part, desk)) for part in detail.assignments]
    facts = {
        "detail": detail,
        "row": detail.order,
        "parts": parts,
        "offers": _offers_of_lead(detail.order),
        "buttons": order_buttons(detail, desk),
        "steps": steps_of_order(detail),
        "departments": [(row.id, row.name) for row in list_departments(detail.order.scope.county_code)]
        + [(row.id, row.name) for row in list_departments(detail.order.scope.prefecture_code)],
        "reasons": words(ClosingReason),
        "asked": Asked({"year": str(desk.today.year + 1), "asked": str(detail.order.open_rest or 1)}),
        "here": reverse("order", args=[order_id]),
    }
    return show(request, "order/detail.html", facts)


def _offers_of_lead(row: OrderRow) -> tuple[tuple[int, str], ...]:
    """What the lead may choose when it accepts an order that is not yet joined to an offer; the best comes first."""
    if row.offer_id is not None or row.lead_id is None:
        return ()
    return offers_proposed(row.need_id, row.lead_id)
