"""Clocks, pure: working days, office hours, limits and the acts on an order in; due days and faces of clocks out.

No Django, no database, no "now": files come as text, the instant is a parameter. Called by the order stage.
"""

from diancai.clocks.calendar import Calendar, load_calendar
from diancai.clocks.clock import glance, run_clock
from diancai.clocks.due import Due, Wanted, due_on
from diancai.clocks.events import Event, Extended, HandedOver, Paused, Resumed, Started, Stopped, check_next
from diancai.clocks.face import (
    Account,
    ClockFace,
    ExtensionAsked,
    Glance,
    Stretch,
    Warnings,
    check_extension,
    is_last_hour,
)
from diancai.clocks.hours import OfficeHours, load_hours
from diancai.clocks.limits import Limit, Limits, load_limits
from diancai.clocks.plain import PlainClocks
from diancai.clocks.seasons import Seasons, load_seasons
from diancai.clocks.spans import Span, Unit
from diancai.clocks.working_time import WorkingTime

__all__ = [
    "Account",
    "Calendar",
    "ClockFace",
    "Due",
    "Event",
    "Extended",
    "ExtensionAsked",
    "Glance",
    "HandedOver",
    "Limit",
    "Limits",
    "OfficeHours",
    "Paused",
    "PlainClocks",
    "Resumed",
    "Seasons",
    "Span",
    "Started",
    "Stopped",
    "Stretch",
    "Unit",
    "Wanted",
    "Warnings",
    "WorkingTime",
    "check_extension",
    "check_next",
    "due_on",
    "glance",
    "is_last_hour",
    "load_calendar",
    "load_hours",
    "load_limits",
    "load_seasons",
    "run_clock",
]
