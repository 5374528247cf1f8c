"""The calendar files say what the State Council's notices said, and a file that cannot be used says where and why."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import CALENDAR, day, reading_of

from diancai.clocks import load_calendar
from diancai.clocks.errors import BadFile, YearMissing
from diancai.config import read_text

# A holiday of each year with the weekend days worked for it, as announced; then the working days of each year.
NOTICES = {
    2019: ("春节", "2019-02-04", "2019-02-10", ["2019-02-02", "2019-02-03"]),
    2020: ("春节", "2020-01-24", "2020-02-02", ["2020-01-19"]),  # prolonged to 2 February, 1 February no longer worked
    2021: ("劳动节", "2021-05-01", "2021-05-05", ["2021-04-25", "2021-05-08"]),
    2022: ("国庆节", "2022-10-01", "2022-10-07", ["2022-10-08", "2022-10-09"]),
    2023: ("中秋节、国庆节", "2023-09-29", "2023-10-06", ["2023-10-07", "2023-10-08"]),
    2024: ("春节", "2024-02-10", "2024-02-17", ["2024-02-04", "2024-02-18"]),
    2025: ("国庆节、中秋节", "2025-10-01", "2025-10-08", ["2025-09-28", "2025-10-11"]),
    2026: ("春节", "2026-02-15", "2026-02-23", ["2026-02-14", "2026-02-28"]),
}
WORKING_DAYS = {2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
HEAD = "date,kind,name\n"


@pytest.mark.parametrize("year", NOTICES)
def test_a_holiday_of_each_year_is_as_long_as_announced_and_its_weekends_are_worked(year: int) -> None:
    name, first, last, swapped = NOTICES[year]
    off = [each for each in _days(day(first), day(last)) if not CALENDAR.is_working(each)]
    assert len(off) == (day(last) - day(first)).days + 1
    assert CALENDAR.is_working(CALENDAR.add(day(first), -1)) and CALENDAR.add(day(last), 1) > day(last)
    assert {CALENDAR.holiday_name(each) for each in off} == {name}
    for each in map(day, swapped):
        assert each.weekday() >= 5 and CALENDAR.is_working(each)
        assert CALENDAR.holiday_name(each) == f"{name}调休"


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_a_year_has_as_many_working_days_as_announced(year: int) -> None:
    counted = CALENDAR.working_days_between(date(year, 1, 1), date(year, 12, 31))  # New Year's Day never works
    assert counted == WORKING_DAYS[year]


def test_the_year_after_the_last_file_is_named_with_the_file_to_add() -> None:
    with pytest.raises(YearMissing) as refusal:
        CALENDAR.is_working(date(2031, 5, 1))
    assert refusal.value.code == "year_missing"
    for language in ("zh", "en"):  # the nearest missing year must come first
        assert "calendars/CN-2027.csv" in refusal.value.text(language)
    with pytest.raises(YearMissing, match="CN-2018"):
        CALENDAR.is_working(date(2018, 12, 31))
    with pytest.raises(YearMissing, match="CN-2027"):
        CALENDAR.add(date(2026, 12, 30), 5)
    with pytest.raises(YearMissing, match="CN-2018"):
        CALENDAR.add(date(2019, 1, 3), -5)


def test_a_county_adds_the_year_that_lacks_and_corrects_another() -> None:
    files = {
        "calendars/CN-2027.csv": HEAD + "2027-01-01,holiday,元旦\n",
        "calendars/CN-2026.csv": read_text("calendars/CN-2026.csv") + "2026-08-03,holiday,那达慕\n",
    }
    calendar = load_calendar(reading_of(files))
    assert calendar.last_day == date(2027, 12, 31)
    assert calendar.add(date(2026, 12, 30), 2) == date(2027, 1, 4)
    assert not calendar.is_working(date(2026, 8, 3)) and CALENDAR.is_working(date(2026, 8, 3))


def test_a_gap_between_years_ends_the_calendar() -> None:
    def read(name: str) -> str:
        if name == "calendars/CN-2022.csv":
            raise FileNotFoundError(name)
        return read_text(name)

    calendar = load_calendar(read)
    assert calendar.last_day == date(2021, 12, 31)
    with pytest.raises(YearMissing, match="CN-2022"):
        calendar.is_working(date(2026, 1, 5))


def test_without_the_first_year_there_is_no_calendar() -> None:
    def read(name: str) -> str:
        raise FileNotFoundError(name)

    with pytest.raises(YearMissing, match="CN-2019"):
        load_calendar(read)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026/01/01,holiday,元旦", "第2行"),
        ("2026-02-30,holiday,春节", "2026-02-30"),
        ("2025-01-01,holiday,元旦", "不在2026年"),
        ("2026-01-01,休,元旦", "holiday或workday"),
        ("2026-01-05,workday,元旦调休", "本来就是工作日"),
        ("2026-01-01,holiday,元旦\n2026-01-01,holiday,元旦", "第3行"),
        ("", "一行也没有"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, said: str) -> None:
    with pytest.raises(BadFile) as refusal:
        load_calendar(reading_of({"calendars/CN-2026.csv": HEAD + row}))
    assert said in refusal.value.zh and "calendars/CN-2026.csv" in refusal.value.en


days_covered = st.dates(date(2019, 3, 1), date(2026, 9, 30))


@settings(max_examples=100, deadline=None)
@given(days_covered, st.integers(-30, 30))
def test_counting_back_undoes_counting_on(begins: date, n: int) -> None:
    reached = CALENDAR.add(begins, n)
    assert CALENDAR.is_working(reached)
    if CALENDAR.is_working(begins):
        assert CALENDAR.add(reached, -n) == begins
        assert CALENDAR.working_days_between(begins, reached) == n
    walked = _walk(begins, n)
    assert reached == walked


@settings(max_examples=100, deadline=None)
@given(days_covered, days_covered)
def test_working_days_between_are_those_one_counts_on_the_fingers(one: date, two: date) -> None:
    first, last = min(one, two), max(one, two)
    counted = sum(CALENDAR.is_working(each) for each in _days(first + timedelta(days=1), last))
    assert CALENDAR.working_days_between(first, last) == counted == -CALENDAR.working_days_between(last, first)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _walk(begins: date, n: int) -> date:
    step = timedelta(days=1 if n >= 0 else -1)
    here = begins
    if n == 0:
        while not CALENDAR.is_working(here):
            here += step
    for _ in range(abs(n)):
        here += step
        while not CALENDAR.is_working(here):
            here += step
    return here


def test_every_packaged_file_is_in_the_calendar() -> None:
    years: Mapping[int, int] = WORKING_DAYS
    assert (CALENDAR.first_day.year, CALENDAR.last_day.year) == (min(years), max(years))
