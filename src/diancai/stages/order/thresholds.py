"""The county's windows and thresholds (`config/orders.json`) and its working days. Called by actions and wording."""

from datetime import date
from functools import lru_cache, partial

from django.conf import settings

from diancai.clocks.calendar import Calendar, load_calendar
from diancai.clocks.errors import YearMissing
from diancai.config import read_json, read_text
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.order.rules import Thresholds


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """What `config/orders.json` says, read once."""
    return Thresholds(**read_json("orders.json", settings.CONFIG_OVERRIDES))


@lru_cache(maxsize=1)
def _calendar() -> Calendar:
    return load_calendar(partial(read_text, overrides=settings.CONFIG_OVERRIDES))


def working_days_after(day: date, days: int) -> date:
    """The `days`-th working day after `day`. Raises `CalendarMissing`, which names the file to add."""
    try:
        return _calendar().add(day, days)
    except YearMissing as missing:
        raise CalendarMissing(told_zh=missing.zh, told_en=missing.en) from missing
