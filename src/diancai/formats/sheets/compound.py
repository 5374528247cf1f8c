"""The streams inside an old Office file (OLE compound file). Called by `containers` for .xls.

The file is a small file system: sectors chained by a table (FAT), a directory, and one stream that holds the sectors
of all short streams. Structure: [MS-CFB], Microsoft Open Specifications.
"""

import struct
from collections.abc import Iterator, Sequence

from diancai.formats.errors import Broken

HEADER_BYTES, ENTRY_BYTES, NAME_BYTES = 512, 128, 64
LAST_SECTOR = 0xFFFFFFFA  # this and above is no sector: the end of a chain, a free one, a table's own
STREAM, ROOT = 2, 5
IN_HEADER = 109  # sectors of the FAT that the header itself names


def stream_of(content: bytes, names: Sequence[str], file_name: str) -> bytes:
    """The bytes of the first stream that bears one of the names. Raises Broken."""
    try:
        return _Compound(content).stream(names)
    except (struct.error, LookupError, ValueError) as problem:
        raise Broken(name=file_name) from problem


class _Compound:
    """The chains and the directory of one file; whatever does not add up raises one of the built-in errors."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._sector_bytes = 1 << (_numbers(content[30:32], "H")[0] & 31)
        self._short_bytes = 1 << (_numbers(content[32:34], "H")[0] & 31)
        first_entry, self._longest_short, first_short, first_more = struct.unpack_from("<I4xII4xI", content, 48)
        self._fat = [link for sector in self._tables(first_more) for link in _numbers(self._sector(sector), "I")]
        self._short_fat = _numbers(self._chain(first_short), "I")
        self._entries = list(self._directory(self._chain(first_entry)))

    def stream(self, names: Sequence[str]) -> bytes:
        found = {name: (first, size) for name, kind, first, size in self._entries if kind == STREAM}
        first, size = found[next((name for name in names if name in found), names[0])]
        if size >= self._longest_short:
            return self._chain(first)[:size]
        roots = [first for _, kind, first, _ in self._entries if kind == ROOT]
        shorts, step = self._chain(roots[0]), self._short_bytes
        return b"".join(shorts[at * step : (at + 1) * step] for at in _links(first, self._short_fat))[:size]

    def _tables(self, first_more: int) -> Iterator[int]:
        """The sectors of the FAT: those in the header, then those in sectors of their own, each naming the next."""
        yield from (one for one in struct.unpack_from(f"<{IN_HEADER}I", self._content, 76) if one < LAST_SECTOR)
        seen: set[int] = set()
        while first_more < LAST_SECTOR and first_more not in seen:
            seen.add(first_more)
            *more, first_more = _numbers(self._sector(first_more), "I")
            yield from (one for one in more if one < LAST_SECTOR)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._content[start : start + self._sector_bytes]

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _links(first, self._fat))

    @staticmethod
    def _directory(entries: bytes) -> Iterator[tuple[str, int, int, int]]:
        """Name, kind, first sector and size of each entry."""
        for at in range(0, len(entries) - ENTRY_BYTES + 1, ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", entries, at + NAME_BYTES)
            first, size = struct.unpack_from("<II", entries, at + 116)
            name = entries[at : at + max(0, min(length, NAME_BYTES) - 2)]
            yield name.decode("utf-16-le", "replace"), kind, first, size


def _links(first: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors of a chain. Raises ValueError for one that runs in a circle, which would never end."""
    left = len(table)
    while first < LAST_SECTOR:
        if not left:
            raise ValueError(first)
        yield first
        first, left = table[first], left - 1


def _numbers(content: bytes, form: str) -> tuple[int, ...]:
    size = struct.calcsize(form)
    return struct.unpack(f"<{len(content) // size}{form}", content[: len(content) // size * size])
