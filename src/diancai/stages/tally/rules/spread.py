"""Median and 90th percentile beside the mean, exact, from a histogram {value: how many}. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """How measured values lie; None where nothing was measured. `p90`: nearest rank, a value that occurred."""

    count: int
    mean: Fraction | None
    median: Fraction | None
    p90: int | None


def spread_of(histogram: Mapping[int, int]) -> Spread:
    """The spread of a histogram; one old case moves the mean, not the median."""
    count = sum(histogram.values())
    if count == 0:
        return Spread(0, None, None, None)
    total = sum(value * number for value, number in histogram.items())
    middle = Fraction(at_rank(histogram, (count + 1) // 2) + at_rank(histogram, count // 2 + 1), 2)
    return Spread(count, Fraction(total, count), middle, at_rank(histogram, -(-count * 9 // 10)))


def at_rank(histogram: Mapping[int, int], rank: int) -> int:
    """The value at a rank from 1, smallest first."""
    passed = 0
    for value in sorted(histogram):
        passed += histogram[value]
        if passed >= rank:
            return value
    raise ValueError(rank)
