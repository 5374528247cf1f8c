"""Files handed out: Excel tables, always complete."""

from collections.abc import Callable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import TypeVar
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import get_language

from diancai.formats.errors import TooManyRows
from diancai.formats.sheets.writing import SheetColumn, Value, write_table_into
from diancai.ground.paging import Page
from diancai.interfaces.web.showing import way_back

Row = TypeVar("Row")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_READ = 500


def every_row(read: Callable[[str, int], Page[Row]]) -> Iterator[Row]:
    """All rows of a list, read page after page by key, so that no export stops at a page's end."""
    after = ""
    while True:
        page = read(after, ROWS_A_READ)
        yield from page.rows
        if not page.next_after:
            return
        after = page.next_after


def excel(content: bytes, name: str) -> HttpResponse:
    """An Excel file under a Chinese name."""
    headers = {
        "Content-Disposition": f"attachment; filename=table.xlsx; filename*=UTF-8''{quote(name)}.xlsx",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=EXCEL, headers=headers)


def whole_list(
    request: HttpRequest,
    columns: Sequence[SheetColumn],
    rows: Iterator[Sequence[Value]],
    *,
    title: str,
    name: str,
    count_word: str,
) -> HttpResponseBase:
    """All rows as Excel, written into a temporary file row by row and sent from there; its last line counts them."""
    # The answer closes the file when it was sent.
    file = TemporaryFile()  # noqa: SIM115
    try:
        write_table_into(file, columns, rows, title=title, count_word=count_word)
    except TooManyRows as refusal:
        file.close()
        messages.error(request, refusal.text(get_language() or "zh"))
        return HttpResponseRedirect(way_back(request))
    file.seek(0)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL, headers=headers)
