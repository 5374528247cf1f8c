"""An uploaded sheet and what the reader asks about it: which sheet, which of two tables, which column is meant.

A browser forgets a chosen file once the page is drawn again. The sheet is therefore kept (`remark/kept_sheets.py`)
while the person answers; it is removed as soon as it was read. Called by both imports.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diancai.formats.errors import ColumnMissing, NoSuchSheet, TwoTables
from diancai.formats.errors import Refusal as FormatRefusal
from diancai.formats.sheets import Columns
from diancai.ground.errors import Refusal
from diancai.interfaces.web.asking import Asked
from diancai.interfaces.web.upload import content_of
from diancai.stages.remark.errors import FileRefused
from diancai.stages.remark.kept_sheets import forget_sheet, keep_sheet, kept_sheet


@dataclass(frozen=True, slots=True)
class SentSheet:
    """A file, and the choices made so far: arguments of the actions that read a sheet."""

    name: str
    content: bytes
    sheet: str = ""
    block: int = 0
    chosen: Mapping[str, str] = field(default_factory=dict)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the reader asks: why it asks, what, the field to answer in, the answers, and what is known already.

    `action` is the address that takes the answer; empty for the page itself.
    """

    text: str
    asks: str
    name: str
    options: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...]
    action: str = ""


def sent_sheet(request: HttpRequest, form: Asked) -> SentSheet | None:
    """The file that was sent, or the kept one that an answer is about; None with the reason beside the field."""
    upload = request.FILES.get("file")
    token = form.text("kept")
    try:
        if upload is not None:
            name, content = upload.name or "", content_of(upload)
        elif token:
            name, content = kept_sheet(_account_id(request), token)
        else:
            form.errors["file"] = _("请选择一个表格文件。")
            return None
    except FormatRefusal as refusal:
        form.errors["file"] = refusal.text(get_language() or "zh")
        return None
    header, column = form.text("header"), form.text("field")
    block = form.text("block")
    chosen = {column: header} if header and column else {}
    return SentSheet(name, content, form.text("sheet"), int(block) if block in ("1", "2") else 0, chosen, token)


def question_about(
    refusal: FormatRefusal | Refusal, sent: SentSheet, request: HttpRequest, form: Asked, columns: Columns
) -> Question | None:
    """What to ask when a sheet could not be read without a choice; for any other refusal None, told in the form."""
    reason = refusal.reason if isinstance(refusal, FileRefused) else refusal
    if not isinstance(reason, FormatRefusal):
        form.refuse(reason, {"no_such_place": "place"})
        return None
    answer = _answers(reason, columns)
    if answer is None:
        form.errors["file"] = reason.text(get_language() or "zh")
        return None
    name, options, more = answer
    known = {"kept": _keep(request, sent), "sheet": sent.sheet, "block": str(sent.block or "")} | more
    known |= {key: form.text(key) for key in ("place", "source", "year")}
    told = tuple((key, value) for key, value in known.items() if value and key != name)
    return Question(reason.text(get_language() or "zh"), _asks(reason, name), name, tuple(options), told)


def _asks(reason: FormatRefusal, name: str) -> str:
    if name == "header":
        column = reason.params["wanted_en" if (get_language() or "").startswith("en") else "wanted_zh"]
        return _("哪一列是“%(column)s”？") % {"column": column}
    return _("读哪一张表？") if name == "block" else _("读哪个工作表？")


def forget(request: HttpRequest, sent: SentSheet) -> None:
    """Remove the kept copy of a sheet that was read."""
    if sent.token:
        forget_sheet(_account_id(request), sent.token)


Answers = tuple[str, list[tuple[str, str]], dict[str, str]]


def _answers(reason: FormatRefusal, columns: Columns) -> Answers | None:
    """The field that answers, its options, and what goes along with the answer."""
    told = reason.params
    if isinstance(reason, TwoTables):
        sides = [
            ("1", _("左边：%(table)s") % {"table": told["left"]}),
            ("2", _("右边：%(table)s") % {"table": told["right"]}),
        ]
        return "block", sides, {}
    if isinstance(reason, NoSuchSheet):
        return "sheet", [(name, name) for name in str(told["sheets"]).split("、")], {}
    if isinstance(reason, ColumnMissing):
        seen = told["header"]
        fields = [column.field for column in columns.columns if column.zh == told["wanted_zh"]]
        headers = [(str(each), str(each)) for each in seen if each] if isinstance(seen, list | tuple) else []
        if headers and fields:
            return "header", headers, {"field": fields[0], "sheet": str(told["sheet"])}
    return None


def _keep(request: HttpRequest, sent: SentSheet) -> str:
    """Keep the sheet unless it is kept; the token opens it for the same person only."""
    return sent.token or keep_sheet(_account_id(request), sent.name, sent.content)


def _account_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
