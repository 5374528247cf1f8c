"""The clock of one order: a fold over its acts. Called by the order stage, at any time, for any instant.

Nothing is kept between two runs: the face follows from acts, calendar, hours and limit alone, so a corrected calendar
or rule gives the right answer for the past too.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from diancai.clocks.axis import Axis
from diancai.clocks.errors import YearMissing
from diancai.clocks.events import Event
from diancai.clocks.face import ClockFace, Glance, Stretch, Warnings
from diancai.clocks.folding import Fold, Piece
from diancai.clocks.spans import Span
from diancai.clocks.working_time import WorkingTime
from diancai.words import StretchKind

_USUAL = Warnings()


def run_clock(
    events: Sequence[Event],
    time: WorkingTime,
    *,
    until: datetime,
    warnings: Warnings | None = None,
    limit: Span | None = None,
) -> ClockFace:
    """The face of a clock at `until`; acts after it have not happened yet.

    `limit` recomputes under another limit than the one promised at the start. Raises a `WrongSequence` for acts that
    cannot follow one another, `NotStarted` before the start, `YearMissing` when a day lies beyond the calendar.
    """
    return _face(Fold(events, time.axis, until, warnings or _USUAL, limit))


def glance(
    events: Sequence[Event],
    time: WorkingTime,
    *,
    until: datetime,
    warnings: Warnings | None = None,
    limit: Span | None = None,
) -> Glance:
    """State, due, lights, next change and credit as `run_clock` gives them, and nothing else: for the run over very
    many."""
    fold = Fold(events, time.axis, until, warnings or _USUAL, limit)
    state, axis = fold.state(), fold.axis
    amber, red = fold.lights
    return Glance(
        state=state,
        due_at=axis.instant(fold.due),
        due_on=_day(axis, fold.due - 1),
        bound_by=fold.bound,
        amber_at=_instant(axis, amber),
        red_at=_instant(axis, red),
        next_change_at=_instant(axis, fold.next_change(state)),
        credit=_length(fold.credit),
    )


def _face(fold: Fold) -> ClockFace:
    axis, state = fold.axis, fold.state()
    amber, red = fold.lights
    stretches = tuple(_stretches(fold))
    opened = {kind: sum((each.open for each in stretches if each.kind is kind), timedelta()) for kind in StretchKind}
    return ClockFace(
        state=state,
        started_at=axis.instant(fold.begins),
        until=axis.instant(fold.now),
        stopped_at=axis.instant(fold.end) if fold.is_over else None,
        due_at=axis.instant(fold.due),
        due_on=_day(axis, fold.due - 1),
        bound_by=fold.bound,
        amber_at=_instant(axis, amber),
        red_at=_instant(axis, red),
        next_change_at=_instant(axis, fold.next_change(state)),
        worked=opened[StretchKind.RUNNING] + opened[StretchKind.LATE],
        paused=opened[StretchKind.PAUSED],
        credit=_length(fold.credit),
        remaining=_remaining(fold),
        late=opened[StretchKind.LATE],
        elapsed_days=axis.calendar.working_days_between(_day(axis, fold.begins), _day(axis, fold.end)),
        extended_days=fold.extended_days,
        extensions=tuple(fold.extensions),
        stretches=stretches,
    )


def _remaining(fold: Fold) -> timedelta | None:
    if fold.end >= fold.due:
        return timedelta()
    try:
        return _length(fold.axis.worked(fold.due) - fold.axis.worked(fold.end))
    except YearMissing:
        return None


def _stretches(fold: Fold) -> Iterator[Stretch]:
    """The pieces, those that ran over the due cut there."""
    axis = fold.axis
    for piece in fold.pieces:
        for begins, ends, kind in _cut_at_due(piece, fold.due):
            opened = axis.worked(ends) - axis.worked(begins)
            closed = _length(ends - begins - opened)
            yield Stretch(
                piece.unit, axis.instant(begins), axis.instant(ends), kind, _length(opened), closed, piece.reason
            )


def _cut_at_due(piece: Piece, due: int) -> tuple[tuple[int, int, StretchKind], ...]:
    begins, ends = piece.begins, piece.ends
    if piece.kind is StretchKind.PAUSED or ends <= due:
        return ((begins, ends, piece.kind),)
    if begins >= due:
        return ((begins, ends, StretchKind.LATE),)
    return (begins, due, piece.kind), (due, ends, StretchKind.LATE)


def _day(axis: Axis, ticks: int) -> date:
    return date.fromordinal(axis.day_of(ticks))


def _instant(axis: Axis, ticks: int | None) -> datetime | None:
    return None if ticks is None else axis.instant(ticks)


def _length(ticks: int) -> timedelta:
    return timedelta(microseconds=ticks)
