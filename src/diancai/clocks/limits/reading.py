"""Reads `config/limits.csv`: one rule a line, Chinese labels or stored values, empty cells claim everything."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from diancai.clocks.calendar import Read
from diancai.clocks.errors import BadFile, BadSpan
from diancai.clocks.face import USUAL_AMBER, USUAL_RED
from diancai.clocks.limits.rule import AXES, VOCABULARIES, Limit, Rule
from diancai.clocks.limits.table import Limits
from diancai.clocks.spans import Span, Unit
from diancai.words import ClockKind

FILE = "limits.csv"
Row = Mapping[str, str | None]


def load_limits(read: Read) -> Limits:
    """The limits of `config/limits.csv`; topics are held against `config/topics.csv`.

    Raises `BadFile` for a cell that cannot be read, `LimitsClash` for two lines that claim one order.
    """
    topics = _topics(read("topics.csv"))
    rows = csv.DictReader(io.StringIO(read(FILE)))
    return Limits(tuple(_rule(row, line, topics) for line, row in enumerate(rows, start=2)))


def _topics(text: str) -> frozenset[str]:
    """Labels of all topics and of the levels above them."""
    labels: set[str] = set()
    for row in csv.DictReader(io.StringIO(text)):
        levels = [(row.get(name) or "").strip() for name in ("level1", "level2", "level3")]
        filled = [level for level in levels if level]
        labels |= {"/".join(filled[:depth]) for depth in range(1, len(filled) + 1)}
    return frozenset(labels)


def _rule(row: Row, line: int, topics: frozenset[str]) -> Rule:
    clock = ClockKind.from_zh(_cell(row, "clock"))
    if clock is None:
        raise _bad(line, f"“{_cell(row, 'clock')}”不是签收、办理或回访", f"no such clock: {_cell(row, 'clock')}")
    fixed = {axis: _value(axis, cell, line, topics) for axis in AXES if (cell := _cell(row, axis))}
    since, until = _day(row, "from", line, date.min), _day(row, "until", line, date.max)
    if until < since:
        raise _bad(line, f"止期{until}早于起期{since}", f"it ends on {until}, before it begins on {since}")
    return Rule(clock, _limit(row, line), fixed, since, until)


def _limit(row: Row, line: int) -> Limit:
    span = _span(row, "limit", line)
    if span is None or span.unit is Unit.NATURAL:
        raise _bad(line, "limit 须写工作日或工作小时，如13d、4h", "limit must be working days or hours: 13d, 4h")
    amber, red = _span(row, "amber", line) or USUAL_AMBER, _span(row, "red", line) or USUAL_RED
    return Limit(span, amber, red, _cell(row, "basis"), line)


def _value(axis: str, cell: str, line: int, topics: frozenset[str]) -> str:
    if axis in VOCABULARIES:
        word = VOCABULARIES[axis].from_zh(cell)
        if word is None:
            known = "、".join(each.zh for each in VOCABULARIES[axis])
            raise _bad(line, f"{axis}“{cell}”不在{known}之中", f"{axis} “{cell}” is none of {known}")
        return word.value
    if axis == "topic" and cell not in topics:
        raise _bad(line, f"topics.csv里没有主题“{cell}”", f"topics.csv has no topic “{cell}”")
    if axis == "county" and not (len(cell) == 6 and cell.isdecimal()):
        raise _bad(line, f"旗县代码“{cell}”应为六位数字", f"county “{cell}” is not six digits")
    return cell


def _span(row: Row, name: str, line: int) -> Span | None:
    cell = _cell(row, name)
    try:
        return Span.parse(cell) if cell else None
    except BadSpan as refusal:
        raise _bad(line, f"{name}：{refusal.zh}", f"{name}: {refusal.en}") from None


def _day(row: Row, name: str, line: int, otherwise: date) -> date:
    cell = _cell(row, name)
    try:
        return date.fromisoformat(cell) if cell else otherwise
    except ValueError:
        raise _bad(line, f"{name}“{cell}”不是2026-01-01的写法", f"{name} “{cell}” is not a date") from None


def _cell(row: Row, name: str) -> str:
    return (row.get(name) or "").strip()


def _bad(line: int, zh: str, en: str) -> BadFile:
    return BadFile(file=FILE, where_zh=f"第{line}行", where_en=f"line {line}", what_zh=zh, what_en=en)
