"""Tables go out ready to print, complete, and harmless to whoever opens them."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from diancai.formats.sheets import (
    OFFER_COLUMNS,
    REMARK_COLUMNS,
    SheetColumn,
    offer_template,
    read_table,
    remark_template,
    write_csv,
    write_table,
)

COLUMNS = ["序号", SheetColumn("需求内容", 40), "户数", "服务时间"]
ROWS = [
    (1, "斗渠清淤（约300米）", 23, dt.date(2020, 4, 15)),
    (2, "=HYPERLINK(1)", None, dt.datetime(2019, 12, 5, 10, 20)),
]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_a_sheet_prints_on_a4_landscape_with_its_header_on_every_page():
    sheet = opened(write_table(COLUMNS, ROWS, title="需求侧服务清单", notes=["五原县　2019年12月"]))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    assert sheet.page_setup.fitToHeight == 0
    assert "&P" in sheet.oddFooter.center.text
    assert [cell.value for cell in sheet[3]] == ["序号", "需求内容", "户数", "服务时间"]


def test_cells_are_bordered_wrapped_and_in_the_office_fonts():
    sheet = opened(write_table(COLUMNS, ROWS, title="清单"))
    assert (sheet["A1"].font.name, sheet["B2"].font.name, sheet["B3"].font.name) == (
        "方正小标宋简体",
        "黑体",
        "仿宋_GB2312",
    )
    assert sheet["B3"].alignment.wrap_text
    assert sheet["C4"].border.left.style == "thin"
    assert sheet["D3"].value == dt.datetime(2020, 4, 15)


@pytest.mark.parametrize("said", ["=1+1", "+86", "-3", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_is_written_as_text(said):
    cell = opened(write_table(["需求内容"], [(said,)]))["A2"]
    assert (cell.data_type, cell.value) == ("s", said)
    line = list(csv.reader(io.StringIO(write_csv(["需求内容"], [(said,)]).decode("utf-8-sig"), newline="")))[1]
    assert line == ["'" + said]


def test_the_last_line_counts_the_rows():
    sheet = opened(write_table(COLUMNS, [(n, "修路", 1, None) for n in range(1234)], count_word="条"))
    assert sheet.cell(sheet.max_row, 1).value == "共 1234 条"


def test_a_cell_longer_than_excel_holds_is_cut_and_told_and_the_csv_keeps_it():
    long = "渠" * 40_000
    sheet = opened(write_table(["需求内容"], [(long,)]))
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("全文见CSV）")
    assert "1 格超过" in sheet["A3"].value
    assert long in write_csv(["需求内容"], [(long,)]).decode("utf-8-sig")


def test_the_same_rows_give_the_same_bytes():
    assert write_table(COLUMNS, ROWS, title="清单") == write_table(COLUMNS, ROWS, title="清单")


def test_what_is_written_is_read_back_without_title_and_count():
    table = read_table(
        write_table(COLUMNS, ROWS, title="需求侧服务清单", notes=["五原县"]), "清单.xlsx", REMARK_COLUMNS
    )
    assert [table.value(row, "text") for row in table.rows] == ["斗渠清淤（约300米）", "=HYPERLINK(1)"]
    assert table.value(table.rows[0], "wanted_time") == "2020-04-15"


def test_csv_opens_in_excel_and_holds_all_rows():
    content = write_csv(COLUMNS, ((n, "修路，打井\n两件事", 3, None) for n in range(5000)))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert (len(rows), rows[1]) == (5001, ["0", "修路，打井\n两件事", "3", ""])


@pytest.mark.parametrize(
    ("template", "columns", "needed"),
    [
        (remark_template, REMARK_COLUMNS, "需求内容（必填）"),
        (offer_template, OFFER_COLUMNS, "服务项目（必填）"),
    ],
)
def test_a_filled_in_template_is_read_without_its_example(template, columns, needed):
    book = openpyxl.load_workbook(io.BytesIO(template()))
    sheet, explanations = book.worksheets
    header = [cell.value for cell in sheet[1]]
    assert sheet["A2"].value == "示例"
    assert sheet.data_validations.dataValidation
    assert explanations.title == "填写说明"
    sheet.cell(3, header.index(needed) + 1, "我填的一行")
    stream = io.BytesIO()
    book.save(stream)
    table = read_table(stream.getvalue(), "模板.xlsx", columns)
    assert [table.value(row, columns.required[0].field) for row in table.rows] == ["我填的一行"]
    assert set(table.fields.values()) == set(header)
