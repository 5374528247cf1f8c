"""What reading a sheet gives: a table of text cells, and what was noticed on the way. Called by all of `sheets`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know though the file was taken: a code and the sentence in Chinese and English."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as Excel shows it (JSONL: line number), and its cells by header; an empty cell is ""."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet.

    `header_row`: the row number of the (last) header row, 0 where the file has none. `fields`: declared field to the
    header that holds it, when columns were declared. `origin`: 问卷星, 接龙 or 表单 where the sheet shows it, else "".
    """

    sheet: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[Notice, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""

    def value(self, row: Row, name: str) -> str:
        """The text of a declared field in a row; "" where the sheet has no such column."""
        header = self.fields.get(name)
        return row.cells.get(header, "") if header is not None else ""

    def values(self, row: Row) -> dict[str, str]:
        """All declared fields that the sheet has, with their text in this row."""
        return {name: row.cells.get(header, "") for name, header in self.fields.items()}

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Row number and declared fields, row by row."""
        return ((row.number, self.values(row)) for row in self.rows)

    @property
    def unused_headers(self) -> tuple[str, ...]:
        """Headers that no declared field uses; their cells are kept in the rows."""
        used = set(self.fields.values())
        return tuple(header for header in self.header if header not in used)
