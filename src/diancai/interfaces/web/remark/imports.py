"""Imports of remarks: upload, dry run with the fate of every row, mend, commit with a progress bar, undo."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diancai.formats.sheets import REMARK_COLUMNS
from diancai.formats.sheets.templates import remark_template
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import asked, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import excel
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.import_pages import (
    Addresses,
    Kind,
    asked_by,
    cells_of,
    import_page,
    imports_page,
    job_act,
    row_act,
)
from diancai.stages.remark.actions import ask_commit, ask_withdraw, mend_row, read_sheet, skip_row
from diancai.stages.remark.queries import get_batch, list_batch_rows, list_batches
from diancai.words import Source

POST = ("POST",)
KIND = Kind(
    Addresses("imports", "import", "remark_template", "commit_import", "withdraw_import", "mend_row", "skip_row"),
    "remark",
    REMARK_COLUMNS,
    read_sheet,
    list_batches,
    list_batch_rows,
)


@enter(Act.IMPORT_REMARKS, methods=("GET", "POST"))
def imports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Earlier imports, and the form that reads a file in a dry run."""
    known = {"place": desk.place_code, "source": Source.NEED_SHEET}
    return imports_page(request, desk, KIND, known, {"sources": words(Source)}, source=_source(request))


def _source(request: HttpRequest) -> Source:
    """What was chosen; the page offers these words only, so anything else is the usual one."""
    told = asked(request).text("source")
    return Source(told) if told in {source.value for source in Source} else Source.NEED_SHEET


@enter(Act.IMPORT_REMARKS)
def template(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The blank sheet to fill in."""
    return excel(remark_template(), _("民情记录导入模板"))


@enter(Act.IMPORT_REMARKS)
def one_import(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """One import: what would happen, or happened, to every row."""
    batch = get_batch(desk.account, batch_id)
    facts = {"may_withdraw": desk.may_here(Act.WITHDRAW_BATCH, batch.scope)}
    return import_page(request, desk, KIND, batch, facts)


@enter(Act.IMPORT_REMARKS, methods=POST)
def mend(request: HttpRequest, desk: Desk, batch_id: int, number: int) -> HttpResponse:
    """Mend cells of one row; a place is chosen by its code."""
    told = asked_by(desk) | {"batch_id": batch_id, "number": number, "cells": cells_of(request)}
    text = _("第%(number)s行已改。") % {"number": number}
    return row_act(request, KIND, batch_id, text, lambda: mend_row(**told))


@enter(Act.IMPORT_REMARKS, methods=POST)
def skip(request: HttpRequest, desk: Desk, batch_id: int, number: int) -> HttpResponse:
    """Leave one row out."""
    told = asked_by(desk) | {"batch_id": batch_id, "number": number}
    text = _("第%(number)s行不导入。") % {"number": number}
    return row_act(request, KIND, batch_id, text, lambda: skip_row(**told))


@enter(Act.IMPORT_REMARKS, methods=POST)
def commit(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Take the good rows; rows to be mended stay for later."""
    return job_act(request, KIND, batch_id, lambda: ask_commit(**asked_by(desk), batch_id=batch_id))


@enter(Act.WITHDRAW_BATCH, methods=POST)
def withdraw(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Undo a whole import: rows are kept and count nowhere."""
    told = asked_by(desk) | {"batch_id": batch_id, "reason": asked(request).text("reason")}
    return job_act(request, KIND, batch_id, lambda: ask_withdraw(**told))
