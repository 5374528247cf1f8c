"""What a clock shows: frozen, made by `clock.run_clock`. Lengths are open office time unless they say otherwise."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from diancai.clocks.errors import AfterStop, ExtensionTooLate
from diancai.clocks.spans import Span
from diancai.words import ClockState, DueBound, ExtensionFate, StretchKind

USUAL_AMBER, USUAL_RED = Span(2), Span(1)  # 48 and 24 hours, as the hotlines around count them


@dataclass(frozen=True, slots=True)
class Warnings:
    """How long before the due instant a clock turns amber and red; a working day stands for 24 hours."""

    amber: Span = USUAL_AMBER
    red: Span = USUAL_RED


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the wall clock on one unit's account: `open` + `closed` = `ends` − `begins`."""

    unit: str
    begins: datetime
    ends: datetime
    kind: StretchKind
    open: timedelta
    closed: timedelta
    reason: str = ""  # of a pause


@dataclass(frozen=True, slots=True)
class Account:
    """What ran on one unit's account: worked in time, worked late, paused, and hours in which the office was closed."""

    in_time: timedelta
    late: timedelta
    paused: timedelta
    closed: timedelta


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """An extension and what became of it; `last_hour` when it was asked for after the clock had turned red."""

    asked_at: datetime
    working_days: int
    fate: ExtensionFate
    last_hour: bool


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A clock as it stood at `until`.

    due_at       the last instant in time; a paused clock's as if it were resumed at `until`; `due_on` is its day
    bound_by     what set it: the limit, the wanted time, the season
    amber_at …   when the warnings light; None when the due day lies in a year without a calendar
    next_change_at  when the face changes by itself; None when only an act can change it
    worked       open time on the clock, pauses left out · paused: open time of all pauses · credit: what moved the due
    remaining    open time left (None as for amber_at; nought when over) · late: open time worked after the due
    elapsed_days working days after the day of the start, up to the stop or `until`
    """

    state: ClockState
    started_at: datetime
    until: datetime
    stopped_at: datetime | None
    due_at: datetime
    due_on: date
    bound_by: DueBound
    amber_at: datetime | None
    red_at: datetime | None
    next_change_at: datetime | None
    worked: timedelta
    paused: timedelta
    credit: timedelta
    remaining: timedelta | None
    late: timedelta
    elapsed_days: int
    extended_days: int
    extensions: tuple[ExtensionAsked, ...]
    stretches: tuple[Stretch, ...]

    @property
    def is_over(self) -> bool:
        """Whether it has stopped, in time or not."""
        return self.stopped_at is not None

    def by_unit(self) -> dict[str, Account]:
        """Each unit's account, in the order in which they held the order."""
        nought = timedelta()
        accounts: dict[str, Account] = {}
        for each in self.stretches:
            had = accounts.get(each.unit, Account(nought, nought, nought, nought))
            accounts[each.unit] = Account(
                had.in_time + (each.open if each.kind is StretchKind.RUNNING else nought),
                had.late + (each.open if each.kind is StretchKind.LATE else nought),
                had.paused + (each.open if each.kind is StretchKind.PAUSED else nought),
                had.closed + each.closed,
            )
        return accounts


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list or the hourly run keeps of a clock; fields as in `ClockFace`."""

    state: ClockState
    due_at: datetime
    due_on: date
    bound_by: DueBound
    amber_at: datetime | None
    red_at: datetime | None
    next_change_at: datetime | None
    credit: timedelta


def check_extension(face: ClockFace, at: datetime) -> None:
    """Raise `ExtensionTooLate` when the limit has run out at `at`, `AfterStop` when the clock has stopped."""
    if face.is_over:
        raise AfterStop(at=at)
    if at > face.due_at:
        raise ExtensionTooLate(at=at, due=face.due_at)


def is_last_hour(face: ClockFace, at: datetime) -> bool:
    """Whether an act at `at` falls into the red time before the due: such returns and extensions are shown as such."""
    return face.red_at is not None and face.red_at <= at <= face.due_at
