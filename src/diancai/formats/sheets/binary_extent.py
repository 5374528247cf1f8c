"""How far the cells of a binary workbook reach (.xls, .xlsb), as `extent` tells it of the XML kinds.

Only record heads and cell positions are read. Called by `containers` before the workbook reader sets memory aside.
Structures: [MS-XLS] and [MS-XLSB], Microsoft Open Specifications.
"""

import re
import struct
import zipfile
from collections.abc import Iterable

from .extent import Extent

# .xls: cells of one value, and runs of cells in one row whose last two bytes name the last column.
OLD_CELLS = frozenset({0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})
OLD_RUN, OLD_START = 0x00BD, 0x0809
# .xlsb: the head of a row, and cells (blank ones, 1, are passed over by the reader but cost nothing to count).
PARTS = "xl/_rels/workbook.bin.rels"
PART = re.compile(r"""Target\s{0,9}=\s{0,9}["'](?:/?xl/)?([^"']{1,300})["']""")
ROW_HEAD, CELLS = 0, frozenset(range(1, 12)) | {62}


def check_old_excel(records: bytes, name: str) -> None:
    """The stream of an .xls with all its sheets. Raises SheetTooWide."""
    extent, at, end = Extent(), 0, len(records) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", records, at)
        at += 4
        if kind == OLD_START:
            extent = Extent()
        elif kind in OLD_CELLS or kind == OLD_RUN:
            if size < 4 or at + size > len(records):
                return
            row, column = struct.unpack_from("<HH", records, at)
            if kind == OLD_RUN:
                column = max(column, struct.unpack_from("<H", records, at + size - 2)[0])
            if row >= extent.row or column >= extent.column:
                extent.row, extent.column = max(extent.row, row + 1), max(extent.column, column + 1)
                extent.check(name)
        at += size


def record_parts(packed: zipfile.ZipFile) -> set[str]:
    """The parts of an .xlsb that are streams of records. Others (settings of a printer) only end in .bin as well."""
    if PARTS not in packed.namelist():
        return set()
    named = PART.findall(packed.read(PARTS).decode("utf-8", "replace"))
    return {f"xl/{part}" for part in named if not part.lower().endswith(".xml")}


def check_binary_excel(pieces: Iterable[bytes], name: str) -> None:
    """One sheet of an .xlsb, piece by piece. Raises SheetTooWide."""
    extent, row, held = Extent(), 0, b""
    for piece in pieces:
        held, at = held + piece, 0
        while (record := _record(held, at)) is not None:
            kind, number, at = record
            if kind == ROW_HEAD:
                row = number
            elif kind in CELLS and (row >= extent.row or number >= extent.column):
                extent.row, extent.column = max(extent.row, row + 1), max(extent.column, number + 1)
                extent.check(name)
        held = held[at:]


def _record(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind of the record that begins here, its first number, where the next begins; None when it is not all held."""
    kind, at = _varying(held, at, 2)
    size, at = _varying(held, at, 4)
    if at + size > len(held):
        return None
    return kind, int.from_bytes(held[at : at + min(4, size)], "little"), at + size


def _varying(held: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends; beyond what is held, past its end."""
    number = 0
    for place in range(most):
        if at >= len(held):
            return 0, len(held) + 1
        byte = held[at]
        at += 1
        number |= (byte & 127) << 7 * place
        if byte < 128:
            break
    return number, at
