"""Working time of one county in datetimes: the face of `axis` for callers outside this room."""

from datetime import date, datetime, timedelta

from diancai.clocks.axis import MICROSECOND, Axis
from diancai.clocks.calendar import Calendar
from diancai.clocks.hours import OfficeHours
from diancai.clocks.spans import Span


class WorkingTime:
    """Calendar and office hours of a county (six digits; "" the general hours). Build once and keep.

    Instants are aware datetimes; answers come in Beijing time. Lengths are open office time. Every method raises
    `YearMissing` for a day outside the calendar and `NoZone` for a naive datetime.
    """

    def __init__(self, calendar: Calendar, hours: OfficeHours, county: str = "") -> None:
        self.calendar = calendar
        self.axis = Axis(calendar, hours, county)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at that instant: the schedule acts only then."""
        return self.axis.is_open(self.axis.ticks(at))

    def day_of(self, at: datetime) -> date:
        """The day in Beijing on which an instant lies."""
        return date.fromordinal(self.axis.day_of(self.axis.ticks(at)))

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when the office is open, else the next opening."""
        return self.axis.instant(self.axis.next_open(self.axis.ticks(at)))

    def closing(self, day: date) -> datetime | None:
        """When the office closes on that day; None when it does not work."""
        if not self.calendar.is_working(day):
            return None
        return self.axis.instant(self.axis.closing(day.toordinal()))

    def add_working(self, at: datetime, length: timedelta) -> datetime:
        """The earliest instant at which `length` of open time has passed since `at`; at itself for nought."""
        ticks = self.axis.ticks(at)
        if not length:
            return self.axis.instant(ticks)
        return self.axis.instant(self.axis.reached(self.axis.worked(ticks) + length // MICROSECOND))

    def working_between(self, begins: datetime, ends: datetime) -> timedelta:
        """Open time between two instants; negative when `ends` lies before."""
        worked = self.axis.worked(self.axis.ticks(ends)) - self.axis.worked(self.axis.ticks(begins))
        return timedelta(microseconds=worked)

    def after(self, at: datetime, span: Span) -> datetime:
        """When a limit that begins at `at` ends."""
        return self.axis.instant(self.axis.after(self.axis.ticks(at), span))
