"""Needs to offers: the matter in words, the topic, the way of serving, behind walls that nothing overrides.

A pair under THRESHOLD is not proposed: an empty answer is the right one when no department offers what is wanted.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from diancai.engine.lexicon import kinds_of, word_list
from diancai.engine.reasons import LISTED, Reason
from diancai.engine.tokens import pairs_of, words

from .fit import MONGOLIAN, families, form_fit, served_when, topic_fit, wall
from .naming import FEWEST_WORDS, NEARLY_ALL, NOT_ASKED_FOR, Named, named_by, wants_paper
from .need_and_offer import Need, Offer, Pair

THRESHOLD = 0.32
# Without a topic on both sides words alone must carry the pair: 残疾人请求援助 is not served by 残疾人证注销.
THRESHOLD_WITHOUT_TOPIC = 0.45
# Shares of the score; without a topic on both sides its share goes to the words.
TEXT, TOPIC, FORM, STRAND = 0.45, 0.35, 0.15, 0.05
USED_UP = 0.25
# Where no topic helps to tell, another way of serving weighs twice: the same words name a course and its permit.
OTHER_FORM = 0.15
# What an offer named outright gets for its words where no topic helps, as a share of all words being alike,
# and how much their being alike adds, so that of two named offers the one goes first that covers more of the need.
NAMED, ALIKE_TOO = 0.57, 0.1
# A need begins with its line on the list, up to a blank or so many letters. What is told beyond it supports what the
# line says, at a third of the weight, so that a long telling makes no need harder to meet.
LINE, SHORTEST_LINE, BEYOND = 34, 4, 0.3
# Words that every offer has; sharing them says nothing of the matter.
_EVERYWHERE = word_list("offer")


@dataclass(frozen=True, slots=True)
class _Prepared:
    offer: Offer
    pairs: frozenset[str]
    words: frozenset[str]
    forms: frozenset[str]
    named: Named


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A need's matter: the pairs of its line, those told beyond it, the weight of the line, and its forms.

    `told` is the text itself, `wants_paper` whether a paper, money or an answer is asked for.
    """

    line: frozenset[str]
    beyond: frozenset[str]
    weight: float
    forms: frozenset[str]
    told: str
    wants_paper: bool


class Matcher:
    """Holds the offers in force; `best` proposes those that meet a need."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = [_prepare(offer) for offer in offers]
        seen: Counter[str] = Counter()
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, prepared in enumerate(self._offers):
            seen.update(prepared.pairs)
            for name in {*prepared.pairs, *("\0" + topic.split("/")[0] for topic in prepared.offer.topics)}:
                self._places[name].append(place)
        self._weights = {pair: math.log(1 + (len(offers) + 1) / (times + 0.5)) for pair, times in seen.items()}
        self._unseen = math.log(1 + (len(offers) + 1) / 0.5)
        self._lengths = [self._weight(prepared.pairs) for prepared in self._offers]

    def best(self, need: Need, top: int = 10) -> list[Pair]:
        """At most `top` pairs that pass the walls and reach their threshold, best first; ties go by the offer's id."""
        wanted = self._wanted(need)
        found = [self._pair(need, wanted, place) for place in self._candidates(need, wanted)]
        kept = [pair for pair in found if pair is not None]
        return sorted(kept, key=lambda pair: (-pair.score, pair.offer_id))[:top]

    def _wanted(self, need: Need) -> _Wanted:
        end = _line_end(need.text)
        line = _matter(need.text[:end])
        beyond = _matter(need.text[end:]) - line
        asks = wants_paper(need.text[:end], need.service_form)
        return _Wanted(line, beyond, self._weight(line), families(need.service_form or need.text), need.text, asks)

    def _candidates(self, need: Need, wanted: _Wanted) -> list[int]:
        names = [*wanted.line, *(["\0" + need.topic.split("/")[0]] if need.topic else [])]
        return sorted({place for name in names for place in self._places.get(name, ())})

    def _pair(self, need: Need, wanted: _Wanted, place: int) -> Pair | None:
        prepared = self._offers[place]
        offer = prepared.offer
        if wall(need, offer):
            return None
        text = self._alike(wanted, prepared.pairs, self._lengths[place])
        topic = topic_fit(need.topic, offer.topics)
        form = form_fit(wanted.forms, prepared.forms)
        strand = 1.0 if need.strand and need.strand == offer.strand else 0.0
        if topic is None:
            text = max(text, NAMED * self._named(wanted, prepared.named) + ALIKE_TOO * text)
            text *= 1.0 if all(word in wanted.told for word in prepared.named.afterwards) else NOT_ASKED_FOR
            score = (TEXT + TOPIC) * text + FORM * form + STRAND * strand - (OTHER_FORM if form < 0 else 0.0)
        else:
            score = TEXT * text + TOPIC * topic + FORM * form + STRAND * strand
        used_up = offer.capacity_left is not None and offer.capacity_left <= 0
        score -= USED_UP if used_up else 0.0
        if score < (THRESHOLD_WITHOUT_TOPIC if topic is None else THRESHOLD):
            return None  # reasons are worded for proposals only: wording all candidates cost nine tenths of the time
        against = _against(form, topic, used_up)
        return Pair(need.id, offer.id, round(min(max(score, 0.0), 1.0), 4), _why(need, prepared, topic, form), against)

    def _alike(self, wanted: _Wanted, theirs: frozenset[str], other: float) -> float:
        """How much of the rarer of the two texts the other covers, weighted by rarity among the offers; 0 to 1."""
        shared = self._weight(wanted.line & theirs)
        if not shared:
            return 0.0
        more = BEYOND * self._weight(wanted.beyond & theirs)
        return min(1.0, 1.3 * (shared + more) / math.sqrt((wanted.weight + more) * other))

    def _named(self, wanted: _Wanted, named: Named) -> float:
        """How much of what the offer is about the need's line says; 0 unless it is nearly all of it."""
        said = sum(word <= wanted.line for word in named.words)
        if said < FEWEST_WORDS or (named.is_paper and not wanted.wants_paper):
            return 0.0
        share = self._weight(named.core & wanted.line) / self._weight(named.core)
        return share if share >= NEARLY_ALL else 0.0

    def _weight(self, pairs: frozenset[str]) -> float:
        weights, unseen = self._weights, self._unseen
        return sum([weights.get(pair, unseen) for pair in pairs])


def _line_end(text: str) -> int:
    blank = text.find(" ", SHORTEST_LINE, LINE)
    return blank if blank > 0 else LINE


def _prepare(offer: Offer) -> _Prepared:
    told = " ".join([offer.service, *(part for topic in offer.topics for part in topic.split("/"))])
    return _Prepared(
        offer,
        _matter(told),
        frozenset(words(told)),
        families(offer.service_form or offer.service),
        named_by(offer.service),
    )


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
            Reason.SHARED_WORDS.tell(words=LISTED.join(shared)) if shared else "",
            _topic_told(need.topic, topic),
            Reason.FORM_FITS.tell() if form > 0 else "",
            Reason.SERVES_PLACE.tell() if need.place_code and offer.place_codes else "",
            served_when(need, offer),
            Reason.SERVES_IN_MONGOLIAN.tell() if need.language == MONGOLIAN else "",
        )
        if reason
    )


def _topic_told(named: str | None, fit: float | None) -> str:
    """The same topic by its name, the same field, or nothing."""
    if fit == 1.0:
        return Reason.TOPIC_FITS.tell(topic=named or "")
    return Reason.FIELD_FITS.tell() if fit else ""


def _against(form: float, topic: float | None, used_up: bool) -> tuple[str, ...]:
    holds = ((Reason.OTHER_FORM, form < 0), (Reason.OTHER_TOPIC, topic == 0.0), (Reason.USED_UP, used_up))
    return tuple(reason.tell() for reason, speaks in holds if speaks)
