"""One clock: what may follow what, how warnings fall, what each refusal says."""

from datetime import datetime, timedelta

import pytest
from office_time import CALENDAR, TIME, at, day, hours

from diancai.clocks import (
    Event,
    Extended,
    HandedOver,
    Paused,
    Resumed,
    Span,
    Started,
    Stopped,
    Wanted,
    Warnings,
    WorkingTime,
    check_extension,
    check_next,
    errors,
    is_last_hour,
    run_clock,
)
from diancai.clocks.errors import Refusal, WrongSequence
from diancai.clocks.hours import OfficeHours, Timetable
from diancai.words import ClockState, ExtensionFate, StretchKind

BEGINS, TEN, ELEVEN = at("2026-03-02 09:00"), at("2026-03-03 10:00"), at("2026-03-03 11:00")
STARTED = Started(BEGINS, Span(5), "水利局")  # due on Monday 9 March at the closing


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ([], "not_started"),
        ([Paused(TEN)], "not_started"),
        ([STARTED, Started(TEN, Span(1))], "started_twice"),
        ([STARTED, Resumed(TEN)], "not_paused"),
        ([STARTED, Paused(TEN), Paused(ELEVEN)], "already_paused"),
        ([STARTED, Paused(TEN), Paused(TEN)], "already_paused"),
        ([STARTED, Resumed(TEN), Paused(TEN), Resumed(TEN)], "not_paused"),
        ([STARTED, Stopped(TEN), Paused(ELEVEN)], "after_stop"),
        ([STARTED, Stopped(TEN), Stopped(TEN)], "after_stop"),
        ([STARTED, Paused(ELEVEN), Resumed(TEN)], "out_of_order"),
        ([STARTED, Paused(at("2026-03-01 09:00"))], "out_of_order"),
        ([STARTED, HandedOver(TEN, "农牧局"), HandedOver(TEN, "镇政府")], "two_hand_overs"),
        ([STARTED, Extended(TEN, 0, TEN)], "bad_extension"),
        ([STARTED, Extended(ELEVEN, 2, TEN)], "bad_extension"),
        ([STARTED, Paused(datetime(2026, 3, 3, 10, 0))], "no_zone"),
        ([Started(datetime(2026, 3, 2, 9, 0), Span(5))], "no_zone"),
    ],
)
def test_acts_that_cannot_follow_one_another_are_refused_by_code(acts: list[Event], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        run_clock(acts, TIME, until=at("2026-03-10 09:00"))
    assert refusal.value.code == code
    if acts and code != "no_zone":
        with pytest.raises(WrongSequence) as asked:
            check_next(acts[:-1], acts[-1])
        assert asked.value.code == code, "the same answer before the act is stored"


def test_an_act_that_may_follow_is_let_through() -> None:
    check_next([STARTED, Paused(TEN)], Resumed(ELEVEN))
    check_next([STARTED, Paused(TEN)], Stopped(ELEVEN))
    check_next([], STARTED)


def test_a_clock_asked_before_its_start_has_no_face() -> None:
    with pytest.raises(errors.NotStarted):
        run_clock([STARTED], TIME, until=BEGINS - timedelta(seconds=1))


def test_a_clock_warns_two_and_one_working_days_ahead_and_is_overdue_only_after_its_last_instant() -> None:
    face = run_clock([STARTED], TIME, until=BEGINS)
    assert (face.amber_at, face.red_at) == (at("2026-03-05 18:00"), at("2026-03-06 18:00"))
    due, tick = at("2026-03-09 18:00"), timedelta(microseconds=1)
    seen = {until: run_clock([STARTED], TIME, until=until).state for until in (BEGINS, due, due + tick)}
    assert list(seen.values()) == [ClockState.RUNNING, ClockState.RED, ClockState.OVERDUE]
    assert run_clock([STARTED], TIME, until=at("2026-03-05 18:00")).state is ClockState.AMBER


@pytest.mark.parametrize(
    ("amber", "red", "ambers", "reds"),
    [
        ("48n", "24n", "2026-03-07 18:00", "2026-03-08 18:00"),  # a Saturday and a Sunday evening: hours of the wall
        ("4h", "2h", "2026-03-09 11:30", "2026-03-09 16:00"),
        ("9d", "1d", "2026-03-02 09:00", "2026-03-06 18:00"),  # never before the start
    ],
)
def test_warnings_are_parameters(amber: str, red: str, ambers: str, reds: str) -> None:
    face = run_clock([STARTED], TIME, until=BEGINS, warnings=Warnings(Span.parse(amber), Span.parse(red)))
    assert (face.amber_at, face.red_at) == (at(ambers), at(reds))


def test_a_warning_before_a_day_with_other_hours_stays_inside_that_day() -> None:
    short = Timetable(((hours(8.5) // timedelta(microseconds=1), hours(12) // timedelta(microseconds=1)),))
    long = Timetable(
        ((hours(8) // timedelta(microseconds=1), hours(18) // timedelta(microseconds=1)),), (3, 9), (3, 31)
    )
    time = WorkingTime(CALENDAR, OfficeHours((short, long), {}))
    face = run_clock([Started(at("2026-03-06 09:00"), Span.parse("9h"))], time, until=at("2026-03-06 10:00"))
    assert face.due_at == at("2026-03-09 14:00")
    assert face.red_at == at("2026-03-06 12:00"), "the office closes at noon on the Friday before"


def test_a_face_tells_what_is_left_and_how_far_it_is() -> None:
    face = run_clock([STARTED], TIME, until=at("2026-03-04 10:00"))
    assert face.remaining == hours(2 + 3.5 + 3 * 7)
    assert face.worked == hours(6.5 + 7 + 1.5)
    assert (face.elapsed_days, face.due_on, face.late) == (2, day("2026-03-09"), hours(0))
    assert face.next_change_at == at("2026-03-05 18:00")
    over = run_clock([STARTED], TIME, until=at("2026-03-10 10:00"))
    assert (over.remaining, over.late, over.next_change_at) == (hours(0), hours(1.5), None)


def test_a_pause_over_a_weekend_gives_back_open_hours_only() -> None:
    acts: list[Event] = [STARTED, Paused(at("2026-03-06 17:00"), "等群众"), Resumed(at("2026-03-09 09:30"))]
    face = run_clock(acts, TIME, until=at("2026-03-09 10:00"))
    assert face.credit == face.paused == hours(2)
    assert face.due_at == at("2026-03-10 10:30")
    assert [each.reason for each in face.stretches if each.kind is StretchKind.PAUSED] == ["等群众"]


def test_a_stop_while_paused_counts_the_pause() -> None:
    face = run_clock([STARTED, Paused(TEN), Stopped(at("2026-03-11 10:00"))], TIME, until=at("2026-04-01 09:00"))
    assert face.state is ClockState.MET
    assert face.worked == hours(6.5 + 1.5) and face.paused == TIME.working_between(TEN, at("2026-03-11 10:00"))


def test_an_approval_after_the_stop_does_not_wash_a_late_one_clean() -> None:
    asked, stopped = at("2026-03-09 16:00"), at("2026-03-10 11:00")
    acts: list[Event] = [STARTED, Extended(asked, 3, at("2026-03-12 09:00")), Stopped(stopped)]
    face = run_clock(acts, TIME, until=at("2026-04-01 09:00"))
    assert face.state is ClockState.MET_LATE
    assert [(each.fate, each.last_hour) for each in face.extensions] == [(ExtensionFate.WAITING, True)]


def test_extension_can_be_asked_up_to_the_due_and_the_last_hour_shows() -> None:
    face = run_clock([STARTED], TIME, until=BEGINS)
    check_extension(face, at("2026-03-09 18:00"))
    assert is_last_hour(face, at("2026-03-09 17:00")) and not is_last_hour(face, at("2026-03-06 17:00"))
    with pytest.raises(errors.ExtensionTooLate) as refusal:
        check_extension(face, at("2026-03-09 18:01"))
    assert "2026-03-09 18:00" in refusal.value.zh
    with pytest.raises(errors.AfterStop):
        check_extension(run_clock([STARTED, Stopped(TEN)], TIME, until=ELEVEN), ELEVEN)


def test_an_extension_of_a_wanted_day_is_counted_from_that_day() -> None:
    started = Started(BEGINS, Span(13), wanted=Wanted(last=day("2026-03-08")))  # a Sunday
    face = run_clock([started, Extended(TEN, 2, TEN)], TIME, until=ELEVEN)
    assert (face.due_at, face.extended_days) == (at("2026-03-10 18:00"), 2)


def test_a_wanted_day_in_a_year_without_calendar_runs_until_that_year_begins() -> None:
    wanted = Wanted(day("2027-02-20"), day("2027-02-20"))
    started = Started(at("2026-11-24 09:00"), Span(13), wanted=wanted)
    face = run_clock([started], TIME, until=at("2026-12-31 17:00"))
    assert (face.state, face.due_on) == (ClockState.RUNNING, day("2027-02-20"))
    assert (face.amber_at, face.red_at, face.remaining) == (None, None, None)
    assert face.next_change_at == at("2027-01-01 00:00"), "to be asked again when the year begins"
    with pytest.raises(errors.YearMissing, match="CN-2027"):
        run_clock([started], TIME, until=at("2027-01-05 09:00"))


def test_a_limit_may_be_recomputed_under_a_corrected_rule() -> None:
    face = run_clock([STARTED], TIME, until=BEGINS, limit=Span(2))
    assert face.due_on == day("2026-03-04")
    assert run_clock([STARTED], TIME, until=BEGINS).due_on == day("2026-03-09")


def _leaves(kind: type[Refusal]) -> list[type[Refusal]]:
    below = kind.__subclasses__()
    return [kind] if not below else [leaf for each in below for leaf in _leaves(each)]


@pytest.mark.parametrize("kind", _leaves(Refusal), ids=lambda kind: kind.code)
def test_each_refusal_has_a_code_of_its_own_and_says_in_both_languages_what_to_do(kind: type[Refusal]) -> None:
    assert sum(each.code == kind.code for each in _leaves(Refusal)) == 1
    assert kind.code in (errors.__doc__ or "") and kind.__name__ in (errors.__doc__ or "")
    fields = dict.fromkeys(("year", "file", "where_zh", "where_en", "what_zh", "what_en", "first", "second"), "…")
    fields |= dict.fromkeys(("both_zh", "both_en", "on", "clock_zh", "clock_en", "text", "at", "before", "due"), "…")
    refusal = kind(**fields | {"last": "…"})
    assert (
        refusal.text("zh-hans").count("。") >= 2
        and refusal.text("en-gb").rstrip(".").count(". ") + refusal.en.count(";") >= 1
    )
