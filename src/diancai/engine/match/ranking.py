"""Plain ranking of texts for a question: BM25 over words and over character pairs, added up.

Pairs find what the word cutter splits; words keep chance pairs down. No threshold: the shell wants the ten best.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diancai.engine.tokens import pairs_of, words

# Saturation and length correction, per view.
WORD_SETTING = (1.2, 0.75)
PAIR_SETTING = (1.2, 0.3)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The place of a text in the list given, its score (0 to 1: share of the best possible), and shared words."""

    place: int
    score: float
    why: tuple[str, ...]


class Ranking:
    """An index over texts, in memory; `best` ranks them for one question."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        cut = [words(text) for text in texts]
        self._words = [frozenset(found) for found in cut]
        self._views = [_View(cut, *WORD_SETTING), _View([pairs_of(text) for text in texts], *PAIR_SETTING)]

    def best(self, question: str, top: int = 10) -> list[Ranked]:
        """The `top` texts with any feature in common, best first; ties go by place."""
        asked = words(question)
        totals = np.zeros(self._count, np.float32)
        ceiling = 0.0
        for view, features in zip(self._views, (asked, pairs_of(question)), strict=True):
            ceiling += view.add(totals, frozenset(features))
        best = np.argsort(-totals, kind="stable")[:top]
        return [self._ranked(int(place), totals, ceiling, frozenset(asked)) for place in best if totals[place] > 0]

    def _ranked(self, place: int, totals: NDArray[np.float32], ceiling: float, asked: frozenset[str]) -> Ranked:
        shared = sorted(asked & self._words[place], key=lambda word: (-self._views[0].rarity(word), word))[:4]
        return Ranked(place, round(min(float(totals[place]) / max(ceiling, 1e-9), 1.0), 4), tuple(shared))


class _View:
    """One BM25 index: of each feature the places and weights of the texts that hold it."""

    def __init__(self, texts: Sequence[Sequence[str]], saturation: float, correction: float) -> None:
        self._count = len(texts)
        self._saturation = saturation
        mean = max(sum(map(len, texts)) / max(len(texts), 1), 1e-9)
        places: dict[str, array[int]] = {}
        gains: dict[str, array[float]] = {}
        for place, features in enumerate(texts):
            slack = saturation * (1 - correction + correction * len(features) / mean)
            for feature, times in Counter(features).items():
                places.setdefault(feature, array("I")).append(place)
                gains.setdefault(feature, array("f")).append(times * (saturation + 1) / (times + slack))
        self._postings = {
            feature: (np.array(found, np.int64), np.array(gains[feature], np.float32))
            for feature, found in places.items()
        }

    def rarity(self, feature: str) -> float:
        """The idf of a feature; 0 for one that no text has."""
        found = self._postings.get(feature)
        seen = len(found[0]) if found else self._count
        return math.log(1 + (self._count - seen + 0.5) / (seen + 0.5))

    def add(self, totals: NDArray[np.float32], asked: frozenset[str]) -> float:
        """Add this view's score of each text to `totals`; the most that a text could have got."""
        ceiling = 0.0
        for feature in sorted(asked):
            found = self._postings.get(feature)
            if found:
                rarity = self.rarity(feature)
                totals[found[0]] += found[1] * rarity
                ceiling += rarity * (self._saturation + 1)
        return ceiling
