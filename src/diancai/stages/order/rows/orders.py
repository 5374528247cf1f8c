"""Orders and their parts, and one order with everything behind it, as frozen rows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.people.who_may import Scope
from diancai.stages.order.rows.wayside import (
    EscalationRow,
    ExtensionRow,
    PauseRow,
    PlanReviewRow,
    ProblemRow,
    RedoRow,
    SettlementRow,
    StandRow,
)
from diancai.words import (
    AssignmentState,
    ClockState,
    ClosingReason,
    DueBound,
    EscalationKind,
    NeedProgress,
    OrderLevel,
    OrderState,
    Source,
    Strand,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. Quantities are in `unit`; `open_rest` is asked less what departments have or hold.

    `late`: its clock runs and is over. The clock is as `clocking/` computes it; a due day beyond the published
    calendars `is_provisional` (暂按周末推算). `is_problem`: a meeting of the programme office must decide.
    `is_twin`: opened by an escalation from below. `completed_at`: of the current round.
    `lead` / `joint` name the departments that hold it now; `held_by_ids` are their ids.
    """

    id: int
    number: str
    level: OrderLevel
    is_twin: bool
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
    due_at: datetime | None
    late: bool
    clock_state: ClockState | None
    due_bound: DueBound | None
    due_season: str
    is_provisional: bool
    lead: str
    lead_id: int | None
    joint: tuple[str, ...]
    held_by_ids: frozenset[int]
    times_returned: int
    times_transferred: int
    is_problem: bool
    problem_since: datetime | None
    paused_at: datetime | None
    round: int
    completed_at: datetime | None
    verdict: Verdict | None
    is_dissatisfied: bool
    plan_year: int | None
    closing_reason: ClosingReason | None
    placed_at: datetime
    closed_at: datetime | None
    changed_at: datetime
    revision: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One department's part of an order. `acts` are those that the asking account may do now (`accept` …).

    `return_until`: the last day of its window, None when it cannot be known or the part is no longer returnable.
    `came_from` / `went_to` name the departments that it was handed from and to.
    """

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
    due_at: datetime | None
    late: bool
    clock_state: ClockState | None
    sign_due_at: datetime | None
    sign_state: ClockState | None
    limit: str
    dispatched_by: str
    dispatched_at: datetime
    answered_by: str
    answered_at: datetime | None
    return_reason: str
    return_basis: str
    suggested_id: int | None
    suggested: str
    return_until: date | None
    is_late_return: bool
    is_last_hour: bool
    late_return_words: str
    is_by_meeting: bool
    came_from: str
    went_to: str
    handed_reason: str
    handed_basis: str
    handed_at: datetime | None
    extensions: tuple[ExtensionRow, ...]
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
    """An order with everything its page shows. `acts`: order acts the account may do now (`dispatch`, `close` …).

    `planned_escalation`: what the handling level of the need asks for and nobody has done yet.
    """

    order: OrderRow
    text: str
    duty_basis: str
    assignments: tuple[AssignmentRow, ...]
    history: tuple[HistoryRow, ...]
    chain: Chain
    acts: frozenset[str]
    escalations: tuple[EscalationRow, ...]
    asked_from: EscalationRow | None
    planned_escalation: EscalationKind | None
    pauses: tuple[PauseRow, ...]
    problems: tuple[ProblemRow, ...]
    redos: tuple[RedoRow, ...]
    settlements: tuple[SettlementRow, ...]
    plan_reviews: tuple[PlanReviewRow, ...]
    steps: tuple[StandRow, ...]
    plan_money: str
    plan_answerer: str
    closing_rule: str
    closing_words: str
    withdrawn_reason: str
