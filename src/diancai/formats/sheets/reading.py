"""Reads a table from whatever an office sends: Excel, ODS, CSV, TSV, JSON Lines. Called by imports, pages, the engine.

    read_table(content, "需求表.xlsx", REMARK_COLUMNS) -> Table

Formulas and macros are never run. Rows keep the number that Excel shows, so that a mend can name them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from diancai.formats.errors import ColumnMissing, EmptySheet, NoSuchSheet, Refusal
from diancai.formats.pasted.roll import looks_like_a_roll, read_roll

from . import plain
from .assembly import Layout, assemble, declared_fields
from .blocks import choose_block
from .cells import CellReader
from .columns import Columns
from .containers import LIMIT_BYTES, Grid, Workbook, check_size, file_kind, open_workbook, wrong_kind
from .layout import LOOKED_AT_ROWS, Header, find_header
from .pages import page_grid
from .table import Notice, Row, Table

ASIDE_SHEET = re.compile(r"说明|字典|下拉|选项|instruction|readme", re.IGNORECASE)
SHORTEST_SENTENCE = 6
JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a table is to be read: the declared columns, the sheet and block chosen by a person, chosen headers."""

    name: str
    columns: Columns | None
    sheet: str = ""
    block: int = 0
    chosen: Mapping[str, str] | None = None


def read_table(
    content: bytes,
    name: str,
    columns: Columns | None = None,
    *,
    sheet: str = "",
    block: int = 0,
    chosen: Mapping[str, str] | None = None,
    limit_bytes: int = LIMIT_BYTES,
) -> Table:
    """The table in a file.

    `name` is the file name. `columns` says what is looked for; without it the table is taken as it stands. Choices of a
    person: `sheet` by name, `block` 1 or 2 of tables side by side, `chosen` field to header where names were unknown.
    Raises a `formats.errors.Refusal`: FileTooLarge, EmptyFile, EmptySheet, WrongKind, Encrypted, Broken,
    UnknownEncoding, NoSuchSheet, ColumnMissing, TwoTables.
    """
    check_size(len(content), name, limit_bytes)
    wanted = Wanted(name, columns, sheet, block, chosen)
    kind = file_kind(content, name)
    if kind == "workbook":
        return _from_workbook(open_workbook(content, name, limit_bytes), wanted)
    text, notices = plain.decode(content, name)
    if kind == "page":
        return _from_page(text, wanted, notices)
    if PurePath(name).suffix.lower() in JSON_SUFFIXES:
        return _from_json(text, wanted, notices)
    grid, more = plain.text_grid(text, PurePath(name).stem)
    return _from_grid(grid, wanted, [*notices, *more])


def _from_page(text: str, wanted: Wanted, notices: list[Notice]) -> Table:
    """The largest table of a web page that calls itself a sheet."""
    grid = page_grid(text, PurePath(wanted.name).stem)
    if grid is None:
        raise wrong_kind(wanted.name, "page")
    zh, en = "文件其实是网页，读取的是其中最大的一张表。", "The file is really a web page; its largest table was read."
    return _from_grid(grid, wanted, [*notices, Notice("web_page", zh, en)])


def sheet_names(content: bytes, name: str, limit_bytes: int = LIMIT_BYTES) -> list[str]:
    """Names of the visible sheets of a workbook; the file's own name for a text file."""
    check_size(len(content), name, limit_bytes)
    if file_kind(content, name) == "workbook":
        return open_workbook(content, name, limit_bytes).names
    return [PurePath(name).stem]


def read_tables(
    content: bytes, name: str, columns: Columns | None = None, *, limit_bytes: int = LIMIT_BYTES
) -> list[Table]:
    """The tables of all sheets that hold one, in order; raises the refusal of the first sheet when none does."""
    tables, refusals = [], []
    for sheet in sheet_names(content, name, limit_bytes):
        try:
            tables.append(read_table(content, name, columns, sheet=sheet, limit_bytes=limit_bytes))
        except (EmptySheet, ColumnMissing) as refusal:
            refusals.append(refusal)
    if not tables:
        raise refusals[0] if refusals else EmptySheet(name=name, sheets="没有工作表")
    return tables


def _from_workbook(book: Workbook, wanted: Wanted) -> Table:
    if wanted.sheet and wanted.sheet not in book.names:
        raise NoSuchSheet(name=wanted.name, sheet=wanted.sheet, sheets="、".join(book.names))
    names = [wanted.sheet] if wanted.sheet else _told_sheets(book.names)
    grid, others, refusal = _fitting_sheet(book, names, wanted)
    if grid is None:
        raise refusal or EmptySheet(name=wanted.name, sheets="、".join(names) or "没有可见的工作表")
    notices = list(book.notices)
    if others:
        left_out = "、".join(others)
        notices.append(
            Notice(
                "several_sheets",
                f"有{len(others) + 1}个工作表可读，读取的是“{grid.sheet}”，没有读取：{left_out}。",
                f"{len(others) + 1} sheets can be read: “{grid.sheet}” was, these were not: {left_out}.",
            )
        )
    return _from_grid(grid, wanted, notices)


def _told_sheets(names: Sequence[str]) -> list[str]:
    """The sheets that may hold the table: not those of explanations and word lists, unless there are no others."""
    return [name for name in names if not ASIDE_SHEET.search(name)] or list(names)


def _fitting_sheet(
    book: Workbook, names: Sequence[str], wanted: Wanted
) -> tuple[Grid | None, list[str], Refusal | None]:
    """The first sheet with a usable table, the names of further ones, and else the most telling refusal."""
    fitting: Grid | None = None
    others: list[str] = []
    refusal: Refusal | None = None
    for name in names:
        grid = book.grid(name)
        try:
            _layout(grid, wanted, CellReader())
        except Refusal as problem:
            # A near miss says more than an empty sheet.
            if refusal is None or (isinstance(refusal, EmptySheet) and not isinstance(problem, EmptySheet)):
                refusal = problem
            continue
        if fitting is None:
            fitting = grid
        else:
            others.append(name)
    return fitting, others, refusal


def _from_grid(grid: Grid, wanted: Wanted, notices: list[Notice]) -> Table:
    reader = CellReader()
    layout = _layout(grid, wanted, reader)
    if isinstance(layout, Table):
        return layout
    table = assemble(grid, layout, wanted.columns, reader, notices)
    if not table.rows:
        raise EmptySheet(name=wanted.name, sheets=f"“{grid.sheet}”里只有表头、示例或合计，没有数据")
    return table


def _layout(grid: Grid, wanted: Wanted, reader: CellReader) -> Layout | Table:
    """Where the table lies and which column is which; a roll (接龙) copied into a sheet is a table already."""
    top = [[reader.text(cell) for cell in row] for row in grid.rows[:LOOKED_AT_ROWS]]
    top = [row if any(row) else [] for row in top]
    if not any(top):
        raise EmptySheet(name=wanted.name, sheets=f"“{grid.sheet}”没有内容")
    single = _single_column(top)
    if single is not None and wanted.columns is not None:
        lines = [reader.text(row[single]) if len(row) > single else "" for row in grid.rows]
        if looks_like_a_roll(lines):
            return _from_roll(grid, lines, wanted.columns)
    header = find_header(top, grid.merges, wanted.columns)
    if wanted.columns is not None and single is not None and (header is None or not header.hits):
        header = _headerless(top, single, wanted.columns)
    if header is None:
        raise EmptySheet(name=wanted.name, sheets=f"“{grid.sheet}”里没有像表头的行")
    block, notices = choose_block(header, top[header.last_row + 1 :], wanted.columns, grid.sheet, wanted.block)
    fields = declared_fields(header, block, wanted.columns, wanted.chosen)
    _check_required(header, fields, grid.sheet, wanted.columns)
    if len(grid.rows) <= LOOKED_AT_ROWS and not any(any(row) for row in top[header.last_row + 1 :]):
        raise EmptySheet(name=wanted.name, sheets=f"“{grid.sheet}”的表头（第{header.last_row + 1}行）下面没有内容")
    return Layout(header, block, fields, tuple(notices))


def _single_column(top: Sequence[Sequence[str]]) -> int | None:
    """The only column that holds anything, if there is just one."""
    used = {at for row in top for at, cell in enumerate(row) if cell}
    return used.pop() if len(used) == 1 else None


def _headerless(top: Sequence[Sequence[str]], single: int, columns: Columns) -> Header | None:
    """A bare list of sentences under no header: its one column is the compulsory field."""
    said = [(at, row[single]) for at, row in enumerate(top) if any(row)]
    if len(said) < 2 and len(said[0][1]) < SHORTEST_SENTENCE:
        return None
    first = said[0][0]
    labels = tuple(columns.required[0].zh if at == single else "" for at in range(single + 1))
    return Header(first, 0, labels, tuple((label,) for label in labels), hits=1)


def _check_required(header: Header, fields: Mapping[str, int], sheet: str, columns: Columns | None) -> None:
    for column in columns.required if columns else ():
        if column.field not in fields:
            seen = tuple(label for label in header.labels if label)
            raise ColumnMissing(
                sheet=sheet,
                wanted_zh=column.zh,
                wanted_en=column.en,
                row=header.last_row + 1,
                headers="、".join(seen),
                header=seen,
            )


def _from_roll(grid: Grid, lines: Sequence[str], columns: Columns) -> Table:
    """A 接龙 pasted into one column: name and text of each entry, at the row of its line."""
    entries = read_roll("\n".join(line.replace("\n", " ") for line in lines))
    labels = {column.field: column.zh for column in columns.columns}
    fields = {name: labels[name] for name in ("number", "speaker", columns.required[0].field) if name in labels}
    rows = []
    for entry in entries:
        said = {"number": str(entry.number), "speaker": entry.name, columns.required[0].field: entry.text}
        rows.append(Row(entry.line, {fields[name]: said[name] for name in fields}))
    return Table(grid.sheet, 0, tuple(fields.values()), tuple(rows), (), fields, "接龙")


def _from_json(text: str, wanted: Wanted, notices: list[Notice]) -> Table:
    """Objects become rows, their keys the header; nested values stay JSON."""
    objects, more = plain.json_lines(text, wanted.name)
    if not objects:
        raise EmptySheet(name=wanted.name, sheets="没有一行数据")
    reader = CellReader()
    labels = tuple(dict.fromkeys(str(key) for _number, item in objects for key in item))
    header = Header(-1, 1, labels, tuple((label,) for label in labels))
    block, _none = choose_block(header, [], None, wanted.name)
    fields = declared_fields(header, block, wanted.columns, wanted.chosen)
    _check_required(header, fields, PurePath(wanted.name).stem, wanted.columns)
    rows = tuple(
        Row(number, {label: _json_text(item.get(label), reader) for label in labels}) for number, item in objects
    )
    named = {name: labels[at] for name, at in fields.items()}
    return Table(PurePath(wanted.name).stem, 0, labels, rows, (*notices, *more, *reader.notices()), named)


def _json_text(value: object, reader: CellReader) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return reader.text(re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else value)
