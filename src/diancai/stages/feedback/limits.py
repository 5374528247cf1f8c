"""The follow-up's limit (`config/limits.csv`) and how many days of tries it takes (`config/orders.json`)."""

from datetime import datetime

from django.utils import timezone

from diancai.clocks import due_on
from diancai.clocks.errors import YearMissing
from diancai.stages.order.clocking.rulebook import rulebook
from diancai.stages.order.errors import CalendarMissing
from diancai.stages.order.rows import ClockFacts
from diancai.stages.order.thresholds import thresholds as order_limits
from diancai.words import ClockKind


def days_of_tries() -> int:
    """On how many different days somebody must have tried before a resident counts as not reached."""
    return order_limits().tries_before_not_reached


def due_at(facts: ClockFacts, completed_at: datetime) -> datetime:
    """When the follow-up of an order completed then is due; beyond the last calendar it is reckoned by ordinary weeks,
    as the order's own clock is. Raises `CalendarMissing` for a completion before the first calendar."""
    rules, local = rulebook(completed_at), timezone.localtime(completed_at)
    limit = rules.limit(ClockKind.FOLLOW_UP, facts, local.date())
    try:
        return due_on(rules.time(facts.county_code[:6]), local, limit.span).at
    except YearMissing as missing:
        raise CalendarMissing(told_zh=missing.zh, told_en=missing.en) from missing
