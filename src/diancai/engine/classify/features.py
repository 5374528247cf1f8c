"""A text as counted features: its words, and the characters and character pairs inside its words.

Characters inside words stay the same whether stop words were taken out or not, so archives of cut words and raw
remarks meet; a word feature is written with a leading blank, which no character feature has.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from diancai.engine.tokens import words

# Words at the beginning that count twice.
BEGINNING = 12
Floats = NDArray[np.float32]
Indices = NDArray[np.int64]


@lru_cache(maxsize=200_000)
def _pieces(word: str) -> tuple[str, ...]:
    """The word, its characters and its character pairs."""
    return " " + word, *word, *(word[at : at + 2] for at in range(len(word) - 1))


def features_of_words(cut: Iterable[str]) -> Counter[str]:
    """Word, character and character-pair counts of a cut text."""
    return Counter(piece for word in cut for piece in _pieces(word))


def features(text: str, subject: str = "") -> Counter[str]:
    """Feature counts of a text with its subject before it; its beginning, where the matter is named, counts twice."""
    cut = [*words(subject), *words(text)]
    return features_of_words([*cut, *cut[:BEGINNING]])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known features with their weights (rarity times how well the feature tells topics apart)."""

    names: list[str]
    index: dict[str, int]
    weights: Floats

    @classmethod
    def of(cls, names: list[str], weights: Floats) -> Self:
        """A vocabulary of `names`, each at its place in the list."""
        return cls(names, {name: at for at, name in enumerate(names)}, weights)

    def row(self, counts: Counter[str]) -> tuple[Indices, Floats]:
        """Positions and values of one text, of unit length."""
        index = self.index
        known = sorted([(index[name], times) for name, times in counts.items() if name in index])
        at = np.array([place for place, _ in known], np.int64)
        raw = np.log(np.array([times for _, times in known], np.float32)) + np.float32(1)
        values = raw * self.weights[at]
        length = np.sqrt((values * values).sum())
        return at, np.asarray(values / max(length, 1e-9), np.float32)


@dataclass(frozen=True, slots=True)
class Flat:
    """Many texts at once: positions and times of their features end to end; text n begins at `starts[n]`."""

    at: NDArray[np.int32]
    times: Floats
    starts: NDArray[np.int32]


def flatten(index: dict[str, int], counted: Sequence[Counter[str]]) -> Flat:
    """The known features of counted texts."""
    get = index.get
    at: list[int] = []
    times: list[int] = []
    starts = [0]
    for counts in counted:
        for name, number in counts.items():
            place = get(name)
            if place is not None:
                at.append(place)
                times.append(number)
        starts.append(len(at))
    return Flat(np.array(at, np.int32), np.array(times, np.float32), np.array(starts, np.int32))


def vocabulary(
    counted: Sequence[Counter[str]], classes: NDArray[np.int64], size: int, rarest: int = 2
) -> tuple[Vocabulary, Flat]:
    """The features seen in at least `rarest` texts, and the texts in them; `classes` (one number a text, below `size`)
    tells which features discriminate."""
    seen: Counter[str] = Counter()
    for counts in counted:
        seen.update(counts.keys())
    names = sorted(name for name, times in seen.items() if times >= rarest)
    known = Vocabulary.of(names, np.ones(len(names), np.float32))
    flat = flatten(known.index, counted)
    owner = np.repeat(classes, np.diff(flat.starts))
    table = np.bincount(owner * len(names) + flat.at, minlength=size * len(names)).reshape(size, len(names))
    weights = _weights(table.astype(np.float32), np.bincount(classes, minlength=size), len(counted))
    return Vocabulary(names, known.index, weights), flat


def _weights(table: Floats, sizes: NDArray[np.int64], texts: int) -> Floats:
    """Idf, times the root of how far the feature is from being spread evenly over the classes."""
    rarity = np.log((1 + texts) / (1 + table.sum(0))) + 1
    rates = table / np.maximum(sizes, 1)[:, None] + 1e-4
    shares = rates / rates.sum(0)
    spread = -(shares * np.log(shares)).sum(0) / math.log(max(len(sizes), 2))
    return np.asarray(rarity * np.sqrt(np.maximum(1.2 - spread, 0.0)), np.float32)
