"""Small workbooks of the two binary kinds (.xls, .xlsb), made record by record: cells as (row, column, text)."""

import io
import struct
import zipfile
from collections.abc import Sequence

Cells = Sequence[tuple[int, int, str]]
SECTOR, SHORT, FREE, END, OF_TABLE = 512, 4096, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_workbook(cells: Cells, *more: bytes) -> bytes:
    """An .xls with one sheet; `more` are records that stand before the end of the sheet."""
    start = _old(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet = start + b"".join(_old(0x0204, _label(cell)) for cell in cells) + b"".join(more) + _old(0x000A, b"")
    name = "需求表"
    head = _old(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    bound = struct.pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le")
    before = len(head) + 4 + 4 + len(bound) + 4
    return compound(head + _old(0x0085, struct.pack("<I", before) + bound) + _old(0x000A, b"") + sheet)


def old_run(row: int, first: int, last: int) -> bytes:
    """A record of several numbers in one row."""
    values = b"".join(struct.pack("<HI", 0, 2) for _ in range(2))
    return _old(0x00BD, struct.pack("<HH", row, first) + values + struct.pack("<H", last))


def compound(stream: bytes, name: str = "Workbook", *, fold: bool = True) -> bytes:
    """An OLE file with one stream, which `fold` puts among the short streams where it is one."""
    short = fold and len(stream) < SHORT
    sectors = [stream[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(stream), SECTOR)]
    if not short:
        sectors += [bytes(SECTOR)] * max(0, SHORT // SECTOR - len(sectors))
    size = len(stream) if short else max(SHORT, len(stream))
    pieces = -(-len(stream) // 64)
    shorts = [*range(1, pieces), END] if short else []
    # Sector 0 is the directory, 1 the table of short sectors; the stream, or the sectors of the short ones, follow.
    links = [END, END, *(range(3, 2 + len(sectors))), END]
    tables = 1
    while tables * 128 < len(links) + tables:
        tables += 1
    first_table = len(links)
    links = (links + [OF_TABLE] * tables + [FREE] * tables * 128)[: tables * 128]
    root = _entry("Root Entry", 5, 2 if short else END, pieces * 64 if short else 0, child=1)
    directory = root + _entry(name, 2, 0 if short else 2, size) + _entry("", 0, 0, 0) * 2
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, 0, 0, SHORT, 1, 1, END, 0)
    header += struct.pack("<109I", *([*range(first_table, first_table + tables)] + [FREE] * 109)[:109])
    short_table = struct.pack("<128I", *(shorts + [FREE] * 128)[:128])
    return header + directory + short_table + b"".join(sectors) + struct.pack(f"<{len(links)}I", *links)


def binary_workbook(cells: Cells) -> bytes:
    """An .xlsb with one sheet."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in cells:
        rows.setdefault(row, []).append((column, text))
    sheet = _new(129, b"") + _new(148, struct.pack("<IIII", 0, max(rows), 0, 1)) + _new(145, b"")
    for row, members in rows.items():
        sheet += _new(0, struct.pack("<IIHBBB", row, 0, 300, 0, 0, 0) + struct.pack("<I", 0))
        sheet += b"".join(_new(6, struct.pack("<II", column, 0) + _wide(text)) for column, text in members)
    sheet += _new(146, b"") + _new(130, b"")
    book = _new(131, b"") + _new(143, b"")
    book += _new(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("需求表")) + _new(144, b"") + _new(132, b"")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.bin", book)
        packed.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{space}">{relation}</Relationships>')
        packed.writestr("xl/worksheets/sheet1.bin", sheet)
        # Settings of a printer are no records: read as such they would name a cell far beyond the sheet.
        packed.writestr("xl/printerSettings/printerSettings1.bin", _new(0, b"\xff" * 8) + _new(6, b"\xff" * 8))
    return stream.getvalue()


def _old(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _label(cell: tuple[int, int, str]) -> bytes:
    row, column, text = cell
    return struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")


def _entry(name: str, kind: int, first: int, size: int, child: int = FREE) -> bytes:
    named = name.encode("utf-16-le")
    length = len(named) + 2 if name else 0
    head = named.ljust(64, b"\0") + struct.pack("<HBBIII", length, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)


def _new(kind: int, body: bytes) -> bytes:
    return _varying(kind) + _varying(len(body)) + body


def _varying(number: int) -> bytes:
    """Seven bits a byte, the lowest first. A kind from 128 on is written with its own two bytes."""
    out = b""
    while True:
        number, low = number >> 7, number & 127
        out += bytes([low | (128 if number else 0)])
        if not number:
            return out


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
