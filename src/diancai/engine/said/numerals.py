"""Reads numbers as they are spoken: 二十三, 三百来, 七八, 二三百, 十五六, 1.5万, 半, 百十来.

Called by `quantities`, `households` and `times`. Linear: one pass over a run of number characters.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3, "壹": 1, "贰": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
NUMBER_CHARACTERS = (
    frozenset("0123456789") | frozenset(_DIGITS) | frozenset(_UNITS) | frozenset(_GREAT) | {"半", "几", "数"}
)
_SPOKEN = frozenset(_DIGITS) | frozenset(_UNITS) | frozenset(_GREAT)
_RUN_START = re.compile(f"[{''.join(sorted(NUMBER_CHARACTERS))}]")
_ABOUT_AFTER = frozenset("来多余几把")
_LONGEST_RUN = 16


@dataclass(frozen=True, slots=True)
class Amount:
    """A spoken number: its lower value, its upper value when two were named, and whether it was said roughly."""

    value: float
    upper: float | None
    approx: bool
    end: int  # where it ends in the text, particles such as 来 included

    def plain(self) -> str:
        """As a clerk writes it: 300, 约300, 7—8; whole numbers without a point."""
        low = f"{self.value:g}" if self.value < 1e6 else f"{self.value:.0f}"
        if self.upper is not None:
            return f"{low}—{self.upper:g}"
        return f"约{low}" if self.approx else low


def _arabic(text: str, start: int) -> tuple[float, int] | None:
    end = start
    while end < len(text) and end - start < _LONGEST_RUN and (text[end].isascii() and text[end].isdigit()):
        end += 1
    if end == start:
        return None
    if end + 1 < len(text) and text[end] == "." and text[end + 1].isascii() and text[end + 1].isdigit():
        stop = end + 1
        while stop < len(text) and stop - end < 8 and text[stop].isascii() and text[stop].isdigit():
            stop += 1
        return float(text[start:stop]), stop
    return float(text[start:end]), end


class _Spoken:
    """Adds up a run of spoken numerals, character by character."""

    def __init__(self) -> None:
        self.total = 0.0  # closed by 万 or 亿
        self.section = 0.0
        self.digit: int | None = None
        self.spread: int | None = None  # the second of two adjacent digits: 七八
        self.spread_by = 0.0
        self.last_unit = 1
        self.rough = False

    def take(self, character: str) -> bool:
        if character in _DIGITS:
            return self._take_digit(_DIGITS[character])
        if character in _UNITS:
            return self._take_unit(_UNITS[character])
        return self._take_great(_GREAT[character])

    def _take_digit(self, digit: int) -> bool:
        if self.digit is None:
            self.digit = digit
        elif self.spread is None and 0 < self.digit < digit <= self.digit + 2:
            self.spread = digit
        else:
            return False
        return True

    def _take_unit(self, unit: int) -> bool:
        if self.last_unit != 1 and unit >= self.last_unit and self.digit is None:
            # 百十来户: about a hundred; 千八百 keeps its thousand.
            self.rough = True
            return True
        if self.last_unit != 1 and unit > self.last_unit:
            return False
        self.section += (1 if self.digit is None else self.digit) * unit
        if self.digit is None and self.section > unit:
            self.rough = True
        self._spread(unit)
        self.digit, self.last_unit = None, unit
        return True

    def _take_great(self, great: int) -> bool:
        self._spread(1)
        whole = (self.section + (self.digit or 0)) or 1
        self.total += whole * great
        self.spread_by *= great
        self.section, self.digit, self.last_unit = 0.0, None, great
        return True

    def _spread(self, unit: int) -> None:
        if self.spread is not None and self.digit is not None:
            self.spread_by = (self.spread - self.digit) * unit
            self.spread = None

    def result(self) -> tuple[float, float | None]:
        self._spread(1)
        last = self.digit or 0
        # 三百五 is 350 and 一万二 is 12000: a bare last digit stands for the next lower unit.
        if self.digit is not None and self.last_unit >= 100 and not self.spread_by:
            last *= self.last_unit // 10
        value = self.total + self.section + last
        return value, value + self.spread_by if self.spread_by else None


def _spoken(text: str, start: int) -> tuple[float, float | None, bool, int] | None:
    if text[start] == "半":
        return 0.5, None, False, start + 1
    if text[start] in "几数":
        return _some(text, start)
    if text[start] in "百千":
        or_so = _or_so(text, start)
        if or_so is not None:
            return or_so
    spoken, end = _Spoken(), start
    while end < len(text) and end - start < _LONGEST_RUN:
        character = text[end]
        if character == "零" and end > start:
            spoken.last_unit = 1
        elif character not in _SPOKEN or not spoken.take(character):
            break
        end += 1
    if end == start:
        return None
    value, upper = spoken.result()
    return value, upper, spoken.rough, end


def _some(text: str, start: int) -> tuple[float, float | None, bool, int] | None:
    """几十, 几百, 数十: at least two of them; 几 alone is no number."""
    if start + 1 < len(text) and text[start + 1] in _UNITS:
        return 2.0 * _UNITS[text[start + 1]], None, True, start + 2
    return None


def _or_so(text: str, start: int) -> tuple[float, float | None, bool, int] | None:
    """百八十, 千八百: from the second to the first."""
    tail = text[start + 1 : start + 3]
    if len(tail) == 2 and tail[0] in _DIGITS and _UNITS.get(tail[1], 1000) * 10 == _UNITS[text[start]]:
        return float(_DIGITS[tail[0]] * _UNITS[tail[1]]), float(_UNITS[text[start]]), True, start + 3
    return None


def _arabic_amount(text: str, start: int) -> tuple[float, float | None, bool, int] | None:
    found = _arabic(text, start)
    if found is None:
        return None
    value, end = found
    upper = None
    if end + 1 < len(text) and text[end] in "-~—至到":
        second = _arabic(text, end + 1)
        if second is not None and second[0] > value:
            upper, end = second
    if end < len(text) and text[end] in "千百万亿":
        factor = _GREAT.get(text[end]) or _UNITS[text[end]]
        value, upper, end = value * factor, upper * factor if upper else None, end + 1
    return value, upper, False, end


@lru_cache(maxsize=4096)
def amounts_in(text: str) -> tuple[tuple[int, Amount], ...]:
    """All numbers of a text with the place where each begins; a run that was read is not entered again."""
    found: list[tuple[int, Amount]] = []
    done = 0
    for match in _RUN_START.finditer(text):
        if match.start() < done:
            continue
        amount = read_amount(text, match.start())
        if amount is not None:
            found.append((match.start(), amount))
            done = amount.end
    return tuple(found)


def read_amount(text: str, start: int) -> Amount | None:
    """The number that begins at `start`, or None. 来, 多, 余 and 几 after it make it approximate."""
    if start >= len(text) or text[start] not in NUMBER_CHARACTERS:
        return None
    found = _arabic_amount(text, start) if text[start].isascii() else _spoken(text, start)
    if found is None:
        return None
    value, upper, rough, end = found
    if end < len(text) and text[end] in _ABOUT_AFTER:
        rough, end = True, end + 1
    if end < len(text) and text[end] in _GREAT and rough:
        value, end = value * _GREAT[text[end]], end + 1
    before = text[max(0, start - 2) : start]
    rough = rough or before.endswith(("约", "近", "大概", "差不多", "将近"))
    return Amount(value, upper, rough, end)
