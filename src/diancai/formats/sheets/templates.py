"""Blank sheets to download and fill in, made from the declared columns so that they always fit the reader."""

import io
from typing import Any

import xlsxwriter

from .columns import Column, Columns
from .offer_columns import OFFER_COLUMNS
from .remark_columns import REMARK_COLUMNS
from .writing import BODY_FONT, CREATED, HEAD_FILL, HEAD_FONT, LINE, sheet_title

ROWS_WITH_LISTS = 2000
REMARK_LEFT_OUT = {"place", "place_code", "language", "id", "subject", "wanted_time", "service_form", "topic"}
OFFER_LEFT_OUT = {"valid_from", "valid_until", "id"}


def remark_template() -> bytes:
    """The .xlsx in which remarks are collected; only 需求内容 is compulsory."""
    return _template(REMARK_COLUMNS, REMARK_LEFT_OUT, "民情记录导入模板")


def offer_template() -> bytes:
    """The .xlsx in which a department lists what it offers, with the four musts."""
    return _template(OFFER_COLUMNS, OFFER_LEFT_OUT, "供给侧服务项目导入模板")


def _template(columns: Columns, left_out: set[str], title: str) -> bytes:
    shown = [column for column in columns.columns if column.field not in left_out]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.set_properties({"title": title, "created": CREATED})
        _form_sheet(book, shown, columns.name_zh)
        _explanations(book, columns)
    return stream.getvalue()


def _form_sheet(book: Any, shown: list[Column], name: str) -> None:
    """Header, one example marked 示例, and a drop-down where a column takes only certain words."""
    sheet = book.add_worksheet(sheet_title(name))
    border = {"border": 1, "border_color": LINE, "valign": "vcenter", "text_wrap": True}
    header = book.add_format(border | {"font_name": HEAD_FONT, "align": "center", "bg_color": HEAD_FILL})
    needed = book.add_format(
        border | {"font_name": HEAD_FONT, "align": "center", "bg_color": HEAD_FILL, "font_color": "#A61B1B"}
    )
    example = book.add_format(border | {"font_name": BODY_FONT, "font_color": "#6B7280", "italic": True})
    text = book.add_format({"font_name": BODY_FONT, "num_format": "@", "text_wrap": True, "valign": "vcenter"})
    for at, column in enumerate(shown):
        # Cells are text from the start: dates and telephone numbers stay as they are typed.
        sheet.set_column(at, at, column.width, text)
        sheet.write_string(
            0, at, column.zh + ("（必填）" if column.required else ""), needed if column.required else header
        )
        sheet.write_string(1, at, column.example, example)
        if column.choices:
            sheet.data_validation(1, at, ROWS_WITH_LISTS, at, _choice(column))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _choice(column: Column) -> dict[str, Any]:
    """A drop-down that advises and does not forbid: an office may have words of its own."""
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_type": "information",
        "error_title": column.zh,
        "error_message": "不在下拉项中，导入时会请您确认。",
    }


def _explanations(book: Any, columns: Columns) -> None:
    """The second sheet: what each column is for, under which names it is understood, and what may be chosen."""
    sheet = book.add_worksheet("填写说明")
    wrap = book.add_format({"font_name": BODY_FONT, "text_wrap": True, "valign": "top"})
    head = book.add_format({"font_name": HEAD_FONT, "bg_color": HEAD_FILL})
    for at, (label, width) in enumerate(
        (("列名", 16), ("填写说明", 44), ("Explanation", 44), ("也认得的列名", 60), ("可选项", 40))
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, label, head)
    for row, column in enumerate(columns.columns, 1):
        told = (
            column.zh,
            column.explains_zh or "可不填。",
            column.explains_en or "May stay empty.",
            "、".join(column.names),
            "、".join(column.choices),
        )
        for at, words in enumerate(told):
            sheet.write_string(row, at, words, wrap)
    row = len(columns.columns) + 2
    for line in (
        "“示例”行导入时自动跳过，可以不删。",
        "列的次序随意，多余的列原样保留；表头上面可以有标题行。",
        "The example row is skipped on import. Columns may stand in any order; others are kept.",
    ):
        sheet.write_string(row, 0, line)
        row += 1
