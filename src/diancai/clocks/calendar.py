"""The working-day calendar: weekdays, less holidays, plus the Saturdays and Sundays swapped in (调休).

A pure reader of `config/calendars/CN-YYYY.csv`, one row for each day that differs from an ordinary week, as the State
Council's yearly notice says. Called by `working_time`, by limits that end on a day, and by the order stage.
"""

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diancai.clocks.errors import BadFile, YearMissing

Read = Callable[[str], str]
FIRST_YEAR = 2019


class DayKind(StrEnum):
    """How a listed day differs from an ordinary week."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A row of a calendar file: its kind and what it is called (春节, 春节调休)."""

    kind: DayKind
    name: str


def file_of(year: int) -> str:
    """The calendar file of a year, below `config/`."""
    return f"calendars/CN-{year}.csv"


class Calendar:
    """Working days of the years `first_year` to `last_year`. Days outside raise `YearMissing`, which names the file.

    Every question is answered from sorted ordinals: O(log n).
    """

    def __init__(self, first_year: int, last_year: int, listed: Mapping[date, ListedDay]) -> None:
        self.first_day = date(first_year, 1, 1)
        self.last_day = date(last_year, 12, 31)
        self._listed = dict(listed)
        self._first, self._last = self.first_day.toordinal(), self.last_day.toordinal()
        self._working = [each for each in range(self._first, self._last + 1) if self._works(date.fromordinal(each))]

    def _works(self, day: date) -> bool:
        listed = self._listed.get(day)
        return day.weekday() < 5 if listed is None else listed.kind is DayKind.WORKDAY

    def continued_to(self, last_year: int) -> "Calendar":
        """The same calendar, its missing years up to `last_year` filled with ordinary weeks: what is reckoned with it
        beyond `last_day` of this one is provisional and must be shown as such."""
        return Calendar(self.first_day.year, max(last_year, self.last_day.year), self._listed)

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        self._known(day.toordinal())
        return self._works(day)

    def holiday_name(self, day: date) -> str:
        """What the notice calls that day (春节, 春节调休); empty for an ordinary one."""
        listed = self._listed.get(day)
        return listed.name if listed else ""

    def add(self, day: date, n: int) -> date:
        """The `n`th working day after `day`, before it when negative; 0 is the day itself or the next working one."""
        return date.fromordinal(self.nth(day.toordinal(), n))

    def nth(self, ordinal: int, n: int) -> int:
        """`add` on ordinals of days."""
        self._known(ordinal)
        place = bisect_right(self._working, ordinal) + n - 1 if n > 0 else bisect_left(self._working, ordinal) + n
        if place < 0:
            raise self.missing_beyond(before=True)
        if place >= len(self._working):
            raise self.missing_beyond(before=False)
        return self._working[place]

    def working_days_between(self, begins: date, ends: date) -> int:
        """Working days after `begins`, up to and with `ends`; negative when `ends` lies before."""
        first, last = begins.toordinal(), ends.toordinal()
        self._known(first)
        self._known(last)
        return bisect_right(self._working, last) - bisect_right(self._working, first)

    def _known(self, ordinal: int) -> None:
        if not self._first <= ordinal <= self._last:
            raise self.missing_beyond(before=ordinal < self._first)

    def missing_beyond(self, *, before: bool) -> YearMissing:
        """The refusal for a day outside; it names the nearest year without a file, which must come first."""
        return year_missing(self.first_day.year - 1 if before else self.last_day.year + 1)


def year_missing(year: int) -> YearMissing:
    """The refusal that names the calendar file of a year."""
    return YearMissing(year=year, file=file_of(year))


def load_calendar(read: Read, first_year: int = FIRST_YEAR) -> Calendar:
    """The calendar of all years from `first_year` up to the first one without a file.

    `read` gives the text of a file below `config/` and raises FileNotFoundError for one that is not there.
    Raises `YearMissing` when even the first is not there, `BadFile` for a row that cannot be read.
    """
    listed: dict[date, ListedDay] = {}
    year = first_year
    while (text := _text_of(read, year)) is not None:
        listed |= _read_year(text, year)
        year += 1
    if year == first_year:
        raise year_missing(first_year)
    return Calendar(first_year, year - 1, listed)


def _text_of(read: Read, year: int) -> str | None:
    try:
        return read(file_of(year))
    except FileNotFoundError:
        return None


def _read_year(text: str, year: int) -> dict[date, ListedDay]:
    days: dict[date, ListedDay] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        day, listed = _read_row(row, year, line)
        if day in days:
            raise _bad(year, line, f"{day}写了两次", f"{day} stands twice")
        days[day] = listed
    if not days:
        raise _bad(year, 1, "一行也没有，每年至少有法定节假日", "there is no row; every year has holidays")
    return days


def _read_row(row: Mapping[str, str | None], year: int, line: int) -> tuple[date, ListedDay]:
    written, kind = (row.get("date") or "").strip(), (row.get("kind") or "").strip()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise _bad(year, line, f"日期“{written}”不是2026-01-01的写法", f"“{written}” is not a date") from None
    if day.year != year:
        raise _bad(year, line, f"{day}不在{year}年", f"{day} is not in {year}")
    if kind not in list(DayKind):
        raise _bad(year, line, f"“{kind}”应为holiday或workday", f"“{kind}” is neither holiday nor workday")
    if kind == DayKind.WORKDAY and day.weekday() < 5:
        raise _bad(year, line, f"{day}本来就是工作日，不用写调休", f"{day} is a weekday and needs no swap")
    return day, ListedDay(DayKind(kind), (row.get("name") or "").strip())


def _bad(year: int, line: int, zh: str, en: str) -> BadFile:
    return BadFile(file=file_of(year), where_zh=f"第{line}行", where_en=f"line {line}", what_zh=zh, what_en=en)
