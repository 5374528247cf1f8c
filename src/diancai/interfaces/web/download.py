"""Files handed out: Excel tables, always complete."""

from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse

from diancai.ground.paging import Page

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
