"""Files to rows: CSV (UTF-8 or GBK), .xlsx and .jsonl, each row a mapping of column to text.

Kept apart from `diancai.formats`, which reads messy office sheets: the engine stands alone and starts fast.
"""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from . import refusals

Rows = list[dict[str, str]]
# Other names under which the contract's columns are met.
_OTHER_NAMES = {
    "text": ("tokens", "正文", "内容", "留言详情", "原话"),
    "label": ("类别", "一级标签"),
    "subject": ("主题", "标题", "留言主题"),
}
csv.field_size_limit(2**31 - 1)


def read_bytes(name: str) -> bytes:
    """The content of a file; refuses `no_file` and `not_readable`."""
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise refusals.no_file(name) from None
    except OSError as broken:
        raise refusals.not_readable(name, broken.strerror or "?") from None


def read_text(name: str) -> str:
    """A file as text: UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030. Newlines stay as they are."""
    return decoded(read_bytes(name), name)


def decoded(content: bytes, name: str) -> str:
    """The text of some bytes; refuses `not_readable` when they are no text."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\0") * 10 <= len(text):
            return text
    raise refusals.not_readable(name, "不是文本")


def read_rows(name: str, needed: Iterable[str] = ()) -> Rows:
    """The rows of a table; refuses when the file cannot be read or a `needed` column is missing.

    Every row of the file is there, short and empty ones too; only rows without any cell (blank lines) are passed over.
    """
    content = read_bytes(name)
    suffix = Path(name).suffix.lower()
    if suffix in (".xlsx", ".xls", ".xlsm", ".ods"):
        header, rows = _sheet(content, name)
    elif suffix in (".jsonl", ".ndjson"):
        header, rows = _json_lines(decoded(content, name), name)
    else:
        header, rows = _csv(decoded(content, name))
    return _with_columns(name, header, rows, needed)


def _with_columns(name: str, header: list[str], rows: Rows, needed: Iterable[str]) -> Rows:
    for column in needed:
        other = next((one for one in _OTHER_NAMES.get(column, ()) if one in header), None)
        if column not in header and other is None:
            raise refusals.no_column(name, column, header)
    for column, names in _OTHER_NAMES.items():
        other = next((one for one in names if one in header), None)
        if column not in header and other is not None:
            for row in rows:
                row[column] = row[other]
    return rows


def _csv(text: str) -> tuple[list[str], Rows]:
    text = text.replace("\0", "")
    first = text.split("\n", 1)[0]
    mark = max(",\t;", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    header = [cell.strip() for cell in next(lines, [])]
    return header, [_row(header, cells) for cells in lines if cells]


def _row(header: list[str], cells: list[str]) -> dict[str, str]:
    return {column: cells[at] if at < len(cells) else "" for at, column in enumerate(header)}


def _json_lines(text: str, name: str) -> tuple[list[str], Rows]:
    rows: Rows = []
    header: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            raise refusals.not_readable(name, f"第{number}行不是 JSON") from None
        if not isinstance(told, dict):
            raise refusals.not_readable(name, f"第{number}行不是对象")
        rows.append({str(key): _plain(value) for key, value in told.items()})
        header.update(dict.fromkeys(rows[-1]))
    return list(header), [{column: row.get(column, "") for column in header} for row in rows]


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sheet(content: bytes, name: str) -> tuple[list[str], Rows]:
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415

    try:
        cells = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, OSError) as broken:
        raise refusals.not_readable(name, str(broken)[:60]) from None
    told = [[_shown(cell) for cell in row] for row in cells]
    header = [cell.strip() for cell in told[0]] if told else []
    return header, [_row(header, row) for row in told[1:] if any(row)]


def _shown(cell: object) -> str:
    """A cell as the office sees it: 12 and not 12.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def name_of(row: dict[str, str], number: int) -> str:
    """The id of a row, by default its number from 1."""
    return row.get("id", "").strip() or str(number)
