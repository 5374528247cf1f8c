"""Groups of a batch: identical texts first, then the same need in other words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from diancai.engine.reasons import Reason

from .agreement import Agreement
from .items import Item, Joined
from .linkage import Numbers, cut_piece, edges, pieces
from .vectors import table

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# The bar of likeness, measured on thousands of messages: 0.19 and 0.20 give the same groups of hot issues.
BAR = 0.20
# Two or three texts that share a place are not yet one need: a small group must be more alike than a large one.
SMALL_GROUP_EXTRA = {2: 0.22, 3: 0.20, 4: 0.16, 5: 0.12, 6: 0.06}
# In a handful of texts every word looks rare, so they must be more alike.
FEW_TEXTS_BAR = 0.30
FEW, MANY = 20, 1_000
# A group of more distinct texts than this is shown to a person.
PAST_REASON = 300
ASK = Reason.MANY_NEAR.tell()
SAME_TEXT = Reason.SAME_TEXT.tell()


def bar_for(texts: int) -> float:
    """The bar for a batch: FEW_TEXTS_BAR up to 20 texts, falling with the logarithm to BAR at 1,000."""
    share = (math.log(max(texts, FEW)) - math.log(FEW)) / (math.log(MANY) - math.log(FEW))
    return FEW_TEXTS_BAR - (FEW_TEXTS_BAR - BAR) * min(share, 1.0)


def group(items: Sequence[Item], progress: Callable[[int, int], None] | None = None) -> list[Joined]:
    """One `Joined` for each item, in the order given; the order itself changes nothing in the groups.

    A text without letters stands alone. `progress` is called with (done, total).
    """
    alike: dict[str, list[Item]] = {}
    for item in items:
        alike.setdefault(item.key or f"\0{item.id}", []).append(item)
    # One head for each text: the fullest title, then the smallest id, so that the order of rows does not matter.
    heads = {key: min(members, key=lambda one: (-len(one.subject), one.id)) for key, members in sorted(alike.items())}
    keys = [key for key in heads if not key.startswith("\0")]
    found = _groups([heads[key] for key in keys], progress)
    joined: dict[str, Joined] = {}
    for part in found.parts:
        everyone = [one for at in part.members for one in alike[keys[at]]]
        name = min((one.id for one in everyone), key=_natural)
        for at, score, why in zip(part.members, *found.reasons(part), strict=True):
            copies = alike[keys[at]]
            told = (SAME_TEXT, *why) if len(copies) > 1 else why
            joined.update({one.id: Joined(one.id, name, score, told) for one in copies})
    return [joined.get(item.id) or Joined(item.id, item.id, 0.0, ()) for item in items]


def _natural(name: str) -> tuple[int, str]:
    return len(name), name


@dataclass(frozen=True, slots=True)
class _Part:
    """Places of the texts of one group; `asked` when the group grew past reason and a person must look."""

    members: list[int]
    asked: bool = False


class _Found:
    """The groups of the distinct texts with what is needed to say why."""

    def __init__(self, rows: csr_array[Any] | None, names: list[str], parts: list[_Part]) -> None:
        self._rows, self._names, self.parts = rows, names, parts

    def reasons(self, part: _Part) -> tuple[list[float], list[tuple[str, ...]]]:
        """Of each member how near it stands to the rest, and the words that it shares with them."""
        if self._rows is None or len(part.members) == 1:
            return [1.0], [()]
        rows = self._rows[part.members]
        middle = np.asarray(rows.sum(axis=0)).ravel()
        scores, why = [], []
        for number in range(len(part.members)):
            start, end = rows.indptr[number], rows.indptr[number + 1]
            at, values = rows.indices[start:end], rows.data[start:end]
            spoke = values * (middle[at] - values)
            scores.append(round(min(1.0, math.sqrt(max(float(spoke.sum()), 0.0) / (len(part.members) - 1))), 4))
            why.append((*self._words(at, spoke), ASK) if part.asked else self._words(at, spoke))
        return scores, why

    def _words(self, at: NDArray[np.int32], spoke: NDArray[np.float32]) -> tuple[str, ...]:
        strongest = [self._names[at[place]] for place in np.argsort(-spoke, kind="stable")[:12] if spoke[place] > 0]
        return tuple(name[1:] for name in strongest if name.startswith(" "))[:3]


def _agree(agreement: Agreement, members: Numbers, left: Numbers, right: Numbers) -> bool:
    return agreement.holds(members[left].tolist(), members[right].tolist())


def _groups(heads: Sequence[Item], progress: Callable[[int, int], None] | None) -> _Found:
    if len(heads) < 2:
        return _Found(None, [], [_Part([at]) for at in range(len(heads))])
    rows, names = table(heads, progress)
    bar = bar_for(len(heads))
    agreement = Agreement(heads, rows, names)
    parts: list[_Part] = []
    for members, was_cut in pieces(edges(rows, bar, progress), bar):
        piece = rows[members]
        similar = (piece @ piece.T).toarray()
        agrees = partial(_agree, agreement, members)
        for inner in cut_piece(similar, lambda size: max(bar, BAR + SMALL_GROUP_EXTRA.get(size, 0.0)), agrees):
            found = [int(members[at]) for at in inner]
            parts.append(_Part(found, len(found) > 1 and (was_cut or len(found) > PAST_REASON)))
    alone = set(range(len(heads))) - {at for part in parts for at in part.members}
    return _Found(rows, names, parts + [_Part([at]) for at in sorted(alone)])
