"""Supply lists: editions of a department are drafted, signed, published, printed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.sheets.writing import SheetColumn, write_table
from diancai.ground.errors import Refusal
from diancai.ground.paging import whole_number
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_department, list_departments
from diancai.interfaces.web.asking import Asked, asked, chip, word_label
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import excel
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.paper import BESIDE, scan_page, signing_of, slip_page, word_file
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.supply.actions import draft_edition, print_slip, publish_edition, sign_edition, unsign_edition
from diancai.stages.supply.queries import get_edition, get_scan, get_slip, list_editions
from diancai.stages.supply.rows import SHEET_COLUMNS

POST = ("POST",)


@enter(Act.SEE_LISTS)
def editions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All editions that may be seen, the newest first."""
    rows = list_editions(
        desk.account,
        programme_id=desk.programme_id,
        department_id=whole_number(request.GET.get("department", "")),
    )
    departments = list_departments(desk.scope.county_code or desk.place_code)
    own = [(row.id, row.name) for row in departments if desk.may_here(Act.WRITE_OFFER, row.scope)]
    facts = {
        "rows": rows,
        "chips": (chip(request, "department", _("单位"), [(str(row.id), row.short_name) for row in departments]),),
        "departments": own,
        "asked": Asked({"period": f"{desk.today:%Y-%m}", "department": str(desk.department_id or "")}),
    }
    return show(request, "supply/editions.html", facts)


@enter(Act.WRITE_OFFER, methods=POST)
def draft(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Draw up the department's list of offers in force."""
    form = asked(request)
    try:
        edition_id = draft_edition(
            by=desk.account,
            at=timezone.now(),
            programme_id=desk.programme_id,
            department_id=form.number("department") or 0,
            period=form.text("period"),
            is_supplement=bool(form.text("is_supplement")),
        )
    except Refusal as refusal:
        return refused(request, refusal, reverse("supply_lists"))
    return HttpResponseRedirect(_address(edition_id))


@enter(Act.SEE_LISTS)
def edition(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """One edition in the office's columns."""
    return _page(request, desk, edition_id, Asked({"signed_on": desk.today.isoformat()}))


def _page(request: HttpRequest, desk: Desk, edition_id: int, form: Asked) -> HttpResponse:
    found = get_edition(desk.account, edition_id)
    scope = get_department(found.edition.department_id).scope
    facts = {
        "found": found,
        "row": found.edition,
        "columns": SHEET_COLUMNS,
        "may_write": desk.may_here(Act.WRITE_OFFER, scope),
        "may_publish": desk.may_here(Act.PUBLISH_SUPPLY_LIST, scope),
        "may_see_paper": desk.may_here(Act.SEE_SIGNED_PAPER, scope),
        "asked": form,
        "is_refused": not form.is_fine,
    }
    return show(request, "supply/edition.html", facts, status=200 if form.is_fine else 422)


@enter(Act.SEE_LISTS)
def download(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """One edition as Excel."""
    found = get_edition(desk.account, edition_id)
    english = request.LANGUAGE_CODE.startswith("en")
    columns = [SheetColumn(en if english else zh, width) for _key, zh, en, width in SHEET_COLUMNS]
    lines = [[line.cells.get(key, "") for key, _zh, _en, _width in SHEET_COLUMNS] for line in found.lines]
    notes = [word_label(found.edition.state)]
    content = write_table(columns, lines, title=found.edition.name, notes=notes, count_word="项")
    return excel(content, found.edition.name)


@enter(Act.WRITE_OFFER, methods=POST)
def print_paper(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Print the approval slip of the draft as it stands."""
    try:
        print_slip(by=desk.account, at=timezone.now(), edition_id=edition_id)
    except Refusal as refusal:
        return refused(request, refusal, _address(edition_id))
    return HttpResponseRedirect(reverse("supply_slip", args=[edition_id]))


@enter(Act.SEE_SIGNED_PAPER)
def slip(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """The approval slip, to be printed."""
    addresses = {"word": reverse("supply_slip_word", args=[edition_id])}
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


@enter(Act.PUBLISH_SUPPLY_LIST, methods=POST)
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


@enter(Act.PUBLISH_SUPPLY_LIST, methods=POST)
def unsign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Take a signature back before it is published."""
    return _act(
        request,
        edition_id,
        _("签批已撤回，可以再改。"),
        lambda: unsign_edition(by=desk.account, at=timezone.now(), edition_id=edition_id),
    )


@enter(Act.PUBLISH_SUPPLY_LIST, methods=POST)
def publish(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Publish: from now on it never changes."""
    return _act(
        request,
        edition_id,
        _("已发布，不再改动。"),
        lambda: publish_edition(by=desk.account, at=timezone.now(), edition_id=edition_id),
    )


def _act(request: HttpRequest, edition_id: int, text: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, _address(edition_id))
    return done(request, text, _address(edition_id))


def _address(edition_id: int) -> str:
    return reverse("supply_list", args=[edition_id])
