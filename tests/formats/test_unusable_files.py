"""What cannot be a table is refused by name and in time; macros and formulas are told and never run."""

import io
import time

import pytest
import xlsxwriter
from made_sheets import PLAIN, codes, long_workbook, package, texts, with_member, with_sheet, workbook

from diancai.formats import errors
from diancai.formats.sheets import REMARK_COLUMNS, read_table


def test_empty_sheets_and_empty_files_are_refused_by_name():
    for content in (workbook([]), workbook([["需求内容", "户数"]])):
        with pytest.raises(errors.EmptySheet) as caught:
            read_table(content, "空表.xlsx", REMARK_COLUMNS)
        assert "空表.xlsx" in caught.value.zh
    with pytest.raises(errors.EmptyFile):
        read_table(b"", "空.csv", REMARK_COLUMNS)
    with pytest.raises(errors.EmptySheet):
        read_table(b" \n \n", "空.csv", REMARK_COLUMNS)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (package("word/document.xml", "[Content_Types].xml"), "Word文档"),
        (package("ppt/presentation.xml"), "演示文稿"),
        (package("照片/一.jpg"), "压缩包"),
        (b"%PDF-1.7 ...", "PDF文件"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"<html><p>x</p></html>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "Word文档"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(content, kind):
    with pytest.raises(errors.WrongKind) as caught:
        read_table(content, "需求.xlsx", REMARK_COLUMNS)
    assert kind in caught.value.zh
    assert ".xlsx" in caught.value.zh


def test_a_web_page_called_xls_is_read_with_its_spanning_cells():
    page = (
        '<html><meta charset="gb2312"><table><tr><td colspan=3>需求登记表'
        '<tr><th rowspan="2">序号</th><th colspan=2>情况</th><tr><th>需求内容</th><th>户数</th></tr>'
        "<tr><td>1</td><td>斗渠淤了&amp;<br>想清一清</td><td>23</td></tr></table></html>"
    )
    table = read_table(page.encode("gbk"), "导出.xls", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {"number": "1", "text": "斗渠淤了&\n想清一清", "households": "23"}
    assert {"web_page", "encoding"} <= set(codes(table))


def test_encrypted_and_damaged_files_are_refused():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(errors.Encrypted):
        read_table(locked, "需求.xlsx", REMARK_COLUMNS)
    good = workbook(PLAIN)
    for damaged in (
        with_sheet(good, b"<worksheet><sheetData><row><c"),
        b"PK\x05\x06" + b"\0" * 18,
        good[: len(good) // 2],
        b"PK\x03\x04" + b"junk" * 50,
        package("xl/workbook.xml"),
    ):
        with pytest.raises((errors.Broken, errors.WrongKind)):
            read_table(damaged, "需求.xlsx", REMARK_COLUMNS)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed():
    content = b"PK\x03\x04" + b"\0" * 2_000_000
    began = time.perf_counter()
    with pytest.raises(errors.FileTooLarge) as caught:
        read_table(content, "大.xlsx", REMARK_COLUMNS, limit_bytes=1_000_000)
    assert time.perf_counter() - began < 0.1
    assert "2.0 MB" in caught.value.zh
    assert "CSV" in caught.value.zh


def test_a_package_that_unpacks_to_far_more_is_refused():
    bomb = with_member(workbook(PLAIN), "xl/media/big.bin", b"\0" * 3_000_000)
    with pytest.raises(errors.FileTooLarge):
        read_table(bomb, "大.xlsx", REMARK_COLUMNS, limit_bytes=100_000)


def test_macros_and_formulas_are_told_and_never_run():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, label in enumerate(("需求内容", "户数", "人数")):
            sheet.write(0, at, label)
        sheet.write(1, 0, "修路")
        sheet.write_formula(1, 1, "=20+3", None, 23)
        sheet.write_formula(1, 2, '=WEBSERVICE("x")', None, "")
    table = read_table(with_member(stream.getvalue(), "xl/vbaProject.bin", b"x"), "表.xlsm", REMARK_COLUMNS)
    assert table.values(table.rows[0]) == {"text": "修路", "households": "23", "persons": ""}
    assert {"macros", "formulas"} <= set(codes(table))


def test_a_formula_saved_without_its_result_is_told():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["需求内容", "户数"])
        sheet.write(1, 0, "修路")
        sheet.write_formula(1, 1, "=1+1", None, "")
    content = stream.getvalue()
    assert "formulas_without_value" in codes(read_table(content, "表.xlsx", REMARK_COLUMNS))


def test_a_hundred_thousand_rows_are_read_in_three_seconds():
    content = long_workbook(100_000)
    began = time.process_time()
    table = read_table(content, "大表.xlsx", REMARK_COLUMNS)
    assert time.process_time() - began < 3
    assert (len(table.rows), texts(table)[-1]) == (100_000, "第100000条：斗渠淤了")
