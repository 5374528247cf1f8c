"""From one match to a mention: its window of days, and how the word after it (以前, 以后, 前后) bounds the wish.

Called by `reader`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from diancai.engine.said.times.mentions import TimeMention, TimeSense
from diancai.engine.said.times.windows import LUNAR_MONTHS, Windows, number

_BEFORE = frozenset(("以前", "之前", "前", "前头", "跟前", "附近"))
_AFTER = frozenset(("以后", "之后", "过后", "过了", "后", "后头"))
_AROUND = frozenset(("前后", "左右"))
_UNTIL = ("赶", "等", "趁", "到")
_PASSED = ("过了", "过完")
_ENDS = frozenset(("月底", "月末", "年底", "年前", "年内", "底", "末"))
_NEW_YEAR_ALONE = ("过年", "大年")
_BY_KIND = {
    "soon": TimeSense.SOON,
    "season": TimeSense.SEASON,
    "loss": TimeSense.LOSS,
    "left": TimeSense.LOSS,
    "within": TimeSense.WITHIN,
    "thisyear": TimeSense.YEAR,
    "farmdone": TimeSense.AFTER,
}
_DAYS_AROUND = timedelta(days=3)


def lunar_month_of(match: re.Match[str], kind: str) -> int | None:
    """The lunar month that a match names: it holds for bare days (初六) that follow."""
    if kind == "newyear":
        return 1  # 过年人都回来了，初五到初十讲最好
    group = {"range": "rm", "lunar": "lm", "lunarmonth": "lmm"}.get(kind)
    named = match[group] if group else None
    return None if named is None else LUNAR_MONTHS.get(named) or number(named)


@dataclass(frozen=True, slots=True)
class Anchor:
    """One match on its way to a mention."""

    match: re.Match[str]
    kind: str
    on: date | None
    lunar_month: int | None
    farm: tuple[date, date] | None
    is_time_name: bool  # a farm season whose name alone is a time: 开春

    def mention(self, text: str) -> TimeMention | None:
        """The mention, or None when the words tell no time (接羔 alone) or a day that does not exist."""
        start, end = self.match.span()
        after = self._afterword(text[max(0, start - 2) : start])
        if self.kind == "farm" and not after and not self.is_time_name:
            return None
        sense = self._sense(after)
        is_farm = self.kind in ("farm", "farmdone")
        if self.on is None:
            return TimeMention(start, end, sense, None, None, is_farm)
        window = self._window(self.on)
        if window is None:
            return None
        return self._placed(TimeMention(start, end, sense, *window, is_farm), after, self.on)

    def _afterword(self, before: str) -> str:
        """The word after, or what a word before says as well: 赶接羔, 过了正月十五."""
        told: str = self.match["after"] or ""
        if told:
            return told
        if before in _PASSED:
            return "以后"
        reaches = before.endswith(_UNTIL)
        if self.kind == "farm" and reaches:
            return "时候"
        if self.kind == "farm" and self.match["fy"] and self.is_time_name:
            return "时候"
        alone = self.kind == "newyear" and self.match["yw"] in _NEW_YEAR_ALONE
        return "时候" if alone and (self.match["ye"] or reaches) else ""

    def _sense(self, after: str) -> TimeSense:
        if after in _BEFORE and self.kind == "season":
            return TimeSense.BEFORE
        if self.kind == "farm" and not after:
            return TimeSense.SEASON
        if self.kind in _BY_KIND:
            return _BY_KIND[self.kind]
        if self.kind == "newyear" and not after and self.match["yw"] in _NEW_YEAR_ALONE:
            return TimeSense.SEASON  # 过年 alone is a wish only beside other words
        if after in _AFTER:
            return TimeSense.AFTER
        return TimeSense.BEFORE if after in _BEFORE or self._is_end() else TimeSense.AT

    def _is_end(self) -> bool:
        """月底, 年底, 年前: the end of something is a latest day."""
        told = self.match["mx"] or self.match["yp"] or self.match["mp"] or self.match["lmp"] or ""
        return told in _ENDS

    def _window(self, on: date) -> tuple[date, date | None] | None:
        if self.farm is not None:
            return self.farm
        window: tuple[date, date | None] | None = getattr(Windows(self.match, self.lunar_month), self.kind)(on)
        return window

    def _placed(self, told: TimeMention, after: str, on: date) -> TimeMention:
        """The window as the sense bounds it: before its first day, after its last, around it, or in it."""
        first, last = told.earliest or on, told.latest
        if told.sense in (TimeSense.LOSS, TimeSense.WITHIN):
            return replace(told, earliest=on)
        if told.sense is TimeSense.BEFORE:
            whole_end = self._is_end() and after not in _BEFORE
            return replace(told, earliest=on, latest=last if whole_end else first)
        if told.sense is TimeSense.AFTER:
            return replace(told, earliest=last, latest=None)
        if after in _AROUND and last is not None:
            return replace(told, earliest=max(on, first - _DAYS_AROUND), latest=last + _DAYS_AROUND)
        return told if told.sense is TimeSense.YEAR else replace(told, earliest=max(first, on))
