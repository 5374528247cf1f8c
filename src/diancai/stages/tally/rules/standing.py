"""What is counted, by which parts, in which cells. Pure.

A record belongs to the one cell of its county, or of its prefecture when it has no county. The count of a prefecture is
therefore the sum over its counties and its own cell, and that of a town is a part of its county's cell: no record is
counted twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from diancai.ground.people.who_may import Scope

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One count: what it is called, and the parts by which it can be read."""

    key: str
    zh: str
    en: str
    parts: tuple[str, ...]


RULES: dict[str, CountingRule] = {
    rule.key: rule
    for rule in (
        CountingRule("remarks", "民情记录（条）", "remarks", ("source",)),
        CountingRule("needs", "需求（条）", "needs", ("strand", "state", "progress")),
        CountingRule("offers", "服务项目（个）", "offers", ("strand", "state")),
        CountingRule("orders", "点单（件）", "orders", ("strand", "state")),
    )
}


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """Which cell: `place_code` of a county, or of a prefecture for what lies in none; `month` as 2019-12."""

    rule: str
    programme_id: int
    place_code: str
    month: str


def month_of(day: date) -> str:
    """`2019-12`."""
    return f"{day.year:04d}-{day.month:02d}"


def cell_of(scope: Scope) -> str:
    """The place in whose cell a record of this scope is counted."""
    return scope.county_code or scope.prefecture_code


def pack(parts: Iterable[str]) -> str:
    """The parts of a count as one key of `Cell.values`."""
    return SEPARATOR.join(parts)


def unpack(key: str) -> tuple[str, ...]:
    """The parts of a key of `Cell.values`."""
    return tuple(key.split(SEPARATOR))


def added(values: Iterable[tuple[tuple[str, ...], int]]) -> dict[tuple[str, ...], int]:
    """Sums by key, without zeros."""
    total: dict[tuple[str, ...], int] = {}
    for key, number in values:
        total[key] = total.get(key, 0) + number
    return {key: number for key, number in total.items() if number}


def narrowed(counts: Mapping[tuple[str, ...], int], position: int) -> dict[str, int]:
    """The counts summed over all parts of the key but the one at `position`."""
    short = added(((key[position],), number) for key, number in counts.items())
    return {key[0]: number for key, number in short.items()}
