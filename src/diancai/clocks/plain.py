"""The clock on which nothing happened but its start and perhaps its stop: most of all clocks, at a tenth of the price.

What it shows hangs on its due instant alone, and thousands of orders are due at one closing of the office; so every
face is built once for a due instant and handed out again. Whatever is out of the ordinary goes through `glance`.
Called by the order stage in the run over all clocks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from diancai.clocks.clock import glance
from diancai.clocks.due import Wanted, first_due
from diancai.clocks.errors import YearMissing
from diancai.clocks.events import Event, Started, Stopped
from diancai.clocks.face import Glance, Warnings
from diancai.clocks.spans import Span
from diancai.clocks.working_time import WorkingTime
from diancai.words import ClockState, DueBound

KEPT = 20_000  # due instants under one pair of warnings: closings of many years, and limits in hours
_STOPPED = (ClockState.MET, ClockState.MET_LATE)


@dataclass(frozen=True, slots=True)
class _Course:
    """All faces of the clocks that are due at one instant; instants in ticks."""

    due: int
    amber: int
    red: int
    faces: dict[ClockState, Glance]

    def face(self, end: int, *, is_over: bool) -> Glance:
        """What a clock shows that stopped at `end`, or that runs then."""
        if is_over:
            return self.faces[ClockState.MET if end <= self.due else ClockState.MET_LATE]
        if end > self.due:
            return self.faces[ClockState.OVERDUE]
        if end >= self.red:
            return self.faces[ClockState.RED]
        return self.faces[ClockState.AMBER if end >= self.amber else ClockState.RUNNING]


class PlainClocks:
    """Plain clocks of one county under one pair of warnings. Build once and keep; it holds what it has reckoned."""

    def __init__(self, time: WorkingTime, warnings: Warnings) -> None:
        self._time, self._warnings = time, warnings
        self._course: Callable[[int, DueBound], _Course | None] = lru_cache(maxsize=KEPT)(self._reckon)

    def glance(
        self,
        started_at: datetime,
        limit: Span,
        wanted: Wanted | None = None,
        *,
        stopped_at: datetime | None = None,
        until: datetime,
    ) -> Glance:
        """What `glance` gives for `Started(started_at, limit, wanted=wanted)` and, if any, `Stopped(stopped_at)`.

        Raises `NotStarted`, `OutOfOrder`, `NoZone` and `YearMissing` as it does.
        """
        axis = self._time.axis
        begins = axis.ticks(started_at)
        end = axis.ticks(until if stopped_at is None else stopped_at)
        now = end if stopped_at is None else axis.ticks(until)
        if begins <= end <= now:
            course = self._course(*first_due(axis, begins, limit, wanted))
            # A warning that would have come before the start comes with it: that face is this clock's alone.
            if course is not None and course.amber >= begins:
                return course.face(end, is_over=stopped_at is not None)
        acts: list[Event] = [Started(started_at, limit, wanted=wanted)]
        if stopped_at is not None:
            acts.append(Stopped(stopped_at))
        return glance(acts, self._time, until=until, warnings=self._warnings)

    def _reckon(self, due: int, bound: DueBound) -> _Course | None:
        """None where a warning lies in a year without a calendar, or red before amber."""
        axis = self._time.axis
        try:
            amber, red = axis.before(due, self._warnings.amber), axis.before(due, self._warnings.red)
        except YearMissing:
            return None
        if not amber <= red <= due:
            return None
        blank = Glance(
            state=ClockState.RUNNING,
            due_at=axis.instant(due),
            due_on=date.fromordinal(axis.day_of(due - 1)),
            bound_by=bound,
            amber_at=axis.instant(amber),
            red_at=axis.instant(red),
            next_change_at=None,
            credit=timedelta(),
        )
        ahead = {ClockState.RUNNING: amber, ClockState.AMBER: red, ClockState.RED: due + 1}
        faces = {state: replace(blank, state=state, next_change_at=axis.instant(at)) for state, at in ahead.items()}
        faces |= {state: replace(blank, state=state) for state in (ClockState.OVERDUE, *_STOPPED)}
        return _Course(due, amber, red, faces)
