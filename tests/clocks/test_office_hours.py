"""Office hours by county and season, and the axis of open time that is laid over them."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import CALENDAR, TIME, at, day, hours, reading

from diancai.clocks import Span, WorkingTime, load_hours
from diancai.clocks.axis import BEIJING
from diancai.clocks.errors import BadFile, BadSpan, NoZone, YearMissing

ALL_DAY = [{"hours": ["08:30-12:00", "14:30-18:00"]}]
# Summer hours from May, by a rule that took effect in 2026; a winter that runs over the New Year.
DENGKOU = [
    {"hours": ["08:30-12:00", "14:30-17:30"]},
    {"from": "05-01", "to": "09-30", "since": "2026-05-01", "hours": ["08:30-12:00", "15:00-18:30"]},
    {"from": "12-15", "to": "02-10", "until": "2026-12-31", "hours": ["09:00-12:00", "14:00-17:00"]},
]


def _hours_of(**told: Any) -> WorkingTime:
    told.setdefault("default", ALL_DAY)
    county = next(iter(told.get("counties", {})), "")
    return WorkingTime(CALENDAR, load_hours(reading(hours=json.dumps(told))), county)


def test_the_office_is_open_from_the_opening_to_before_the_closing() -> None:
    assert TIME.is_open(at("2026-03-02 08:30")) and TIME.is_open(at("2026-03-02 17:59"))
    for closed in ("2026-03-02 08:29", "2026-03-02 12:00", "2026-03-02 18:00", "2026-03-01 10:00", "2026-02-16 10:00"):
        assert not TIME.is_open(at(closed)), closed
    assert TIME.is_open(at("2026-02-28 10:00")), "a Saturday swapped in"


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-03-02 10:15", "2026-03-02 10:15"),
        ("2026-03-02 06:00", "2026-03-02 08:30"),
        ("2026-03-02 12:30", "2026-03-02 14:30"),
        ("2026-03-02 18:00", "2026-03-03 08:30"),
        ("2026-02-14 18:30", "2026-02-24 08:30"),
        ("2026-02-27 23:00", "2026-02-28 08:30"),
    ],
)
def test_the_schedule_waits_for_the_next_opening(asked: str, opens: str) -> None:
    assert TIME.next_open(at(asked)) == at(opens)


def test_a_county_has_its_own_hours_by_season_and_since_a_day() -> None:
    dengkou = _hours_of(counties={"150822": DENGKOU})
    closings = {
        "2025-07-01": "17:30",  # before the summer rule was made
        "2026-07-01": "18:30",
        "2026-10-08": "17:30",
        "2026-12-20": None,  # a Sunday
        "2026-12-21": "17:00",
        "2026-01-05": "17:00",
    }
    for written, closing in closings.items():
        expected = None if closing is None else at(f"{written} {closing}")
        assert dengkou.closing(day(written)) == expected
    assert not dengkou.is_open(at("2026-07-01 14:45")) and TIME.is_open(at("2026-07-01 14:45"))


def test_a_county_without_hours_of_its_own_has_the_general_ones() -> None:
    time = WorkingTime(CALENDAR, load_hours(reading(hours=json.dumps({"default": ALL_DAY}))), "150826")
    assert time.closing(day("2026-07-01")) == at("2026-07-01 18:00")


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [{"from": "05-01", "to": "09-30", "hours": ["08:30-12:00"]}],
        [{"hours": []}],
        [{"hours": ["8:30-12:00"]}],
        [{"hours": ["12:00-08:30"]}],
        [{"hours": ["08:30-12:00", "11:00-18:00"]}],
        [{"hours": ["08:30-24:30"]}],
        [*ALL_DAY, {"from": "05-01", "hours": ["08:30-12:00"]}],
        [*ALL_DAY, {"from": "02-30", "to": "05-01", "hours": ["08:30-12:00"]}],
        [*ALL_DAY, {"since": "next year", "hours": ["08:30-12:00"]}],
        [*ALL_DAY, {}],
    ],
)
def test_hours_that_make_no_sense_are_refused_by_owner(entries: list[dict[str, Any]]) -> None:
    with pytest.raises(BadFile) as refusal:
        _hours_of(counties={"150822": entries})
    assert "150822" in refusal.value.zh and "hours.json" in refusal.value.en


def test_instants_of_any_zone_are_the_same_and_one_without_a_zone_is_refused() -> None:
    from datetime import UTC

    assert TIME.is_open(datetime(2026, 3, 2, 0, 30, tzinfo=UTC)), "08:30 in Beijing"
    assert TIME.next_open(datetime(2026, 3, 2, 0, 30, tzinfo=UTC)) == at("2026-03-02 08:30")
    with pytest.raises(NoZone) as refusal:
        TIME.is_open(datetime(2026, 3, 2, 8, 30))
    assert refusal.value.code == "no_zone"


@pytest.mark.parametrize(
    ("begins", "span", "ends"),
    [
        ("2026-03-02 09:00", "1d", "2026-03-03 18:00"),
        ("2026-03-02 20:00", "1d", "2026-03-03 18:00"),  # received in the evening: counted from the day after
        ("2026-02-28 09:00", "1d", "2026-03-02 18:00"),
        ("2026-02-27 09:00", "1d", "2026-02-28 18:00"),
        ("2026-02-13 09:00", "2d", "2026-02-24 18:00"),
        ("2026-03-02 09:00", "0d", "2026-03-02 18:00"),
        ("2026-03-02 18:00", "0d", "2026-03-03 18:00"),
        ("2026-03-01 09:00", "0d", "2026-03-02 18:00"),
        ("2026-03-02 11:00", "4h", "2026-03-02 17:30"),
        ("2026-03-02 17:00", "4h", "2026-03-03 11:30"),
        ("2026-03-02 08:30", "7h", "2026-03-02 18:00"),
    ],
)
def test_a_limit_ends_with_its_last_working_day_or_hour(begins: str, span: str, ends: str) -> None:
    assert TIME.after(at(begins), Span.parse(span)) == at(ends)


@pytest.mark.parametrize("text", ["13d", "13 d", "13工作日", "13个工作日", " 13d "])
def test_a_span_is_written_in_the_office_way_or_short(text: str) -> None:
    assert Span.parse(text) == Span(13)
    assert (Span(13).text, Span(13).zh, Span(13).en) == ("13d", "13个工作日", "13 working days")
    assert Span.parse("1h").en == "1 working hour" and Span.parse("4个工作小时").text == "4h"
    assert Span.parse("48n").zh == "48小时"


@pytest.mark.parametrize("text", ["", "13", "d", "-1d", "1.5d", "0h", "13天半", "13d4h", "十三天", "99999d"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadSpan):
        Span.parse(text)


instants = st.datetimes(datetime(2019, 3, 1), datetime(2026, 6, 1)).map(lambda each: each.replace(tzinfo=BEIJING))
lengths = st.timedeltas(timedelta(0), timedelta(hours=400))


@settings(max_examples=100, deadline=None)
@given(instants, lengths)
def test_what_was_added_lies_between(begins: datetime, length: timedelta) -> None:
    ends = TIME.add_working(begins, length)
    assert TIME.working_between(begins, ends) == length
    assert ends >= begins
    earlier = ends - timedelta(microseconds=1)
    assert not length or TIME.working_between(begins, earlier) < length, "it is the earliest such instant"


@settings(max_examples=100, deadline=None)
@given(instants, instants, instants, lengths)
def test_open_time_adds_up_and_never_runs_back(
    one: datetime, two: datetime, three: datetime, length: timedelta
) -> None:
    first, middle, last = sorted((one, two, three))
    assert TIME.working_between(first, middle) + TIME.working_between(middle, last) == TIME.working_between(first, last)
    assert timedelta(0) <= TIME.working_between(first, last) <= last - first
    assert TIME.add_working(first, length) <= TIME.add_working(last, length)
    assert TIME.add_working(first, length) <= TIME.add_working(first, length + hours(1))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 10, 1)), st.integers(0, 143), st.integers(0, 600))
def test_open_time_is_what_one_counts_in_steps_of_ten_minutes(begins: date, step: int, length: int) -> None:
    ten = timedelta(minutes=10)
    first = datetime.combine(begins, datetime.min.time(), BEIJING) + step * ten
    counted = sum(
        CALENDAR.is_working(here.date())
        and ("08:30" <= f"{here:%H:%M}" < "12:00" or "14:30" <= f"{here:%H:%M}" < "18:00")
        for here in (first + each * ten for each in range(length))
    )
    assert TIME.working_between(first, first + length * ten) == counted * ten


def test_beyond_the_calendar_nothing_is_guessed() -> None:
    with pytest.raises(YearMissing, match="CN-2027"):
        TIME.add_working(at("2026-12-31 17:00"), hours(2))
    with pytest.raises(YearMissing, match="CN-2018"):
        TIME.working_between(at("2018-12-31 09:00"), at("2019-01-02 09:00"))
    assert TIME.working_between(at("2026-12-31 17:00"), at("2027-01-01 00:00")) == hours(1)
