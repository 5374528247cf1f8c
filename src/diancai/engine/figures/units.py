"""The units that a figure may carry, read from `units.json` beside this file; longest word first.

`read_unit` is given the place right after a numeral. Called by `scan`.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST = 5


@dataclass(frozen=True)
class Unit:
    """A unit in the text: where it ends, its plain name, its kind (count, money, mass, area, percent, length ...)."""

    end: int
    name: str
    kind: str


@dataclass(frozen=True)
class UnitList:
    """The package data: word -> (unit, kind), the pairs of 人（次）, and the words that must or must not follow."""

    words: dict[str, tuple[str, str]]
    pairs: dict[str, str]
    before: dict[str, frozenset[str]]
    not_before: dict[str, frozenset[str]]


@cache
def unit_list() -> UnitList:
    """The list of units of this package."""
    raw = json.loads(files(__package__).joinpath("units.json").read_text(encoding="utf-8"))
    words = {word: (word, kind) for kind, line in raw["plain"].items() for word in line.split()}
    kinds = dict(words.values()) | raw["kinds"]
    words |= {word: (name, kinds[name]) for word, name in raw["named"].items()}
    return UnitList(words, raw["pairs"], _followers(raw["before"]), _followers(raw["not_before"]))


def _followers(lines: dict[str, str]) -> dict[str, frozenset[str]]:
    return {word: frozenset(line.split()) for word, line in lines.items()}


def read_unit(text: str, start: int) -> Unit | None:
    """The longest unit that begins at `start`, or None."""
    known = unit_list()
    for length in range(min(LONGEST, len(text) - start), 0, -1):
        word = text[start : start + length]
        if word in known.words and _may_stand(known, word, text, start + length):
            name, kind = known.words[word]
            return _with_bracket(known, Unit(start + length, name, kind), text)
    return None


def _may_stand(known: UnitList, word: str, text: str, end: int) -> bool:
    follower = text[end : end + 1]
    if word in known.before and (follower or "。") not in known.before[word]:
        return False
    if word[-1].isascii() and word[-1].isalpha() and follower.isascii() and follower.isalnum():
        return False
    return follower not in known.not_before.get(word, ())


def _with_bracket(known: UnitList, unit: Unit, text: str) -> Unit:
    """人（次） is 人次; 头（只） and 册/份 keep the first unit but the bracket belongs to the span."""
    close = text.find("）", unit.end, unit.end + 4)
    if text[unit.end : unit.end + 1] != "（" or close < 0:
        return unit
    inner = text[unit.end + 1 : close]
    if inner == "次":
        return Unit(close + 1, known.pairs.get(unit.name, unit.name), unit.kind)
    return Unit(close + 1, unit.name, unit.kind) if inner in known.words else unit
