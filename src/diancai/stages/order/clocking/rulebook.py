"""The county's calendar, hours, limits and seasons as files say them now; a file changed is read again by itself.

A calendar ends where its files end. Clocks that reach beyond run on ordinary weeks and are marked provisional
(暂按周末推算): an order of December must be dispatched before next year's notice is published.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from diancai.clocks import (
    Calendar,
    Limit,
    PlainClocks,
    Seasons,
    Wanted,
    Warnings,
    WorkingTime,
    load_calendar,
    load_hours,
    load_limits,
    load_seasons,
)
from diancai.clocks.calendar import FIRST_YEAR, file_of
from diancai.config import read_text
from diancai.stages.order.rows import ClockFacts
from diancai.words import ClockKind

FILES = ("hours.json", "limits.csv", "farm_calendar.json", "topics.csv")
YEARS_AHEAD = 3  # a limit of sixty working days, an extension of as many, and a New Year wished for after it
Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a dispatch promises where nothing is kept on its part: two spans, and the clocks under their warnings."""

    limit: str
    sign_limit: str
    handling: PlainClocks
    sign: PlainClocks


class Rulebook:
    """All rules of the clocks at one state of the files. Built once and kept; every answer is cached."""

    def __init__(self, read: Callable[[str], str], until_year: int) -> None:
        self.certain: Calendar = load_calendar(read)
        self.calendar = self.certain.continued_to(max(self.certain.last_day.year, until_year) + YEARS_AHEAD)
        self._hours, self._limits = load_hours(read), load_limits(read)
        self._seasons: Seasons = load_seasons(read)
        self.time = lru_cache(maxsize=None)(partial(WorkingTime, self.calendar, self._hours))
        self._plain = lru_cache(maxsize=None)(self._plain_clocks)
        self._find = lru_cache(maxsize=100_000)(self._limits.find)
        self._terms = lru_cache(maxsize=100_000)(self._read_terms)
        self._wanted = lru_cache(maxsize=100_000)(self._seasons.wanted)
        self.digest = _digest(read)

    def limit(self, clock: ClockKind, facts: ClockFacts, on: date) -> Limit:
        """The limit for a dispatch on `on`. Raises `NoLimit`."""
        return self._find(
            clock,
            on=on,
            strand=facts.strand,
            topic=facts.topic,
            source=facts.source,
            kind=facts.kind,
            urgency=facts.urgency,
            county=facts.county_code[:6],
        )

    def wanted(self, facts: ClockFacts, on: date) -> Wanted | None:
        """When what was dispatched on `on` is wanted: what the resident said, else the season of its topic."""
        first, last = facts.wanted_from, facts.wanted_until
        if first and last and last < first:
            first = None
        told = Wanted(first, last) if first or last else None
        return self._wanted(on, facts.county_code[:6], topic=facts.topic, told=told, words=facts.wanted_text)

    def terms(self, facts: ClockFacts, on: date) -> Terms:
        """Both limits for a dispatch on `on`, with the clocks that run under them. Raises `NoLimit`."""
        axes = (facts.strand, facts.topic, facts.source, facts.kind, facts.urgency)
        return self._terms(on, facts.county_code[:6], *axes)

    def _read_terms(
        self, on: date, county: str, strand: str, topic: str, source: str, kind: str, urgency: str
    ) -> Terms:
        axes = {"strand": strand, "topic": topic, "source": source, "kind": kind, "urgency": urgency, "county": county}
        handling = self._find(ClockKind.HANDLING, on=on, **axes)
        sign = self._find(ClockKind.SIGN_FOR, on=on, **axes)
        return Terms(
            handling.span.text,
            sign.span.text,
            self._plain(county, handling.warnings),
            self._plain(county, sign.warnings),
        )

    def _plain_clocks(self, county: str, warnings: Warnings) -> PlainClocks:
        return PlainClocks(self.time(county), warnings)

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies beyond the years whose calendar is published."""
        return day > self.certain.last_day


def rulebook(at: datetime | None = None) -> Rulebook:
    """The rules as the files stand now; `at` tells how far the provisional years must reach."""
    year = timezone.localdate(at or timezone.now()).year
    return _built(_stamp(settings.CONFIG_OVERRIDES), max(year, timezone.localdate().year), settings.CONFIG_OVERRIDES)


@lru_cache(maxsize=4)
def _built(stamp: Stamp, year: int, overrides: Path | None) -> Rulebook:
    del stamp  # it is here to tell one state of the files from another
    return Rulebook(partial(read_text, overrides=overrides), year)


def _stamp(overrides: Path | None) -> Stamp:
    """When the county's own files were changed last; the package's do not change while it runs."""
    if overrides is None or not overrides.is_dir():
        return ()
    own = [overrides / name for name in FILES] + sorted((overrides / "calendars").glob("CN-*.csv"))
    return tuple((path.name, path.stat().st_mtime_ns) for path in own if path.is_file())


def _digest(read: Callable[[str], str]) -> str:
    told = sha256()
    for name in FILES:
        told.update(read(name).encode())
    year = FIRST_YEAR
    while (text := _text_of(read, year)) is not None:
        told.update(text.encode())
        year += 1
    return told.hexdigest()


def _text_of(read: Callable[[str], str], year: int) -> str | None:
    try:
        return read(file_of(year))
    except FileNotFoundError:
        return None
