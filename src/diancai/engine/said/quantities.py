"""Quantities with their unit in what was said: 三百来米, 五个棚, 一千二百亩, 两天.

Ages, distances travelled, repetitions (三回), house numbers and place names (六份子, 三社) are no quantities. Which of
the rest belongs to a want is decided by `digest.measure`. Called there; linear.
"""

from dataclasses import dataclass

from diancai.engine.lexicon.scan import WordScan
from diancai.engine.lexicon.shelf import open_list
from diancai.engine.said.numerals import Amount, amounts_in

_AGE_BEFORE = ("今年", "都", "快", "奔", "虚岁", "周岁")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: code points `start` to `end` of the text, the unit as a clerk writes it."""

    start: int
    end: int
    amount: Amount
    unit: str

    def plain(self) -> str:
        """约300米, 5个棚, 3眼."""
        return f"{self.amount.plain()}{self.unit}"


def _units() -> dict[str, str]:
    units: dict[str, str] = open_list("measures")["units"]
    return units


def _unit_at(text: str, place: int) -> tuple[str, int] | None:
    """The unit that stands at `place`, longest first, unless the word goes on as something else."""
    units, broken = _units(), open_list("measures")["not_after"]
    for size in (5, 4, 3, 2, 1):
        word = text[place : place + size]
        if len(word) == size and word in units:
            following = text[place + size : place + size + 1]
            if following and following in broken.get(word, ""):
                return None
            return units[word], place + size
    return None


def _is_ordinal(text: str, start: int) -> bool:
    return text[max(0, start - 1) : start] in ("第", "每", "号", "初", "周")


def find_quantities(text: str, names: WordScan | None = None) -> list[Quantity]:
    """All quantities of a reading, in order; numbers inside a known place name are passed over."""
    amounts = amounts_in(text)
    taken = covered_by(text, names) if amounts else frozenset()
    found: list[Quantity] = []
    for place, amount in amounts:
        unit = None if place in taken or _is_ordinal(text, place) else _unit_at(text, amount.end)
        if unit is not None:
            found.append(Quantity(place, unit[1], amount, unit[0]))
    return found


def covered_by(text: str, names: WordScan | None) -> frozenset[int]:
    """The places of a text that lie inside a known place name."""
    if names is None:
        return frozenset()
    return frozenset(place for hit in names.every(text) for place in range(hit.start, hit.end))


def find_age(text: str) -> int | None:
    """The age that a speaker gives of himself (我今年七十三了, 八十岁), in years; None when there is none."""
    for place, amount in amounts_in(text):
        if not 1 <= amount.value <= 110:
            continue
        following = text[amount.end : amount.end + 2]
        bare = text[:place].endswith(_AGE_BEFORE) and following[:1] in ("了", "，", "")
        if following.startswith("岁") or (bare and amount.value >= 16):
            return int(amount.value)
    return None
