"""The reader of times: finds the matches and turns each into a mention. Called by `digest`."""

import re
from dataclasses import replace
from datetime import date

from diancai.engine.said import almanac
from diancai.engine.said.farm_calendar import FarmCalendar
from diancai.engine.said.times.anchors import Anchor, lunar_month_of
from diancai.engine.said.times.mentions import TimeMention, TimeSense
from diancai.engine.said.times.patterns import KINDS, compile_times


class TimeReader:
    """Reads times with one farm calendar."""

    def __init__(self, calendar: FarmCalendar | None = None) -> None:
        self._calendar = calendar or FarmCalendar()
        self._farm = self._calendar.by_name()
        # 完 or 罢 after the verb tells that the season is over: 收完葵花 is after it.
        done = {f"{name[0]}{mark}{name[1:]}": name for name in self._farm if len(name) >= 2 for mark in "完罢"}
        self._done = done | {f"{name}{mark}": name for name in self._farm for mark in ("完", "罢", "结束")}
        self._time_names = frozenset(name for season in self._calendar.seasons for name in season.time_names)
        self._pattern = compile_times(tuple(self._farm), tuple(self._done))
        self._kinds = tuple(kind for kind in KINDS if kind in self._pattern.groupindex)

    def find(self, text: str, said_on: date | None, county: str = "") -> list[TimeMention]:
        """The time mentions of a reading, in order; days stay None when the day of saying is not known."""
        mentions: list[TimeMention] = []
        lunar_month: int | None = None
        for match in self._pattern.finditer(text):
            kind = next(name for name in self._kinds if match[name])
            lunar_month = lunar_month_of(match, kind) or lunar_month
            farm = self._farm_window(match, kind, said_on, county)
            is_time_name = kind == "farm" and match["fname"] in self._time_names
            mention = Anchor(match, kind, said_on, lunar_month, farm, is_time_name).mention(text)
            if mention is not None:
                mentions.append(mention)
        return _limits_shared(mentions)

    def _farm_window(
        self, match: re.Match[str], kind: str, said_on: date | None, county: str
    ) -> tuple[date, date] | None:
        if kind not in ("farm", "farmdone") or said_on is None:
            return None
        name = match["fname"] if kind == "farm" else self._done[match["fd"]]
        year = _named_year(said_on, match["fy"] if kind == "farm" else match["dy"])
        return self._calendar.upcoming(self._farm[name], county, said_on, year)


def _limits_shared(mentions: list[TimeMention]) -> list[TimeMention]:
    """清明剪毛以前: the 以前 holds for both times that stand together."""
    for place in range(len(mentions) - 2, -1, -1):
        one, two = mentions[place], mentions[place + 1]
        if one.end != two.start or two.sense is not TimeSense.BEFORE:
            continue
        if one.sense is TimeSense.AT:
            mentions[place] = replace(one, sense=TimeSense.BEFORE, earliest=two.earliest, latest=one.earliest)
        elif one.sense is TimeSense.SEASON:  # 开春浇水以前 is before watering
            mentions[place : place + 2] = [replace(two, start=one.start)]
    return mentions


def _named_year(said_on: date, word: str | None) -> int | None:
    """明年 is the lunar next year: said in January before the Spring Festival it is the calendar year that runs."""
    if not word:
        return None
    ahead = {"明年": 1, "后年": 2}.get(word, 0)
    return almanac.lunar_year_of(said_on) + ahead
