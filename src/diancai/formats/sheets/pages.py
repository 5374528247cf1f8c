"""Web pages called .xls: many older office systems export them. Their largest table is read. Called by `reading`."""

from html.parser import HTMLParser

from .containers import Grid, Merge

MOST_SPAN = 1000
# Tags that end a line inside a cell.
BREAKS = {"br", "p", "div", "li"}


def page_grid(text: str, name: str) -> Grid | None:
    """The table with most rows of a page, spanning cells as merged ranges; None where it has no table."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    found = max(parser.tables, key=len, default=[])
    return _laid_out(found, name) if found else None


class _Tables(HTMLParser):
    """Collects every table as rows of cells (text, columns spanned, rows spanned)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.words: list[str] | None = None
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" or (tag == "tr" and not self.tables):
            self._end_cell()
            self.tables.append([])
        if tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables:
            self._end_cell()
            given = dict(attrs)
            self.words, self.span = [], (_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag in BREAKS and self.words:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def _end_cell(self) -> None:
        if self.words is not None:
            if not self.tables[-1]:
                self.tables[-1].append([])
            lines = [" ".join(line.split()) for line in "".join(self.words).split("\n")]
            self.tables[-1][-1].append(("\n".join(line for line in lines if line), *self.span))
        self.words = None

    def close(self) -> None:
        super().close()
        self._end_cell()


def _span(told: str | None) -> int:
    return max(1, min(int(told), MOST_SPAN)) if told and told.isdigit() else 1


def _laid_out(rows: list[list[tuple[str, int, int]]], name: str) -> Grid:
    """Cells at their columns: a cell that spans rows pushes those below it to the right."""
    grid: list[list[object]] = []
    merges = []
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        line: list[object] = []
        column = 0
        for text, across, down in row:
            while (at, column) in taken:
                column += 1
            line += [""] * (column - len(line)) + [text] + [""] * (across - 1)
            if across > 1 or down > 1:
                merges.append(Merge(at, column, at + down - 1, column + across - 1))
                taken.update((at + d, column + a) for d in range(1, down) for a in range(across))
            column += across
        grid.append(line)
    return Grid(name, grid, tuple(merges))
