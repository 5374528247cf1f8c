"""The axis of open office time: whole numbers of microseconds, so that nothing is lost by rounding.

For each day of the calendar it keeps how much office time lies before it; a question is one division or one bisection.
Instants ("ticks") are microseconds since the first midnight of the calendar, in Beijing time, which has had no summer
time since 1992. Called by `working_time` for datetimes and by `clock` and `due` directly.
"""

from bisect import bisect_left
from datetime import datetime, timedelta, timezone

from diancai.clocks.calendar import Calendar
from diancai.clocks.errors import NoZone
from diancai.clocks.hours import OfficeHours, Parts
from diancai.clocks.spans import Span, Unit

BEIJING = timezone(timedelta(hours=8), "UTC+08:00")
MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600_000_000
DAY = 24 * HOUR


class Axis:
    """Open office time of one county over all years of the calendar. Outside them: `YearMissing`."""

    def __init__(self, calendar: Calendar, hours: OfficeHours, county: str = "") -> None:
        self.calendar = calendar
        self._first = calendar.first_day.toordinal()
        self._epoch = datetime(calendar.first_day.year, 1, 1, tzinfo=BEIJING)
        self._parts: list[Parts] = []
        self._before = [0]
        for ordinal in range(self._first, calendar.last_day.toordinal() + 1):
            day = calendar.first_day.fromordinal(ordinal)
            parts = hours.on(day, county) if calendar.is_working(day) else ()
            self._parts.append(parts)
            self._before.append(self._before[-1] + sum(closes - opens for opens, closes in parts))
        self.end = len(self._parts) * DAY

    # instants and days -----------------------------------------------------------------------------------------------
    def ticks(self, at: datetime) -> int:
        """An aware datetime as ticks. Raises `NoZone`."""
        if at.tzinfo is None:
            raise NoZone(at=at)
        return (at - self._epoch) // MICROSECOND

    def instant(self, ticks: int) -> datetime:
        """Ticks as a datetime in Beijing time."""
        return self._epoch + timedelta(microseconds=ticks)

    def day_of(self, ticks: int) -> int:
        """The ordinal of the day on which an instant lies; midnight begins a day."""
        return ticks // DAY + self._first

    def midnight(self, ordinal: int) -> int:
        """The first instant of a day."""
        return (ordinal - self._first) * DAY

    def opening(self, ordinal: int) -> int:
        """When the office opens on a working day."""
        return self.midnight(ordinal) + self._parts[ordinal - self._first][0][0]

    def closing(self, ordinal: int) -> int:
        """When the office closes on a working day."""
        return self.midnight(ordinal) + self._parts[ordinal - self._first][-1][1]

    def is_open(self, ticks: int) -> bool:
        """Whether the office is open; it is at the opening, it is not at the closing."""
        place, rest = divmod(ticks, DAY)
        self._known(place)
        return any(opens <= rest < closes for opens, closes in self._parts[place])

    def next_open(self, ticks: int) -> int:
        """`ticks` itself when the office is open, else its next opening, that after lunch too."""
        if self.is_open(ticks):
            return ticks
        place, rest = divmod(ticks, DAY)
        later = [opens for opens, _ in self._parts[place] if opens > rest]
        if later:
            return place * DAY + later[0]
        return self.opening(self.calendar.nth(place + self._first, 1))

    # open time -------------------------------------------------------------------------------------------------------
    def worked(self, ticks: int) -> int:
        """Open time from the beginning of the calendar to an instant."""
        place, rest = divmod(ticks, DAY)
        if ticks == self.end:
            return self._before[-1]
        self._known(place)
        total = self._before[place]
        for opens, closes in self._parts[place]:
            if rest <= opens:
                break
            total += min(rest, closes) - opens
        return total

    def reached(self, worked: int) -> int:
        """The earliest instant at which that much open time has passed: a closing rather than the opening after it."""
        if not 0 <= worked <= self._before[-1]:
            raise self.calendar.missing_beyond(before=worked < 0)
        place = max(bisect_left(self._before, worked) - 1, 0)
        rest = worked - self._before[place]
        for opens, closes in self._parts[place]:
            if rest <= closes - opens:
                return place * DAY + opens + rest
            rest -= closes - opens
        return place * DAY

    # spans -----------------------------------------------------------------------------------------------------------
    def after(self, ticks: int, span: Span) -> int:
        """When a span that begins at `ticks` is over: the closing of its last working day, or its last working hour."""
        if span.unit is Unit.HOURS:
            return self.reached(self.worked(ticks) + span.amount * HOUR)
        today = self.day_of(ticks)
        last = self.closing(self.calendar.nth(today, span.amount))
        # 0d given after the closing is the next working day's.
        return last if last > ticks else self.closing(self.calendar.nth(today, 1))

    def before(self, ticks: int, span: Span) -> int:
        """The instant that lies a span before `ticks`, for warnings. A working day back is the same hour of the day."""
        if span.unit is Unit.NATURAL:
            return ticks - span.amount * HOUR
        worked = self.worked(ticks)
        if span.unit is Unit.HOURS:
            return self.reached(worked - span.amount * HOUR)
        last = self.reached(worked)  # an instant in a closed hour is taken as the closing before it
        today = self.day_of(last)
        earlier = self.calendar.nth(today, -span.amount)
        if last == self.closing(today):
            return self.closing(earlier)
        return min(last + (earlier - today) * DAY, self.closing(earlier))

    def _known(self, place: int) -> None:
        if not 0 <= place < len(self._parts):
            raise self.calendar.missing_beyond(before=place < 0)
