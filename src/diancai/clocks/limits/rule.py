"""One line of `config/limits.csv`: which orders it claims, from when to when, and how much time it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from diancai.clocks.face import Warnings
from diancai.clocks.spans import Span
from diancai.words import ClockKind, Kind, Source, Strand, Urgency, Word

AXES = ("county", "strand", "topic", "source", "kind", "urgency")
VOCABULARIES: Mapping[str, type[Word]] = {"strand": Strand, "source": Source, "kind": Kind, "urgency": Urgency}


@dataclass(frozen=True, slots=True)
class Limit:
    """What an order is given: its span, when it turns amber and red, on what basis, by which line of the file."""

    span: Span
    amber: Span
    red: Span
    basis: str
    line: int

    @property
    def warnings(self) -> Warnings:
        """When a clock under this limit turns amber and red."""
        return Warnings(self.amber, self.red)


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit with the conditions it fixes (axis → value; an axis left out claims all) and the days it is in force."""

    clock: ClockKind
    limit: Limit
    fixed: Mapping[str, str] = field(default_factory=dict)
    since: date = date.min
    until: date = date.max

    def claims(self, clock: ClockKind, on: date, order: Mapping[str, str]) -> bool:
        """Whether an order dispatched on that day falls under this rule."""
        return (
            self.clock is clock
            and self.since <= on <= self.until
            and all(within(axis, order.get(axis, ""), value) for axis, value in self.fixed.items())
        )

    def lies_within(self, other: "Rule") -> bool:
        """Whether every order claimed by this rule's conditions is claimed by the other's too."""
        return all(within(axis, self.fixed.get(axis, ""), value) for axis, value in other.fixed.items())

    def shares_days_with(self, other: "Rule") -> bool:
        """Whether both are in force on one day at least."""
        return self.since <= other.until and other.since <= self.until

    def meet(self, other: "Rule") -> dict[str, str] | None:
        """The conditions under which both claim an order; None when they exclude each other."""
        both = dict(self.fixed)
        for axis, value in other.fixed.items():
            mine = both.get(axis)
            if mine is None or within(axis, value, mine):
                both[axis] = value
            elif not within(axis, mine, value):
                return None
        return both


def within(axis: str, value: str, wider: str) -> bool:
    """Whether a value falls under a condition: 农田水利/渠系清淤 lies within the topic 农田水利."""
    return value == wider or (axis == "topic" and value.startswith(wider + "/"))


def told(conditions: Mapping[str, str], language: str) -> str:
    """Conditions in words for a refusal."""
    if not conditions:
        return "不限条件" if language == "zh" else "no condition"
    return ("、" if language == "zh" else ", ").join(
        _label(axis, value, language) for axis, value in conditions.items()
    )


def _label(axis: str, value: str, language: str) -> str:
    word = VOCABULARIES[axis](value) if axis in VOCABULARIES else None
    return value if word is None else (word.zh if language == "zh" else word.en)
