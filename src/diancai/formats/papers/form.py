"""A one-page form in Word, A4 portrait: a title, rows of facts, and boxes for opinion, signature and date.

The type is that of official papers (仿宋, title in 小标宋): named, never shipped; Word takes the nearest it has.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.run import Run

BODY_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
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
    paper = _blank(form.title)
    _line(paper, form.corner, size=12, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(paper, form.title, size=22, align=WD_ALIGN_PARAGRAPH.CENTER, font=TITLE_FONT, after=10)
    table = paper.add_table(rows=0, cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for label, value in form.rows:
        _fact(table, label, value)
    for opinion in form.opinions:
        _opinion(table, opinion)
    _line(paper, form.foot, size=10.5, before=6)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _blank(title: str) -> Paper:
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(25), Mm(20)
    page.left_margin = page.right_margin = Mm(27)
    paper.core_properties.title, paper.core_properties.author = title, ""
    paper.core_properties.comments = ""
    return paper


def _line(
    paper: Paper,
    text: str,
    *,
    size: float,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    font: str = BODY_FONT,
    before: float = 0,
    after: float = 0,
) -> None:
    line = paper.add_paragraph()
    line.alignment = align
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(after)
    _dress(line.add_run(text), size, font)


def _fact(table: Table, label: str, value: str) -> None:
    row = _row(table, ROW_HEIGHT)
    _write(row.cells[0], [label], align=WD_ALIGN_PARAGRAPH.CENTER)
    _write(row.cells[1], [value])


def _opinion(table: Table, opinion: Opinion) -> None:
    row = _row(table, OPINION_HEIGHT)
    _write(row.cells[0], [opinion.label], align=WD_ALIGN_PARAGRAPH.CENTER)
    _write(row.cells[1], [opinion.hint, "", SIGN_LINE.format(day=EMPTY_DAY)])
    row.cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _row(table: Table, height: Mm) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it without types
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, (LABEL_WIDTH, VALUE_WIDTH), strict=True):
        cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return row


def _write(cell: _Cell, lines: Sequence[str], align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT) -> None:
    for number, text in enumerate(lines):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        line.alignment = align
        _dress(line.add_run(text), 14, BODY_FONT)


def _dress(run: Run, size: float, font: str) -> None:
    run.font.size, run.font.name = Pt(size), font
    # Word asks for the font of Chinese letters apart from that of Latin ones.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
