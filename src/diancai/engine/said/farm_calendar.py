"""The farm calendar: when the seasons that people name (放水, 播种, 接羔, 收葵花) begin and end, per county and year.

A pure reader of `config/farm_calendar.json`; the dates are the office's, confirmed every year. Called by `times`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Season:
    """A farm season with the words that name it and its default first and last day as "MM-DD"."""

    key: str
    label: str
    names: tuple[str, ...]
    starts: str
    ends: str
    time_names: tuple[str, ...] = ()  # names that are times even alone: 开春; 接羔 alone is a subject


def _day(year: int, month_day: str) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def _spoken_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """收葵花 is also said 葵花收; both name the season."""
    turned = tuple(name[1:] + name[0] for name in names if len(name) >= 3 and name[0] in "收种割打栽剪")
    return names + turned


@dataclass(frozen=True, slots=True)
class FarmCalendar:
    """Seasons with overrides: `counties[county][key]` and `years[year][county][key]` are (start, end)."""

    seasons: tuple[Season, ...] = ()
    counties: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    years: Mapping[str, Mapping[str, Mapping[str, tuple[str, str]]]] = field(default_factory=dict)

    def by_name(self) -> dict[str, tuple[Season, ...]]:
        """Every spoken name with the seasons that it may mean."""
        found: dict[str, tuple[Season, ...]] = {}
        for season in self.seasons:
            for name in _spoken_names(season.names):
                found[name] = (*found.get(name, ()), season)
        return found

    def window(self, season: Season, county: str, year: int) -> tuple[date, date]:
        """First and last day of a season in a county (six-digit code) and year; the end may lie in the next year."""
        told = self.years.get(str(year), {}).get(county, {}).get(season.key)
        starts, ends = told or self.counties.get(county, {}).get(season.key) or (season.starts, season.ends)
        first = _day(year, starts)
        last = _day(year, ends)
        return first, last if last >= first else _day(year + 1, ends)

    def upcoming(self, seasons: tuple[Season, ...], county: str, on: date, year: int | None) -> tuple[date, date]:
        """The nearest window of these seasons that has not begun on `on`, or in the named `year`."""
        years = (year,) if year is not None else (on.year, on.year + 1)
        windows = [self.window(season, county, each) for season in seasons for each in years]
        ahead = [window for window in windows if window[0] >= on]
        return min(ahead) if ahead else max(windows)


def load_farm_calendar(source: str | Mapping[str, Any]) -> FarmCalendar:
    """A calendar from the text or the parsed object of `farm_calendar.json`; KeyError when a season lacks a field."""
    told: Mapping[str, Any] = json.loads(source) if isinstance(source, str) else source
    seasons = tuple(
        Season(
            each["key"],
            each["label"],
            tuple(each["names"]),
            each["starts"],
            each["ends"],
            tuple(each.get("time_names", ())),
        )
        for each in told["seasons"]
    )
    return FarmCalendar(seasons, told.get("counties", {}), told.get("years", {}))
