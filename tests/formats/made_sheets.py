"""Workbooks made in memory for the tests of `formats`: the cells of an office's sheet, as Excel would save them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from diancai.formats.sheets import Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(
    rows: Sequence[Sequence[Any]], *, merges: Sequence[tuple[int, int, int, int]] = (), **sheets: Any
) -> bytes:
    """An .xlsx: `rows` on the first sheet, `merges` as (top, left, bottom, right) from 0; `sheets`: name to rows."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"}) as book:
        fill(book.add_worksheet("需求表"), rows, merges)
        for name, more in sheets.items():
            fill(book.add_worksheet(name), more, ())
    return stream.getvalue()


def fill(sheet: Any, rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int]]) -> None:
    """Write rows; a text is a text even if it begins with =."""
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, "")
    for at, row in enumerate(rows):
        for position, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, position, value)
            elif value is not None:
                sheet.write(at, position, value)


def with_member(content: bytes, name: str, inside: bytes) -> bytes:
    """The same package with one more member."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr(name, inside)
    return stream.getvalue()


def package(*members: str) -> bytes:
    """A zip with empty members of these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for member in members:
            packed.writestr(member, "<x/>")
    return stream.getvalue()


def long_workbook(count: int) -> bytes:
    """An .xlsx of `count` rows under a header of two columns, written as bare XML because that is fast."""
    cell = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    rows = ["<row>" + cell.format("A", 1, "需求内容") + cell.format("B", 1, "户数") + "</row>"]
    rows.extend(
        f"<row>{cell.format('A', n, f'第{n - 1}条：斗渠淤了')}{cell.format('B', n, 3)}</row>"
        for n in range(2, count + 2)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    return with_sheet(workbook([]), sheet.encode())


def with_sheet(content: bytes, xml: bytes) -> bytes:
    """The same workbook with `xml` as its first sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, xml if member == "xl/worksheets/sheet1.xml" else old.read(member))
    return stream.getvalue()


PLAIN = [["需求内容", "户数"], ["斗渠淤了，想清一清", 23], ["葵花地里有列当", None]]


def codes(table: Table) -> list[str]:
    """What was noticed while a table was read."""
    return [notice.code for notice in table.warnings]


def texts(table: Table) -> list[str]:
    """The words of each row."""
    return [table.value(row, "text") for row in table.rows]
