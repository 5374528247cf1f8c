"""How far a sheet reaches, seen before the workbook reader sets aside memory for every cell up to there.

The reader keeps a sheet as one full rectangle: a single stray value in XFD1048576 would cost a terabyte. Called by
`containers` with the unpacked XML of .xlsx and .ods; `binary_extent` does the same for .xls and .xlsb.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from diancai.formats.errors import SheetTooWide

MOST_CELLS = 10_000_000  # 70 bytes each while they are read; a full .xls has 16.7 million and is refused
# Rows that are only numbered (hidden to the end of the sheet, say) hold no cells; the figure bounds those as well.
MOST_CELLS_BY_ROW_NUMBER = 60_000_000
LARGEST_COLUMN, LARGEST_ROW = 16_384, 1_048_576
CELL = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([A-Za-z]{1,7})([0-9]{1,10})["']""")
ROW_NUMBER = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([0-9]{1,10})["']""")
ROW_START = re.compile(rb"<(?:\w{1,20}:)?row\b")
CELL_START = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
ODS_PART = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s{0,9}=\s{0,9}["']([0-9]{1,10})["']""")


@dataclass
class Extent:
    """The lowest row and the rightmost column seen so far, both from 1."""

    row: int = 0
    column: int = 0
    numbered_row: int = 0

    @property
    def is_too_wide(self) -> bool:
        """Whether the rectangle up to here is beyond what can be held."""
        lowest = max(self.row, self.numbered_row)
        return self.row * self.column > MOST_CELLS or lowest * self.column > MOST_CELLS_BY_ROW_NUMBER

    def check(self, name: str) -> None:
        """Raises SheetTooWide."""
        if self.is_too_wide:
            row, column = max(self.row, self.numbered_row), self.column
            cell, limit = f"{letters(column)}{row}", f"{MOST_CELLS:,}"
            raise SheetTooWide(name=name, cell=cell, rows=row, columns=column, limit=limit)


def letters(column: int) -> str:
    """The column's name as Excel shows it: 1 is A, 16384 is XFD."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: bytes) -> int:
    """The column of its letters."""
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number


def check_excel(pieces: Iterable[bytes], name: str) -> None:
    """One sheet of an .xlsx, piece by piece. Raises SheetTooWide."""
    extent = Extent()
    for piece in pieces:
        found = CELL.findall(piece)
        extent.row = max(extent.row, max((int(row) for _, row in found), default=0))
        extent.column = max(extent.column, max(map(column_number, {column for column, _ in found}), default=0))
        extent.numbered_row = max(extent.numbered_row, max(map(int, ROW_NUMBER.findall(piece)), default=0))
        # A cell may go without its reference and then stands beside the one before it.
        in_a_row = (len(CELL_START.findall(row)) for row in ROW_START.split(piece))
        extent.column = max(extent.column, *in_a_row)
        extent.check(name)


def check_open_document(pieces: Iterable[bytes], name: str) -> None:
    """The sheets of an .ods, piece by piece; blank cells that merely fill up the sheet are not counted."""
    extent, row, column = Extent(), 0, 0
    for piece in pieces:
        for part, attributes in ODS_PART.findall(piece):
            found = REPEATED.search(attributes)
            times = int(found[1]) if found else 1
            if part == b"table":
                extent, row = Extent(), 0
            elif part == b"table-row":
                row, column = row + times, 0
            else:
                column += times
                if not attributes.endswith(b"/") or b"value-type" in attributes:
                    extent.row, extent.column = max(extent.row, row), max(extent.column, column)
                    extent.check(name)
