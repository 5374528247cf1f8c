"""Classifying with no labelled text: from the names and keywords of topics, and one round of pseudo-labels.

Each topic becomes a document of its names, its keywords and the words of its trade; a text is near a topic when they
share words and character pairs. When a batch of unlabelled texts is at hand, a machine is trained once on the surest
answers and both views are added up: one round helps, more rounds only repeat the first mistakes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from diancai.engine.lexicon import trade_words
from diancai.engine.tokens import words

from .features import Floats, Vocabulary, features, features_of_words, flatten
from .learning import Example, Numbers, fit, matrix
from .model import Model, softmax

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Fewer unlabelled texts than this teach less than they mislead.
ENOUGH_UNLABELLED = 1_500
SUREST = 0.7
PSEUDO_PENALTY = 0.3
ALONE_SLOPE = 2.0


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of a topic list: its levels from the top down, and words that its office uses for it."""

    levels: tuple[str, ...]
    keywords: tuple[str, ...] = ()

    def label(self, level: int) -> str:
        """The name at `level` (from 1), below the first level written as a path: 农田水利/渠系清淤."""
        return "/".join(part for part in self.levels[:level] if part)


def from_topics(
    topics: Sequence[Topic],
    texts: Sequence[tuple[str, str]] = (),
    level: int = 1,
    progress: Callable[[int, int], None] | None = None,
    examples: Sequence[Example] = (),
) -> Model:
    """A model of the topics at `level`; `texts` (subject, text) are unlabelled, `examples` the first labelled ones.

    Examples of a label that is no topic are passed over. Past a thousand examples `learn` alone does better.
    ValueError without a topic.
    """
    described = _described(topics, level)
    if not described:
        raise ValueError("no topic has a name")
    labels = list(described)
    counted = []
    for done, (subject, text) in enumerate(texts, 1):
        counted.append(features(text, subject))
        if progress:
            progress(done, len(texts))
    taught = [example for example in examples if example.label in described]
    classes = np.array([labels.index(example.label) for example in taught], np.int64)
    shown = [features(example.text, example.subject) for example in taught]
    known = _vocabulary([*described.values(), *counted, *shown])
    documents = _documents(known, list(described.values()))
    every = [*counted, *shown]
    rows = matrix(known, flatten(known.index, every or list(described.values())))
    view = _first_view(documents, rows, classes)
    if len(every) < ENOUGH_UNLABELLED or len(labels) < 2:
        return Model(labels, known, view.weights, view.bias, ALONE_SLOPE)
    return _with_pseudo_labels(labels, known, view, rows, classes)


@dataclass(frozen=True, slots=True)
class _View:
    """One linear opinion: weights (features x labels) and bias."""

    weights: Floats
    bias: Floats

    def margins(self, rows: csr_array[Any]) -> Floats:
        return np.asarray(rows @ self.weights + self.bias, np.float32)

    def evened(self, rows: csr_array[Any]) -> _View:
        """The same opinion, its margins spread by 1 over these rows, so that opinions can be added."""
        margins = self.margins(rows)
        spread = np.float32(max(float((margins - margins.mean(1, keepdims=True)).std()), 1e-6))
        return _View(self.weights / spread, self.bias / spread)

    def plus(self, other: _View) -> _View:
        return _View(self.weights + other.weights, self.bias + other.bias)


def _first_view(documents: Floats, rows: csr_array[Any], classes: Numbers) -> _View:
    """The topic documents, with what the labelled texts (the last of `rows`) teach added."""
    size = documents.shape[1]
    view = _View(documents, np.zeros(size, np.float32)).evened(rows)
    if len(np.unique(classes)) < 2:
        return view
    return view.plus(_View(*fit(rows[-len(classes) :], classes, size)).evened(rows))


def _described(topics: Sequence[Topic], level: int) -> dict[str, Counter[str]]:
    """The document of each label: names of all its levels, keywords, and the words of its trade."""
    told: dict[str, list[str]] = {}
    for topic in topics:
        label = topic.label(level)
        if label:
            told.setdefault(label, []).extend([*topic.levels, *topic.keywords])
    return {label: _document([*parts, *trade_words(label)]) for label, parts in told.items()}


def _document(parts: Sequence[str]) -> Counter[str]:
    whole = features_of_words([word for part in parts for word in words(part)])
    whole.update({" " + part: 1 for part in parts if 1 < len(part) < 8})
    return Counter({name: times for name, times in whole.items() if len(name) > 1})


def _vocabulary(counted: Sequence[Counter[str]]) -> Vocabulary:
    """Every feature of two characters or more with its idf: single characters say little about a topic's name."""
    seen: Counter[str] = Counter()
    for counts in counted:
        seen.update(name for name in counts if len(name) > 1)
    names = sorted(seen)
    rarity = np.log((1 + len(counted)) / (1 + np.array([seen[name] for name in names], np.float32))) + 1
    return Vocabulary.of(names, rarity.astype(np.float32))


def _documents(known: Vocabulary, described: Sequence[Counter[str]]) -> Floats:
    """Features x labels; what many topics share counts less, and each column has unit length."""
    table = np.zeros((len(known.index), len(described)), np.float32)
    for column, counts in enumerate(described):
        at, values = known.row(counts)
        table[at, column] = values
    shares = table / np.maximum(table.sum(1, keepdims=True), 1e-9)
    spread = -(shares * np.log(shares + 1e-12)).sum(1) / np.log(max(len(described), 2))
    table *= np.maximum(1 - spread, 0)[:, None]
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=0), 1e-9), np.float32)


def _with_pseudo_labels(
    labels: list[str], known: Vocabulary, view: _View, rows: csr_array[Any], classes: Numbers
) -> Model:
    near = view.margins(rows)
    told = near.argmax(1).astype(np.int64)
    surest = _surest(near - near.min() + np.float32(1e-3))
    if len(classes):
        told[-len(classes) :] = classes
        surest = np.union1d(surest, np.arange(len(told) - len(classes), len(told)))
    far = _View(*fit(rows[surest], told[surest], len(labels), PSEUDO_PENALTY)).evened(rows)
    both = view.plus(far)
    agreed = float((near.argmax(1) == far.margins(rows).argmax(1)).mean())
    slope = _slope_for(both.margins(rows), min(max(agreed, 0.4), 0.9))
    return Model(labels, known, both.weights, both.bias, slope)


def _surest(near: Floats) -> Numbers:
    """Of each label the texts that are nearest to it by the widest lead."""
    ordered = np.sort(near, axis=1)
    lead = (ordered[:, -1] - ordered[:, -2]) / ordered[:, -1]
    best = near.argmax(1)
    kept = []
    for label in range(near.shape[1]):
        mine = np.flatnonzero(best == label)
        kept.append(mine[np.argsort(-lead[mine], kind="stable")][: int(len(mine) * SUREST) + 1])
    return np.sort(np.concatenate(kept)).astype(np.int64)


def _slope_for(margins: Floats, wanted: float) -> float:
    """The slope under which the mean best score is `wanted`: no label was told, so the views' agreement must do."""

    def off(slope: float) -> float:
        return abs(float(softmax(margins[:2_000] * slope).max(axis=1).mean()) - wanted)

    return float(min(np.geomspace(0.2, 8.0, 25), key=off))
