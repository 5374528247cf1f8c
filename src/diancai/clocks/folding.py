"""The fold over the acts on one clock, in ticks: where it stands and what has moved its due. Used by `clock`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from diancai.clocks.axis import Axis
from diancai.clocks.due import extended, first_due
from diancai.clocks.errors import NotStarted, YearMissing
from diancai.clocks.events import Event, Extended, HandedOver, Paused, Resumed, Started, Stopped, in_sequence
from diancai.clocks.face import ExtensionAsked, Warnings
from diancai.clocks.spans import Span
from diancai.words import ClockState, ExtensionFate, StretchKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch before it is cut at the due."""

    unit: str
    begins: int
    ends: int
    kind: StretchKind
    reason: str


class Fold:
    """All acts up to `until`, folded: pieces up to the stop, else up to `until`; approvals count when given by then.

    Raises a `WrongSequence`, `NotStarted` before the start, `YearMissing` for a day beyond the calendar.
    """

    def __init__(
        self, events: Sequence[Event], axis: Axis, until: datetime, warnings: Warnings, limit: Span | None
    ) -> None:
        acts = [event for event in in_sequence(events) if event.at <= until]
        if not acts or not isinstance(acts[0], Started):
            raise NotStarted(at=until)
        self._begin(axis, acts[0], warnings, limit)
        self.is_over = isinstance(acts[-1], Stopped)
        horizon = acts[-1].at if self.is_over else until
        for act in acts[1:]:
            self._take(act, horizon)
        self.now = axis.ticks(until)
        self.end = axis.ticks(horizon)
        self._cut(self.end)
        self.due = self._due(self.end)

    def _begin(self, axis: Axis, started: Started, warnings: Warnings, limit: Span | None) -> None:
        self.axis, self._warnings = axis, warnings
        self.begins = self._since = axis.ticks(started.at)
        self._unit = started.unit
        self._first_due, self.bound = first_due(axis, self.begins, limit or started.limit, started.wanted)
        self.extended_days = self.credit = 0
        self._is_paused = self._has_credit = False
        self._reason = ""
        self.pieces: list[Piece] = []
        self.extensions: list[ExtensionAsked] = []

    # what each act does ----------------------------------------------------------------------------------------------
    def _take(self, act: Event, horizon: datetime) -> None:
        at = self.axis.ticks(act.at)
        match act:
            case Paused():
                self._cut(at)
                self._is_paused, self._has_credit, self._reason = True, at <= self._due(at), act.reason
            case Resumed():
                self._cut(at)
                self._is_paused, self._reason = False, ""
            case HandedOver():
                self._cut(at)
                self._unit = act.to
            case Extended():
                self._extend(act, at, horizon)

    def _cut(self, at: int) -> None:
        """Close the piece that runs, and put the credit of a pause to account."""
        if at == self._since:
            return
        piece = Piece(self._unit, self._since, at, self._kind(), self._reason)
        last = self.pieces[-1] if self.pieces else None
        if last and (last.unit, last.kind, last.reason) == (piece.unit, piece.kind, piece.reason):
            self.pieces[-1] = Piece(last.unit, last.begins, at, last.kind, last.reason)  # nothing changed: no seam
        else:
            self.pieces.append(piece)
        self.credit += self._running_credit(at)
        self._since = at

    def _kind(self) -> StretchKind:
        return StretchKind.PAUSED if self._is_paused else StretchKind.RUNNING

    def _running_credit(self, at: int) -> int:
        """Open time of a pause that runs and moves the due."""
        if not (self._is_paused and self._has_credit):
            return 0
        return self.axis.worked(at) - self.axis.worked(self._since)

    def _due(self, at: int) -> int:
        """The due instant as known at `at`; a pause that runs counts up to then."""
        credit = self.credit + self._running_credit(at)
        due = extended(self.axis, self._first_due, self.extended_days)
        return self.axis.reached(self.axis.worked(due) + credit) if credit else due

    def _extend(self, act: Extended, at: int, horizon: datetime) -> None:
        due = self._due(at)
        fate = ExtensionFate.COUNTED
        if at > due:
            fate = ExtensionFate.TOO_LATE
        elif act.approved_at is None or act.approved_at > horizon:
            fate = ExtensionFate.WAITING
        else:
            self.extended_days += act.working_days
        red = self._ahead(due, self._warnings.red)
        last_hour = red is not None and red <= at <= due
        self.extensions.append(ExtensionAsked(act.at, act.working_days, fate, last_hour))

    # how it stands ---------------------------------------------------------------------------------------------------
    @cached_property
    def lights(self) -> tuple[int | None, int | None]:
        """When it turns amber and red; None when that lies in a year without a calendar."""
        return self._ahead(self.due, self._warnings.amber), self._ahead(self.due, self._warnings.red)

    def state(self) -> ClockState:
        """What it shows, at the stop or at `until`."""
        if self.is_over:
            return ClockState.MET if self.end <= self.due else ClockState.MET_LATE
        if self._is_paused and self._has_credit:
            return ClockState.PAUSED
        if self.end > self.due:
            return ClockState.OVERDUE
        amber, red = self.lights
        if red is not None and self.end >= red:
            return ClockState.RED
        return ClockState.AMBER if amber is not None and self.end >= amber else ClockState.RUNNING

    def next_change(self, state: ClockState) -> int | None:
        """The first warning ahead, else the instant after the due; a year that lacks is asked again when it begins."""
        if state not in (ClockState.RUNNING, ClockState.AMBER, ClockState.RED):
            return None
        ahead = [each for each in self.lights if each is not None and each > self.end]
        if ahead and state is not ClockState.RED:
            return min(ahead)
        return min(self.due + 1, self.axis.end) if None in self.lights else self.due + 1

    def _ahead(self, due: int, span: Span) -> int | None:
        """The instant a span before the due, never before the start."""
        try:
            return max(self.axis.before(due, span), self.begins)
        except YearMissing:
            return None
