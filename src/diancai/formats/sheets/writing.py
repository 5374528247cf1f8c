"""Writes the tables that an office hands on: Excel ready to print on A4, and CSV. Called by exports and lists.

What looks like a formula is written as text: a cell that begins with = + - @ never computes on the reader's machine.
The same rows give the same bytes.
"""

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter

from diancai.formats.errors import TooManyRows

Value = str | int | float | dt.date | dt.datetime | None
EXCEL_ROWS = 1_048_576
EXCEL_CELL = 32_767
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
HEAD_FILL, LINE = "#E8EEF4", "#8A94A0"
# XlsxWriter would write the present time; a fixed day keeps the same rows the same bytes.
CREATED = dt.datetime(2000, 1, 1)
CUT_MARK = "……（本格过长，全文见CSV）"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column to write: its header, its width in characters (0: by the header), and where its text stands."""

    header: str
    width: float = 0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Annex:
    """A second sheet that explains the first: its title, columns and rows."""

    title: str
    columns: Sequence[SheetColumn | str]
    rows: Sequence[Sequence[Value]]


def as_columns(columns: Sequence[SheetColumn | str]) -> list[SheetColumn]:
    """Columns given as headers alone become columns with a width of their own."""
    full = [SheetColumn(column) if isinstance(column, str) else column for column in columns]
    return [c if c.width else SheetColumn(c.header, max(8, min(30, 2 + shown_width(c.header))), c.align) for c in full]


def shown_width(text: str) -> int:
    """Width of a text in half-width characters; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def write_table(
    columns: Sequence[SheetColumn | str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    sheet: str = "",
    count_word: str = "行",
    annex: Annex | None = None,
) -> bytes:
    """An .xlsx of one sheet: title, notes, header, rows, and a last line that tells how many rows there are.

    A4 landscape, one page wide, header and title repeated on every page, page numbers, frozen header. `notes` stand
    under the title (unit, date, rule). `count_word`: what is counted in the last line (条, 项, 行). A cell longer than
    Excel's 32,767 characters is cut and says so. Raises TooManyRows beyond one sheet.
    """
    stream = io.BytesIO()
    write_table_into(stream, columns, rows, title=title, notes=notes, sheet=sheet, count_word=count_word, annex=annex)
    return stream.getvalue()


def write_table_into(
    stream: BinaryIO,
    columns: Sequence[SheetColumn | str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    sheet: str = "",
    count_word: str = "行",
    annex: Annex | None = None,
) -> int:
    """The same table into an open file, row by row; returns how many rows it holds. Memory does not grow with them.

    `annex` follows on a sheet of its own.
    """
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": CREATED})
        page = _Page(book, as_columns(columns), sheet or title or "表")
        page.head(title, notes)
        for row in rows:
            page.row(row)
        page.foot(count_word)
        if annex is not None:
            _write_annex(book, annex)
    return page.count


def _write_annex(book: Any, annex: Annex) -> None:
    page = _Page(book, as_columns(annex.columns), annex.title)
    page.head(annex.title, ())
    for row in annex.rows:
        page.row(row)


class _Page:
    """The sheet being written, row after row: rows are flushed as they come, so none can be touched again."""

    def __init__(self, book: Any, columns: list[SheetColumn], sheet: str) -> None:
        self.columns, self.at, self.count, self.cut = columns, 0, 0, 0
        self.sheet = book.add_worksheet(sheet_title(sheet))
        border = {"border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True, "font_size": 11}
        body = border | {"font_name": BODY_FONT}
        self.title = book.add_format({"font_name": TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"})
        self.note = book.add_format({"font_name": BODY_FONT, "font_size": 11, "valign": "vcenter"})
        self.header = book.add_format(
            border | {"font_name": HEAD_FONT, "align": "center", "bg_color": HEAD_FILL, "bold": False}
        )
        self.cells = [book.add_format(body | {"align": column.align}) for column in columns]
        self.quoted = [book.add_format(body | {"align": c.align, "quote_prefix": True}) for c in columns]
        self.days = [book.add_format(body | {"align": c.align, "num_format": "yyyy-mm-dd"}) for c in columns]
        self.times = [book.add_format(body | {"align": c.align, "num_format": "yyyy-mm-dd hh:mm"}) for c in columns]

    def head(self, title: str, notes: Sequence[str]) -> None:
        """Page set-up, title, notes and header."""
        sheet, last = self.sheet, len(self.columns) - 1
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C&9第 &P 页，共 &N 页")
        for at, column in enumerate(self.columns):
            sheet.set_column(at, at, column.width)
        if title:
            sheet.set_row(0, 32)
            self._across(title, self.title, last)
        for note in notes:
            self._across(note, self.note, last)
        for at, column in enumerate(self.columns):
            sheet.write_string(self.at, at, column.header, self.header)
        sheet.repeat_rows(0, self.at)
        sheet.freeze_panes(self.at + 1, 0)
        self.at += 1

    def _across(self, text: str, style: Any, last: int) -> None:
        if last:
            self.sheet.merge_range(self.at, 0, self.at, last, "", style)
        self.sheet.write_string(self.at, 0, text, style)
        self.at += 1

    def row(self, row: Sequence[Value]) -> None:
        """One row of content; missing cells stay blank with their borders."""
        if self.at >= EXCEL_ROWS - 1:
            raise TooManyRows(rows=f"{EXCEL_ROWS}+", limit=EXCEL_ROWS)
        for at in range(len(self.columns)):
            self._cell(at, row[at] if at < len(row) else None)
        self.at += 1
        self.count += 1

    def _cell(self, at: int, value: Value) -> None:
        if value is None or value == "":
            self.sheet.write_blank(self.at, at, None, self.cells[at])
        elif isinstance(value, str):
            style = self.quoted if value.startswith(FORMULA_STARTS) else self.cells
            self.sheet.write_string(self.at, at, self._fitting(value), style[at])
        elif isinstance(value, dt.datetime):
            self.sheet.write_datetime(self.at, at, value.replace(tzinfo=None), self.times[at])
        elif isinstance(value, dt.date):
            self.sheet.write_datetime(self.at, at, dt.datetime(value.year, value.month, value.day), self.days[at])
        else:
            self.sheet.write_number(self.at, at, value, self.cells[at])

    def _fitting(self, text: str) -> str:
        if len(text) <= EXCEL_CELL:
            return text
        self.cut += 1
        return text[: EXCEL_CELL - len(CUT_MARK)] + CUT_MARK

    def foot(self, count_word: str) -> None:
        """The line that tells how many rows there are, so that a cut-off print is noticed."""
        line = f"共 {self.count} {count_word}"
        if self.cut:
            line += f"；{self.cut} 格超过 Excel 单格 {EXCEL_CELL} 字，已截断"
        self.sheet.write_string(self.at, 0, line, self.note)


def sheet_title(name: str) -> str:
    """A name that Excel accepts for a sheet: at most 31 characters and none of []:*?/\\."""
    return "".join(char for char in name if char not in "[]:*?/\\'")[:31] or "表"


def write_csv(columns: Sequence[SheetColumn | str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The rows as CSV in UTF-8 with a mark, so that Excel opens it right; all rows, all characters."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([column if isinstance(column, str) else column.header for column in columns])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        # A leading apostrophe is what Excel itself uses to say "text".
        return "'" + value
    return value
