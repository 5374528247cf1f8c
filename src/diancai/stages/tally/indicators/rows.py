"""What is asked of the indicators, and what is answered: frozen rows. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from diancai.stages.tally.rules.counted import Fact
from diancai.stages.tally.rules.cube import Period
from diancai.stages.tally.rules.figures import Figure


class By(StrEnum):
    """By what a table is split."""

    DEPARTMENT = "department"
    PLACE = "place"
    STRAND = "strand"
    TOPIC = "topic"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Ask:
    """Which orders: place, period and what narrows them. Empty values narrow nothing; "-" means not told.

    `own_only`: of the place itself, not of a place below it.
    """

    programme_id: int
    place_code: str
    period: Period
    department_id: int | None = None
    strand: str = ""
    topic: str = ""
    own_only: bool = False


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One line of the table: its value (a code, an id, a topic, a month …), its name, a figure for each indicator."""

    value: str
    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The whole and its parts. `version`: of the rules; `as_of`: what lies later is not counted yet."""

    ask: Ask
    by: By
    total: tuple[Figure, ...]
    rows: tuple[SplitRow, ...]
    version: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One record behind a figure: an order, or one department's part of it. `at`: the instant that put it there."""

    order_id: int
    number: str
    content: str
    place: str
    department: str
    round: int
    fact: Fact
    at: datetime
    days: int | None = None
    in_numerator: bool = False


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """An order taken out, asked to be taken out, or once taken out. `indicator` "" is all that allow it."""

    id: int
    order_id: int
    number: str
    content: str
    indicator: str
    reason: str
    evidence: str
    proposed_by: str
    proposed_at: datetime
    second: str
    decided_at: datetime | None
    granted: bool | None
    decision_words: str
    lifted_at: datetime | None
    may_decide: bool
    may_lift: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of the annex: how an indicator is counted."""

    name: str
    numerator: str
    denominator: str
    window: str
    rounding: str
    exclusions: str
    version: str
    excluded: int = 0
    note: str = ""
