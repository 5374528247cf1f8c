"""The board of an office or a department, and the day's work."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diancai.ground.paging import whole_number
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import list_departments
from diancai.interfaces.web.asking import Filter, chip
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.feedback.queries import list_follow_ups
from diancai.stages.order.queries import FREE, MINE, OTHERS, day_of
from diancai.stages.order.queries import board as order_board
from diancai.stages.order.rows import BoardColumn
from diancai.stages.tally.queries import totals

ALWAYS = ("dispatched", "accepted", "in_hand")  # columns that stand even when they are empty
PRESENCES = (
    (FREE, gettext_lazy("没人在办")),
    (MINE, gettext_lazy("我在办")),
    (OTHERS, gettext_lazy("别人在办")),
)
WORKERS = (Act.DISPATCH_ORDER, Act.ANSWER_ORDER)
FOLLOW_UPS = 6


def asked_department(request: HttpRequest, desk: Desk) -> int | None:
    """The department that the address asks for, else that of the post."""
    asked = whole_number(request.GET.get("department", ""))
    return desk.department_id if asked is None else asked


def department_chip(request: HttpRequest, desk: Desk) -> Filter:
    """The departments of the place looked at."""
    here = request.GET.get("place") or desk.scope.county_code or desk.place_code
    departments = [(str(row.id), row.short_name or row.name) for row in list_departments(here)]
    return chip(request, "department", _("单位"), departments)


def presence_chips(request: HttpRequest, desk: Desk) -> list[Filter]:
    """Who is on it, for those who may be on it themselves."""
    if not any(desk.may(act) for act in WORKERS):
        return []
    return [chip(request, "on", _("谁在办"), [(value, str(text)) for value, text in PRESENCES])]


def bulk_facts(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """What the bar of bulk acts needs; nothing for those who may do none."""
    dispatches = desk.may(Act.DISPATCH_ORDER)
    urges = desk.may(Act.URGE_ORDER) and desk.department_id is None
    if not (dispatches or urges):
        return {"has_bulk": False}
    here = request.GET.get("place") or desk.scope.county_code or desk.place_code
    to = [(row.id, row.name) for row in list_departments(here)] if dispatches else []
    return {"has_bulk": True, "bulk_dispatches": dispatches, "bulk_urges": urges, "bulk_departments": to}


@enter(Act.SEE_ORDER)
def board(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Columns by state, one of them alone from a key on when the address asks for it; a department's contact sees its
    own parts. A script that asks for more of a column gets its cards alone."""
    column = request.GET.get("column", "")
    columns = order_board(
        desk.account,
        programme_id=desk.programme_id,
        department_id=asked_department(request, desk),
        place_code=request.GET.get("place", ""),
        presence=request.GET.get("on", ""),
        column=column,
        after=request.GET.get("after", ""),
    )
    if column and not columns:
        raise Http404
    facts = bulk_facts(request, desk)
    if column and request.headers.get("HX-Target", "").startswith("more-"):
        return show(request, "order/cards.html", facts | {"column": columns[0]})
    chips = [] if desk.department_id else [place_chip(request, desk), department_chip(request, desk)]
    shown = [each for each in columns if column or each.cards or each.state in ALWAYS]
    facts |= {
        "columns": _with_standing(request, desk, shown),
        "chips": (*chips, *presence_chips(request, desk)),
        "trail": trail(request, desk),
        "column": column,
    }
    return show(request, "order/board.html", facts)


def _with_standing(
    request: HttpRequest, desk: Desk, columns: Sequence[BoardColumn]
) -> list[tuple[BoardColumn, int | None]]:
    """Each column with its standing count where counting stopped and the standing counts know the board's orders."""
    narrowed = {"department", "on"} & set(request.GET)
    place = request.GET.get("place", "") or desk.place_code
    if desk.department_id or narrowed or not place or not any(each.count.at_least for each in columns):
        return [(each, None) for each in columns]
    standing: dict[str, int] = {}
    for (_place, _strand, state), number in totals("orders", desk.programme_id, [place]).items():
        standing[state] = standing.get(state, 0) + number
    return [(each, standing.get(each.state.value) if each.count.at_least else None) for each in columns]


@enter(Act.SEE_ORDER)
def day(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What I am on, what runs out, what waits for me, whom to ask whether it is solved."""
    groups = day_of(
        desk.account,
        programme_id=desk.programme_id,
        at=timezone.now(),
        department_id=asked_department(request, desk),
        place_code=request.GET.get("place", ""),
    )
    follow_ups = None
    if desk.may(Act.FOLLOW_UP):
        follow_ups = list_follow_ups(desk.account, programme_id=desk.programme_id, state="waiting", limit=FOLLOW_UPS)
    chips = () if desk.department_id else (place_chip(request, desk),)
    facts = {"groups": groups, "follow_ups": follow_ups, "chips": chips, "trail": trail(request, desk)}
    return show(request, "order/day.html", facts | bulk_facts(request, desk))
