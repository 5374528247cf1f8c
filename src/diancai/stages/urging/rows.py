"""What urging hands out: frozen rows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.errors import Refusal
from diancai.words import AssignmentState, LetterState, UrgingCause, UrgingStep


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a bulk act that was not urged, and why."""

    assignment_id: int
    number: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Urged:
    """What came of a bulk act: identifiers of the urgings made, and the parts left out."""

    urge_ids: tuple[int, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A department with what it holds. `unanswered`: urgings whose time for an answer is over."""

    department_id: int
    department: str
    place: str
    open: int
    late: int
    soon: int
    reminded: int
    supervised: int
    noticed: int
    unanswered: int
    oldest_due_on: date | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part that a department has in hand. `days_late`: calendar days since it was due. `last_step` and what
    became of it; `next_step` None where nothing may be sent now."""

    assignment_id: int
    order_id: int
    number: str
    content: str
    place: str
    department_id: int
    department: str
    is_lead: bool
    state: AssignmentState
    due_on: date | None
    is_late: bool
    days_late: int
    is_paused: bool
    is_pressing: bool
    last_step: UrgingStep | None
    last_sent_at: datetime | None
    last_answer_due_on: date | None
    last_answered_at: datetime | None
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class UrgeRow:
    """One urging. `is_unanswered`: an answer is asked for and none has come; `is_answer_late`: its time is over too."""

    id: int
    order_id: int
    number: str
    content: str
    place: str
    assignment_id: int
    department_id: int
    department: str
    step: UrgingStep
    cause: UrgingCause
    letter_id: int | None
    letter_number: str
    words: str
    skip_reason: str
    due_on: date | None
    sent_at: datetime
    sent_by: str
    answer_due_on: date | None
    answered_at: datetime | None
    answered_by: str
    answer: str
    promised_on: date | None
    is_unanswered: bool
    is_answer_late: bool


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list. `department` is empty for a circular; `lines` are orders, `waiting` those not answered."""

    id: int
    number: str
    step: UrgingStep
    state: LetterState
    department_id: int | None
    department: str
    body: str
    signer: str
    place: str
    words: str
    drafted_by: str
    drafted_at: datetime
    sent_at: datetime | None
    signed_by: str
    signed_on: date | None
    paper_number: str
    answer_due_on: date | None
    lines: int
    waiting: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """An order that a letter names."""

    urge_id: int
    order_id: int
    number: str
    content: str
    place: str
    department_id: int
    department: str
    due_on: date | None
    skip_reason: str
    answer_due_on: date | None
    answered_at: datetime | None
    answered_by: str
    answer: str
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class LetterDetail:
    """A letter with its lines. `may_send`, `may_see_scan`; `answerable`: urgings that the account may answer."""

    letter: LetterRow
    lines: tuple[LineRow, ...]
    may_send: bool
    has_scan: bool
    answerable: tuple[int, ...]
