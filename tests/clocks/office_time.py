"""The packaged calendar and hours, and short ways to write instants; shared by the tests of the clocks."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from diancai.clocks import Seasons, WorkingTime, load_calendar, load_hours, load_seasons
from diancai.clocks.axis import BEIJING
from diancai.config import read_text

CALENDAR = load_calendar(read_text)
TIME = WorkingTime(CALENDAR, load_hours(read_text))
SEASONS: Seasons = load_seasons(read_text)


def at(written: str) -> datetime:
    """`2026-02-13 16:00` in Beijing time."""
    return datetime.fromisoformat(written).replace(tzinfo=BEIJING)


def day(written: str) -> date:
    return date.fromisoformat(written)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def reading(**files: str) -> Callable[[str], str]:
    """A reader in which some files stand for the packaged ones; `_` in a keyword stands for what a name cannot hold.

    `reading_of({"calendars/CN-2027.csv": …})` is the same for names that no keyword can spell.
    """
    return reading_of({f"{name}.{'csv' if name == 'limits' else 'json'}": text for name, text in files.items()})


def reading_of(files: Mapping[str, str]) -> Callable[[str], str]:
    def read(name: str) -> str:
        return files[name] if name in files else read_text(name)

    return read
