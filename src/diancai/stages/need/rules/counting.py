"""Sums over remarks: one remark's households are counted once, however many needs came of it.

Worked numbers: 公益渠村三社's 23 households asked for two things in one breath; the list has two lines of 23 and a
total of 23. 永联 3 and 联丰 7 asked for the same; the line says 10. Told "about ten" makes the sum approximate.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from diancai.stages.need.rows import Households

NOT_ADDED = {"天", "年", "月", "次"}  # two villages that ask for two days each do not ask for four
QUANTITY = re.compile(r"^(约?)(\d+(?:\.\d+)?)(\D.*)$")


@dataclass(frozen=True, slots=True)
class Share:
    """A remark's part in a need, as far as households go; `households` is None when not told."""

    need_id: int
    remark_id: int
    households: int | None
    is_approx: bool = False


def add_households(shares: Iterable[Share], by_hand: Mapping[int, Households] | None = None) -> Households:
    """The households behind needs, each remark's once (its largest share).

    `by_hand` gives needs whose number a person set: it stands for all remarks of that need, and needs with the same
    remarks and numbers set by hand count once, with the larger number.
    """
    set_by_hand = by_hand or {}
    largest: dict[int, tuple[int, bool]] = {}
    covered: dict[int, set[int]] = {need: set() for need in set_by_hand}
    for share in shares:
        if share.need_id in covered:
            covered[share.need_id].add(share.remark_id)
        elif share.households is not None:
            known = largest.get(share.remark_id, (-1, False))
            largest[share.remark_id] = max(known, (share.households, share.is_approx))
    groups: dict[frozenset[int], tuple[int, bool]] = {}
    for need, remarks in covered.items():
        told = set_by_hand[need]
        if told.number is not None:
            key = frozenset(remarks)
            groups[key] = max(groups.get(key, (-1, False)), (told.number, told.is_approx))
    hidden = {remark for remarks in covered.values() for remark in remarks}
    parts = [part for remark, part in largest.items() if remark not in hidden] + list(groups.values())
    if not parts:
        return Households(None, False)
    return Households(sum(number for number, _ in parts), any(approx for _, approx in parts))


def add_quantities(told: Iterable[str]) -> str:
    """`5个棚` and `12个棚` make `17个棚`; quantities of different units stand side by side, equal texts once."""
    kept = [quantity for quantity in told if quantity]
    found = [QUANTITY.match(quantity) for quantity in kept]
    units = {match.group(3) for match in found if match}
    if all(found) and len(units) == 1 and not units & NOT_ADDED and not any("、" in unit for unit in units):
        numbers = [float(match.group(2)) for match in found if match]
        approx = "约" if any(match.group(1) for match in found if match) else ""
        return f"{approx}{sum(numbers):g}{units.pop()}"
    return "、".join(dict.fromkeys(kept))[:80]


def earliest_window(windows: Iterable[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """The window of a merged need: its deadline is the earliest of all; an earliest day behind it is not told."""
    held = list(windows)
    first = min((start for start, _ in held if start), default=None)
    last = min((end for _, end in held if end), default=None)
    return (None, last) if first and last and first > last else (first, last)
