"""Files that offices really send by mistake, made in memory: none of them comes from anywhere."""

import csv
import io

from formats.made_sheets import package, with_member, workbook
from xlsxwriter import Workbook

REMARK_HEADER = ("苏木乡镇", "嘎查村", "原话", "户数", "反映时间")
OFFER_HEADER = ("单位", "责任领导", "服务项目", "服务形式", "联络人", "能力")
CANAL = ("塔尔湖镇", "联丰村", "斗渠淤住了，水上不来，给清一清哇", "23", "2019-12-05")
COURSE = ("五原县农牧局", "副局长", "设施蔬菜专家入棚指导", "专家入棚", "经作站", "每月10次")
GOOD = {"remarks": (REMARK_HEADER, CANAL), "offers": (OFFER_HEADER, COURSE)}


def csv_of(rows, encoding="utf-8"):
    """The rows as an office's CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def side_by_side(rows):
    """The same table twice on one sheet, with an empty column between."""
    return workbook([(*row, None, *row) for row in rows])


def refused_files(rows):
    """Name, content and code of files that no row can be taken from."""
    return (
        ("空文件.xlsx", b"", "empty_file"),
        ("空表.xlsx", workbook([]), "empty_sheet"),
        ("只有表头.xlsx", workbook(rows[:1]), "empty_sheet"),
        ("并排两张.xlsx", side_by_side(rows), "two_tables"),
        ("其实是Word.xlsx", package("[Content_Types].xml", "word/document.xml"), "wrong_kind"),
        ("其实是PDF.xls", b"%PDF-1.7 ...", "wrong_kind"),
        ("坏了.xlsx", workbook(rows)[:900], "broken"),
        ("乱码.csv", bytes(range(1, 256)) * 8, ""),
        ("别的表.xlsx", workbook([("车牌", "里程"), ("蒙L12345", 12), ("蒙L54321", 13)]), "column_missing"),
    )


def with_formulas_and_macros(rows):
    """The rows with their last column computed, in a package that also carries a macro project."""
    stream = io.BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("需求表")
        for at, row in enumerate(rows):
            for position, cell in enumerate(row[:-1]):
                sheet.write_string(at, position, cell)
            sheet.write_string(0, len(row) - 1, rows[0][-1])
            if at:
                sheet.write_formula(at, len(row) - 1, f'=CONCATENATE("{row[-1]}","")', None, row[-1])
    return with_member(stream.getvalue(), "xl/vbaProject.bin", b'Shell "format c:"')
