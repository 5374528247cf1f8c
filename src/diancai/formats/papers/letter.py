"""A letter in the 信函格式 of GB/T 9704—2012: mark and red double rules on the first page, number under the first rule.

The mark's top edge lies 30 mm below the page's, the double rule 4 mm under the mark, a second one 20 mm above the foot;
both are 170 mm wide and centred on the page. The first page carries no number, the others do.
"""

import io
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.shared import Length, Mm, Pt, Twips
from docx.text.paragraph import Paragraph

from diancai.formats.papers.official import (
    CENTRE,
    LEFT_SIDE,
    RED,
    RIGHT_SIDE,
    SMALL_SIZE,
    SPACING_TWIPS,
    TITLE_FONT,
    TITLE_SIZE,
    add_line,
    add_signature,
    blank_paper,
    diamond,
    dress,
    page_number,
    rule,
    set_lines,
)

MARK_TOP, MARK_GAP, FOOT_RULE, RULE_WIDTH = Mm(30), Mm(4), Mm(20), Mm(170)
# The dashes of a page number lie 7 mm below the type area, above the place of the rule.
NUMBER_LIFT = Mm(5.5)
MARK_SIZE, MARK_WIDEST = Pt(36), 155  # points and millimetres
RULE_WEIGHT = 3.0
# The rules reach 8 mm into the binding margin and 6 mm into the other, so that 170 mm lie in the middle of 210.
OUT_LEFT, OUT_RIGHT = Mm(-8), Mm(-6)
MILLIMETRES_A_POINT = 0.3528


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """All that a letter says. `points` are numbered lines between the opening and the closing paragraphs; `day` as it
    is printed (`2019年12月10日`)."""

    mark: str
    number: str
    title: str
    to: str
    opening: tuple[str, ...]
    points: tuple[str, ...]
    closing: tuple[str, ...]
    organ: str
    day: str
    note: str = ""


def write_letter(letter: LetterPaper) -> bytes:
    """The letter as a .docx file."""
    paper = blank_paper(letter.title)
    _head(paper, letter.mark)
    _foot(paper)
    add_line(paper, letter.number, align=RIGHT_SIDE)
    add_line(paper)
    for part in diamond(letter.title):
        add_line(paper, part, font=TITLE_FONT, size=TITLE_SIZE, align=CENTRE)
    add_line(paper)
    add_line(paper, f"{letter.to}：", align=LEFT_SIDE)
    for text in letter.opening:
        _text(paper, text)
    for number, text in enumerate(letter.points, 1):
        _text(paper, f"{number}. {text}")
    for text in letter.closing:
        _text(paper, text)
    # The signature never stands alone on a page: the last paragraph goes with it (7.3.5.5).
    paper.paragraphs[-1].paragraph_format.keep_with_next = True
    add_signature(paper, letter.organ, letter.day)
    if letter.note:
        paper.paragraphs[-1].paragraph_format.keep_with_next = True
        add_line(paper, f"（{letter.note}）", first=2)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _text(paper: Paper, text: str) -> None:
    line = add_line(paper, text, first=2)
    for run in line.runs:
        dress(run, run.font.size or Pt(16), run.font.name or "", spacing=SPACING_TWIPS)


def _head(paper: Paper, mark: str) -> None:
    """The mark in red with the double rule under it, in the head of the first page alone."""
    page = paper.sections[0]
    page.different_first_page_header_footer = True
    line = page.first_page_header.paragraphs[0]
    size = mark_size(mark)
    # Letters stand a little above the foot of their square and reach out at its head: measured, not guessed.
    page.header_distance = Pt(MARK_TOP.pt + 0.055 * size.pt)
    set_lines(line, Pt(round(size.pt)))
    line.alignment = CENTRE
    _reach_out(line)
    dress(line.add_run(mark), size, TITLE_FONT, RED)
    rule(line, "bottom", "thickThinSmallGap", gap=MARK_GAP.pt - 0.13 * size.pt, weight=RULE_WEIGHT)


def _foot(paper: Paper) -> None:
    """The second double rule at the foot of the first page; page numbers at the foot of the others."""
    page = paper.sections[0]
    page.footer_distance = FOOT_RULE
    line = page.first_page_footer.paragraphs[0]
    set_lines(line, Pt(1))
    _reach_out(line)
    rule(line, "bottom", "thinThickSmallGap", gap=0, weight=RULE_WEIGHT)
    paper.settings.odd_and_even_pages_header_footer = True
    for foot, side in ((page.footer, RIGHT_SIDE), (page.even_page_footer, LEFT_SIDE)):
        number = foot.paragraphs[0]
        number.alignment = side
        form = number.paragraph_format
        form.left_indent = form.right_indent = SMALL_SIZE
        form.space_after = NUMBER_LIFT
        page_number(number)


def _reach_out(line: Paragraph) -> None:
    line.paragraph_format.left_indent, line.paragraph_format.right_indent = OUT_LEFT, OUT_RIGHT


def mark_size(mark: str) -> Length:
    """The size in which the mark fits the type area on one line, at most that of a usual mark."""
    fitting = MARK_WIDEST / max(1, len(mark)) / MILLIMETRES_A_POINT
    return Twips(int(min(MARK_SIZE.pt, fitting)) * 20)
