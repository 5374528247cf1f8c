"""A stray cell far away is told before memory is set aside for everything up to it."""

import io
import subprocess
import sys
import time
import zipfile

import pytest
import xlsxwriter
from binary_sheets import binary_workbook, compound, old_run, old_workbook
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sheets import long_workbook, workbook

from diancai.formats.errors import Broken, Refusal, SheetTooWide
from diancai.formats.sheets import REMARK_COLUMNS, read_table
from diancai.formats.sheets.extent import check_open_document, column_number, letters

IN_LITTLE_MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 * 10**9, 2 * 10**9))
from diancai.formats.errors import SheetTooWide
from diancai.formats.sheets import REMARK_COLUMNS, read_table
try:
    read_table(sys.stdin.buffer.read(), sys.argv[1], REMARK_COLUMNS)
except SheetTooWide as refusal:
    print(refusal.params["cell"])
"""
NEAR = ((0, 0, "需求内容"), (0, 1, "户数"), (1, 0, "斗渠淤了"), (1, 1, "3"))
ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="表">
<table:table-row><table:table-cell office:value-type="string">
<text:p>需求内容</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string">
<text:p>斗渠淤了</text:p></table:table-cell></table:table-row>
{}</table:table></office:spreadsheet></office:body></office:document-content>"""
FAR_ROW = (
    '<table:table-row table:number-rows-repeated="{}">'
    '<table:table-cell table:number-columns-repeated="16384"{}</table:table-row>'
)


def far_workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("需求表")
        sheet.write_string(0, 0, "需求内容")
        sheet.write_string(1, 0, "斗渠淤了")
        sheet.write_string(1_048_575, 16_383, "x")
    return stream.getvalue()


def edited(content: bytes, old: bytes, new: bytes) -> bytes:
    """The same package with its sheet's XML changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as was, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in was.namelist():
            packed.writestr(member, was.read(member).replace(old, new))
    return stream.getvalue()


def ods(more: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", ODS.format(more))
    return stream.getvalue()


def hostile_files():
    far = far_workbook()
    reference = b'r="XFD1048576"'
    yield "far.xlsx", far, "XFD1048576"
    yield "quotes.xlsx", edited(far, reference, b"r = 'XFD1048576'"), "XFD1048576"
    yield "prose.xlsx", edited(far, reference, b'note=">" r="XFD1048576"'), "XFD1048576"
    valued = ' office:value-type="float" office:value="1"/>'
    yield "far.ods", ods(FAR_ROW.format(1_000_000, valued)), "XFD1000002"
    yield "far.xlsb", binary_workbook([*NEAR, (1_048_575, 16_383, "x")]), "XFD1048576"
    yield "far.xls", old_workbook([*NEAR, (65_535, 255, "x")]), "IV65536"
    yield "beyond.xls", old_workbook([*NEAR, (65_535, 65_535, "x")]), "CRXP65536"
    yield "run.xls", old_workbook([*NEAR, (65_535, 0, "x")], old_run(2, 254, 255)), "IV65536"


@pytest.mark.parametrize(("name", "content", "cell"), list(hostile_files()), ids=lambda v: str(v)[:12])
def test_a_cell_far_away_is_refused_in_little_memory(name, content, cell):
    command = [sys.executable, "-c", IN_LITTLE_MEMORY, name]
    answer = subprocess.run(command, input=content, capture_output=True, timeout=30, check=False)
    assert answer.returncode == 0, answer.stderr[-500:]
    assert answer.stdout.decode().strip() == cell


def test_the_refusal_says_which_cell_and_what_to_do_in_both_languages():
    with pytest.raises(SheetTooWide) as refused:
        read_table(far_workbook(), "表.xlsx", REMARK_COLUMNS)
    assert "XFD1048576" in refused.value.zh
    assert "删除" in refused.value.zh
    assert "XFD1048576" in refused.value.en
    assert "delete the blank rows" in refused.value.en


def test_a_cell_without_its_reference_is_counted_by_its_row():
    content = edited(workbook([["需求内容"], ["斗渠淤了"]]), b'<row r="2"', b'<row r="1048576"')
    with pytest.raises(SheetTooWide):
        read_table(edited(content, b'<c r="A2"', b"<c/>" * 100 + b"<c"), "表.xlsx", REMARK_COLUMNS)


def test_blank_cells_to_the_end_of_an_open_document_are_no_content():
    with zipfile.ZipFile(io.BytesIO(ods(FAR_ROW.format(1_048_574, "/>")))) as packed:
        check_open_document([packed.read("content.xml")], "表.ods")


def test_a_row_hidden_at_the_end_of_the_sheet_does_not_matter():
    content = workbook([["需求内容", "户数"], ["斗渠淤了", 3]])
    content = edited(content, b"</sheetData>", b'<row r="1048576" hidden="1"/></sheetData>')
    assert len(read_table(content, "表.xlsx", REMARK_COLUMNS).rows) == 1


def test_a_long_sheet_passes_and_looking_costs_little():
    content = long_workbook(100_000)
    started = time.process_time()
    assert len(read_table(content, "表.xlsx", REMARK_COLUMNS).rows) == 100_000
    assert time.process_time() - started < 10


@pytest.mark.parametrize("make", [old_workbook, binary_workbook])
def test_a_binary_workbook_whose_cells_lie_near_is_read(make):
    table = read_table(make(NEAR), "表.xls", REMARK_COLUMNS)
    assert [table.values(row) for row in table.rows] == [{"text": "斗渠淤了", "households": "3"}]


def test_an_old_workbook_is_read_from_long_and_from_short_sectors():
    long = [*NEAR, *((n, 0, f"第{n}条：斗渠淤了") for n in range(2, 3_000))]
    assert len(read_table(old_workbook(long), "表.xls", REMARK_COLUMNS).rows) == 2_999
    assert len(old_workbook(NEAR)) < 4_096 < len(old_workbook(long))


def test_an_old_workbook_whose_chain_runs_in_a_circle_or_out_of_the_file_is_broken():
    good = old_workbook([*NEAR, *((n, 0, "斗渠淤了") for n in range(2, 900))])
    tables = good.rindex(b"\x03\x00\x00\x00\x04\x00\x00\x00")
    circle = good[:tables] + b"\x02\x00\x00\x00" + good[tables + 4 :]
    for content in (circle, good[:1_500], compound(b"\0" * 90, "Book"), good[:48] + b"\xf0" * 4 + good[52:]):
        with pytest.raises(Broken) as refused:
            read_table(content, "表.xls", REMARK_COLUMNS)
        assert "另存为.xlsx" in refused.value.zh
        assert "save it as .xlsx" in refused.value.en


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=12))
def test_an_old_workbook_with_any_bytes_changed_is_read_or_refused(at, bytes_):
    good = old_workbook([*NEAR, *((n, 0, "斗渠淤了") for n in range(2, 90))])
    at %= len(good)
    try:
        read_table(good[:at] + bytes_ + good[at + len(bytes_) :], "表.xls", REMARK_COLUMNS)
    except Refusal as refusal:
        assert refusal.zh
        assert refusal.en


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16_384, "XFD")])
def test_columns_are_named_as_excel_names_them(number, name):
    assert (letters(number), column_number(name.encode())) == (name, number)
