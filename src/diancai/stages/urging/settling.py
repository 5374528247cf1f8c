"""What the county's configuration says (`config/urging.json`), its working days and its office hours."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from django.conf import settings

from diancai.clocks.calendar import Calendar, load_calendar
from diancai.clocks.hours import OfficeHours, load_hours
from diancai.clocks.working_time import WorkingTime
from diancai.config import read_json, read_text
from diancai.ground.place.queries import name_of
from diancai.stages.order.thresholds import working_days_after
from diancai.words import UrgingStep


@dataclass(frozen=True, slots=True)
class Issuer:
    """By which body a step leaves at a place, who signs, and what its numbers begin with."""

    body: str
    signer: str
    mark: str


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    told: dict[str, Any] = read_json("urging.json", settings.CONFIG_OVERRIDES)
    return told


def issuer_of(step: UrgingStep, place_code: str) -> Issuer:
    """The body and signature that the configuration names for a step at a place."""
    general = _told()["bodies"][step.value]
    own = _told()["places"].get(place_code, {}).get(step.value, {})
    place = name_of(place_code)
    return Issuer(**{name: text.format(place=place) for name, text in (general | own).items()})


def answer_due(step: UrgingStep, today: date) -> date:
    """Until when an urging sent today is answered. Raises `CalendarMissing` of order."""
    return working_days_after(today, _told()["wait_days"][step.value])


@lru_cache(maxsize=1)
def _clock() -> tuple[Calendar, OfficeHours]:
    read = partial(read_text, overrides=settings.CONFIG_OVERRIDES)
    return load_calendar(read), load_hours(read)


@lru_cache(maxsize=64)
def working_time(county_code: str) -> WorkingTime:
    """Calendar and office hours of a county, built once."""
    return WorkingTime(*_clock(), county_code[:6])


def is_office_open(county_code: str, at: datetime) -> bool:
    """Whether the county's office is open then. Raises `YearMissing`, which names the calendar file to add."""
    return working_time(county_code).is_open(at)
