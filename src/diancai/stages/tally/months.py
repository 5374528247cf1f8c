"""The instants between which a month lies, in local time. Called by whoever counts a cell."""

from datetime import datetime

from django.utils import timezone


def month_span(month: str) -> tuple[datetime, datetime]:
    """First instant of the month and of the next one, in local time."""
    year, number = int(month[:4]), int(month[5:])
    following = (year + number // 12, number % 12 + 1)
    zone = timezone.get_current_timezone()
    return datetime(year, number, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)
