"""A notice for the board of a village: a title, one table, a few lines below. Pure: frozen facts in, bytes out."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table

from .setting import TITLE_FONT, add_line, blank_paper, write_cell

# Widths of the type area of 156 mm: number, matter, who, how, when.
WIDTHS = (Mm(12), Mm(44), Mm(30), Mm(50), Mm(20))
LETTERS = 12


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands on the notice; each row has as many cells as there are columns (five)."""

    title: str
    under: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]


def write_notice(notice: Notice) -> bytes:
    """The notice as a .docx file."""
    paper = blank_paper(notice.title)
    add_line(paper, notice.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER, font=TITLE_FONT, after=6)
    add_line(paper, notice.under, size=14, align=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    table = paper.add_table(rows=0, cols=len(notice.columns))
    table.style, table.autofit = "Table Grid", False
    for cells in (notice.columns, *notice.rows):
        _row(table, cells)
    for line in notice.foot:
        add_line(paper, line, size=LETTERS, before=6)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _row(table: Table, cells: Sequence[str]) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it without types
    for cell, width, text in zip(row.cells, WIDTHS, cells, strict=True):
        cell.width = width
        write_cell(cell, [text], size=LETTERS)
