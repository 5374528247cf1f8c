"""What the classifier says of one text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One label with its calibrated score, 0 to 1."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The label, how sure (0 to 1), the next choices best first, and the words that decided; None for an empty text."""

    label: str | None
    score: float
    alternatives: tuple[Choice, ...]
    why: tuple[str, ...]


NOTHING = Answer(label=None, score=0.0, alternatives=(), why=())
