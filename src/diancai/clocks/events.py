"""What happens to a clock, and which acts may follow one another. Acts are kept by the order stage; `clock` folds them.

Acts stand in order of time. At one instant their order does not matter: the start comes first, pauses and resumptions
take turns from the state before the instant, then extensions, hand-overs, the stop.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise

from diancai.clocks.due import Wanted
from diancai.clocks.errors import (
    AfterStop,
    AlreadyPaused,
    BadExtension,
    NotPaused,
    NotStarted,
    NoZone,
    OutOfOrder,
    StartedTwice,
    TwoHandOvers,
)
from diancai.clocks.spans import Span


@dataclass(frozen=True, slots=True)
class Started:
    """The clock begins with the limit that was promised, on the account of `unit`."""

    at: datetime
    limit: Span
    unit: str = ""
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """The unit waits for something outside its power; `reason` is shown."""

    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Resumed:
    """What was waited for has come."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """More time was asked for at `at`; without `approved_at` it waits and counts for nothing."""

    at: datetime
    working_days: int
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Another unit holds it from now on; the limit goes on."""

    at: datetime
    to: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Done: signed for, completed, or followed up."""

    at: datetime


Event = Started | Paused | Resumed | Extended | HandedOver | Stopped
_RANK: dict[type, int] = {Started: 0, Paused: 1, Resumed: 1, Extended: 2, HandedOver: 3, Stopped: 4}


def check_next(events: Sequence[Event], event: Event) -> None:
    """Raise a `WrongSequence` unless `event` may follow: asked before an act is stored."""
    in_sequence([*events, event])


def in_sequence(events: Sequence[Event]) -> list[Event]:
    """The acts in the one order in which they count. Raises a `WrongSequence`, or `NoZone`."""
    for event in events:
        if event.at.tzinfo is None:
            raise NoZone(at=event.at)
    has_ties = False
    for one, two in pairwise(events):
        if two.at <= one.at:
            if two.at < one.at:
                raise OutOfOrder(at=two.at, before=one.at)
            has_ties = True
    settled = _settle_ties(events) if has_ties else list(events)
    _check(settled)
    return settled


def _settle_ties(events: Sequence[Event]) -> list[Event]:
    settled: list[Event] = []
    paused = False
    for _, tied in groupby(events, key=lambda event: event.at):
        group = sorted(tied, key=lambda event: _RANK[type(event)])
        turns = [event for event in group if isinstance(event, Paused | Resumed)]
        taken = iter(_take_turns(turns, paused))
        settled += [next(taken) if isinstance(event, Paused | Resumed) else event for event in group]
        if len({event.to for event in group if isinstance(event, HandedOver)}) > 1:
            raise TwoHandOvers(at=group[0].at)
        if turns:
            paused = isinstance([event for event in settled if isinstance(event, Paused | Resumed)][-1], Paused)
    return settled


def _take_turns(turns: list[Paused | Resumed], paused: bool) -> list[Paused | Resumed]:
    """Pauses and resumptions of one instant by turns; what finds no partner stands last, for the check to refuse."""
    pauses = sorted((each for each in turns if isinstance(each, Paused)), key=lambda each: each.reason)
    resumptions = [each for each in turns if isinstance(each, Resumed)]
    taken: list[Paused | Resumed] = []
    while pauses or resumptions:
        wants_resumption = paused if pauses and resumptions else bool(resumptions)
        taken.append(resumptions.pop() if wants_resumption else pauses.pop())
        paused = not wants_resumption
    return taken


def _check(events: list[Event]) -> None:
    started = paused = stopped = False
    for event in events:
        if isinstance(event, Started):
            if started:
                raise StartedTwice(at=event.at)
            started = True
        elif not started:
            raise NotStarted(at=event.at)
        elif stopped:
            raise AfterStop(at=event.at)
        elif isinstance(event, Paused):
            if paused:
                raise AlreadyPaused(at=event.at)
            paused = True
        elif isinstance(event, Resumed):
            if not paused:
                raise NotPaused(at=event.at)
            paused = False
        elif isinstance(event, Stopped):
            stopped = True
        elif isinstance(event, Extended):
            _check_extended(event)


def _check_extended(event: Extended) -> None:
    if event.working_days < 1 or (event.approved_at is not None and event.approved_at < event.at):
        raise BadExtension(at=event.at)
