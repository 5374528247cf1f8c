"""What every paper of the house shares: A4 portrait, the type of official papers, lines and cells.

The fonts are named, never shipped; Word takes the nearest it has.
"""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.run import Run

BODY_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"


def blank_paper(title: str) -> Paper:
    """An empty paper with the margins of a form; nobody is named as its author."""
    paper = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(25), Mm(20)
    page.left_margin = page.right_margin = Mm(27)
    paper.core_properties.title, paper.core_properties.author = title, ""
    paper.core_properties.comments = ""
    return paper


def add_line(
    paper: Paper,
    text: str,
    *,
    size: float,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    font: str = BODY_FONT,
    before: float = 0,
    after: float = 0,
) -> None:
    """A paragraph of one line."""
    line = paper.add_paragraph()
    line.alignment = align
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(after)
    dress(line.add_run(text), size, font)


def write_cell(
    cell: _Cell, lines: Sequence[str], align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT, size: float = 14
) -> None:
    """Lines into a cell."""
    for number, text in enumerate(lines):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        line.alignment = align
        dress(line.add_run(text), size, BODY_FONT)


def dress(run: Run, size: float, font: str) -> None:
    """Size in points, and the font."""
    run.font.size, run.font.name = Pt(size), font
    # Word asks for the font of Chinese letters apart from that of Latin ones.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
