"""A one-page form in Word, A4 portrait: a title, rows of facts, and boxes for opinion, signature and date.

The type is that of official papers (`setting.py`).
"""

import io
from dataclasses import dataclass

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table, _Row

from .setting import TITLE_FONT, add_line, blank_paper, write_cell

LABEL_WIDTH, VALUE_WIDTH = Mm(38), Mm(118)
ROW_HEIGHT, OPINION_HEIGHT = Mm(11), Mm(42)
SIGN_LINE = "签字：                    {day}"
EMPTY_DAY = "　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A box that somebody fills in by hand."""

    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """All that is printed on the form; `corner` stands above the title at the right, `foot` below the table."""

    title: str
    corner: str
    rows: tuple[tuple[str, str], ...]
    opinions: tuple[Opinion, ...]
    foot: str


def write_form(form: PaperForm) -> bytes:
    """The form as a .docx file."""
    paper = blank_paper(form.title)
    add_line(paper, form.corner, size=12, align=WD_ALIGN_PARAGRAPH.RIGHT)
    add_line(paper, form.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER, font=TITLE_FONT, after=10)
    table = paper.add_table(rows=0, cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for label, value in form.rows:
        _fact(table, label, value)
    for opinion in form.opinions:
        _opinion(table, opinion)
    add_line(paper, form.foot, size=10.5, before=6)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _fact(table: Table, label: str, value: str) -> None:
    row = _row(table, ROW_HEIGHT)
    write_cell(row.cells[0], [label], align=WD_ALIGN_PARAGRAPH.CENTER)
    write_cell(row.cells[1], [value])


def _opinion(table: Table, opinion: Opinion) -> None:
    row = _row(table, OPINION_HEIGHT)
    write_cell(row.cells[0], [opinion.label], align=WD_ALIGN_PARAGRAPH.CENTER)
    write_cell(row.cells[1], [opinion.hint, "", SIGN_LINE.format(day=EMPTY_DAY)])
    row.cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _row(table: Table, height: Mm) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it without types
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, (LABEL_WIDTH, VALUE_WIDTH), strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return row
