"""Which unit takes a case, learned day by day from who took earlier ones.

Each expert reads some columns in an order, from the general to the particular: what the particular has
not yet seen often is filled from the general. Older cases fade by half in HALF_LIFE days. Experts are
averaged by how sure they are; text columns have an expert of their own.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diancai.engine.reasons import LISTED, Reason
from diancai.engine.tokens import words

from .units import merged_names

HALF_LIFE = 60
# How many cases the general is worth against the particular.
TRUST = 4.0
# History rows used to choose the order of columns.
JUDGED = 6_000
EXPERTS = 5
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit as its column spells it, the merged name of its office, its share (0 to 1), and why."""

    unit: str
    unit_group: str
    score: float
    why: tuple[str, ...]


class Router:
    """Learns from `(row, unit)` pairs; `end_day` closes a day, after which its cases count."""

    def __init__(self, history: Sequence[tuple[Row, str]], columns: Sequence[str], text_columns: Sequence[str]) -> None:
        self._experts = [_Expert(order) for order in _orders([*history][-JUDGED:], columns)]
        self._text = _TextExpert(text_columns) if text_columns else None
        self._waiting: list[tuple[Row, str]] = []
        self._told: Counter[str] = Counter()
        self._names: dict[str, str] = {}
        self._weight = 1.0

    def learn(self, row: Row, unit: str) -> None:
        """Note who took a case; it counts once the day is closed."""
        self._waiting.append((row, unit))

    def end_day(self) -> None:
        """Let the cases of the day count, and older ones fade."""
        known = len(self._told)
        for row, unit in self._waiting:
            self._told[unit] += 1
            for expert in self._experts:
                expert.learn(row, unit, self._weight)
            if self._text:
                self._text.learn(row, unit, self._weight)
        if len(self._told) != known or not self._names:
            self._names = merged_names(self._told.elements())
        self._waiting.clear()
        self._weight *= 2 ** (1 / HALF_LIFE)

    def rank(self, row: Row, top: int = 3) -> list[UnitChoice]:
        """The `top` units that most likely take the case, best first; empty before anything was learned."""
        shares: dict[str, float] = defaultdict(float)
        views = [expert.shares(row, self._weight) for expert in self._experts]
        if self._text:
            views.append(self._text.shares(row))
        # An expert that is sure of its first choice counts for more.
        sure = [max(view.values(), default=0.0) for view in views]
        for view, weight in zip(views, sure, strict=True):
            for unit, share in view.items():
                shares[unit] += share * weight / sum(sure)
        best = sorted(shares, key=lambda unit: (-shares[unit], -self._told[unit], unit))[:top]
        return [
            UnitChoice(unit, self._names.get(unit, unit), round(shares[unit], 4), self._why(row, unit)) for unit in best
        ]

    def _why(self, row: Row, unit: str) -> tuple[str, ...]:
        told = next((reason for expert in self._experts if (reason := expert.why(row, unit, self._weight))), "")
        spoken = self._text.why(row, unit) if self._text else ()
        return tuple(reason for reason in (told, *spoken) if reason)


class _Expert:
    """One order of columns; level k counts units for the values of the first k columns."""

    def __init__(self, order: Sequence[str]) -> None:
        self.order = tuple(order)
        self._counts: list[dict[tuple[str, ...], dict[str, float]]] = [defaultdict(dict) for _ in range(len(order) + 1)]

    def learn(self, row: Row, unit: str, weight: float) -> None:
        values = tuple(row.get(column, "") for column in self.order)
        for level, counts in enumerate(self._counts):
            units = counts[values[:level]]
            units[unit] = units.get(unit, 0.0) + weight

    def shares(self, row: Row, weight: float) -> dict[str, float]:
        """Of each unit its share, the particular filled up from the general."""
        values = tuple(row.get(column, "") for column in self.order)
        shares: dict[str, float] = {}
        for level, counts in enumerate(self._counts):
            units = counts.get(values[:level])
            if not units:
                break
            trust = TRUST * weight if level else 0.0
            total = sum(units.values()) + trust
            shares = {unit: share * trust / total for unit, share in shares.items()}
            for unit, times in units.items():
                shares[unit] = shares.get(unit, 0.0) + times / total
        return shares

    def why(self, row: Row, unit: str, weight: float) -> str:
        """The most particular level at which this unit took most such cases, in words."""
        values = tuple(row.get(column, "") for column in self.order)
        for level in range(len(self.order), 0, -1):
            units = self._counts[level].get(values[:level], {})
            if unit in units and sum(units.values()) >= 2 * weight * 0.5:
                share = units[unit] / sum(units.values())
                kind = LISTED.join(value for value in values[:level] if value)
                return Reason.DONE_BEFORE.tell(kind=kind, share=f"{share:.0%}")
        return ""


class _TextExpert:
    """Naive Bayes over the words of the text columns, softened by the length of the text."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._words: dict[str, dict[str, float]] = defaultdict(dict)
        self._totals: dict[str, float] = defaultdict(float)
        self._cases: dict[str, float] = defaultdict(float)

    def _said(self, row: Row) -> set[str]:
        found = [word for column in self._columns for word in words(row.get(column, ""))]
        return {*found, *(word[at : at + 2] for word in found for at in range(len(word) - 1))}

    def learn(self, row: Row, unit: str, weight: float) -> None:
        self._cases[unit] += weight
        for word in self._said(row):
            units = self._words[word]
            units[unit] = units.get(unit, 0.0) + weight
            self._totals[unit] += weight

    def shares(self, row: Row) -> dict[str, float]:
        said = [word for word in sorted(self._said(row)) if word in self._words]
        everything = sum(self._cases.values())
        if not everything:
            return {}
        size = len(self._words)
        scores = {}
        for unit, cases in self._cases.items():
            floor = 0.1 * everything / max(sum(1 for _ in self._cases), 1) / size
            total = self._totals[unit] + floor * size
            spoke = sum(math.log((self._words[word].get(unit, 0.0) + floor) / total) for word in said)
            scores[unit] = math.log(cases / everything) + spoke / max(math.sqrt(len(said)), 1.0)
        top = max(scores.values())
        raised = {unit: math.exp(score - top) for unit, score in scores.items()}
        return {unit: value / sum(raised.values()) for unit, value in raised.items()}

    def why(self, row: Row, unit: str) -> tuple[str, ...]:
        """The words of the case that this unit met most often."""
        said = [word for word in self._said(row) if self._words.get(word, {}).get(unit)]
        return tuple(
            sorted(said, key=lambda word: (-self._words[word][unit] / sum(self._words[word].values()), word))[:3]
        )


def _orders(history: Sequence[tuple[Row, str]], columns: Sequence[str]) -> list[list[str]]:
    """Column orders: the best greedy one, and greedy ones that begin with each of the next best columns."""
    if not history or not columns:
        return [[]]
    firsts = sorted(columns, key=lambda column: (_surprise(history, [column]), column))
    orders = [_greedy(history, columns, first) for first in firsts[:EXPERTS]]
    return [order for at, order in enumerate(orders) if order not in orders[:at]]


def _greedy(history: Sequence[tuple[Row, str]], columns: Sequence[str], first: str) -> list[str]:
    order, left = [first], [column for column in columns if column != first]
    while left and len(order) < 6:
        best = min(left, key=lambda column: (_surprise(history, [*order, column]), column))
        order.append(best)
        left.remove(best)
    return order


def _surprise(history: Sequence[tuple[Row, str]], columns: Sequence[str]) -> float:
    """Mean log loss of telling each row's unit from the other rows with the same values, filled up from all rows."""
    whole = Counter(unit for _, unit in history)
    keys = [tuple(row.get(column, "") for column in columns) for row, _ in history]
    sums = Counter(keys)
    joint = Counter((key, unit) for key, (_, unit) in zip(keys, history, strict=True))
    lost = 0.0
    for key, (_, unit) in zip(keys, history, strict=True):
        general = whole[unit] / len(history)
        lost -= math.log((joint[key, unit] - 1 + TRUST * general) / (sums[key] - 1 + TRUST))
    return lost / len(history)
