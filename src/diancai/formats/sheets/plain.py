"""Text files as rows: CSV and TSV in the encodings that offices send, JSON Lines. Called by `reading`."""

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from charset_normalizer import from_bytes

from diancai.formats.errors import Broken, UnknownEncoding

from .cells import CONTROL
from .containers import Grid
from .table import Notice

DELIMITERS = ",\t;|，"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Level 1 of GB 2312 (rows 16 to 55) holds the 3,755 characters of daily writing; text read right is made of them.
DAILY_FIRST, DAILY_LAST = 0xB0, 0xD7
LONGEST_CELL = 10_000_000


def decode(content: bytes, name: str) -> tuple[str, list[Notice]]:
    """The text of a file and a notice when its encoding had to be guessed; raises UnknownEncoding, Broken."""
    text, notices = _decoded(content, name)
    head = text[:4000]
    if len(CONTROL.findall(head)) * 4 > len(head):
        raise Broken(name=name)
    return text, notices


def _decoded(content: bytes, name: str) -> tuple[str, list[Notice]]:
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), []
    if utf16 := _utf16_without_mark(content):
        return content.decode(utf16, errors="replace"), [_guessed("UTF-16")]
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _decode_other(content, name)


def _guessed(encoding: str) -> Notice:
    return Notice(
        "encoding",
        f"文件按{encoding}编码读取。若有乱码，请另存为“CSV UTF-8”再导入。",
        f"The file was read as {encoding}. If words look wrong, save it as “CSV UTF-8” and import that.",
    )


def _utf16_without_mark(content: bytes) -> str:
    """UTF-16 text of tables is full of NUL bytes beside commas, digits and line ends, all on one side."""
    head = content[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_other(content: bytes, name: str) -> tuple[str, list[Notice]]:
    for encoding in ("gb18030", "big5"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "big5" or _daily_share(text) >= 0.5:
            return text, [_guessed("GBK/GB18030" if encoding == "gb18030" else "Big5")]
    mended = _mostly(content, "utf-8") or _mostly(content, "gb18030")
    if mended:
        return mended
    best = from_bytes(content[:200_000]).best()
    if best is None or not best.could_be_from_charset or best.encoding in {"ascii", "latin_1", "cp1252"}:
        raise UnknownEncoding(name=name)
    return content.decode(best.encoding, errors="replace"), [_guessed(best.encoding)]


def _daily_share(text: str) -> float:
    """Which part of the letters is Chinese of daily writing; Greek, kana and private letters tell of a wrong guess."""
    letters = [char for char in text[:20_000] if _is_foreign_letter(char)]
    daily = sum(DAILY_FIRST <= char.encode("gb18030")[0] <= DAILY_LAST for char in letters)
    return daily / len(letters) if letters else 1.0


def _is_foreign_letter(char: str) -> bool:
    """A letter outside Latin and Mongolian, or a private one."""
    if "\u1800" <= char < "\u18b0":
        return False
    return (char > "\u02ff" and char.isalpha()) or "\ue000" <= char <= "\uf8ff"


def _mostly(content: bytes, encoding: str) -> tuple[str, list[Notice]] | None:
    """Text with a few broken bytes (a cut file, a mixed one): taken with marks where they stood, and a notice."""
    text = content.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken * 200 > len(text) or _daily_share(text) < 0.5:
        return None
    return text, [
        Notice(
            "broken_characters",
            f"有{broken}处字节损坏，读作“\ufffd”，请对照原件改正。",
            f"{broken} places hold broken bytes and read as “\ufffd”; mend them from the original.",
        )
    ]


def text_grid(text: str, name: str) -> tuple[Grid, list[Notice]]:
    """Rows of a delimited text. A quote left open does not swallow the rest: then quotes are read as letters."""
    csv.field_size_limit(LONGEST_CELL)
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        return Grid(name, rows), []
    except csv.Error as problem:
        is_open = "unexpected end" in str(problem)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if is_open else csv.QUOTE_MINIMAL
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
    except csv.Error as problem:
        raise Broken(name=name) from problem
    notice = Notice(
        "quotes",
        "文件里的引号不成对，已按原样读取，请核对带引号的行。",
        "Quotes in the file do not pair; they were read as they stand. Check the rows with quotes.",
    )
    return Grid(name, rows), [notice]


def _delimiter(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells; a comma when none does."""
    lines = [line for line in text[:50_000].splitlines()[:30] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        usual, times = max(((c, n) for c, n in counts.items() if c), key=lambda pair: pair[1], default=(0, 0))
        score = times * (1 + min(usual, 20) / 10)
        if score > best_score and (delimiter != "，" or _is_a_row_of_words(lines, usual)):
            best, best_score = delimiter, score
    return best


def _is_a_row_of_words(lines: list[str], usual: int) -> bool:
    """Whether a Chinese comma parts columns: the first line is short words and every line has as many commas."""
    return all(line.count("，") == usual for line in lines) and all(len(word) <= 8 for word in lines[0].split("，"))


def json_lines(text: str, name: str) -> tuple[list[tuple[int, dict[str, object]]], list[Notice]]:
    """Objects of a JSON Lines file (or one JSON array) with their line numbers; raises Broken when none is readable."""
    if text.lstrip().startswith("["):
        return _json_array(text, name), []
    found, bad = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            parsed = json.loads(line)
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, dict):
            found.append((number, parsed))
        else:
            bad.append(number)
    if not found and bad:
        raise Broken(name=name)
    return found, list(_bad_lines(bad))


def _json_array(text: str, name: str) -> list[tuple[int, dict[str, object]]]:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Broken(name=name) from problem
    if not all(isinstance(item, dict) for item in items):
        raise Broken(name=name)
    return list(enumerate(items, 1))


def _bad_lines(bad: list[int]) -> Iterator[Notice]:
    if bad:
        shown = "、".join(str(number) for number in bad[:10])
        yield Notice(
            "bad_lines",
            f"有{len(bad)}行不是JSON对象，没有读取：第{shown}行。",
            f"{len(bad)} lines are not JSON objects and were not read: lines {shown}.",
        )
