"""What the clocks of orders read: facts as they were recorded, nothing projected. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.words import AssignmentState, ClockState, DueBound, OrderLevel, OrderState, PauseReason, StretchKind


@dataclass(frozen=True, slots=True)
class ClockPart:
    """A department's part as the clocks see it. `limit` and `sign_limit` are the spans promised at its dispatch
    (`13d`, `4h`; empty before the first projection); `opens_promise` and `promise_over_at` as on `Assignment`."""

    assignment_id: int
    department_id: int
    round: int
    is_lead: bool
    state: AssignmentState
    came_from_id: int | None
    dispatched_at: datetime
    answered_at: datetime | None
    handed_at: datetime | None
    completed_at: datetime | None
    ended_at: datetime | None
    set_due_on: date | None
    limit: str
    sign_limit: str
    opens_promise: bool
    promise_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockPause:
    """An interval in which the clocks of a round stood still; `until` None while it lasts."""

    round: int
    reason: PauseReason
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ClockExtension:
    """Working days asked for on a part; `granted_at` None while the office has not answered."""

    assignment_id: int
    asked_at: datetime
    days: int
    granted_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """Everything that moves the clocks of one order, as it was recorded; every instant exact, nothing projected.

    `parts`, `pauses` and `extensions` in order of their ids; refused extensions are left out.
    """

    order_id: int
    need_id: int
    level: OrderLevel
    is_twin: bool
    state: OrderState
    county_code: str
    strand: str
    topic: str
    urgency: str
    kind: str
    source: str
    wanted_text: str
    wanted_from: date | None
    wanted_until: date | None
    round: int
    placed_at: datetime
    completed_at: datetime | None
    closed_at: datetime | None
    parts: tuple[ClockPart, ...]
    pauses: tuple[ClockPause, ...]
    extensions: tuple[ClockExtension, ...]


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A piece of a clock on the account of `unit` (empty: the office, between two departments). `open_hours` are hours
    of open office; `left` and `width` its place on a strip of 1,000."""

    unit: str
    kind: StretchKind
    begins: datetime
    ends: datetime
    open_hours: float
    reason: PauseReason | None
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class ClockStrip:
    """The handling clock of one promise as a page shows it; `remaining_hours` and `late_hours` of open office.

    `due_mark`: where the due lies on the strip of 1,000, which reaches to the later of due and now (or the stop).
    """

    round: int
    state: ClockState
    started_at: datetime
    stopped_at: datetime | None
    due_at: datetime
    bound_by: DueBound
    season: str
    limit_zh: str
    limit_en: str
    amber_at: datetime | None
    red_at: datetime | None
    is_provisional: bool
    remaining_hours: float | None
    late_hours: float
    credit_hours: float
    extended_days: int
    due_mark: int
    stretches: tuple[StretchRow, ...]
