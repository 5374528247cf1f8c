"""No sequence of acts loses or double-counts time, whatever happens in whatever order."""

import random
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import TIME, at, reading_of
from slow_clock import STEP, walk

from diancai.clocks import (
    Event,
    Extended,
    HandedOver,
    Paused,
    Resumed,
    Span,
    Started,
    Stopped,
    WorkingTime,
    glance,
    load_calendar,
    load_hours,
    run_clock,
)
from diancai.config import read_text
from diancai.words import ClockState, StretchKind

UNITS = ("水利局", "农牧局", "镇政府")
SIXTEENTH = at("2026-02-16 00:00")
WRONG = read_text("calendars/CN-2026.csv").replace("2026-02-16,holiday,春节\n", "")
MISTAKEN = WorkingTime(load_calendar(reading_of({"calendars/CN-2026.csv": WRONG})), load_hours(read_text))
CORRECTED = WorkingTime(load_calendar(read_text), load_hours(read_text))
ACTS = ("pause", "resume", "extend", "ask", "hand over")


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[Event], datetime]:
    """Acts on one order around the Spring Festival of 2026, on a grid of ten minutes, and an instant after them."""
    here = at("2026-02-09 00:00") + STEP * draw(st.integers(0, 7 * 144))
    events: list[Event] = [Started(here, Span(draw(st.integers(1, 6))), UNITS[0])]
    paused = False
    for act, gap in draw(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 300)), max_size=7)):
        here += STEP * gap
        if act in ("pause", "resume"):
            events.append(Resumed(here) if paused else Paused(here, "等群众"))
            paused = not paused
        elif act == "hand over":
            events.append(HandedOver(here, UNITS[gap % 3]))
        else:
            approved_at = here if act == "extend" else None
            events.append(Extended(here, 1 + gap % 3, approved_at))
    here += STEP * draw(st.integers(1, 300))
    if draw(st.booleans()):
        events.append(Stopped(here))
    return _without_ties(events), here


def _without_ties(events: list[Event]) -> list[Event]:
    """Two acts of one instant are a matter of `test_acts_of_one_instant…`; here each instant keeps one act."""
    kept: list[Event] = []
    for event in events:
        if kept and kept[-1].at == event.at:
            return kept
        kept.append(event)
    return kept


@settings(max_examples=60, deadline=None)
@given(stories())
def test_the_clock_is_what_a_clerk_with_a_pencil_would_write_down(story: tuple[list[Event], datetime]) -> None:
    events, until = story
    face, tally = run_clock(events, TIME, until=until), walk(events, until)
    assert face.due_at == tally.due
    assert face.worked == STEP * (sum(tally.in_time.values()) + sum(tally.late.values()))
    assert face.late == STEP * sum(tally.late.values())
    assert face.paused == STEP * tally.paused_steps
    accounts = face.by_unit()
    for unit in set(tally.in_time) | set(tally.late):
        held = accounts.get(unit)
        assert (held.in_time if held else timedelta(0)) == STEP * tally.in_time[unit]
        assert (held.late if held else timedelta(0)) == STEP * tally.late[unit]
    assert sum((each.closed for each in accounts.values()), timedelta(0)) == STEP * tally.closed_steps


@settings(max_examples=80, deadline=None)
@given(stories(), st.integers(0, 10**9))
def test_no_time_is_lost_or_counted_twice(story: tuple[list[Event], datetime], microseconds: int) -> None:
    events, until = story
    if not isinstance(events[-1], Stopped):
        until += timedelta(microseconds=microseconds)
    face = run_clock(events, TIME, until=until)
    ends = face.stopped_at or until
    edges = [face.started_at, *(each.ends for each in face.stretches)]
    assert [each.begins for each in face.stretches] == edges[:-1] and edges[-1] == ends, "one after the other, no gap"
    wall = sum((each.open + each.closed for each in face.stretches), timedelta(0))
    assert wall == ends - face.started_at
    assert face.worked + face.paused == TIME.working_between(face.started_at, ends)
    for each in face.stretches:
        assert each.open == TIME.working_between(each.begins, each.ends) >= timedelta(0)
        assert each.kind is StretchKind.PAUSED or (each.begins >= face.due_at) == (each.kind is StretchKind.LATE)
    assert face.credit <= face.paused
    kept = {unit: (held.in_time + held.late + held.paused + held.closed) for unit, held in face.by_unit().items()}
    assert sum(kept.values(), timedelta(0)) == ends - face.started_at


@settings(max_examples=60, deadline=None)
@given(stories(), st.data())
def test_pausing_and_resuming_at_one_instant_changes_nothing(
    story: tuple[list[Event], datetime], data: st.DataObject
) -> None:
    events, until = story
    place = data.draw(st.integers(1, len(events)))
    earliest, latest = events[place - 1].at, events[place].at if place < len(events) else until
    if isinstance(events[place - 1], Stopped):
        return
    here = earliest + (latest - earliest) * data.draw(st.floats(0.01, 0.99))
    is_paused = _is_paused(events[:place])
    pair: list[Event] = [Resumed(here), Paused(here, "等群众")] if is_paused else [Paused(here, "看看"), Resumed(here)]
    before, after = (
        run_clock(events, TIME, until=until),
        run_clock([*events[:place], *pair, *events[place:]], TIME, until=until),
    )
    if is_paused and here > before.due_at:
        return  # a pause that began in time goes on giving credit; one begun anew after the due does not
    assert after == before


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(0, 5))
def test_the_face_at_an_earlier_instant_does_not_know_what_came_later(
    story: tuple[list[Event], datetime], shorter: int
) -> None:
    events, _ = story
    known = events[: max(1, len(events) - shorter)]
    then = known[-1].at
    assert run_clock(events, TIME, until=then) == run_clock(known, TIME, until=then)


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(1, 4000))
def test_time_only_ever_makes_a_clock_later(story: tuple[list[Event], datetime], more: int) -> None:
    events, until = story
    if isinstance(events[-1], Stopped):
        return
    order = [ClockState.RUNNING, ClockState.AMBER, ClockState.RED, ClockState.OVERDUE]
    now, later = (run_clock(events, TIME, until=each) for each in (until, until + timedelta(minutes=more)))
    assert later.worked >= now.worked and later.paused >= now.paused and later.due_at >= now.due_at
    if ClockState.PAUSED not in (now.state, later.state):
        assert later.due_at == now.due_at
        assert order.index(later.state) >= order.index(now.state)


@settings(max_examples=60, deadline=None)
@given(stories())
def test_the_face_changes_by_itself_when_it_said_and_not_before(story: tuple[list[Event], datetime]) -> None:
    events, until = story
    face = run_clock(events, TIME, until=until)
    if face.next_change_at is None:
        assert face.is_over or face.state in (ClockState.PAUSED, ClockState.OVERDUE)
        return
    tick = timedelta(microseconds=1)
    assert face.next_change_at > until
    if (just_before := face.next_change_at - tick) > until:
        assert run_clock(events, TIME, until=just_before).state is face.state
    assert run_clock(events, TIME, until=face.next_change_at).state is not face.state


@settings(max_examples=60, deadline=None)
@given(stories())
def test_a_glance_sees_what_the_face_shows(story: tuple[list[Event], datetime]) -> None:
    events, until = story
    face, seen = run_clock(events, TIME, until=until), glance(events, TIME, until=until)
    assert (seen.state, seen.due_at, seen.next_change_at) == (face.state, face.due_at, face.next_change_at)


@settings(max_examples=50, deadline=None)
@given(stories())
def test_a_corrected_calendar_gives_what_computing_afresh_gives(story: tuple[list[Event], datetime]) -> None:
    """16 February first thought a working day, then corrected: what was computed before leaves no trace."""
    events, until = story
    assert MISTAKEN.calendar.is_working(SIXTEENTH.date()) and not CORRECTED.calendar.is_working(SIXTEENTH.date())
    first = run_clock(events, MISTAKEN, until=until)
    again = run_clock(events, CORRECTED, until=until)
    assert again == run_clock(events, TIME, until=until)
    is_touched = again.started_at < SIXTEENTH + timedelta(days=1) and max(first.until, again.due_at) >= SIXTEENTH
    assert is_touched or first == again


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans(), st.integers(0, 2), st.booleans(), st.booleans())
def test_acts_of_one_instant_count_the_same_in_any_order(
    seed: int, was_paused: bool, turns: int, is_extended: bool, is_stopped: bool
) -> None:
    begins, here = at("2026-02-10 09:00"), at("2026-02-11 10:00")
    before: list[Event] = [Started(begins, Span(3), "水利局")]
    if was_paused:
        before.append(Paused(at("2026-02-10 15:00"), "等群众"))
    pairs: list[Event] = [act for _ in range(turns) for act in (Paused(here, "等群众"), Resumed(here))]
    tied: list[Event] = [*pairs, HandedOver(here, "农牧局")]
    tied += [Extended(here, 2, here)] if is_extended else []
    tied += [Stopped(here)] if is_stopped else []
    shuffled = list(tied)
    random.Random(seed).shuffle(shuffled)
    until = at("2026-02-12 11:00")
    assert run_clock([*before, *shuffled], TIME, until=until) == run_clock([*before, *tied], TIME, until=until)


def _is_paused(events: list[Event]) -> bool:
    last = [event for event in events if isinstance(event, Paused | Resumed)]
    return bool(last) and isinstance(last[-1], Paused)
