"""Needs to offers: the matter in words, the topic, the way of serving, behind walls that nothing overrides.

A pair under THRESHOLD is not proposed: an empty answer is the right one when no department offers what is wanted.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from diancai.engine.lexicon import kinds_of, word_list
from diancai.engine.tokens import pairs_of, words

from .fit import MONGOLIAN, families, form_fit, served_when, topic_fit, wall
from .need_and_offer import Need, Offer, Pair

THRESHOLD = 0.32
# Shares of the score; without a topic on both sides its share goes to the words.
TEXT, TOPIC, FORM, STRAND = 0.45, 0.35, 0.15, 0.05
USED_UP = 0.25
# Words that every offer has; sharing them says nothing of the matter.
_EVERYWHERE = word_list("offer")


@dataclass(frozen=True, slots=True)
class _Prepared:
    offer: Offer
    pairs: frozenset[str]
    words: frozenset[str]
    forms: frozenset[str]


class Matcher:
    """Holds the offers in force; `best` proposes those that meet a need."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = [_prepare(offer) for offer in offers]
        self._seen: Counter[str] = Counter()
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, prepared in enumerate(self._offers):
            self._seen.update(prepared.pairs)
            for name in {*prepared.pairs, *("\0" + topic.split("/")[0] for topic in prepared.offer.topics)}:
                self._places[name].append(place)

    def best(self, need: Need, top: int = 10) -> list[Pair]:
        """At most `top` pairs that pass the walls and reach THRESHOLD, best first; ties go by the offer's id."""
        own = _matter(need.text)
        found = [self._pair(need, own, self._offers[place]) for place in self._candidates(need, own)]
        kept = [pair for pair in found if pair is not None]
        return sorted(kept, key=lambda pair: (-pair.score, pair.offer_id))[:top]

    def _candidates(self, need: Need, own: frozenset[str]) -> list[int]:
        names = [*own, *(["\0" + need.topic.split("/")[0]] if need.topic else [])]
        return sorted({place for name in names for place in self._places.get(name, ())})

    def _pair(self, need: Need, own: frozenset[str], prepared: _Prepared) -> Pair | None:
        offer = prepared.offer
        if wall(need, offer):
            return None
        text = self._alike(own, prepared.pairs)
        topic = topic_fit(need.topic, offer.topics)
        form = form_fit(families(need.service_form or need.text), prepared.forms)
        strand = 1.0 if need.strand and need.strand == offer.strand else 0.0
        if topic is None:
            score = (TEXT + TOPIC) * text + FORM * form + STRAND * strand
        else:
            score = TEXT * text + TOPIC * topic + FORM * form + STRAND * strand
        used_up = offer.capacity_left is not None and offer.capacity_left <= 0
        score -= USED_UP if used_up else 0.0
        if score < THRESHOLD:
            return None  # reasons are worded for proposals only: wording all candidates cost nine tenths of the time
        against = _against(form, topic, used_up)
        return Pair(need.id, offer.id, round(min(max(score, 0.0), 1.0), 4), _why(need, prepared, topic, form), against)

    def _alike(self, own: frozenset[str], theirs: frozenset[str]) -> float:
        """How much of the rarer of the two texts the other covers, weighted by rarity among the offers; 0 to 1."""
        shared, mine, other = (self._weight(pairs) for pairs in (own & theirs, own, theirs))
        return min(1.0, 1.3 * shared / math.sqrt(mine * other)) if mine and other else 0.0

    def _weight(self, pairs: frozenset[str]) -> float:
        return sum(math.log(1 + (len(self._offers) + 1) / (self._seen[pair] + 0.5)) for pair in pairs)


def _prepare(offer: Offer) -> _Prepared:
    told = " ".join([offer.service, *(part for topic in offer.topics for part in topic.split("/"))])
    return _Prepared(offer, _matter(told), frozenset(words(told)), families(offer.service_form or offer.service))


def _matter(text: str) -> frozenset[str]:
    """Character pairs of the telling words, and of what their things are kinds of."""
    told = [word for word in words(text) if word not in _EVERYWHERE]
    return frozenset(pair for word in (*told, *kinds_of(told)) for pair in pairs_of(word))


def _why(need: Need, prepared: _Prepared, topic: float | None, form: float) -> tuple[str, ...]:
    offer = prepared.offer
    shared = sorted((set(words(need.text)) & prepared.words) - _EVERYWHERE, key=lambda word: (-len(word), word))[:3]
    return tuple(
        reason
        for reason in (
            f"都提到{'、'.join(shared)}" if shared else "",
            f"主题一致：{need.topic}" if topic == 1.0 else "领域相同" if topic else "",
            "服务形式相合" if form > 0 else "",
            "在服务范围内" if need.place_code and offer.place_codes else "",
            served_when(need, offer),
            "可用蒙古语服务" if need.language == MONGOLIAN else "",
        )
        if reason
    )


def _against(form: float, topic: float | None, used_up: bool) -> tuple[str, ...]:
    reasons = ("服务形式不同" if form < 0 else "", "主题不同" if topic == 0.0 else "", "名额已用完" if used_up else "")
    return tuple(reason for reason in reasons if reason)
