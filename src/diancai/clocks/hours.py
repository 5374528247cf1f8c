"""Office hours by county and season of the year, a pure reader of `config/hours.json`. Called by `working_time`.

The last entry that holds on a day wins; the first entry of each list holds always, so that every day has hours.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diancai.clocks.calendar import Read
from diancai.clocks.errors import BadFile

FILE = "hours.json"
MINUTE = 60_000_000  # microseconds
_PART = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_DAY = re.compile(r"(\d\d)-(\d\d)")

Parts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Parts of a day as (opens, closes) in microseconds after midnight, and when they hold."""

    parts: Parts
    begins: tuple[int, int] | None = None  # month and day
    ends: tuple[int, int] | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether this timetable is in force on that day."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        if self.begins is None or self.ends is None:
            return True
        here = (day.month, day.day)
        if self.begins <= self.ends:
            return self.begins <= here <= self.ends
        return here >= self.begins or here <= self.ends


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Timetables of all counties and the general ones."""

    general: tuple[Timetable, ...]
    counties: Mapping[str, tuple[Timetable, ...]]

    def on(self, day: date, county: str = "") -> Parts:
        """When the office of a county (six digits; "" the general hours) is open on a working day."""
        tables = self.counties.get(county, self.general)
        return next(table.parts for table in reversed(tables) if table.holds(day))


def load_hours(read: Read) -> OfficeHours:
    """The hours of `config/hours.json`. Raises `BadFile` naming the entry that cannot be used."""
    told: Mapping[str, Any] = json.loads(read(FILE))
    counties = {code: _tables(entries, code) for code, entries in told.get("counties", {}).items()}
    return OfficeHours(_tables(told.get("default", ()), "default"), counties)


def _tables(entries: Sequence[Mapping[str, Any]], owner: str) -> tuple[Timetable, ...]:
    tables = tuple(_table(entry, owner) for entry in entries)
    if not tables or tables[0] != Timetable(tables[0].parts):
        raise _bad(owner, "第一条须是全年通用的时段", "the first entry must hold the whole year")
    return tables


def _table(entry: Mapping[str, Any], owner: str) -> Timetable:
    try:
        begins, ends = _month_day(entry.get("from")), _month_day(entry.get("to"))
        if (begins is None) != (ends is None):
            raise ValueError(entry)
        return Timetable(_parts(entry["hours"]), begins, ends, _date(entry.get("since")), _date(entry.get("until")))
    except (KeyError, TypeError, ValueError):
        raise _bad(owner, f"时段写法有误 {entry}", f"an entry is not written as it should be {entry}") from None


def _parts(written: Sequence[str]) -> Parts:
    parts = tuple(_part(each) for each in written)
    edges = [edge for part in parts for edge in part]
    if not parts or edges != sorted(set(edges)) or edges[-1] > 24 * 60 * MINUTE:
        raise ValueError(written)
    return parts


def _part(written: str) -> tuple[int, int]:
    match = _PART.fullmatch(written.replace(" ", ""))
    if match is None:
        raise ValueError(written)
    hour, minute, last_hour, last_minute = map(int, match.groups())
    return (hour * 60 + minute) * MINUTE, (last_hour * 60 + last_minute) * MINUTE


def _month_day(written: str | None) -> tuple[int, int] | None:
    if written is None:
        return None
    match = _DAY.fullmatch(written)
    if match is None:
        raise ValueError(written)
    day = date(2024, int(match[1]), int(match[2]))  # a leap year, so that 02-29 may be written
    return day.month, day.day


def _date(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _bad(owner: str, zh: str, en: str) -> BadFile:
    return BadFile(file=FILE, where_zh=f"“{owner}”", where_en=f"“{owner}”", what_zh=zh, what_en=en)
