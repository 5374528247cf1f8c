"""Imports: upload, dry run with the fate of every row, mend, commit with a progress bar, undo."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.sheets import REMARK_COLUMNS
from diancai.formats.sheets.templates import remark_template
from diancai.ground.errors import Refusal
from diancai.ground.paging import MOST_ROW, whole_number
from diancai.ground.people.who_may import Act
from diancai.ground.work.queries import find_job
from diancai.interfaces.web.asking import Asked, asked, chip, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import excel
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.fates import fates_of, sheet_years
from diancai.interfaces.web.places import options
from diancai.interfaces.web.sheets_asked import forget, question_about, sent_sheet
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.remark.actions import ask_commit, ask_withdraw, mend_row, read_sheet, skip_row
from diancai.stages.remark.queries import get_batch, list_batch_rows, list_batches
from diancai.words import RowFate, Source

ROWS = 100
POST = ("POST",)


@enter(Act.IMPORT_REMARKS, methods=("GET", "POST"))
def imports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Earlier imports, and the form that reads a file in a dry run."""
    form = asked(request, {"place": desk.place_code, "source": Source.NEED_SHEET, "year": desk.today.year})
    question = None
    if request.method == "POST" and (sent := sent_sheet(request, form)) is not None:
        try:
            batch_id = read_sheet(
                by=desk.account,
                at=timezone.now(),
                programme_id=desk.programme_id,
                place_code=form.text("place") or desk.place_code,
                file_name=sent.name,
                content=sent.content,
                source=_source(form),
                year=form.number("year"),
                sheet=sent.sheet,
                block=sent.block,
                chosen=sent.chosen,
            )
        except Refusal as refusal:
            question = question_about(refusal, sent, request, form, REMARK_COLUMNS)
        else:
            forget(request, sent)
            return HttpResponseRedirect(_address(batch_id))
    facts = {
        "asked": form,
        "question": question,
        "page": list_batches(desk.account, after=request.GET.get("after", "")),
        "places": options(desk),
        "sources": words(Source),
        "years": sheet_years(desk),
    }
    return show(request, "remark/imports.html", facts, status=422 if question or not form.is_fine else 200)


def _source(form: Asked) -> Source:
    """What was chosen; the page offers these words only, so anything else is the usual one."""
    told = form.text("source")
    return Source(told) if told in {source.value for source in Source} else Source.NEED_SHEET


@enter(Act.IMPORT_REMARKS)
def template(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The blank sheet to fill in."""
    return excel(remark_template(), _("民情记录导入模板"))


@enter(Act.IMPORT_REMARKS)
def one_import(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """One import: what would happen, or happened, to every row."""
    batch = get_batch(desk.account, batch_id)
    fate = request.GET.get("fate", "")
    after = whole_number(request.GET.get("after", ""), MOST_ROW) or 0
    rows = list_batch_rows(desk.account, batch_id, fate=fate, after=after, limit=ROWS)
    facts = {
        "batch": batch,
        "rows": rows,
        "fates": fates_of(request, {name: getattr(batch.counts, name.value) for name in RowFate}),
        "more": rows[-1].number if len(rows) == ROWS else None,
        "job": find_job(batch.job_key) if batch.job_key else None,
        "chips": (chip(request, "fate", _("结果"), words(RowFate)),),
        "may_withdraw": desk.may_here(Act.WITHDRAW_BATCH, batch.scope),
    }
    return show(request, "remark/import.html", facts)


@enter(Act.IMPORT_REMARKS, methods=POST)
def mend(request: HttpRequest, desk: Desk, batch_id: int, number: int) -> HttpResponse:
    """Mend cells of one row; a place is chosen by its code."""
    cells = {name[5:]: value for name, value in request.POST.items() if name.startswith("cell_")}
    return _act(
        request,
        batch_id,
        _("第%(number)s行已改。") % {"number": number},
        lambda: mend_row(by=desk.account, at=timezone.now(), batch_id=batch_id, number=number, cells=cells),  # type: ignore[arg-type]
    )


@enter(Act.IMPORT_REMARKS, methods=POST)
def skip(request: HttpRequest, desk: Desk, batch_id: int, number: int) -> HttpResponse:
    """Leave one row out."""
    return _act(
        request,
        batch_id,
        _("第%(number)s行不导入。") % {"number": number},
        lambda: skip_row(by=desk.account, at=timezone.now(), batch_id=batch_id, number=number),
    )


@enter(Act.IMPORT_REMARKS, methods=POST)
def commit(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Take the good rows; rows to be mended stay for later."""
    try:
        job_id = ask_commit(by=desk.account, at=timezone.now(), batch_id=batch_id)
    except Refusal as refusal:
        return refused(request, refusal, _address(batch_id))
    return HttpResponseRedirect(f"{reverse('job', args=[job_id])}?next={_address(batch_id)}")


@enter(Act.WITHDRAW_BATCH, methods=POST)
def withdraw(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Undo a whole import: rows are kept and count nowhere."""
    reason = asked(request).text("reason")
    try:
        job_id = ask_withdraw(by=desk.account, at=timezone.now(), batch_id=batch_id, reason=reason)
    except Refusal as refusal:
        return refused(request, refusal, _address(batch_id))
    return HttpResponseRedirect(f"{reverse('job', args=[job_id])}?next={_address(batch_id)}")


def _act(request: HttpRequest, batch_id: int, text: str, act: Callable[[], object]) -> HttpResponse:
    address = f"{_address(batch_id)}?{request.POST.get('query', '')}"
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, text, address)


def _address(batch_id: int) -> str:
    return reverse("import", args=[batch_id])
