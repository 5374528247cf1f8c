"""Texts as rows of one sparse table whose products are their similarities.

Half of a row is the words of title and body, half the character pairs of the title, each half of length √½, so that
row times row is ½ word cosine + ½ title cosine. A text without a title gives all its length to words and pairs of
its body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from diancai.engine.tokens import pairs_of

from .items import Item
from .wording import body_words, title_pairs

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def halves(item: Item) -> tuple[list[str], list[str]]:
    """The words and the character pairs by which an item is compared."""
    if item.content:
        return body_words("", item.content), title_pairs(item.content)
    return body_words(item.subject, item.text), title_pairs(item.subject) or pairs_of(item.text)


def table(
    items: Sequence[Item], progress: Callable[[int, int], None] | None = None
) -> tuple[csr_array[Any], list[str]]:
    """Items x features in single precision, and the feature names; words start with a blank."""
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415

    left, right = _Column(), _Column()
    for done, item in enumerate(items, 1):
        word_half, pair_half = halves(item)
        left.add(word_half)
        right.add(pair_half)
        if progress and not done % 500:
            progress(done, len(items))
    both = hstack([left.table(), right.table()], format="csr", dtype=np.float32)
    return csr_array(both), [" " + name for name in left.index] + list(right.index)


class _Column:
    """One half of the table while it grows."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.places: list[int] = []
        self.times: list[int] = []
        self.starts: list[int] = [0]

    def add(self, parts: Sequence[str]) -> None:
        index = self.index
        for name, times in Counter(parts).items():
            self.places.append(index.setdefault(name, len(index)))
            self.times.append(times)
        self.starts.append(len(self.places))

    def table(self) -> csr_array[Any]:
        """Idf weights with damped counts, rows of length √½ (or empty)."""
        from scipy.sparse import csr_array, diags_array  # noqa: PLC0415

        rows = len(self.starts) - 1
        at = np.array(self.places, np.int32)
        seen = np.bincount(at, minlength=len(self.index)).astype(np.float32)
        rarity = np.log((1 + rows) / (1 + seen)) + 1
        values = ((1 + np.log(np.array(self.times, np.float32))) * rarity[at]).astype(np.float32)
        whole = csr_array((values, at, np.array(self.starts, np.int64)), shape=(rows, max(len(self.index), 1)))
        lengths = np.sqrt(np.asarray(whole.multiply(whole).sum(axis=1)).ravel())
        scale = np.sqrt(0.5) / np.maximum(lengths, 1e-9)
        return csr_array(diags_array(scale.astype(np.float32)) @ whole)
