"""Imports of offers: upload, dry run, mend, commit, undo; the same shape as the import of remarks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.errors import Refusal as FormatRefusal
from diancai.formats.sheets import OFFER_COLUMNS
from diancai.formats.sheets.templates import offer_template
from diancai.ground.errors import Refusal
from diancai.ground.paging import MOST_ROW, whole_number
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import excel
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.fates import fates_of, sheet_years
from diancai.interfaces.web.places import options
from diancai.interfaces.web.sheets_asked import forget, question_about, sent_sheet
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.supply.actions import (
    commit_offer_batch,
    mend_offer_row,
    read_offer_sheet,
    withdraw_offer_batch,
)
from diancai.stages.supply.queries import get_offer_batch, list_offer_batch_rows, list_offer_batches

ROWS = 100
POST = ("POST",)


@enter(Act.WRITE_OFFER, methods=("GET", "POST"))
def imports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Earlier imports, and the form that reads a file in a dry run."""
    form = asked(request, {"place": desk.scope.county_code or desk.place_code, "year": desk.today.year})
    question = None
    if request.method == "POST" and (sent := sent_sheet(request, form)) is not None:
        try:
            batch_id = read_offer_sheet(
                by=desk.account,
                at=timezone.now(),
                programme_id=desk.programme_id,
                place_code=form.text("place") or desk.place_code,
                file_name=sent.name,
                content=sent.content,
                year=form.number("year"),
                sheet=sent.sheet,
                block=sent.block,
                chosen=dict(sent.chosen),
            )
        except (FormatRefusal, Refusal) as refusal:
            question = question_about(refusal, sent, request, form, OFFER_COLUMNS)
        else:
            forget(request, sent)
            return HttpResponseRedirect(_address(batch_id))
    facts = {
        "asked": form,
        "question": question,
        "rows": list_offer_batches(desk.account),
        "places": options(desk),
        "years": sheet_years(desk),
    }
    return show(request, "supply/imports.html", facts, status=422 if question or not form.is_fine else 200)


@enter(Act.WRITE_OFFER)
def template(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The blank sheet to fill in."""
    return excel(offer_template(), _("供给侧服务项目导入模板"))


@enter(Act.WRITE_OFFER)
def one_import(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """One import: the fate of every row."""
    batch = get_offer_batch(desk.account, batch_id)
    rows = list_offer_batch_rows(
        desk.account,
        batch_id,
        fate=request.GET.get("fate", ""),
        after=whole_number(request.GET.get("after", ""), MOST_ROW) or 0,
        limit=ROWS,
    )
    facts = {
        "batch": batch,
        "rows": rows,
        "fates": fates_of(request, batch.counts),
        "more": rows[-1].number if len(rows) == ROWS else None,
    }
    return show(request, "supply/import.html", facts)


@enter(Act.WRITE_OFFER, methods=POST)
def mend(request: HttpRequest, desk: Desk, batch_id: int, number: int) -> HttpResponse:
    """Mend cells of one row."""
    cells = {name[5:]: str(value) for name, value in request.POST.items() if name.startswith("cell_")}
    return _act(
        request,
        batch_id,
        _("第%(number)s行已改。") % {"number": number},
        lambda: mend_offer_row(by=desk.account, at=timezone.now(), batch_id=batch_id, number=number, cells=cells),
    )


@enter(Act.WRITE_OFFER, methods=POST)
def commit(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Make offers of the good rows: a department's sheet is short, so it is done at once."""
    return _act(
        request,
        batch_id,
        _("已导入。"),
        lambda: commit_offer_batch(by=desk.account, at=timezone.now(), batch_id=batch_id),
    )


@enter(Act.WRITE_OFFER, methods=POST)
def withdraw(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Undo the import: its offers go out of force."""
    return _act(
        request,
        batch_id,
        _("已撤回这一批。"),
        lambda: withdraw_offer_batch(by=desk.account, at=timezone.now(), batch_id=batch_id),
    )


def _act(request: HttpRequest, batch_id: int, text: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, _address(batch_id))
    return done(request, text, _address(batch_id))


def _address(batch_id: int) -> str:
    return reverse("offer_import", args=[batch_id])
