"""Imports of offers: upload, dry run with the fate of every row, mend, commit, undo."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diancai.formats.sheets import OFFER_COLUMNS
from diancai.formats.sheets.templates import offer_template
from diancai.ground.people.who_may import Act
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
from diancai.stages.supply.actions import ask_commit_offers, mend_offer_row, read_offer_sheet, withdraw_offer_batch
from diancai.stages.supply.queries import get_offer_batch, list_offer_batch_rows, list_offer_batches

POST = ("POST",)
KIND = Kind(
    Addresses("offer_imports", "offer_import", "offer_template", "commit_offers", "withdraw_offers", "mend_offer_row"),
    "supply",
    OFFER_COLUMNS,
    read_offer_sheet,
    list_offer_batches,
    list_offer_batch_rows,
)


@enter(Act.WRITE_OFFER, methods=("GET", "POST"))
def imports(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Earlier imports, and the form that reads a file in a dry run."""
    return imports_page(request, desk, KIND, {"place": desk.scope.county_code or desk.place_code}, {})


@enter(Act.WRITE_OFFER)
def template(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The blank sheet to fill in."""
    return excel(offer_template(), _("供给侧服务项目导入模板"))


@enter(Act.WRITE_OFFER)
def one_import(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """One import: the fate of every row."""
    return import_page(request, desk, KIND, get_offer_batch(desk.account, batch_id), {"may_withdraw": True})


@enter(Act.WRITE_OFFER, methods=POST)
def mend(request: HttpRequest, desk: Desk, batch_id: int, number: int) -> HttpResponse:
    """Mend cells of one row."""
    told = asked_by(desk) | {"batch_id": batch_id, "number": number, "cells": cells_of(request)}
    text = _("第%(number)s行已改。") % {"number": number}
    return row_act(request, KIND, batch_id, text, lambda: mend_offer_row(**told))


@enter(Act.WRITE_OFFER, methods=POST)
def commit(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Make offers of the good rows: a department's sheet is short and done at once, a long one becomes a job."""
    return job_act(request, KIND, batch_id, lambda: ask_commit_offers(**asked_by(desk), batch_id=batch_id))


@enter(Act.WRITE_OFFER, methods=POST)
def withdraw(request: HttpRequest, desk: Desk, batch_id: int) -> HttpResponse:
    """Undo the import: its offers go out of force."""
    told = asked_by(desk) | {"batch_id": batch_id}
    return row_act(request, KIND, batch_id, _("已撤回这一批。"), lambda: withdraw_offer_batch(**told))
