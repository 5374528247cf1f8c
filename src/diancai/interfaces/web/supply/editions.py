"""Supply lists: editions of a department are drafted, signed, published, printed."""

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
from diancai.interfaces.web.showing import refused, show
from diancai.interfaces.web.signed_list import POST, SignedList
from diancai.stages.supply.actions import draft_edition, print_slip, publish_edition, sign_edition, unsign_edition
from diancai.stages.supply.queries import get_edition, get_scan, get_slip, list_editions
from diancai.stages.supply.rows import SHEET_COLUMNS


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
    return HttpResponseRedirect(SUPPLY.address(edition_id))


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


SUPPLY = SignedList(
    "supply",
    draws=Act.WRITE_OFFER,
    publishes=Act.PUBLISH_SUPPLY_LIST,
    page=_page,
    print_slip=print_slip,
    sign=sign_edition,
    unsign=unsign_edition,
    publish=publish_edition,
    get_slip=get_slip,
    get_scan=get_scan,
)
