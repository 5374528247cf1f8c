"""What `config/notices.json` and the calendars say: pace, quiet hours, default channels. Read once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial

from django.conf import settings

from diancai.clocks import WorkingTime, load_calendar, load_hours
from diancai.clocks.calendar import Calendar
from diancai.clocks.errors import YearMissing
from diancai.clocks.hours import OfficeHours
from diancai.config import read_json, read_text
from diancai.ground.notices.rules import Pace, Quiet
from diancai.words import Channel, NoticeKind

logger = logging.getLogger(__name__)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Practice:
    """The county's way with notices."""

    pace: Pace
    quiet: Quiet
    quiet_of_county: dict[str, Quiet]
    channels: dict[NoticeKind, frozenset[Channel]]
    office_hours: frozenset[NoticeKind]

    def quiet_in(self, county_code: str) -> Quiet:
        """The quiet hours of a county by its code, six or twelve digits."""
        return self.quiet_of_county.get(county_code[:6], self.quiet)


@lru_cache(maxsize=1)
def practice() -> Practice:
    """What `config/notices.json` says; a spoilt file raises ValueError or KeyError naming the value."""
    told = read_json("notices.json", settings.CONFIG_OVERRIDES)
    return Practice(
        Pace(timedelta(minutes=told["gather_minutes"]), timedelta(minutes=told["window_minutes"])),
        _quiet(told["quiet"]["default"]),
        {code: _quiet(each) for code, each in told["quiet"]["counties"].items()},
        {kind: frozenset(Channel(each) for each in told["channels"].get(kind, ())) for kind in NoticeKind},
        frozenset(NoticeKind(each) for each in told["office_hours"]),
    )


def _quiet(told: dict[str, object]) -> Quiet:
    since, until = (time.fromisoformat(str(told[name])) for name in ("since", "until"))
    return Quiet(since, until, bool(told["days_off"]))


def is_working(day: date) -> bool:
    """Whether the offices work; in a year without a calendar Monday to Friday, and the log names the missing file.

    A notice must not wait for a file: limits refuse such a year, notices go on by the week.
    """
    try:
        return _calendar().is_working(day)
    except YearMissing as missing:
        _log_once(str(missing))
        return day.weekday() < SATURDAY


def next_open_in(county_code: str) -> Callable[[datetime], datetime]:
    """The next moment at which the offices of a county are open; the moment itself where no calendar reaches."""

    def next_open(at: datetime) -> datetime:
        try:
            return _working_time(county_code[:6]).next_open(at)
        except YearMissing as missing:
            _log_once(str(missing))
            return at

    return next_open


@lru_cache(maxsize=8)
def _log_once(sentence: str) -> None:
    logger.error(sentence)


@lru_cache(maxsize=1)
def _calendar() -> Calendar:
    return load_calendar(partial(read_text, overrides=settings.CONFIG_OVERRIDES))


@lru_cache(maxsize=1)
def _hours() -> OfficeHours:
    return load_hours(partial(read_text, overrides=settings.CONFIG_OVERRIDES))


@lru_cache(maxsize=128)
def _working_time(county: str) -> WorkingTime:
    return WorkingTime(_calendar(), _hours(), county)
