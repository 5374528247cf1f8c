"""Sheets in and out. Callers need only what is named here.

In: `read_table`, `read_tables`, `sheet_names`, `check_size`, `is_big` with `REMARK_COLUMNS` or `OFFER_COLUMNS`; cell
values through `values`. Out: `write_table`, `write_table_into`, `write_csv`, `remark_template`, `offer_template`.
"""

from .columns import Column, Columns
from .containers import LIMIT_BYTES, check_size, is_big
from .offer_columns import OFFER_COLUMNS
from .reading import read_table, read_tables, sheet_names
from .remark_columns import REMARK_COLUMNS
from .table import Notice, Row, Table
from .templates import offer_template, remark_template
from .writing import SheetColumn, write_csv, write_table, write_table_into

__all__ = [
    "LIMIT_BYTES",
    "OFFER_COLUMNS",
    "REMARK_COLUMNS",
    "Column",
    "Columns",
    "Notice",
    "Row",
    "SheetColumn",
    "Table",
    "check_size",
    "is_big",
    "offer_template",
    "read_table",
    "read_tables",
    "remark_template",
    "sheet_names",
    "write_csv",
    "write_table",
    "write_table_into",
]
