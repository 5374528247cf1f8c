"""Learning from labelled texts: a linear support vector machine, with scores calibrated on texts it did not see.

scikit-learn and scipy are imported when somebody learns, never when somebody asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from diancai.engine.tokens import body_key

from .features import Flat, Floats, Vocabulary, features, vocabulary
from .model import Model, softmax

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Numbers = NDArray[np.int64]
# Hardness of the margin.
PENALTY = 1.0
FOLDS = 3
# From this many examples on, a feature of a single text is noise.
MANY = 3_000
# Below this many examples a held-out fold says nothing about scores; the slope is then a cautious constant.
ENOUGH_TO_CALIBRATE = 60
CAUTIOUS_SLOPE = 2.5
# Letters of a text that name it when copies must stay in one fold.
KEY_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the label that a person gave it."""

    text: str
    label: str
    subject: str = ""


def learn(examples: Sequence[Example], progress: Callable[[int, int], None] | None = None) -> Model:
    """A model of the labelled texts; examples without text or label are passed over. ValueError when none is left."""
    counted: list[Counter[str]] = []
    kept: list[Example] = []
    for done, example in enumerate(examples, 1):
        counts = features(example.text, example.subject) if example.label.strip() else Counter[str]()
        if counts:
            counted.append(counts)
            kept.append(example)
        if progress:
            progress(done, len(examples))
    if not kept:
        raise ValueError("no row has both a text and a label")
    labels = sorted({example.label for example in kept})
    place = {label: at for at, label in enumerate(labels)}
    classes = np.array([place[example.label] for example in kept], np.int64)
    known, flat = vocabulary(counted, classes, len(labels), rarest=2 if len(kept) > MANY else 1)
    rows = matrix(known, flat)
    weights, bias = fit(rows, classes, len(labels))
    slope = held_out_slope(rows, classes, _copies(kept), len(labels))
    return Model(labels, known, weights, bias, slope)


def _copies(kept: Sequence[Example]) -> Numbers:
    """The same number for examples that tell the same text."""
    names: dict[str, int] = {}
    return np.array([names.setdefault(body_key(one.text)[:KEY_LETTERS], len(names)) for one in kept], np.int64)


def matrix(known: Vocabulary, flat: Flat) -> csr_array[Any]:
    """Texts x features, rows of unit length."""
    from scipy.sparse import csr_array, diags_array  # noqa: PLC0415

    values = (np.log(flat.times) + np.float32(1)) * known.weights[flat.at]
    table = csr_array((values, flat.at, flat.starts), shape=(len(flat.starts) - 1, len(known.names)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return csr_array(diags_array((1 / np.maximum(lengths, 1e-9)).astype(np.float32)) @ table)


def fit(
    rows: csr_array[Any], classes: Numbers, size: int, penalty: float = PENALTY, care: float = 1e-3
) -> tuple[Floats, Floats]:
    """Weights (features x labels) and bias of one machine a label; a label without examples gets a low bias."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    weights = np.zeros((rows.shape[1], size), np.float32)
    bias = np.full(size, -1.0, np.float32)
    present = np.unique(classes)
    if len(present) < 2:
        bias[present] = 1.0
        return weights, bias
    machine = LinearSVC(C=penalty, class_weight="balanced", random_state=0, tol=care).fit(rows, classes)
    if len(present) == 2:
        sides = np.vstack([-machine.coef_, machine.coef_])
        offsets = np.array([-machine.intercept_[0], machine.intercept_[0]])
    else:
        sides, offsets = machine.coef_, machine.intercept_
    weights[:, present] = sides.T
    bias[present] = offsets
    return weights, bias


def held_out_slope(rows: csr_array[Any], classes: Numbers, copies: Numbers, size: int) -> float:
    """How steeply margins become scores, learned on folds that keep copies of a text together."""
    if len(classes) < ENOUGH_TO_CALIBRATE:
        return CAUTIOUS_SLOPE
    fold = (copies * 2_654_435_761 % 2**32) % FOLDS
    margins = np.zeros((len(classes), size), np.float32)
    for number in range(FOLDS):
        inside, outside = fold != number, fold == number
        if not outside.any() or not inside.any():
            return CAUTIOUS_SLOPE
        weights, bias = fit(rows[inside], classes[inside], size, care=0.02)
        margins[outside] = rows[outside] @ weights + bias
    return best_slope(margins, classes)


def best_slope(margins: Floats, classes: Numbers) -> float:
    """The slope under which the right labels are least surprising (mean log loss, searched on a grid)."""
    right = np.arange(len(classes)), classes

    def surprise(slope: float) -> float:
        return float(-np.log(np.maximum(softmax(margins * slope)[right], 1e-9)).mean())

    return float(min(np.geomspace(0.5, 12.0, 33), key=surprise))
