"""From a grid and its layout to the table: rows by header, merged cells carried down, totals and examples left out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .blocks import Block
from .cells import CellReader
from .columns import Columns
from .containers import Grid, Merge
from .layout import Header
from .table import Notice, Row, Table

TOTAL = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|共\s*\d+\s*\S{0,2}$|共\s*\d+\s*\S{0,2}；|total)", re.IGNORECASE
)
FOOTER = re.compile(
    r"^(?:填表人|制表人?|审核人?|负责人|填报人|填报单位|单位负责人|联系电话|注|备注|说明|填表说明)\s*[：:]"
)
EXAMPLE = re.compile(r"^(?:示例|样例|例)(?:[：:]|$|\d)")
ORIGINS = (
    ("提交答卷时间", "问卷星"),
    ("接龙人", "接龙"),
    ("接龙时间", "接龙"),
    ("提交者（自动）", "表单"),
    ("提交时间（自动）", "表单"),
)


@dataclass(frozen=True)
class Layout:
    """Where the table lies: its header, the columns of its block, and declared fields by column position."""

    header: Header
    block: Block
    fields: Mapping[str, int]
    notices: tuple[Notice, ...] = ()


def declared_fields(
    header: Header, block: Block, columns: Columns | None, chosen: Mapping[str, str] | None
) -> dict[str, int]:
    """Declared field to column position of the sheet; what a person `chose` (field to header) comes first."""
    if columns is None:
        return {}
    parts = header.parts[block.left : block.right]
    labels = unique_labels(header, block)
    picked = {name: labels.index(label) for name, label in (chosen or {}).items() if label in labels}
    rest = [() if at in picked.values() else cells for at, cells in enumerate(parts)]
    found = {name: at for name, at in columns.match(rest).items() if name not in picked} | picked
    return {name: block.left + at for name, at in found.items()}


def unique_labels(header: Header, block: Block) -> tuple[str, ...]:
    """The labels of a block, each once: a second 电话 becomes 电话（2），a column without one 第5列."""
    counts: Counter[str] = Counter()
    labels = []
    for at in range(block.left, block.right):
        label = header.labels[at] or f"第{at + 1}列"
        counts[label] += 1
        labels.append(label if counts[label] == 1 else f"{label}（{counts[label]}）")
    return tuple(labels)


def assemble(
    grid: Grid, layout: Layout, columns: Columns | None, reader: CellReader, notices: Sequence[Notice]
) -> Table:
    """Every row of content under the header, as text."""
    labels = unique_labels(layout.header, layout.block)
    builder = _Builder(grid, layout, columns, labels, reader)
    rows = tuple(builder.rows())
    shown = builder.shown_labels()
    named = {name: labels[at - layout.block.left] for name, at in layout.fields.items()}
    all_notices = (*notices, *layout.notices, *builder.notices(), *reader.notices())
    header_row = layout.header.last_row + 1 if layout.header.depth else 0
    return Table(grid.sheet, header_row, shown, rows, all_notices, named, _origin(labels))


def _origin(labels: Sequence[str]) -> str:
    return next((origin for mark, origin in ORIGINS if any(label.startswith(mark) for label in labels)), "")


class _Builder:
    """Goes down the rows once, counting what it leaves out."""

    def __init__(
        self, grid: Grid, layout: Layout, columns: Columns | None, labels: tuple[str, ...], reader: CellReader
    ) -> None:
        self.grid, self.layout, self.columns, self.labels, self.reader = grid, layout, columns, labels, reader
        self.left_out: dict[str, list[int]] = {}
        self.wider: list[int] = []
        self.used: set[str] = set()
        self.merged_down = 0
        self.needed = tuple(
            labels[layout.fields[column.field] - layout.block.left] for column in (columns.required if columns else ())
        )
        self.number_label = self._label_of("number")
        header = layout.header.labels[layout.block.left : layout.block.right]
        self.nameless = [shown for shown, own in zip(labels, header, strict=True) if not own]

    def _label_of(self, name: str) -> str:
        at = self.layout.fields.get(name)
        return self.labels[at - self.layout.block.left] if at is not None else ""

    def rows(self) -> Iterator[Row]:
        """The rows that hold something of their own."""
        first, left, right = self.layout.header.last_row + 1, self.layout.block.left, self.layout.block.right
        is_whole = right >= len(self.layout.header.labels)
        carried = self._carried_down(first)
        text, labels = self.reader.text, self.labels
        for at in range(first, len(self.grid.rows)):
            raw = self.grid.rows[at]
            self.reader.row_number = at + 1
            cells = dict(zip(labels, map(text, raw[left:right]), strict=False))
            if len(cells) < len(labels):
                cells = dict.fromkeys(labels, "") | cells
            if is_whole and len(raw) > right:
                self._keep_wider(cells, raw, right, at)
            self.used.update(label for label in self.nameless if cells[label])
            if any(cells.values()) and not self._is_left_out(cells, at):
                yield Row(at + 1, cells | carried[at] if at in carried else cells)

    def _keep_wider(self, cells: dict[str, str], raw: Sequence[object], right: int, at: int) -> None:
        """Cells beyond the header are kept under the number of their column."""
        extra = {
            f"第{right + n + 1}列": value for n, cell in enumerate(raw[right:]) if (value := self.reader.text(cell))
        }
        if extra:
            cells.update(extra)
            self.used.update(extra)
            self.wider.append(at + 1)

    def _carried_down(self, first: int) -> dict[int, dict[str, str]]:
        """Values of ranges merged downwards, for the rows below their first; the compulsory text is never copied."""
        carried: dict[int, dict[str, str]] = {}
        for merge in self.grid.merges:
            if merge.bottom > merge.top >= first and merge.left == merge.right and self._is_mine(merge):
                label = self.labels[merge.left - self.layout.block.left]
                value = self.reader.text(self.grid.rows[merge.top][merge.left])
                if label not in self.needed and value:
                    self.merged_down += 1
                    for at in range(merge.top + 1, min(merge.bottom + 1, len(self.grid.rows))):
                        carried.setdefault(at, {})[label] = value
        return carried

    def _is_mine(self, merge: Merge) -> bool:
        return self.layout.block.left <= merge.left < self.layout.block.right and merge.top < len(self.grid.rows)

    def _is_left_out(self, cells: Mapping[str, str], at: int) -> bool:
        """Rows that are no content: the header again (printed on each page), totals, signatures, the example."""
        if self.columns is None:
            return False
        reason = self._reason(cells)
        if reason:
            self.left_out.setdefault(reason, []).append(at + 1)
        return bool(reason)

    def _reason(self, cells: Mapping[str, str]) -> str:
        first = next(value for value in cells.values() if value)
        if EXAMPLE.match(cells.get(self.number_label, "")) or (EXAMPLE.match(first) and len(first) <= 4):
            return "example"
        if first in self.labels and all(not value or value == label for label, value in cells.items()):
            return "header"
        lacks_text = self.needed and not any(cells.get(label) for label in self.needed)
        if lacks_text and TOTAL.match(first):
            return "total"
        return "footer" if FOOTER.match(first) and len([v for v in cells.values() if v]) <= 4 and lacks_text else ""

    def shown_labels(self) -> tuple[str, ...]:
        """The labels of the header, without nameless columns in which nothing stood, with those beyond it."""
        beyond = sorted(self.used.difference(self.labels), key=lambda label: int(label[1:-1]))
        return (*(label for label in self.labels if label not in self.nameless or label in self.used), *beyond)

    def notices(self) -> Iterator[Notice]:
        """What was left out or carried down, with row numbers."""
        for reason, (zh, en) in LEFT_OUT.items():
            if rows := self.left_out.get(reason):
                yield Notice(
                    f"{reason}_rows",
                    f"{zh}：第{_some(rows)}行，没有当作数据。",
                    f"{en}: rows {_some(rows)} were not taken as content.",
                )
        if self.merged_down:
            yield Notice(
                "merged_cells",
                f"有{self.merged_down}处合并单元格，其值已填到所含各行。",
                f"{self.merged_down} merged ranges: their value was filled into each of their rows.",
            )
        if self.wider:
            yield Notice(
                "wider_rows",
                f"第{_some(self.wider)}行比表头长，多出的格按列号保留。",
                f"Rows {_some(self.wider)} are wider than the header; their extra cells are kept.",
            )


LEFT_OUT = {
    "header": ("表头重复出现", "The header appears again"),
    "total": ("合计行", "Rows of totals"),
    "footer": ("表尾的签名、说明", "Signatures and notes under the table"),
    "example": ("模板里的示例行", "The template's example"),
}


def _some(rows: Sequence[int]) -> str:
    return "、".join(str(row) for row in rows[:8]) + (f"等{len(rows)}" if len(rows) > 8 else "")
