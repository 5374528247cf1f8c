"""One new text against all that came before: an inverted index that grows by one text at a time.

Only the rarest features of the new text are followed, up to a fixed number of postings, so that an answer costs the
same at a thousand texts and at a million. A later text never moves an earlier one: it joins, opens, or is proposed.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from diancai.engine.reasons import Reason

from .items import Item, Proposal
from .vectors import halves

Numbers = NDArray[np.int32]
# Postings followed for one question, and candidates compared in full.
FOLLOWED = 60_000
COMPARED = 40
FLOOR = 0.18
# Up to this many items adding up over all of them is quicker than sorting the places met.
DENSE = 300_000


class Index:
    """Grows with `add`; `near` answers with the most similar earlier items, identical texts first."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._items: list[Item] = []
        self._rows: list[Numbers] = []
        self._keys = array("q")
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._postings: list[array[int]] = []
        self._seen: NDArray[np.float64] = np.zeros(1024)
        self._same: dict[int, array[int]] = {}
        for item in items:
            self.add(item)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Item) -> None:
        """Take in one item."""
        place = len(self._items)
        row = np.array(sorted(self._number(feature) for feature in _features(item)), np.int32)
        for number in row.tolist():
            self._postings[number].append(place)
        self._seen[row] += 1
        self._items.append(item)
        self._rows.append(row)
        key = item.key
        self._keys.append(hash(key) if key else 0)
        if key:
            self._same.setdefault(hash(key), array("I")).append(place)

    def _number(self, feature: str) -> int:
        number = self._numbers.setdefault(feature, len(self._names))
        if number == len(self._names):
            self._names.append(feature)
            self._postings.append(array("I"))
            if number == len(self._seen):
                self._seen = np.concatenate([self._seen, np.zeros(len(self._seen))])
        return number

    def near(self, item: Item, top: int = 5) -> list[Proposal]:
        """At most `top` proposals, best first, with the words that both texts share; the item's own id is left out."""
        features = _features(item)
        own = np.array(sorted(self._numbers[one] for one in features if one in self._numbers), np.int32)
        # A feature never seen before is as rare as can be, and lengthens the new text.
        unseen = (len(features) - len(own)) * (math.log(1 + len(self._items)) + 1) ** 2
        length = unseen + float(self._squares(own).sum())
        key = hash(item.key) if item.key else 0
        same = self._same.get(key, ()) if key else ()
        places = dict.fromkeys([*list(same)[: top + 1], *self._candidates(own)])
        proposals = [self._compare(item.id, key, own, length, place) for place in places]
        kept = [one for one in proposals if one.second != item.id and (one.identical or one.score >= FLOOR)]
        return sorted(kept, key=lambda one: (not one.identical, -one.score, one.second))[:top]

    def _squares(self, numbers: Numbers) -> NDArray[np.float64]:
        """The squared rarity of each feature."""
        return np.asarray((np.log((1 + len(self._items)) / (1 + self._seen[numbers])) + 1) ** 2)

    def _candidates(self, own: Numbers) -> list[int]:
        """Places of the items that share the weightiest rare features."""
        lists, weights, budget = [], [], FOLLOWED
        ordered = own[np.argsort(self._seen[own], kind="stable")]
        for number, square in zip(ordered.tolist(), self._squares(ordered).tolist(), strict=True):
            length = len(self._postings[number])
            if length > budget:
                break
            budget -= length
            lists.append(np.frombuffer(self._postings[number], np.uint32).astype(np.int64))
            weights.append(np.full(length, square))
        if not lists:
            return []
        return _heaviest(np.concatenate(lists), np.concatenate(weights), len(self._items))

    def _compare(self, name: str, key: int, own: Numbers, length: float, place: int) -> Proposal:
        other, row = self._items[place], self._rows[place]
        shared = _common(own, row)
        squares = self._squares(shared)
        both = math.sqrt(length * float(self._squares(row).sum()))
        identical = key != 0 and key == self._keys[place]
        score = 1.0 if identical else float(squares.sum()) / both if both else 0.0
        strongest = [self._names[shared[at]] for at in np.argsort(-squares, kind="stable")]
        why = tuple(name[1:] for name in strongest if name.startswith(" "))[:3]
        told = (Reason.SAME_TEXT.tell(),) if identical else ()
        return Proposal(name, other.id, round(min(score, 1.0), 4), told + why, identical)


def _common(one: Numbers, two: Numbers) -> Numbers:
    """What stands in both of two rising rows."""
    at = np.searchsorted(one, two)
    at[at == len(one)] = 0
    return two[one[at] == two] if len(one) else two[:0]


def _heaviest(places: NDArray[np.int64], weights: NDArray[np.float64], count: int) -> list[int]:
    """The COMPARED places with the greatest sum of weights, the earliest of equals first."""
    if count <= DENSE:
        totals = np.bincount(places, weights, minlength=count)
        met = np.flatnonzero(totals)
        reached = totals[met]
    else:
        met, inverse = np.unique(places, return_inverse=True)
        reached = np.bincount(inverse, weights)
    if len(met) > COMPARED:
        least = np.partition(reached, -COMPARED)[-COMPARED]
        kept = reached >= least
        met, reached = met[kept], reached[kept]
    best = np.argsort(-reached, kind="stable")[:COMPARED]
    return [int(place) for place in met[best]]


def _features(item: Item) -> frozenset[str]:
    word_half, pair_half = halves(item)
    return frozenset([" " + word for word in word_half] + pair_half)
