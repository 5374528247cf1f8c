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
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.supply.actions import draft_edition, publish_edition, sign_edition
from diancai.stages.supply.queries import get_edition, list_editions
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
    found = get_edition(desk.account, edition_id)
    scope = get_department(found.edition.department_id).scope
    facts = {
        "found": found,
        "row": found.edition,
        "columns": SHEET_COLUMNS,
        "may_write": desk.may_here(Act.WRITE_OFFER, scope),
        "may_publish": desk.may_here(Act.PUBLISH_SUPPLY_LIST, scope),
        "asked": Asked({"signed_on": desk.today.isoformat()}),
    }
    return show(request, "supply/edition.html", facts)


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


@enter(Act.PUBLISH_SUPPLY_LIST, methods=POST)
def sign(request: HttpRequest, desk: Desk, edition_id: int) -> HttpResponse:
    """Enter who signed the paper and when."""
    form = asked(request)
    signed_on = form.day("signed_on") or desk.today
    return _act(
        request,
        edition_id,
        _("已登记签批。"),
        lambda: sign_edition(
            by=desk.account,
            at=timezone.now(),
            edition_id=edition_id,
            signed_by=form.text("signed_by"),
            signed_on=signed_on,
        ),
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
