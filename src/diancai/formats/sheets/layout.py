"""Where the table begins on a sheet: the header under title rows, in one row or two. Pure; called by `reading`.

A header row is the one whose cells name most declared fields; without declared fields it is the first row that is as
wide as the table and made of short words. A two-row header is one whose upper cells span several lower ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .columns import Columns
from .containers import Merge

LOOKED_AT_ROWS = 60
LONGEST_LABEL = 80
MOST_TITLE_ROWS = 12
NUMBERLIKE = re.compile(r"^[\d\s.,:/\-年月日时分秒%+~～¥￥]+$")


@dataclass(frozen=True)
class Header:
    """A header found: its first row (from 0), how many rows it takes, and its labels by column, "" where it has none.

    `parts`: for each column the spellings that may name a field: the joined label, then the lower and upper cells.
    """

    row: int
    depth: int
    labels: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    hits: int = 0

    @property
    def last_row(self) -> int:
        """The row just above the first row of content."""
        return self.row + self.depth - 1


def find_header(rows: Sequence[Sequence[str]], merges: Sequence[Merge], columns: Columns | None) -> Header | None:
    """The header in the first rows of a sheet (already text), or None where no row looks like one."""
    filled = _fill_across(rows, merges)
    candidates = []
    for at in range(len(rows)):
        if any(rows[at]):
            candidates += [
                header
                for header in (_one_row(at, rows[at]), _two_rows(at, rows, filled, merges, columns))
                if header is not None
            ]
    if columns is not None:
        counted = [_count_hits(header, columns) for header in candidates]
        named = [header for header in counted if _is_named(header) and _is_under_titles(header, rows)]
        if named:
            return max(named, key=lambda header: (header.hits, -header.row, -header.depth))
    return _by_shape(rows, candidates)


def _one_row(at: int, cells: Sequence[str]) -> Header:
    labels = tuple(_label(cell) for cell in cells)
    return Header(at, 1, labels, tuple((label,) for label in labels))


def _label(cell: str) -> str:
    return re.sub(r"\s*\n\s*", "", cell)


def _two_rows(
    at: int,
    rows: Sequence[Sequence[str]],
    filled: Sequence[Sequence[str]],
    merges: Sequence[Merge],
    columns: Columns | None,
) -> Header | None:
    """Rows `at` and the next as one header, when the upper one groups the lower one."""
    if at + 1 >= len(rows):
        return None
    upper, lower = [_label(cell) for cell in filled[at]], [_label(cell) for cell in filled[at + 1]]
    own = [cell for cell in lower if cell]
    if len(own) < 2 or len({cell for cell in upper if cell}) < 2 or any(NUMBERLIKE.match(cell) for cell in own):
        return None
    if not (_is_merged(at, merges) or (columns is not None and _names_below(rows[at], lower, columns))):
        return None
    upper = _spread(upper, lower)
    pairs = list(zip(upper, lower, strict=False))
    labels = tuple(_join(above, below) for above, below in pairs)
    parts = tuple(tuple(dict.fromkeys((_join(a, b), a + b, b or a))) for a, b in pairs)
    return Header(at, 2, labels, parts)


def _join(upper: str, lower: str) -> str:
    return f"{upper}/{lower}" if upper and lower and upper != lower else upper or lower


def _is_merged(at: int, merges: Sequence[Merge]) -> bool:
    """Whether a merged range shows that row `at` stands over the next: across part of it, or down into it."""
    across = [m for m in merges if m.top == at == m.bottom and m.right > m.left]
    down = [m for m in merges if m.top == at and m.bottom == at + 1]
    return bool(down) or len(across) >= 2


def _names_below(upper: Sequence[str], lower: Sequence[str], columns: Columns) -> bool:
    """Without merged cells: the lower row fills gaps of the upper one with headers that name fields."""
    gaps = [cell if not above else "" for above, cell in zip([*upper, *[""] * len(lower)], lower, strict=False)]
    return any(upper) and bool(_exact(gaps, columns))


def _exact(cells: Sequence[str], columns: Columns) -> dict[str, int]:
    return columns.match([(cell,) for cell in cells])


def _spread(upper: list[str], lower: list[str]) -> list[str]:
    """Upper labels carried right over blanks that stand above lower labels."""
    spread, last = [], ""
    for position, above in enumerate(upper):
        below = lower[position] if position < len(lower) else ""
        last = above or (last if below else "")
        spread.append(last)
    return spread + [""] * (len(lower) - len(upper))


def _fill_across(rows: Sequence[Sequence[str]], merges: Sequence[Merge]) -> list[list[str]]:
    """The rows with the value of each merged range in all its cells."""
    filled = [list(row) for row in rows]
    for merge in merges:
        if merge.top >= len(filled) or merge.left >= len(filled[merge.top]):
            continue
        value = filled[merge.top][merge.left]
        for at in range(merge.top, min(merge.bottom + 1, len(filled))):
            for position in range(merge.left, min(merge.right + 1, len(filled[at]))):
                filled[at][position] = value
    return filled


def _count_hits(header: Header, columns: Columns) -> Header:
    """The header with how many fields it names; a long cell is speech and names nothing."""
    matched = columns.match(header.parts)
    hits = len(matched) + sum(column.field in matched for column in columns.required)
    return Header(header.row, header.depth, header.labels, header.parts, hits)


def _is_named(header: Header) -> bool:
    """Two fields make a header; one does when it stands alone and is no title or sentence."""
    labels = [label for label in header.labels if label]
    return header.hits >= 3 or (header.hits >= 2 and len(max(labels, key=len)) <= 20 and len(labels) <= 3)


def _is_under_titles(header: Header, rows: Sequence[Sequence[str]]) -> bool:
    """What stands above a header are titles and notes of few cells: a row of content that sounds like one is not it."""
    wide = max(3, 0.6 * sum(bool(label) for label in header.labels))
    above = [sum(bool(cell) for cell in row) for row in rows[: header.row]]
    return all(count < wide for count in above) and sum(bool(count) for count in above) <= MOST_TITLE_ROWS


def _by_shape(rows: Sequence[Sequence[str]], candidates: Sequence[Header]) -> Header | None:
    """The first row about as wide as the table, of short distinct words; two rows where merged cells show it."""
    widths = sorted(sum(bool(cell) for cell in row) for row in rows if any(row))
    if not widths:
        return None
    usual = widths[len(widths) // 2]
    for header in sorted(candidates, key=lambda header: (header.row, -header.depth)):
        labels = [label for label in header.labels if label]
        wordy = [label for label in labels if len(label) <= LONGEST_LABEL and not NUMBERLIKE.match(label)]
        if len(labels) >= max(1, 0.6 * usual) and len(wordy) >= 0.8 * len(labels):
            return header
    return None
