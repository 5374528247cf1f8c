"""A plain clock shows what the fold over the same acts shows, to the microsecond, and refuses what that refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import TIME, at

from diancai.clocks import (
    Event,
    Glance,
    PlainClocks,
    Span,
    Started,
    Stopped,
    Wanted,
    Warnings,
    WorkingTime,
    glance,
    load_calendar,
    load_hours,
)
from diancai.clocks.errors import NotStarted, OutOfOrder, Refusal
from diancai.clocks.spans import Unit
from diancai.config import read_text
from diancai.words import ClockState

COUNTY = WorkingTime(load_calendar(read_text), load_hours(read_text), "150821")
FIRST = at("2026-09-20 00:00")  # National Day lies ahead, and in December the end of the calendar
SPANS = st.one_of(
    st.builds(Span, st.integers(0, 30), st.just(Unit.DAYS)), st.builds(Span, st.integers(1, 40), st.just(Unit.HOURS))
)
WARNINGS = st.sampled_from(
    (
        Warnings(),
        Warnings(Span(2, Unit.HOURS), Span(1, Unit.HOURS)),
        Warnings(Span(48, Unit.NATURAL), Span(24, Unit.NATURAL)),
        Warnings(Span(1), Span(3)),  # red before amber, which no file forbids
    )
)
# Whole hours often, for the edges of office time are there; seldom single microseconds.
LENGTHS = st.builds(
    lambda hours, rest: timedelta(hours=hours, microseconds=rest),
    st.integers(0, 24 * 60),
    st.sampled_from((0, 0, 0, 1, 1_800_000_000, 3_599_999_999)),
)
CLOCKS = {(time, each): PlainClocks(time, each) for time in (TIME, COUNTY) for each in (Warnings(), Warnings(Span(1)))}


@st.composite
def wishes(draw: st.DrawFn) -> Wanted | None:
    first, length = draw(st.integers(-5, 60)), draw(st.integers(0, 20))
    days = [FIRST.date() + timedelta(days=first), FIRST.date() + timedelta(days=first + length)]
    season = draw(st.sampled_from(("", "秋浇")))
    return draw(st.sampled_from((None, Wanted(days[0], None), Wanted(None, days[1], season), Wanted(*days, season))))


def told(ask: object) -> Glance | type[Refusal]:
    try:
        return ask()  # type: ignore[operator,no-any-return]
    except Refusal as refusal:
        return type(refusal)


@settings(max_examples=300, deadline=None)
@given(LENGTHS, SPANS, wishes(), WARNINGS, st.none() | LENGTHS, LENGTHS, st.sampled_from((TIME, COUNTY)))
def test_a_plain_clock_shows_what_the_fold_shows(
    since: timedelta,
    limit: Span,
    wanted: Wanted | None,
    warnings: Warnings,
    worked: timedelta | None,
    later: timedelta,
    time: WorkingTime,
) -> None:
    begins = FIRST + since
    stops = None if worked is None else begins + worked
    until = (stops or begins) + later
    acts: list[Event] = [Started(begins, limit, wanted=wanted)] + ([Stopped(stops)] if stops else [])
    clocks = CLOCKS.get((time, warnings)) or PlainClocks(time, warnings)
    utc = begins.astimezone(UTC)  # as a database gives it
    assert told(lambda: clocks.glance(utc, limit, wanted, stopped_at=stops, until=until)) == told(
        lambda: glance(acts, time, until=until, warnings=warnings)
    )


def test_each_light_turns_at_the_same_instant_as_in_the_fold() -> None:
    begins, limit, clocks = at("2026-03-02 09:00"), Span(5), PlainClocks(TIME, Warnings())
    whole = glance([Started(begins, limit)], TIME, until=begins)
    edges = [whole.amber_at, whole.red_at, whole.due_at]
    seen = []
    for edge in edges:
        assert edge is not None
        for until in (edge - timedelta(microseconds=1), edge, edge + timedelta(microseconds=1)):
            plain = clocks.glance(begins, limit, until=until)
            assert plain == glance([Started(begins, limit)], TIME, until=until)
            seen.append(plain.state)
    assert seen == [ClockState.RUNNING, *[ClockState.AMBER] * 3, *[ClockState.RED] * 4, ClockState.OVERDUE]


@pytest.mark.parametrize(
    ("stopped", "until", "refusal"),
    [(None, "2026-03-02 08:00", NotStarted), ("2026-03-02 08:00", "2026-03-03 08:00", OutOfOrder)],
)
def test_what_cannot_be_is_refused(stopped: str | None, until: str, refusal: type[Refusal]) -> None:
    stopped_at: datetime | None = at(stopped) if stopped else None
    with pytest.raises(refusal):
        PlainClocks(TIME, Warnings()).glance(at("2026-03-02 09:00"), Span(1), stopped_at=stopped_at, until=at(until))


def test_a_face_is_built_once_for_all_that_are_due_together() -> None:
    clocks, now = PlainClocks(TIME, Warnings()), at("2026-03-03 09:00")
    one, two = (clocks.glance(at(f"2026-03-02 {hour}:00"), Span(9), until=now) for hour in ("09", "15"))
    assert one is two
    assert one.due_on == date(2026, 3, 13)
