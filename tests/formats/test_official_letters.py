"""The letter after GB/T 9704: measures read from the file, and millimetres measured on the printed page."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.formats.papers import Book, BookSection, BookTable, LetterPaper, write_book, write_letter
from diancai.formats.papers.letter import mark_size
from diancai.formats.papers.official import diamond, width_of

LETTER = LetterPaper(
    mark="五原县人民政府督查室",
    number="五原县督〔2019〕3号",
    title="关于督促办理2件逾期群众需求事项的督办函",
    to="五原县农牧局",
    opening=("下列2件群众需求事项由你单位承办，已超过办理时限：",),
    points=("五原2019-0001，列当防治培训（塔尔湖镇联丰村），应于2019年12月2日办结，已逾期8天。",) * 12,
    closing=("请于2019年12月13日前书面答复。", "特此函告。"),
    organ="五原县人民政府督查室",
    day="2019年12月10日",
)
NEEDED = all(shutil.which(each) for each in ("soffice", "pdftoppm", "pdftotext"))


def _read(letter: LetterPaper = LETTER) -> Document:
    return Document(BytesIO(write_letter(letter)))


def test_the_type_area_is_that_of_the_standard() -> None:
    page = _read().sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(size.twips) for size in sizes] == [11906, 16838, 2098, 1984, 1587, 1474]
    assert page.page_width.mm - page.left_margin.mm - page.right_margin.mm == pytest.approx(156, abs=0.3)
    assert page.page_height.mm - page.top_margin.mm - page.bottom_margin.mm == pytest.approx(225, abs=0.3)


def test_lines_are_579_twips_and_letters_16_points_fang_song() -> None:
    body = next(line for line in _read().paragraphs if line.text.startswith("下列2件"))
    assert round(body.paragraph_format.line_spacing.twips) == 579
    run = body.runs[0]
    assert (run.font.size.pt, run.font.name) == (16, "仿宋_GB2312")
    assert run._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert round(body.paragraph_format.first_line_indent.pt) == 32


def test_the_mark_is_red_and_the_rules_are_double_and_170_wide() -> None:
    page = _read().sections[0]
    head, foot = page.first_page_header.paragraphs[0], page.first_page_footer.paragraphs[0]
    assert page.different_first_page_header_footer
    assert head.runs[0]._element.rPr.find(qn("w:color")).get(qn("w:val")) == "FF0000"
    for line, side, kind in ((head, "bottom", "thickThinSmallGap"), (foot, "bottom", "thinThickSmallGap")):
        assert line._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}")).get(qn("w:val")) == kind
        wide = 156 - line.paragraph_format.left_indent.mm - line.paragraph_format.right_indent.mm
        assert wide == pytest.approx(170, abs=0.3)


def test_the_first_page_has_no_number_and_the_others_have_one_at_the_outer_side() -> None:
    page = _read().sections[0]
    assert page.first_page_footer.paragraphs[0].text == ""
    sides = {page.footer.paragraphs[0].alignment, page.even_page_footer.paragraphs[0].alignment}
    assert len(sides) == 2
    assert "PAGE" in page.footer.paragraphs[0]._p.xml


def test_the_date_of_a_sealed_letter_lies_four_characters_from_the_right() -> None:
    day = next(line for line in _read().paragraphs if line.text == LETTER.day)
    organ = [line for line in _read().paragraphs if line.text == LETTER.organ][-1]
    right = day.paragraph_format.right_indent.pt / 16
    middle = right + width_of(LETTER.day) / 2
    assert right >= 4
    assert organ.paragraph_format.right_indent.pt / 16 + width_of(LETTER.organ) / 2 == pytest.approx(middle, abs=0.1)


def test_the_signature_is_never_alone_on_a_page() -> None:
    lines = _read().paragraphs
    last = next(n for n, line in enumerate(lines) if line.text == LETTER.day)
    assert all(line.paragraph_format.keep_with_next for line in lines[last - 3 : last])


@given(st.text(alphabet="关于督办函事项逾期", min_size=1, max_size=80))
@settings(max_examples=60, deadline=None)
def test_a_title_is_broken_into_lines_that_fit_and_loses_nothing(title: str) -> None:
    lines = diamond(title)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 19


@given(st.integers(1, 60))
def test_a_mark_of_any_length_fits_its_line(length: int) -> None:
    assert length * mark_size("县" * length).mm <= 156


def test_a_book_keeps_heads_on_every_page_and_says_where_nothing_is() -> None:
    heads = (("编号", 1.0), ("内容", 3.0))
    full = BookSection("一、在办", table=BookTable(heads, (("1", "甲"),), "没有。"))
    empty = BookSection("二、问题工单", table=BookTable(heads, (), "没有。"))
    paper = Document(BytesIO(write_book(Book("交接本", ("行动",), (full, empty)))))
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["1", "甲"]
    assert paper.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(paper.tables) == 1
    assert "没有。" in [line.text for line in paper.paragraphs]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letter as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("letter")
    (folder / "letter.docx").write_bytes(write_letter(LETTER))
    home = f"-env:UserInstallation=file://{folder}/home"
    told = subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "letter.docx")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    if not (folder / "letter.pdf").exists():
        pytest.skip(f"LibreOffice has no Writer here: {told.stderr.decode()[-80:]}")
    subprocess.run(["pdftoppm", "-r", "254", str(folder / "letter.pdf"), str(folder / "page")], check=True)
    return folder


def _red(file: Path) -> list[tuple[float, float, float, float]]:
    """Stripes of red on a page: from, to, left, right in millimetres."""
    _kind, size, _most, dots = file.read_bytes().split(b"\n", 3)
    wide, high = map(int, size.split())
    stripes: list[list[int]] = []
    for y in range(high):
        row = dots[y * wide * 3 : (y + 1) * wide * 3]
        red = [x for x in range(wide) if row[3 * x] > 150 and row[3 * x + 1] < 110]
        if red and stripes and y == stripes[-1][1] + 1:
            last = stripes[-1]
            stripes[-1] = [last[0], y, min(last[2], red[0]), max(last[3], red[-1])]
        elif red:
            stripes.append([y, y, red[0], red[-1]])
    return [(a / 10, b / 10, c / 10, d / 10) for a, b, c, d in stripes]


@pytest.mark.skipif(not NEEDED, reason="LibreOffice and poppler measure the printed page")
def test_on_paper_mark_and_rules_lie_where_the_standard_says(printed: Path) -> None:
    first = sorted(printed.glob("page*.ppm"))[0]
    mark, upper, _thin, _thin_too, lower = _red(first)
    assert mark[0] == pytest.approx(30, abs=3)
    assert upper[0] - mark[1] == pytest.approx(4, abs=2)
    assert 297 - lower[1] == pytest.approx(20, abs=1)
    for rule in (upper, lower):
        assert (rule[2], rule[3]) == (pytest.approx(20, abs=1), pytest.approx(190, abs=1))


@pytest.mark.skipif(not NEEDED, reason="LibreOffice and poppler measure the printed page")
def test_on_paper_only_the_later_pages_are_numbered(printed: Path) -> None:
    pages = sorted(printed.glob("page*.ppm"))
    assert len(pages) >= 2
    assert not _red(pages[1])
    texts = [
        subprocess.run(
            ["pdftotext", "-f", str(n), "-l", str(n), str(printed / "letter.pdf"), "-"], capture_output=True, check=True
        ).stdout.decode()
        for n in (1, 2)
    ]
    assert [bool(re.search(r"—\s*\d\s*—", text)) for text in texts] == [False, True]
