"""Measures and paragraphs of official papers after GB/T 9704—2012: type area, fonts, levels, signature. Pure.

Fonts are named, never shipped; Word takes the nearest it has. Widths are counted in characters of the text's own size,
a digit or Latin letter as half of one.
"""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Pt, Twips
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY_FONT, TITLE_FONT, HEADING_FONT, PLAIN_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
# A4 with 天头 37 mm, 地脚 35 mm, 订口 28 mm: a type area of 156 × 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = Twips(11906), Twips(16838)
TOP, BOTTOM, LEFT, RIGHT = Twips(2098), Twips(1984), Twips(1587), Twips(1474)
# 22 lines in 225 mm; 28 characters of 3号 in 156 mm.
LINE, SIZE, TITLE_SIZE, SMALL_SIZE = Twips(579), Pt(16), Pt(22), Pt(14)
SPACING_TWIPS = -4
RED = "FF0000"
LEFT_SIDE, RIGHT_SIDE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
CENTRE, BOTH_SIDES = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def blank_paper(title: str) -> Paper:
    """A paper with the type area of the standard and nothing on it."""
    paper = Document()
    page = paper.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = PAGE_WIDTH, PAGE_HEIGHT
    page.top_margin, page.bottom_margin = TOP, BOTTOM
    page.left_margin, page.right_margin = LEFT, RIGHT
    paper.core_properties.title, paper.core_properties.author = title, ""
    paper.core_properties.comments = ""
    return paper


def add_line(
    paper: Paper,
    text: str = "",
    *,
    font: str = BODY_FONT,
    size: Length = SIZE,
    align: WD_ALIGN_PARAGRAPH = BOTH_SIDES,
    first: float = 0,
    right: float = 0,
) -> Paragraph:
    """A paragraph on the standard's lines; `first` and `right` are indents in characters."""
    line = paper.add_paragraph()
    set_lines(line)
    line.alignment = align
    form = line.paragraph_format
    form.first_line_indent, form.right_indent = Twips(round(first * size.pt * 20)), Twips(round(right * size.pt * 20))
    if text:
        dress(line.add_run(text), size, font)
    return line


def set_lines(line: Paragraph, height: Length = LINE) -> None:
    """Exactly one line of the grid, whatever the letters; nothing before or after."""
    form = line.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, height
    form.space_before = form.space_after = Pt(0)
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    line._p.get_or_add_pPr().append(snap)


def add_signature(paper: Paper, organ: str, day: str) -> None:
    """署名 over the date of a sealed paper: the date four characters from the right, the organ centred on it."""
    add_line(paper)
    date_width, organ_width = width_of(day), width_of(organ)
    organ_right = max(0.0, 4 + (date_width - organ_width) / 2)
    for line in (paper.paragraphs[-1], add_line(paper, organ, align=RIGHT_SIDE, right=organ_right)):
        line.paragraph_format.keep_with_next = True
    add_line(paper, day, align=RIGHT_SIDE, right=max(4.0, (organ_width - date_width) / 2))


def width_of(text: str) -> float:
    """The width in characters."""
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def dress(run: Run, size: Length, font: str, color: str = "", *, spacing: int = 0) -> None:
    """Size, font for Latin and Chinese letters alike, colour and letter spacing (in twips) of a run."""
    run.font.size, run.font.name = size, font
    properties = run._element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("w:eastAsia", "w:cs"):
        fonts.set(qn(name), font)
    fonts.set(qn("w:hint"), "eastAsia")
    if color:
        _add(properties, "w:color", val=color)
    if spacing:
        _add(properties, "w:spacing", val=str(spacing))


def rule(line: Paragraph, side: str, kind: str, *, gap: float, weight: float, color: str = RED) -> None:
    """A rule at the `side` (top or bottom) of a paragraph: `gap` and `weight` in points."""
    borders = OxmlElement("w:pBdr")
    _add(borders, f"w:{side}", val=kind, sz=str(round(weight * 8)), space=str(round(gap)), color=color)
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def page_number(line: Paragraph) -> None:
    """`— 1 —` in 4号 宋体, as the standard sets it."""
    for text in ("— ", None, " —"):
        run = line.add_run(text or "")
        dress(run, SMALL_SIZE, PLAIN_FONT)
        if text is None:
            for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
                _field(run, kind, code)


def diamond(title: str, widest: int = 19) -> Sequence[str]:
    """A title in lines of nearly one length, the longest not wider than the type area at 2号."""
    count = -(-len(title) // widest)
    each = -(-len(title) // count)
    return [title[start : start + each] for start in range(0, len(title), each)]


def _field(run: Run, kind: str, code: str) -> None:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.text = code
    run._element.append(part)


def _add(parent: BaseOxmlElement, name: str, **values: str) -> None:
    child = OxmlElement(name)
    for key, value in values.items():
        child.set(qn(f"w:{key}"), value)
    parent.append(child)
