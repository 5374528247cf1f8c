"""Figures made of counts: shares, composites, days. Pure.

An empty base has no figure (`—`), never 0 or 100 %; a figure that is not all is never told as 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from diancai.stages.tally.rules.counted import Fact
from diancai.stages.tally.rules.indicators import Book, Indicator, Slot
from diancai.stages.tally.rules.spread import Spread, spread_of

NO_FIGURE = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's figure. `value` is a share from 0 up (1 is all), None over an empty base; `spread` for days.

    `counts`: how many of each fact; `base`: the denominator (or the measured cases); `excluded`: taken out of it.
    """

    indicator: Indicator
    value: Fraction | None
    base: int
    counts: Mapping[Fact, int]
    excluded: int
    spread: Spread | None = None

    @property
    def met(self) -> int:
        """How many cases stand in the numerator, whatever their weight."""
        return sum(self.counts.get(fact, 0) for fact, _ in self.indicator.numerator)

    @property
    def told(self) -> str:
        """`98.7%`, `12`, `3 / 9` for days (median / 90th percentile), `—` over an empty base."""
        if self.indicator.is_count:
            return str(self.met)
        if self.spread is not None:
            return told_days(self.spread)
        return NO_FIGURE if self.value is None else told_percent(self.value, self.indicator.decimals)


Count = int | Mapping[int, int]


def figures(book: Book, counts: Mapping[Slot, Count]) -> tuple[Figure, ...]:
    """The figure of every indicator, in the order of the book; composites of those before them."""
    made: dict[str, Figure] = {}
    for indicator in book.indicators:
        made[indicator.key] = _composite(indicator, made) if indicator.made_of else _figure(indicator, counts)
    return tuple(made.values())


def _figure(indicator: Indicator, counts: Mapping[Slot, Count]) -> Figure:
    excluded = _number(counts.get((indicator.key, None), 0))
    if indicator.measured is not None:
        held = counts.get((indicator.key, indicator.measured), {})
        spread = spread_of(held if isinstance(held, Mapping) else {})
        return Figure(indicator, spread.median, spread.count, {indicator.measured: spread.count}, excluded, spread)
    found = {fact: _number(counts.get((indicator.key, fact), 0)) for fact in indicator.facts}
    over = sum(weight * found[fact] for fact, weight in indicator.denominator)
    value = sum(weight * found[fact] for fact, weight in indicator.numerator) / over if over else None
    base = sum(found[fact] for fact, _ in indicator.denominator)
    return Figure(indicator, Fraction(value) if value is not None else None, base, found, excluded)


def _number(count: Count) -> int:
    return count if isinstance(count, int) else sum(count.values())


def _composite(indicator: Indicator, made: Mapping[str, Figure]) -> Figure:
    """A weighted sum of shares, itself a share: it becomes a percentage once, when it is told."""
    values = [(made[key].value, weight) for key, weight in indicator.made_of]
    bases = [made[key].base for key, _ in indicator.made_of]
    if any(value is None for value, _ in values):
        return Figure(indicator, None, 0, {}, 0)
    total = sum((value * weight for value, weight in values if value is not None), Fraction(0))
    return Figure(indicator, total, min(bases), {}, 0)


def told_percent(share: Fraction, decimals: int) -> str:
    """A share as a percentage, half up; what is not all stays below 100 %, what is not nothing above 0 %."""
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    if share < 1 and rounded >= 100:
        rounded = 100 - step
    if share > 0 and rounded <= 0:
        rounded = step
    return f"{rounded}%"


def told_days(spread: Spread) -> str:
    """`3 / 9`: median and 90th percentile."""
    return NO_FIGURE if spread.median is None else f"{told_number(spread.median)} / {spread.p90}"


def told_number(value: Fraction | None, decimals: int = 1) -> str:
    """A mean or median with as many decimals as it needs, at most `decimals`."""
    if value is None:
        return NO_FIGURE
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_in_public(count: int, *, is_sensitive: bool, fewest: int = 5) -> str:
    """A count as a public page may tell it: few cases of a sensitive kind could be recognised."""
    return f"<{fewest}" if is_sensitive and 0 < count < fewest else str(count)
