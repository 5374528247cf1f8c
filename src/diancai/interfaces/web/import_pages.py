"""What the two import pages share: a file is given in, every row's fate is shown, mended, committed, taken back.

`remark/imports.py` and `supply/imports.py` name their acts and addresses in a `Kind` and put doors before the views.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.formats.sheets import Columns
from diancai.ground.errors import Refusal
from diancai.ground.paging import MOST_ROW, Page, whole_number
from diancai.ground.work.queries import find_job
from diancai.interfaces.web.asking import Asked, asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.fates import fates_of, sheet_years
from diancai.interfaces.web.places import options
from diancai.interfaces.web.sheets_asked import Question, SentSheet, forget, question_about, sent_sheet
from diancai.interfaces.web.showing import done, refused, show
from diancai.stages.remark.errors import FileRefused
from diancai.stages.remark.rows import BatchRow, SheetRow
from diancai.words import RowFate

ROWS = 100
UNDER_WAY = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Names of the addresses of one kind of import; `skip` is empty where a row cannot be left out."""

    every: str
    one: str
    template: str
    commit: str
    withdraw: str
    mend: str
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import: its addresses, templates (a folder), columns, and what it asks of its stage."""

    addresses: Addresses
    folder: str
    columns: Columns
    read: Callable[..., int]
    list_batches: Callable[..., Page[BatchRow]]
    list_rows: Callable[..., tuple[SheetRow, ...]]

    def address(self, batch_id: int) -> str:
        """The page of one import."""
        return reverse(self.addresses.one, args=[batch_id])


def imports_page(
    request: HttpRequest, desk: Desk, kind: Kind, known: Mapping[str, object], facts: Mapping[str, Any], **more: Any
) -> HttpResponse:
    """Earlier imports, and the form that reads a file in a dry run, a big one in the background.

    `known` fills the form, `facts` are for the template alone, `more` arguments for the act that reads.
    """
    form = asked(request, {**known, "year": desk.today.year})
    question = None
    if request.method == "POST" and (sent := sent_sheet(request, form)) is not None:
        try:
            batch_id = _read(desk, kind, form, sent, more)
        except Refusal as refusal:
            question = question_about(refusal, sent, request, form, kind.columns)
        else:
            forget(request, sent)
            return HttpResponseRedirect(kind.address(batch_id))
    shown = {
        "asked": form,
        "question": question,
        "page": kind.list_batches(desk.account, after=request.GET.get("after", "")),
        "places": options(desk),
        "years": sheet_years(desk),
        "urls": kind.addresses,
    }
    return show(
        request, f"{kind.folder}/imports.html", shown | dict(facts), status=422 if question or not form.is_fine else 200
    )


def _read(desk: Desk, kind: Kind, form: Asked, sent: SentSheet, more: Mapping[str, Any]) -> int:
    return kind.read(
        by=desk.account,
        at=timezone.now(),
        programme_id=desk.programme_id,
        place_code=form.text("place") or desk.place_code,
        file_name=sent.name,
        content=sent.content,
        year=form.number("year"),
        sheet=sent.sheet,
        block=sent.block,
        chosen=sent.chosen,
        in_background=True,
        **more,
    )


def import_page(
    request: HttpRequest, desk: Desk, kind: Kind, batch: BatchRow, facts: Mapping[str, Any]
) -> HttpResponse:
    """One import: how far its sheet is read, why it was refused, or what would happen (or happened) to every row."""
    after = whole_number(request.GET.get("after", ""), MOST_ROW) or 0
    rows = kind.list_rows(desk.account, batch.id, fate=request.GET.get("fate", ""), after=after, limit=ROWS)
    job = find_job(batch.job_key)
    shown = {
        "batch": batch,
        "rows": rows,
        "fates": fates_of(request, {name: getattr(batch.counts, name.value) for name in RowFate}),
        "more": rows[-1].number if len(rows) == ROWS else None,
        "job": job,
        "is_under_way": job is not None and job.state in UNDER_WAY,
        "urls": kind.addresses,
        **_refused(request, kind, batch),
    }
    return show(request, f"{kind.folder}/import.html", shown | dict(facts))


def _refused(request: HttpRequest, kind: Kind, batch: BatchRow) -> dict[str, Any]:
    """Why the job could not read the file: a question that the kept file answers, or what to do about it."""
    if batch.refused is None:
        return {}
    form = Asked({"place": batch.place_code, "source": batch.source, "year": str(batch.year or "")})
    sent = SentSheet(batch.file_name, b"", token=batch.kept)
    question = question_about(FileRefused(batch.refused), sent, request, form, kind.columns)
    return {"asked": form, "question": _to(question, reverse(kind.addresses.every))}


def _to(question: Question | None, address: str) -> Question | None:
    return replace(question, action=address) if question else None


def cells_of(request: HttpRequest) -> dict[str, str]:
    """The cells that a mended row sends, by field."""
    return {name[5:]: str(value) for name, value in request.POST.items() if name.startswith("cell_")}


def row_act(request: HttpRequest, kind: Kind, batch_id: int, text: str, act: Callable[[], object]) -> HttpResponse:
    """Do something with a row or a whole import and come back to the same place in its list."""
    address = f"{kind.address(batch_id)}?{request.POST.get('query', '')}"
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, text, address)


def job_act(request: HttpRequest, kind: Kind, batch_id: int, ask: Callable[[], int | None]) -> HttpResponse:
    """Ask for a job and show how far it is; where the act was done at once (None), come back and say so."""
    try:
        job_id = ask()
    except Refusal as refusal:
        return refused(request, refusal, kind.address(batch_id))
    if job_id is None:
        return done(request, _("已导入。"), kind.address(batch_id))
    return HttpResponseRedirect(f"{reverse('job', args=[job_id])}?next={kind.address(batch_id)}")


def asked_by(desk: Desk) -> dict[str, Any]:
    """Who does it, and when: what every act of an import is given."""
    return {"by": desk.account, "at": timezone.now()}
