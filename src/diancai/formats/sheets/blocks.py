"""Two tables side by side on one sheet: seen, and one chosen or the doubt handed back. Called by `reading`."""

from collections.abc import Sequence
from dataclasses import dataclass

from diancai.formats.errors import TwoTables

from .columns import Columns
from .layout import Header
from .table import Notice


@dataclass(frozen=True, slots=True)
class Block:
    """Columns `left` to `right` (right excluded) of the sheet."""

    left: int
    right: int


def choose_block(
    header: Header, rows: Sequence[Sequence[str]], columns: Columns | None, sheet: str, chosen: int = 0
) -> tuple[Block, list[Notice]]:
    """The columns to read. `chosen`: 1 the left table, 2 the right one; 0 decide, raising TwoTables when in doubt."""
    blocks = _blocks(header, rows)
    whole = Block(0, len(header.labels))
    if len(blocks) < 2:
        return whole, []
    if not chosen:
        chosen = _decide(header, blocks, columns)
        if chosen == 0:
            return whole, []
        if chosen < 0:
            raise TwoTables(sheet=sheet, left=_describe(header, blocks[0]), right=_describe(header, blocks[1]))
    taken = blocks[min(chosen, len(blocks)) - 1]
    others = [block for block in blocks if block != taken]
    return taken, [_notice(header, taken, others)]


def _decide(header: Header, blocks: list[Block], columns: Columns | None) -> int:
    """1, 2 …: the only block that is a table of its own; 0: they are one table; -1: in doubt."""
    names = [{label for label in header.labels[b.left : b.right] if label} for b in blocks]
    shares = any(one & other for at, one in enumerate(names) for other in names[at + 1 :])
    if columns is None:
        return -1 if shares else 0
    matches = [columns.match(header.parts[b.left : b.right]) for b in blocks]
    complete = [all(c.field in match for c in columns.required) for match in matches]
    if sum(complete) > 1 and (shares or all(len(match) > 1 for match in matches)):
        return -1
    if sum(complete) != 1:
        return 0
    one = complete.index(True)
    others = [match for at, match in enumerate(matches) if at != one]
    adds = any(set(match) - set(matches[one]) for match in others)
    return one + 1 if shares or not adds else 0


def _blocks(header: Header, rows: Sequence[Sequence[str]]) -> list[Block]:
    """Groups of at least two headed columns, parted by columns that are blank throughout, or the same labels again."""
    width = len(header.labels)
    blank = [not header.labels[at] and not any(at < len(row) and row[at] for row in rows) for at in range(width)]
    found, start = [], None
    for at in range(width + 1):
        is_blank = at == width or blank[at]
        if not is_blank and start is None:
            start = at
        if is_blank and start is not None:
            found.append(Block(start, at))
            start = None
    found = [block for block in found if sum(bool(label) for label in header.labels[block.left : block.right]) >= 2]
    return _folded(header, found[0]) if len(found) == 1 else found


def _folded(header: Header, block: Block) -> list[Block]:
    """A block whose second half repeats the labels of the first is two tables without a gap."""
    labels = header.labels[block.left : block.right]
    half = len(labels) // 2
    if len(labels) >= 4 and len(labels) % 2 == 0 and labels[:half] == labels[half:] and all(labels):
        return [Block(block.left, block.left + half), Block(block.left + half, block.right)]
    return [block]


def _describe(header: Header, block: Block) -> str:
    labels = [label for label in header.labels[block.left : block.right] if label]
    return "“" + "、".join(labels[:4]) + ("…”" if len(labels) > 4 else "”")


def _notice(header: Header, taken: Block, others: list[Block]) -> Notice:
    left_out = "；".join(_describe(header, block) for block in others)
    return Notice(
        "two_tables",
        f"工作表上并排有{len(others) + 1}张表，读取的是{_describe(header, taken)}，没有读取{left_out}。",
        f"The sheet holds {len(others) + 1} tables side by side: {_describe(header, taken)} was read, "
        f"{left_out} was not.",
    )
