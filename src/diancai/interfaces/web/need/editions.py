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
from diancai.interfaces.web.paper import BESIDE, scan_page, signing_of, slip_page, word_file
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import done, refused, show
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
    return _page(request, desk, edition_id, Asked({"signed_on": desk.today.isoformat()}))


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


@enter(Act.DRAFT_DEMAND_LIST, methods=POST)
def print_paper(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Print the approval slip of the draft as it stands."""
    try:
        print_slip(by=desk.account, at=timezone.now(), edition_id=edition_id)
    except Refusal as refusal:
        return refused(request, refusal, _address(edition_id))
    return HttpResponseRedirect(reverse("demand_slip", args=[edition_id]))


@enter(Act.SEE_SIGNED_PAPER)
def slip(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """The approval slip, to be printed."""
    addresses = {"word": reverse("demand_slip_word", args=[edition_id])}
    if desk.may(Act.SEE_LISTS):
        addresses["list"] = _address(edition_id)
    return slip_page(request, get_slip(desk.account, edition_id), addresses)


@enter(Act.SEE_SIGNED_PAPER)
def slip_word(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """The approval slip as a Word file."""
    return word_file(get_slip(desk.account, edition_id))


@enter(Act.SEE_SIGNED_PAPER)
def scan(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """The photo or scan of the signed slip."""
    return scan_page(get_scan(desk.account, edition_id))


@enter(Act.PUBLISH_DEMAND_LIST, methods=POST)
def sign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Enter who signed the slip and when, with its scan."""
    form = asked(request)
    try:
        signing = signing_of(request, form)
        sign_edition(by=desk.account, at=timezone.now(), edition_id=edition_id, signing=signing)
    except Refusal as refusal:
        form.refuse(refusal, BESIDE)
        return _page(request, desk, edition_id, form)
    return done(request, _("已登记签批。"), _address(edition_id))


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
