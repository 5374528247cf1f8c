"""Boards, a day's work and counts, as frozen rows: closed and solved stand apart in every one. Pure."""

from dataclasses import dataclass
from datetime import datetime

from diancai.ground.errors import Refusal
from diancai.stages.order.rows.orders import AssignmentRow, OrderRow
from diancai.words import ClockState, ClosingReason, DayGroupKind, OrderState


@dataclass(frozen=True, slots=True)
class OnIt:
    """Somebody who is on an order; `is_me` the account that asks. It lapses at `until`."""

    who: str
    is_me: bool
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card of a board: the order, the department's own part when the board is a department's, and who is on it."""

    order: OrderRow
    assignment: AssignmentRow | None
    on_it: tuple[OnIt, ...] = ()

    @property
    def clock_state(self) -> ClockState | None:
        """What the clock of the part shows, on an office's board that of the order."""
        return self.assignment.clock_state if self.assignment else self.order.clock_state

    @property
    def due_at(self) -> datetime | None:
        """When that clock is over."""
        return self.assignment.due_at if self.assignment else self.order.due_at


@dataclass(frozen=True, slots=True)
class Tally:
    """How many; `at_least` when counting stopped there."""

    number: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: its state, how many orders stand in it, how many of them are late, the most urgent ones, and the key
    that the next ones start after."""

    state: OrderState
    count: Tally
    late: Tally
    cards: tuple[BoardCard, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class DayGroup:
    """A group of a day's work: what waits for the account or runs out, how many, and the most urgent ones."""

    kind: DayGroupKind
    count: Tally
    cards: tuple[BoardCard, ...]


@dataclass(frozen=True, slots=True)
class DispatchedTogether:
    """What came of a bulk dispatch: the orders sent out, and those left as they were, each with its refusal."""

    orders: tuple[OrderRow, ...]
    refused: tuple[tuple[int, Refusal], ...]


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """For first pages: what waits, what is late, what came back, went up, stands still, or stands on the plan."""

    waiting: int
    late: int
    returned: int
    planned: int
    problem: int
    escalated: int
    paused: int
    extensions: int
    plans_due: int


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """Orders that came to an end, each by its own reason: solved is one of them, and closed is not a sum of them.

    `completed`: said to be done and not closed yet; `planned`: on the plan.
    """

    completed: int
    planned: int
    by_reason: dict[ClosingReason, int]

    @property
    def solved(self) -> int:
        """Closed as solved: nothing else counts as solved."""
        return self.by_reason[ClosingReason.SOLVED]
