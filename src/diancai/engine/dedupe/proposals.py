"""Pairs of needs worth showing to a clerk: the same thing wanted in other words, perhaps in another village.

What is compared is the matter of the short line (大棚黄瓜病害), not the way of service (现场诊断和防治指导),
because two wishes for training are not one need; the topic and the words of the remark itself only add to that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from diancai.engine.reasons import LISTED, Reason
from diancai.engine.tokens import pairs_of, words

from .items import Item, Proposal
from .wording import core

BAR = 0.5
# A feature that more items than this share leads to no candidates: it is the talk of the day.
COMMON = 200
SAME_TOPIC, SAME_FIELD = 0.3, 0.12


@dataclass(frozen=True, slots=True)
class _Matter:
    item: Item
    pairs: frozenset[str]
    core_words: frozenset[str]
    spoken: frozenset[str]


def propose(
    items: Sequence[Item], bar: float = BAR, progress: Callable[[int, int], None] | None = None
) -> list[Proposal]:
    """Pairs with a score of `bar` or more, best first; `first` stands before `second` in the order of ids.

    Items of the same text are always proposed. The order of `items` changes nothing.
    """
    matters = [_matter(item) for item in sorted(items, key=lambda one: one.id)]
    found: list[Proposal] = []
    for done, (one, others) in enumerate(_candidates(matters), 1):
        compared = (_compare(matters[one], matters[other]) for other in sorted(others))
        found.extend(pair for pair in compared if pair.identical or pair.score >= bar)
        if progress:
            progress(done, len(matters))
    return sorted(found, key=lambda pair: (not pair.identical, -pair.score, pair.first, pair.second))


def propose_for(item: Item, others: Sequence[Item], bar: float = BAR) -> list[Proposal]:
    """The pairs of `propose` that one item is part of, best first."""
    one = _matter(item)
    compared = (_compare(*sorted((one, _matter(other)), key=lambda matter: matter.item.id)) for other in others)
    found = [pair for pair in compared if pair.identical or pair.score >= bar]
    return sorted(found, key=lambda pair: (not pair.identical, -pair.score, pair.first, pair.second))


@lru_cache(maxsize=4096)
def _matter(item: Item) -> _Matter:
    line = core(item.content or item.subject or item.text)
    spoken = frozenset(words(item.text)) if item.content and item.text != item.content else frozenset[str]()
    return _Matter(item, frozenset(pairs_of(line)), frozenset(words(line)), spoken)


def _candidates(matters: Sequence[_Matter]) -> list[tuple[int, set[int]]]:
    """For each matter the later ones that share its key, a pair of its matter, or a word with the same topic."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, matter in enumerate(matters):
        for name in {*matter.pairs, *(" " + word for word in matter.core_words), "\0" + matter.item.key}:
            places[name].append(place)
    later: dict[int, set[int]] = defaultdict(set)
    for name, members in places.items():
        if name != "\0" and len(members) <= (COMMON if not name.startswith("\0") else len(members)):
            for number, place in enumerate(members):
                later[place].update(members[number + 1 : number + 1 + COMMON])
    return sorted(later.items())


def _compare(one: _Matter, two: _Matter) -> Proposal:
    matter, shared = _same_matter(one, two)
    topic, told = _same_topic(one.item.topic, two.item.topic)
    spoken = _dice(one.spoken, two.spoken)
    identical = bool(one.item.key) and one.item.key == two.item.key
    # Without any of the matter in common the topic alone proposes nothing.
    score = 1.0 if identical else min(1.0, 0.6 * matter + topic + 0.3 * spoken) if matter else 0.0
    why = [Reason.SAME_TEXT.tell()] if identical and one.item.text == two.item.text else []
    why += [Reason.SAME_MATTER.tell(words=LISTED.join(shared))] if shared else []
    why += [told] if told else []
    if one.item.place_code and two.item.place_code and one.item.place_code != two.item.place_code:
        why.append(Reason.OTHER_VILLAGE.tell())
    return Proposal(one.item.id, two.item.id, round(score, 4), tuple(why), identical)


def _same_matter(one: _Matter, two: _Matter) -> tuple[float, list[str]]:
    """The better of pair overlap and word cover, and the shared words."""
    shared = one.core_words & two.core_words
    cover = len(shared) / max(1, min(len(one.core_words), len(two.core_words)))
    best = max(_dice(one.pairs, two.pairs), 0.8 * cover)
    return best, sorted(shared, key=lambda word: (-len(word), word))[:3]


def _same_topic(one: str | None, two: str | None) -> tuple[float, str]:
    if not one or not two:
        return 0.0, ""
    if one == two:
        return SAME_TOPIC, Reason.SAME_TOPIC.tell(topic=one)
    field = one.split("/")[0]
    # Another field of work speaks against one need.
    return (SAME_FIELD, Reason.SAME_FIELD.tell(field=field)) if field == two.split("/")[0] else (-0.2, "")


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
