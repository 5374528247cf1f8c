"""What happened to an order on its way, as frozen rows: going up, pauses, extensions, troubles, rounds, plans. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.words import (
    ClosingReason,
    DissatisfiedWay,
    EscalationAnswer,
    EscalationKind,
    OrderLevel,
    OrderState,
    PauseReason,
    PlanOutcome,
    ProblemReason,
)


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """A going up, seen from either end. `upper_state` is the twin's; `answer` None while nobody has answered."""

    id: int
    lower_id: int
    lower: str
    upper_id: int | None
    upper: str
    upper_state: OrderState | None
    level: OrderLevel
    kind: EscalationKind
    department: str
    upper_department: str
    tried: str
    asked_for: str
    is_planned: bool
    opened_by: str
    opened_at: datetime
    answer: EscalationAnswer | None
    answer_words: str
    answer_basis: str
    answered_by: str
    answered_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PauseRow:
    """An interval in which the clocks stood still; open while `until` is None."""

    reason: PauseReason
    words: str
    since: datetime
    until: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """A longer time asked for, in working days. `granted` None while nobody has decided."""

    id: int
    department: str
    reason: str
    days: int
    due_before: date
    due_after: date | None
    is_last_hour: bool
    asked_at: datetime
    granted: bool | None
    decision_words: str
    decided_at: datetime | None
    resident_told_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A trouble, and the meeting that resolved it, if it was held."""

    reason: ProblemReason
    since: datetime
    meeting_on: date | None
    attended: str
    decision: str
    lead: str
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RedoRow:
    """A round after the first: why, by whom ("" the resident himself), how the round before had been closed."""

    number: int
    reason: str
    by: str
    opened_at: datetime
    closed_as: ClosingReason | None


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A closing of a dissatisfied order. `is_waiting`: for the second person; `second` names him or who signed."""

    way: DissatisfiedWay
    reason: ClosingReason
    evidence: str
    proposed_by: str
    proposed_at: datetime
    second: str
    paper: str
    decided_at: datetime | None
    refused_words: str

    @property
    def is_waiting(self) -> bool:
        """Whether the second person has not decided."""
        return self.decided_at is None


@dataclass(frozen=True, slots=True)
class PlanReviewRow:
    """A year of the plan that came; `outcome` None while the office has not decided."""

    year: int
    outcome: PlanOutcome | None
    moved_to: int | None
    words: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class StandRow:
    """A step of where a need stands, in plain words for whoever asked for it. `tone`: done, here or waits."""

    zh: str
    en: str
    at: datetime | None
    tone: str
