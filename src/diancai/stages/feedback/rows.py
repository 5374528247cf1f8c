"""Follow-ups, answers and slips as frozen rows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.people.who_may import Scope
from diancai.words import AnswerWay, FollowUpState, OrderState, Satisfaction, Solved, TryFate


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up in a list. `late`: it waits and its limit is over. `is_over`: nothing can be added any more.

    `solved` and `satisfaction` are those of the answer that counts, None while nobody answered or it was not told.
    """

    id: int
    order_id: int
    order_number: str
    order_state: OrderState
    round: int
    need_id: int
    content: str
    place: str
    department: str
    state: FollowUpState
    officer: str
    opened_at: datetime
    due_at: datetime
    late: bool
    days_tried: int
    days_needed: int
    solved: Solved | None
    satisfaction: Satisfaction | None
    answered_at: datetime | None
    is_over: bool
    scope: Scope


@dataclass(frozen=True, slots=True)
class TryRow:
    """A vain try."""

    way: AnswerWay
    fate: TryFate
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """An answer; `counts` marks the one that counts. Words are masked."""

    way: AnswerWay
    solved: Solved
    satisfaction: Satisfaction | None
    words: str
    told_at: datetime
    taken_by: str
    opened_redo: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip that was issued; its code is known to nobody but the resident."""

    id: int
    issued_at: datetime
    issued_by: str
    expires_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUpDetail:
    """One follow-up with what was done for the resident, the tries and all answers."""

    follow_up: FollowUpRow
    done_words: tuple[str, ...]
    remark_ids: tuple[int, ...]
    tries: tuple[TryRow, ...]
    ratings: tuple[RatingRow, ...]
    slips: tuple[SlipRow, ...]
    may_follow_up: bool


@dataclass(frozen=True, slots=True)
class SlipIssued:
    """A new slip: the one moment at which its code is known. `code` has 15 characters."""

    code: str
    printed: str
    expires_on: date
    place: str
    content: str
    order_number: str
    call: str


@dataclass(frozen=True, slots=True)
class SlipPage:
    """What a resident sees: his place and matter, never another person's. `completed_on` None: nothing to rate yet.

    `answered` is what this slip answered in this round, None while it may still answer.
    """

    place: str
    content: str
    said_on: date | None
    completed_on: date | None
    done_words: tuple[str, ...]
    department: str
    round: int
    answered: RatingRow | None
    call: str


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """Counts of follow-ups that are not ended; the four facts stay apart and are never added to closed orders."""

    asked: int
    waiting: int
    late: int
    reached: int
    not_reached: int
    solved: dict[Solved, int]
    satisfaction: dict[Satisfaction, int]
    redone: int
