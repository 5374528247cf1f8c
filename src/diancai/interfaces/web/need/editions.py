"""Demand lists: editions are drawn, filled, signed on paper, published; the page prints on A4 landscape."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_scope, list_places
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import refused, show
from diancai.interfaces.web.signed_list import POST, SignedList
from diancai.stages.need.actions import (
    draft_edition,
    fill_line,
    print_slip,
    publish_edition,
    sign_edition,
    unsign_edition,
)
from diancai.stages.need.queries import get_edition, get_scan, get_slip, list_editions
from diancai.words import Level

FILLED_BY_HAND = ("leader", "contact", "due", "note")


@enter(Act.SEE_LISTS)
def editions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All editions, the newest first, with the form that draws a new one."""
    rows = list_editions(desk.account, programme_id=desk.programme_id, place_code=request.GET.get("place", ""))
    facts = {
        "rows": rows,
        "chips": (place_chip(request, desk),) if desk.level == Level.PREFECTURE else (),
        "trail": trail(request, desk),
        "may_draft": desk.may(Act.DRAFT_DEMAND_LIST),
        "counties": _counties(desk),
        "asked": Asked({"period": f"{desk.today:%Y-%m}", "county": desk.scope.county_code}),
    }
    return show(request, "need/editions.html", facts)


def _counties(desk: Desk) -> list[tuple[str, str]]:
    own = desk.scope.county_code
    return [(row.code, row.name) for row in list_places(Level.COUNTY) if not own or row.code == own]


@enter(Act.DRAFT_DEMAND_LIST, methods=POST)
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Draw a draft of what is accepted; an open draft is drawn anew."""
    form = asked(request)
    try:
        edition_id = draft_edition(
            by=desk.account,
            at=timezone.now(),
            programme_id=desk.programme_id,
            county_code=form.text("county"),
            period=form.text("period"),
            is_supplement=bool(form.text("is_supplement")),
        )
    except Refusal as refusal:
        return refused(request, refusal, reverse("demand_lists"))
    return HttpResponseRedirect(DEMAND.address(edition_id))


def _page(request: HttpRequest, desk: Desk, edition_id: int, form: Asked) -> HttpResponse:
    found = get_edition(desk.account, edition_id)
    scope = get_scope(found.edition.county_code)
    facts = {
        "found": found,
        "row": found.edition,
        "may_draft": desk.may_here(Act.DRAFT_DEMAND_LIST, scope),
        "may_publish": desk.may_here(Act.PUBLISH_DEMAND_LIST, scope),
        "may_see_paper": desk.may_here(Act.SEE_SIGNED_PAPER, scope),
        "by_hand": FILLED_BY_HAND,
        "asked": form,
        "is_refused": not form.is_fine,
    }
    return show(request, "need/edition.html", facts, status=200 if form.is_fine else 422)


DEMAND = SignedList(
    "demand",
    draws=Act.DRAFT_DEMAND_LIST,
    publishes=Act.PUBLISH_DEMAND_LIST,
    page=_page,
    print_slip=print_slip,
    sign=sign_edition,
    unsign=unsign_edition,
    publish=publish_edition,
    get_slip=get_slip,
    get_scan=get_scan,
)


@enter(Act.DRAFT_DEMAND_LIST, methods=POST)
def fill(request: HttpRequest, desk: Desk, edition_id: int, line_id: int) -> HttpResponse:
    """Fill the cells of a draft that people write by hand."""
    form = asked(request)
    cells = {name: form.text(name) for name in FILLED_BY_HAND if name in form.sent}
    return DEMAND.act(
        request,
        edition_id,
        _("已填。"),
        lambda: fill_line(by=desk.account, at=timezone.now(), line_id=line_id, cells=cells),
    )
