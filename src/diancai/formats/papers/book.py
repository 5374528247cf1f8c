"""A paper of headed tables, such as a hand-over book: title, opening lines, sections with facts and tables. Pure."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from docx.table import _Row

from diancai.formats.papers.official import (
    BODY_FONT,
    CENTRE,
    HEADING_FONT,
    LEFT_SIDE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TITLE_FONT,
    TITLE_SIZE,
    add_line,
    blank_paper,
    dress,
    page_number,
    set_lines,
)

CELL_SIZE, ROW_LINE = Pt(10.5), Twips(300)
WIDE = Mm(245)  # what lies between the margins of a landscape page


@dataclass(frozen=True, slots=True)
class BookTable:
    """A table: heads with their shares of the width, rows of texts. `empty` is said where there are no rows."""

    heads: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class BookSection:
    """A heading, lines of text under it, and a table or none."""

    heading: str
    lines: tuple[str, ...] = ()
    table: BookTable | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """The whole paper; `opening` stands under the title, `closing` after the last section."""

    title: str
    opening: tuple[str, ...]
    sections: tuple[BookSection, ...]
    closing: tuple[str, ...] = ()


def write_book(book: Book) -> bytes:
    """The book as a .docx file, A4 landscape, because its tables are wide."""
    paper = blank_paper(book.title)
    _landscape(paper)
    add_line(paper, book.title, font=TITLE_FONT, size=TITLE_SIZE, align=CENTRE)
    _lines(paper, book.opening)
    for section in book.sections:
        add_line(paper, section.heading, font=HEADING_FONT, align=LEFT_SIDE)
        _lines(paper, section.lines)
        if section.table is not None:
            _table(paper, section.table)
    _lines(paper, book.closing)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _landscape(paper: Paper) -> None:
    page = paper.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = PAGE_HEIGHT, PAGE_WIDTH
    page.top_margin, page.bottom_margin = Mm(28), Mm(26)
    page.left_margin, page.right_margin = Mm(26), Mm(26)
    number = page.footer.paragraphs[0]
    number.alignment = CENTRE
    page_number(number)


def _lines(paper: Paper, texts: Sequence[str]) -> None:
    for text in texts:
        add_line(paper, text, size=Pt(12), align=LEFT_SIDE)


def _table(paper: Paper, told: BookTable) -> None:
    if not told.rows:
        add_line(paper, told.empty, size=Pt(12), align=LEFT_SIDE)
        return
    table = paper.add_table(rows=0, cols=len(told.heads))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(share for _, share in told.heads)
    widths = [Mm(round(WIDE.mm * share / whole, 1)) for _, share in told.heads]
    for number, cells in enumerate([tuple(name for name, _ in told.heads), *told.rows]):
        row: _Row = table.add_row()
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = width
            set_lines(cell.paragraphs[0], ROW_LINE)
            dress(cell.paragraphs[0].add_run(text), CELL_SIZE, HEADING_FONT if number == 0 else BODY_FONT)
        _keep_row(row, is_head=number == 0)


def _keep_row(row: _Row, *, is_head: bool) -> None:
    """A row is not torn by the end of a page; the heads are told again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        head = OxmlElement("w:tblHeader")
        head.set(qn("w:val"), "true")
        properties.append(head)
