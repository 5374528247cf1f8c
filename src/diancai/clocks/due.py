"""When an order is due: its limit, and the day or season for which the thing is wanted. Called by the order stage.

The earlier of the two counts; a thing wanted only later than its limit is due when it is wanted, for nobody can do it
before. A wanted day that has passed already binds nothing. Wanted days end at midnight, holiday or not: the water and
the fifteenth of the first month do not know office hours.
"""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.clocks.axis import Axis
from diancai.clocks.errors import WantedBackwards, YearMissing
from diancai.clocks.spans import Span
from diancai.clocks.working_time import WorkingTime
from diancai.words import DueBound


@dataclass(frozen=True, slots=True)
class Wanted:
    """First and last day on which a thing is wanted, either may be open; `season` names what it hangs on (夏灌开闸)."""

    first: date | None = None
    last: date | None = None
    season: str = ""

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise WantedBackwards(first=self.first, last=self.last)


@dataclass(frozen=True, slots=True)
class Due:
    """The promised day `on`, its last instant `at`, and what set it."""

    on: date
    at: datetime
    bound_by: DueBound
    season: str = ""


def due_on(time: WorkingTime, at: datetime, span: Span, wanted: Wanted | None = None) -> Due:
    """When an order that begins at `at` under a limit is due. Raises `YearMissing` when the calendar ends too early."""
    axis = time.axis
    ticks, bound = first_due(axis, axis.ticks(at), span, wanted)
    season = wanted.season if wanted and bound is not DueBound.LIMIT else ""
    return Due(date.fromordinal(axis.day_of(ticks - 1)), axis.instant(ticks), bound, season)


def first_due(axis: Axis, begins: int, span: Span, wanted: Wanted | None) -> tuple[int, DueBound]:
    """The due instant in ticks before any pause or extension, and what set it."""
    if wanted is None or (wanted.first is None and wanted.last is None):
        return axis.after(begins, span), DueBound.LIMIT
    bound = DueBound.SEASON if wanted.season else DueBound.WANTED
    if wanted.last is None:
        return _from_first_day(axis, begins, span, wanted.first, bound)
    last = axis.midnight(wanted.last.toordinal() + 1)
    if last <= begins:
        return axis.after(begins, span), DueBound.LIMIT
    try:
        limit = axis.after(begins, span)
    except YearMissing:
        if last > axis.end:
            raise
        return last, bound  # the limit lies beyond the calendar, and so beyond the wanted day
    if wanted.first is not None and axis.midnight(wanted.first.toordinal()) >= limit:
        return last, bound
    return (last, bound) if last < limit else (limit, DueBound.LIMIT)


def _from_first_day(axis: Axis, begins: int, span: Span, first: date | None, bound: DueBound) -> tuple[int, DueBound]:
    """Wanted from a day on, without an end: the limit is counted from that day."""
    opens = axis.midnight(first.toordinal()) if first else begins
    if opens <= begins:
        return axis.after(begins, span), DueBound.LIMIT
    return axis.after(opens, span), bound


def extended(axis: Axis, due: int, working_days: int) -> int:
    """A due instant moved by working days: to the closing of the last of them."""
    if not working_days:
        return due
    return axis.closing(axis.calendar.nth(axis.day_of(due - 1), working_days))
