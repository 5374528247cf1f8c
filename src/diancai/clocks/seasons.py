"""Wanted times that hang on the farm year: each county's seasons (放水 播种 接羔 收葵花), lunar days (正月十五, 小年).

Reads `config/farm_calendar.json` with the engine's own readers, so that an order and the remark it came from mean the
same day by 放水前. Called by the order stage when it sets a due day.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from diancai.clocks.calendar import Read
from diancai.clocks.due import Wanted
from diancai.clocks.errors import BadFile
from diancai.engine.said.almanac import next_lunar
from diancai.engine.said.characters import read as standard_reading
from diancai.engine.said.farm_calendar import FarmCalendar, Season, load_farm_calendar
from diancai.engine.said.times import TimeMention, TimeReader, TimeSense

FILE = "farm_calendar.json"
_BINDING = (TimeSense.BEFORE, TimeSense.AT, TimeSense.AFTER, TimeSense.WITHIN, TimeSense.LOSS)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar year that work hangs on."""

    key: str
    label: str
    month: int
    day: int


class Seasons:
    """The farm year of all counties, and the topics that must be done before one of its days."""

    def __init__(
        self, calendar: FarmCalendar, lunar_days: Mapping[str, LunarDay], ties: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._calendar = calendar
        self._seasons = {season.key: season for season in calendar.seasons}
        self._lunar_days = dict(lunar_days)
        self._ties = dict(ties)
        self._reader = TimeReader(calendar)

    def wanted(
        self, on: date, county: str = "", *, topic: str = "", told: Wanted | None = None, words: str = ""
    ) -> Wanted | None:
        """When an order placed on `on` in a county (six digits) is wanted.

        The days that the need keeps (`told`) count before those read from `words` (放水前, 正月十五), these before what
        the topic is tied to. What is wanted before a day is wanted on the eve of it. None when nothing binds.
        """
        mention = self._mention(on, county, words)
        if told is not None and (told.first or told.last):
            is_before = mention is not None and mention.sense is TimeSense.BEFORE and mention.latest == told.last
            season = words.strip() if mention is not None and mention.farm else told.season
            return Wanted(told.first, _eve(told.last, told.first or on) if is_before else told.last, season)
        if mention is not None:
            last = _eve(mention.latest, on) if mention.sense is TimeSense.BEFORE else mention.latest
            return Wanted(mention.earliest, last, words.strip() if mention.farm else "")
        return self._from_topic(on, county, topic)

    def _mention(self, on: date, county: str, words: str) -> TimeMention | None:
        """The first time in the words that binds a wish."""
        if not words.strip():
            return None
        mentions = self._reader.find(standard_reading(words).text, on, county)
        return next((each for each in mentions if _binds(each)), None)

    def _from_topic(self, on: date, county: str, topic: str) -> Wanted | None:
        keys = self._ties.get(topic) or self._ties.get(topic.partition("/")[0], ())
        ahead = min((self._next(key, county, on) for key in keys), default=None)
        return None if ahead is None else Wanted(last=ahead[0] - timedelta(days=1), season=ahead[1])

    def _next(self, key: str, county: str, on: date) -> tuple[date, str]:
        """The first day of a season, or the lunar day, that comes after `on`."""
        if key in self._lunar_days:
            lunar = self._lunar_days[key]
            return next_lunar(on + timedelta(days=1), lunar.month, lunar.day), lunar.label
        season: Season = self._seasons[key]
        begins = (self._calendar.window(season, county, year)[0] for year in (on.year, on.year + 1))
        return next(day for day in begins if day > on), season.label


def load_seasons(read: Read) -> Seasons:
    """The farm year of `config/farm_calendar.json`. Raises `BadFile` for a tie to something it does not list."""
    told: Mapping[str, Any] = json.loads(read(FILE))
    calendar = load_farm_calendar(told)
    lunar_days = {each["key"]: _lunar_day(each) for each in told.get("lunar_days", ())}
    known = lunar_days.keys() | {season.key for season in calendar.seasons}
    ties: dict[str, tuple[str, ...]] = {}
    for tie in told.get("ties", ()):
        for key in tie["before"]:
            if key not in known:
                raise _bad(tie["topic"], f"没有名为{key}的农时或农历日", f"there is no season or lunar day {key}")
        ties[tie["topic"]] = tuple(tie["before"])
    return Seasons(calendar, lunar_days, ties)


def _lunar_day(written: Mapping[str, str]) -> LunarDay:
    month, _, day = written["lunar"].partition("-")
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12 and 1 <= int(day) <= 30):
        raise _bad(
            written["key"], f"农历日期“{written['lunar']}”应写成12-23", f"“{written['lunar']}” is not like 12-23"
        )
    return LunarDay(written["key"], written["label"], int(month), int(day))


def _eve(day: date | None, first: date) -> date | None:
    """The day before, unless that would lie before `first`."""
    return day - timedelta(days=1) if day is not None and day > first else day


def _binds(mention: TimeMention) -> bool:
    return mention.sense in _BINDING and (mention.earliest is not None or mention.latest is not None)


def _bad(owner: str, zh: str, en: str) -> BadFile:
    return BadFile(file=FILE, where_zh=f"“{owner}”", where_en=f"“{owner}”", what_zh=zh, what_en=en)
