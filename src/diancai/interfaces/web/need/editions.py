"""Demand lists: editions are drawn, filled, signed on paper, published; the page prints on A4 landscape."""

from collections.abc import Callable

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
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.need.actions import (
    draft_edition,
    fill_line,
    publish_edition,
    sign_edition,
    unsign_edition,
)
from diancai.stages.need.queries import get_edition, list_editions
from diancai.words import Level

FILLED_BY_HAND = ("leader", "contact", "due", "note")
POST = ("POST",)


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
    return HttpResponseRedirect(_address(edition_id))


@enter(Act.SEE_LISTS)
def edition(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """One edition as a table in the office's columns."""
    found = get_edition(desk.account, edition_id)
    scope = get_scope(found.edition.county_code)
    facts = {
        "found": found,
        "row": found.edition,
        "may_draft": desk.may_here(Act.DRAFT_DEMAND_LIST, scope),
        "may_publish": desk.may_here(Act.PUBLISH_DEMAND_LIST, scope),
        "by_hand": FILLED_BY_HAND,
        "asked": Asked({"signed_on": desk.today.isoformat()}),
    }
    return show(request, "need/edition.html", facts)


@enter(Act.PUBLISH_DEMAND_LIST, methods=POST)
def sign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Enter who signed the paper and when."""
    form = asked(request)
    signed_by, signed_on = form.text("signed_by", must=True), form.day("signed_on", must=True)
    if signed_on is None or not form.is_fine:
        return HttpResponseRedirect(_address(edition_id) + "?unsigned=1#sign")
    return _act(
        request,
        edition_id,
        _("已登记签批。"),
        lambda: sign_edition(
            by=desk.account,
            at=timezone.now(),
            edition_id=edition_id,
            signed_by=signed_by,
            signed_on=signed_on,
            paper=form.text("paper"),
        ),
    )


@enter(Act.PUBLISH_DEMAND_LIST, methods=POST)
def unsign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Take a signature back before it is published."""
    return _act(
        request,
        edition_id,
        _("签批已撤回，可以再改。"),
        lambda: unsign_edition(by=desk.account, at=timezone.now(), edition_id=edition_id),
    )


@enter(Act.PUBLISH_DEMAND_LIST, methods=POST)
def publish(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Publish: from now on it never changes."""
    return _act(
        request,
        edition_id,
        _("已发布，不再改动。"),
        lambda: publish_edition(by=desk.account, at=timezone.now(), edition_id=edition_id),
    )


@enter(Act.DRAFT_DEMAND_LIST, methods=POST)
def fill(request: HttpRequest, desk: Desk, edition_id: int, line_id: int) -> HttpResponse:
    """Fill the cells of a draft that people write by hand."""
    form = asked(request)
    cells = {name: form.text(name) for name in FILLED_BY_HAND if name in form.sent}
    return _act(
        request,
        edition_id,
        _("已填。"),
        lambda: fill_line(by=desk.account, at=timezone.now(), line_id=line_id, cells=cells),
    )


def _act(request: HttpRequest, edition_id: int, text: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, _address(edition_id))
    return done(request, text, _address(edition_id))


def _address(edition_id: int) -> str:
    return reverse("demand_list", args=[edition_id])
