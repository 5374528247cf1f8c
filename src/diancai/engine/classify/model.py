"""A learned linear model: numpy only, so that an answer needs neither scipy nor scikit-learn.

Corrections change the weights of the features of the corrected text at once (a passive-aggressive step) and are
remembered by the text's key, so that the same text is never answered wrongly twice.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from diancai.engine.tokens import body_key

from .answer import NOTHING, Answer, Choice
from .features import Floats, Indices, Vocabulary, features

FORMAT = 1
SHOWN_REASONS = 4


@dataclass(slots=True)
class Model:
    """`weights` is features x labels; `slope` turns margins into scores that mean what they say."""

    labels: list[str]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    slope: float
    corrected: dict[str, str] = field(default_factory=dict)

    def margins(self, counts: Counter[str]) -> tuple[Floats, Indices, Floats]:
        """Margin of each label, with the positions and values of the text's known features."""
        at, values = self.vocabulary.row(counts)
        return values @ self.weights[at] + self.bias, at, values

    def classify(self, text: str, subject: str = "", choices: int = 2) -> Answer:
        """The best label with its score, the next ones (in all `choices`), and why. Empty text: label None."""
        counts = features(text, subject)
        if not counts:
            return NOTHING
        margins, at, values = self.margins(counts)
        scores = softmax(margins * self.slope)
        told = self.corrected.get(body_key(subject + text))
        order = [int(place) for place in np.argsort(-scores, kind="stable")]
        if told is not None:
            order = self._told_first(order, told)
        best = order[0]
        others = tuple(Choice(self.labels[n], round(float(scores[n]), 4)) for n in order[1:choices])
        score = 1.0 if told is not None else float(scores[best])
        return Answer(self.labels[best], round(score, 4), others, self._why(best, at, values))

    def _told_first(self, order: list[int], told: str) -> list[int]:
        place = self.labels.index(told)
        return [place, *(other for other in order if other != place)]

    def _why(self, best: int, at: Indices, values: Floats) -> tuple[str, ...]:
        """The words, then the characters, that spoke most for this label against the others."""
        spoke = values * (self.weights[at, best] - self.weights[at].mean(axis=1))
        names = self.vocabulary.names
        strongest = [names[at[place]] for place in np.argsort(-spoke, kind="stable")[:40] if spoke[place] > 0]
        whole = [name[1:] for name in strongest if name.startswith(" ") and len(name) > 2]
        pieces = [name for name in strongest if name[0] != " " and not any(name in word for word in whole)]
        pairs, single = [one for one in pieces if len(one) > 1], [one for one in pieces if len(one) == 1]
        return tuple([*whole, *pairs, *single][:SHOWN_REASONS])

    def correct(self, text: str, label: str, subject: str = "") -> None:
        """A person says which label is right: it counts from the next answer on. A new label is taken in."""
        if label not in self.labels:
            self._open(label)
        right = self.labels.index(label)
        self.corrected[body_key(subject + text)] = label
        margins, at, values = self.margins(features(text, subject))
        rivals = margins.copy()
        rivals[right] = -np.inf
        if not len(at) or len(self.labels) < 2:
            return
        wrong = int(rivals.argmax())
        loss = max(0.0, 1.0 - float(margins[right] - margins[wrong]))
        step = min(1.0, loss / 2) * values
        self.weights[at, right] += step
        self.weights[at, wrong] -= step

    def _open(self, label: str) -> None:
        self.labels.append(label)
        self.weights = np.hstack([self.weights, np.zeros((len(self.weights), 1), np.float32)])
        self.bias = np.append(self.bias, np.float32(self.bias.min(initial=0.0)))

    def to_bytes(self) -> bytes:
        """The model as one compact file (weights in half precision)."""
        head = {"format": FORMAT, "labels": self.labels, "slope": self.slope, "corrected": self.corrected}
        names = "\n".join(self.vocabulary.names)
        out = io.BytesIO()
        np.savez_compressed(
            out,
            head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), np.uint8),
            names=np.frombuffer(names.encode(), np.uint8),
            rarity=self.vocabulary.weights.astype(np.float16),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Model:
        """The model of a file written by `to_bytes`; ValueError when it is none."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as parts:
                head = json.loads(parts["head"].tobytes())
                names = parts["names"].tobytes().decode().split("\n")
                rarity, weights, bias = (parts[name].astype(np.float32) for name in ("rarity", "weights", "bias"))
        except (KeyError, OSError, ValueError, EOFError, zipfile.BadZipFile) as broken:
            raise ValueError("not a model of this engine") from broken
        return cls(head["labels"], Vocabulary.of(names, rarity), weights, bias, head["slope"], head["corrected"])


def softmax(margins: Floats) -> Floats:
    """Positive numbers that sum to one along the last axis, in the order of the margins."""
    raised = np.exp(margins - margins.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)
