"""A second clock that walks through time in steps of ten minutes with tables of its own: the judge of the real one.

It takes from the calendar only which days are worked, keeps a purse of open steps that a limit fills and running time
empties, and knows neither prefix sums nor due instants computed ahead.
"""

from collections import Counter
from datetime import date, datetime, timedelta

from office_time import CALENDAR

from diancai.clocks import Event, Extended, HandedOver, Paused, Resumed, Started, Stopped

STEP = timedelta(minutes=10)
OPEN = frozenset([*range(51, 72), *range(87, 108)])  # 08:30-12:00 and 14:30-18:00, in steps of a day
WORKED = frozenset(
    day for day in (date(2026, 1, 1) + timedelta(days=each) for each in range(365)) if CALENDAR.is_working(day)
)


class Pencil:
    """One order's sheet of paper: open steps by unit, in time or late; paused and closed ones; the due it met."""

    def __init__(self, started: Started) -> None:
        self.in_time: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self.paused_steps = self.closed_steps = 0
        self.due: datetime | None = None
        self.unit = started.unit
        self.base = _closing_after(started.at, started.limit.amount)
        self.purse = _open_steps(started.at, self.base)
        self.is_paused = self.has_credit = self.is_stopped = False

    def act(self, act: Event) -> None:
        """Write down one act."""
        past_due = self.due is not None and act.at > self.due
        if isinstance(act, Paused):
            self.is_paused, self.has_credit = True, not past_due
        elif isinstance(act, Resumed):
            self.is_paused = False
        elif isinstance(act, HandedOver):
            self.unit = act.to
        elif isinstance(act, Stopped):
            self.is_stopped = True
        elif isinstance(act, Extended) and act.approved_at is not None and not past_due:
            base = _closing_after(self.base, act.working_days)
            self.purse += _open_steps(self.base, base)
            self.base, self.due = base, None

    def step(self, here: datetime) -> None:
        """Write down the ten minutes that begin `here`."""
        if not _is_open(here):
            self.closed_steps += 1
        elif self.is_paused:
            self.paused_steps += 1
            if self.purse == 0 and self.has_credit:
                self.due = None  # paused at the very instant of the due: it moves along
        elif self.purse:
            self.purse -= 1
            self.in_time[self.unit] += 1
        else:
            self.late[self.unit] += 1
        if self.purse == 0 and self.due is None:
            self.due = here + STEP


def walk(events: list[Event], until: datetime) -> Pencil:
    """What a clerk with a pencil would write down; no two acts stand at one instant."""
    started, *acts = events
    assert isinstance(started, Started)
    here, sheet, waiting = started.at, Pencil(started), {act.at: act for act in acts}
    while True:
        if here in waiting:
            sheet.act(waiting[here])
        if sheet.is_stopped or here == until:
            break
        sheet.step(here)
        here += STEP
    while sheet.due is None:  # on to the due, as if nothing more happened
        sheet.purse -= _is_open(here)
        here += STEP
        sheet.due = here if sheet.purse == 0 else None
    return sheet


def _is_open(here: datetime) -> bool:
    return here.hour * 6 + here.minute // 10 in OPEN and here.date() in WORKED


def _closing_after(here: datetime, working_days: int) -> datetime:
    day = here.date()
    while working_days:
        day += timedelta(days=1)
        working_days -= day in WORKED
    return datetime(day.year, day.month, day.day, 18, tzinfo=here.tzinfo)


def _open_steps(one: datetime, two: datetime) -> int:
    count = 0
    while one < two:
        count += _is_open(one)
        one += STEP
    return count
