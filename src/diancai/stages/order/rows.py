"""What order hands out: frozen rows of orders, assignments, boards and the chain back to every remark. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.people.who_may import Scope
from diancai.words import AssignmentState, ClosingReason, NeedProgress, OrderState, Source, Strand


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. Quantities are in `unit`; `open_rest` is asked less what departments have or hold.

    `late`: due before today and not over. `is_problem`: returned three times, the programme office must decide.
    `lead` / `joint` name the departments that hold it now; `held_by_ids` are their ids.
    """

    id: int
    number: str
    programme_id: int
    need_id: int
    offer_id: int | None
    match_id: int | None
    content: str
    place: str
    strand: Strand | None
    state: OrderState
    asked: int
    committed: int
    under_way: int
    fulfilled: int
    open_rest: int
    unit: str
    due_on: date | None
    late: bool
    lead: str
    lead_id: int | None
    joint: tuple[str, ...]
    held_by_ids: frozenset[int]
    times_returned: int
    is_problem: bool
    round: int
    plan_year: int | None
    closing_reason: ClosingReason | None
    placed_at: datetime
    closed_at: datetime | None
    changed_at: datetime
    revision: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One department's part of an order. `acts` are those that the asking account may do now (`accept` …)."""

    id: int
    order_id: int
    department_id: int
    department: str
    is_lead: bool
    round: int
    state: AssignmentState
    asked: int
    committed: int
    due_on: date | None
    late: bool
    dispatched_by: str
    dispatched_at: datetime
    answered_by: str
    answered_at: datetime | None
    return_reason: str
    return_basis: str
    suggested_id: int | None
    suggested: str
    completed_at: datetime | None
    completion_words: str
    ended_at: datetime | None
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of the history: `kind` (order.accepted), what it says in Chinese and English, who, when."""

    kind: str
    zh: str
    en: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A remark behind the order: only its shown (masked) text; `want_number` of a remark with several wants.

    Whoever sees the order reads the masked words; `remark_id` is None for an account that may not open the remark.
    """

    remark_id: int | None
    want_number: int
    shown: str
    quote: str
    place: str
    said_on: date | None
    source: Source | None
    households: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The line back: the need, the offer if any, the pair's reasons, and every remark under the need.

    `hidden_remarks` counts those that were withdrawn or diverted since: they are counted nowhere and shown to nobody.
    """

    need_id: int
    need_content: str
    need_progress: NeedProgress
    offer_id: int | None
    offer_service: str
    match_why: tuple[str, ...]
    remarks: tuple[ChainLink, ...]
    hidden_remarks: int


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """An order with everything its page shows. `acts`: order acts the account may do now (`dispatch`, `close` …)."""

    order: OrderRow
    text: str
    duty_basis: str
    assignments: tuple[AssignmentRow, ...]
    history: tuple[HistoryRow, ...]
    chain: Chain
    acts: frozenset[str]
    plan_money: str
    plan_answerer: str
    closing_rule: str
    closing_words: str
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card of a board: the order, and the department's own part when the board is a department's."""

    order: OrderRow
    assignment: AssignmentRow | None


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: its state, how many orders stand in it in all, how many of them are late, and the most urgent."""

    state: OrderState
    count: int
    late_count: int
    cards: tuple[BoardCard, ...]


@dataclass(frozen=True, slots=True)
class OrderCounts:
    """For first pages: what waits, what is late, what came back, what stands on the plan."""

    waiting: int
    late: int
    returned: int
    planned: int
    problem: int
