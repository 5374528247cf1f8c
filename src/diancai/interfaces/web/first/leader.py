"""The leader's page: one minute, one page, every number opens its records. Standing counts come from tally."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from diancai.ground.errors import NotAllowed
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import PlaceRow, get_place, list_children
from diancai.interfaces.web.asking import word_label
from diancai.interfaces.web.charts import Map, bars, county_map
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.match.queries import list_common_needs
from diancai.stages.need.queries import list_needs
from diancai.stages.need.rows import NeedRow
from diancai.stages.order.queries import count_orders, list_orders
from diancai.stages.tally.queries import totals
from diancai.words import Level, NeedState, OrderState, Strand, Urgency

LONGEST = 6  # records named under a heading
LIVE = (NeedState.PROPOSED, NeedState.COMBED, NeedState.ACCEPTED, NeedState.LISTED)
# States of orders that the page tells, each with the rule that stands behind its number.
RULES_TOLD = {
    OrderState.DISPATCHED: gettext_lazy("已派出，部门还没有接单"),
    OrderState.ACCEPTED: gettext_lazy("部门已接单，还没有开始"),
    OrderState.IN_HAND: gettext_lazy("部门正在办理"),
    OrderState.COMPLETED: gettext_lazy("部门报办结；办结不等于群众满意"),
    OrderState.CLOSED: gettext_lazy("办公室核实后归档"),
    OrderState.PLANNED: gettext_lazy("写明年份和资金来源，不算解决"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure: the number, what it counts, the rule behind it, the list that it opens."""

    value: int
    label: str
    rule: object
    href: str
    tone: str = ""


@enter(Act.SEE_NEED, Act.SEE_MATCH, every=True)
def leader(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Figures, needs by strand and by place, what is late, what presses."""
    place = get_place(request.GET.get("place", "") or desk.place_code)
    if place.level == Level.VILLAGE or not desk.may_here(Act.SEE_NEED, place.scope):
        raise NotAllowed
    below = list_children(place.code) if place.level != Level.TOWN else []
    by_place = _live_by_place(desk, below)
    late = list_orders(desk.account, programme_id=desk.programme_id, place_code=place.code, late=True, limit=LONGEST)
    facts = {
        "tiles": _tiles(desk, place.code),
        "strands": bars(_by_strand(desk, place.code)),
        "below": bars([(row.name, by_place[row.code], f"?place={row.code}") for row in _ranked(below, by_place)]),
        "map": _map(place, by_place),
        "late": late.rows,
        "pressing": _pressing(desk, place.code),
        "common": list_common_needs(desk.account, programme_id=desk.programme_id)[:LONGEST],
        "chips": (place_chip(request, desk, deepest=Level.TOWN),),
        "trail": trail(request, desk),
        "place_name": place.name,
    }
    return show(request, "first/leader.html", facts)


def _tiles(desk: Desk, place: str) -> list[Tile]:
    remarks = sum(totals("remarks", desk.programme_id, [place]).values())
    needs = _live_needs(desk, [place]).total()
    orders: Counter[str] = Counter()
    for (_code, _strand, state), number in totals("orders", desk.programme_id, [place]).items():
        orders[state] += number
    late = count_orders(desk.account, programme_id=desk.programme_id, place_code=place).late
    return [
        _tile("remarks", place, remarks, _("民情记录"), _("未撤回的记录，全部时间")),
        _tile("needs", place, needs, pgettext("menu", "需求"), _("未并入、未剔除的需求，全部时间")),
        *(
            _tile("orders", place, orders[state], word_label(state), RULES_TOLD[state], f"state={state}")
            for state in RULES_TOLD
        ),
        _tile("orders", place, late, _("逾期"), _("过了办理时限未办结"), "late=1", "late" if late else ""),
    ]


def _tile(name: str, place: str, value: int, label: str, rule: object, query: str = "", tone: str = "") -> Tile:
    address = f"{reverse(name)}?place={place}"
    return Tile(value, label, rule, f"{address}&{query}" if query else address, tone)


def _live_needs(desk: Desk, places: Sequence[str]) -> Counter[tuple[str, str]]:
    """Live needs by place and strand."""
    found: Counter[tuple[str, str]] = Counter()
    if places:
        for (code, strand, state, _progress), number in totals("needs", desk.programme_id, places).items():
            if state in LIVE:
                found[code, strand] += number
    return found


def _live_by_place(desk: Desk, places: Sequence[PlaceRow]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (code, _strand), number in _live_needs(desk, [row.code for row in places]).items():
        found[code] += number
    return found


def _ranked(places: Sequence[PlaceRow], values: Counter[str]) -> list[PlaceRow]:
    return sorted(places, key=lambda row: (-values[row.code], row.code))


def _by_strand(desk: Desk, place: str) -> list[tuple[str, int, str]]:
    found = _live_needs(desk, [place])
    address = f"{reverse('needs')}?place={place}&strand="
    rows = [(word_label(strand), found[place, strand], address + strand) for strand in Strand]
    return [*rows, (_("没有归类"), found[place, ""], "")] if found[place, ""] else rows


def _map(place: PlaceRow, values: Counter[str]) -> Map | None:
    return county_map(values, "?place={code}") if place.level == Level.PREFECTURE else None


def _pressing(desk: Desk, place: str) -> tuple[NeedRow, ...]:
    """Needs without an order that endanger somebody or miss their season, among the newest 200."""
    rows = list_needs(desk.account, programme_id=desk.programme_id, place_code=place, progress="open", limit=200).rows
    return tuple(row for row in rows if row.urgency != Urgency.NORMAL)[:LONGEST]
