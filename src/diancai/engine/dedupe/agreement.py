"""Whether texts that look alike agree about more than one name: the same street or estate is not yet the same need.

Of each pair the longest run that both titles share is taken out, and so is every name; what is left must still agree.
Called by `grouping` for each branch that is alike enough as a whole.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from diancai.engine.lexicon import trade_scan
from diancai.engine.tokens import is_name, normal, words

from .items import Item
from .wording import without_petition

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# What must be left in common (cosine) by the number of texts; more texts agree less by chance.
LEFT_IN_COMMON = ((3, 0.15), (8, 0.135), (15, 0.10), (10**9, 0.06))
# A pair of copies must not speak for the rest of its part.
MOST_OF_A_PAIR = 0.30
# Texts that speak of one trade throughout need less, but something.
ONE_TRADE, LEFT_IN_ONE_TRADE = 0.90, 0.03
# Texts that were told topics of two fields of work must have this many times as much in common.
OTHER_FIELD = 1.6
# Up to MANY_TEXTS that share no name ask about one rule, the housing fund say, each in his own case.
NO_NAME, MANY_TEXTS = 1.3, 15
# A short text has only the one phrase, so its run counts; names in it do not.
SHORT = 60
# What titles share beyond the name counts this much on top.
TITLE_SHARE = 0.15
# Letters after a place that make a matter (泉塘中学 + 领导对待老师不公平), and what places and houses end with.
MATTER_LETTERS = 4
_PLACE = re.compile("[镇乡村组路街巷桥城苑园府院校店厂社]|街道|广场|大厦|中心|公司|[中小大]学|[0-9]期")
# Pairs compared in a large group, and letters of a title.
PAIRS, TITLE = 60, 60
TRADE_LETTERS = 400


class Agreement:
    """Compares the texts of one batch; what it works out of a text is kept, because branches overlap."""

    def __init__(self, heads: Sequence[Item], rows: csr_array[Any], names: Sequence[str]) -> None:
        self._heads, self._rows, self._names = heads, rows, names
        seen = np.bincount(rows.indices, minlength=rows.shape[1])
        self._squares = (np.log((1 + rows.shape[0]) / (1 + seen)) + 1) ** 2
        self._matters: dict[int, dict[str, float]] = {}
        self._title_matters: dict[int, dict[str, float]] = {}
        self._titles: dict[int, str] = {}
        self._trades: dict[int, dict[str, float]] = {}

    def holds(self, one_part: Sequence[int], other_part: Sequence[int]) -> bool:
        """True when the texts of two parts of a branch agree about a matter, not only about a name."""
        size = len(one_part) + len(other_part)
        pairs = _some_pairs(one_part, other_part)
        left = _mean(min(self._left(one, two), MOST_OF_A_PAIR) for one, two in pairs)
        bar = next(bar for most, bar in LEFT_IN_COMMON if size <= most)
        named = _mean(_tells_a_name(self._run(*pair)) for pair in pairs) > 0.5
        if not named and 3 < size <= MANY_TEXTS:
            bar *= NO_NAME
        if left >= bar:
            return left >= OTHER_FIELD * bar or not self._of_other_fields(pairs)
        if size < 4 or left < LEFT_IN_ONE_TRADE or _mean(self._one_trade(*pair) for pair in pairs) < ONE_TRADE:
            return False
        return named

    def _of_other_fields(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """True when most pairs were told topics of two different fields of work."""
        told = [(self._heads[one].topic or "", self._heads[two].topic or "") for one, two in pairs]
        return _mean(bool(one and two) and one.split("/")[0] != two.split("/")[0] for one, two in told) > 0.5

    def _one_trade(self, one: int, two: int) -> float:
        """1 the same topic or, where none was told, the same trades in the same measure; down to 0."""
        told, other = self._heads[one].topic, self._heads[two].topic
        return float(told == other) if told and other else _dot(self._trade(one), self._trade(two))

    def _run(self, one: int, two: int) -> str:
        """The part of both titles that counts as their one name."""
        if len(self._heads[one].text) < SHORT and len(self._heads[two].text) < SHORT:
            return ""
        return _name_of(longest_run(self._title(one), self._title(two)))

    def _left(self, one: int, two: int) -> float:
        """What two texts share beyond names and beyond the run in both titles: of all words, and a little of titles."""
        run = self._run(one, two)
        whole = _cosine(self._matter(one), self._matter(two), run)
        return whole + TITLE_SHARE * _cosine(self._title_matter(one), self._title_matter(two), run)

    def _matter(self, at: int) -> dict[str, float]:
        """The words of a text that name no place, person or firm, with their squared rarity."""
        if at not in self._matters:
            columns = self._rows.indices[self._rows.indptr[at] : self._rows.indptr[at + 1]]
            told = [(self._names[column], float(self._squares[column])) for column in columns]
            words = {name[1:]: square for name, square in told if name.startswith(" ")}
            self._matters[at] = {word: square for word, square in words.items() if not is_name(word)}
        return self._matters[at]

    def _title_matter(self, at: int) -> dict[str, float]:
        if at not in self._title_matters:
            told, matter = self._title(at), self._matter(at)
            self._title_matters[at] = {word: square for word, square in matter.items() if word in told}
        return self._title_matters[at]

    def _title(self, at: int) -> str:
        if at not in self._titles:
            head = self._heads[at]
            self._titles[at] = without_petition(head.content or head.subject or head.text[:TITLE])[:TITLE]
        return self._titles[at]

    def _trade(self, at: int) -> dict[str, float]:
        """How much of each trade a text tells, its title counted three times; of length one."""
        if at not in self._trades:
            head = self._heads[at]
            told = [*[head.content or head.subject] * 3, "" if head.content else head.text[:TRADE_LETTERS]]
            counts = Counter(hit.mark for part in told for hit in trade_scan().find(normal(part)))
            length = math.sqrt(sum(times * times for times in counts.values())) or 1.0
            self._trades[at] = {mark: times / length for mark, times in counts.items()}
        return self._trades[at]


def _some_pairs(one_part: Sequence[int], other_part: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs across two parts: all of them, or PAIRS spread evenly."""
    whole = len(one_part) * len(other_part)
    chosen = range(whole) if whole <= PAIRS else (at * whole // PAIRS for at in range(PAIRS))
    return [(one_part[at // len(other_part)], other_part[at % len(other_part)]) for at in chosen]


def _name_of(run: str) -> str:
    """The run up to its last word for a place or a house, when enough follows it to be a matter; else the whole run."""
    ends = [hit.end() for hit in _PLACE.finditer(run)]
    return run[: ends[-1]] if ends and len(run) - ends[-1] >= MATTER_LETTERS else run


def _mean(numbers: Iterable[float]) -> float:
    told = list(numbers)
    return sum(told) / len(told)


def _cosine(one: dict[str, float], two: dict[str, float], run: str) -> float:
    left = {word: square for word, square in one.items() if word not in run}
    right = {word: square for word, square in two.items() if word not in run}
    both = math.sqrt(sum(left.values()) * sum(right.values()))
    return sum(square for word, square in left.items() if word in right) / both if both else 0.0


def _dot(one: dict[str, float], two: dict[str, float]) -> float:
    return sum(share * two.get(mark, 0.0) for mark, share in one.items())


@lru_cache(maxsize=50_000)
def _tells_a_name(run: str) -> bool:
    return any(is_name(word) for word in words(run))


def longest_run(one: str, two: str) -> str:
    """The longest piece of letters that stands in both, the first of the longest; time is their lengths' product."""
    best, end = 0, 0
    before = [0] * (len(two) + 1)
    for at, letter in enumerate(one, 1):
        now = [0] * (len(two) + 1)
        for place, other in enumerate(two, 1):
            if letter == other:
                now[place] = before[place - 1] + 1
                if now[place] > best:
                    best, end = now[place], at
        before = now
    return one[end - best : end]
