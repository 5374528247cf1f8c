"""Days and spans of days in the forms that sheets hold them."""

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from .problem import Problem

CLOCK = re.compile(
    r"(上午|下午|晚上|中午|凌晨|早上)?\s*(\d{1,2})\s*[:：时点]\s*(\d{1,2})?\s*(?:[:：分]\s*(\d{1,2}))?(?:\.\d+)?"
    r"\s*[分秒]?\s*(am|pm)?\s*(?:Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
FULL = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")
SHORT = re.compile(r"^(\d{1,2})\s*[月/.]\s*(\d{1,2})\s*[日号]?")
MONTH = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$")
YEAR_LAST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})")
SERIAL = re.compile(r"^(\d{5})(\.\d+)?$")
WEEKDAY = re.compile(r"\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?\s*")
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
CHINESE_YEAR = re.compile(r"^[〇零一二三四五六七八九]{4}年")
EXCEL_EPOCH = dt.datetime(1899, 12, 30)
# Serials of 1980 to 2079: other five-digit numbers are no dates of this trade.
FIRST_SERIAL, LAST_SERIAL = 29_221, 65_745
ALWAYS = re.compile(r"^(?:常年|长期|全年|长期有效|常态化|不限|一直)$")
BETWEEN = re.compile(
    r"\s*(?:～|~|—+|–|至|到|\s-\s|--|(?<=[日号月])-(?=\d)|(?<=\.\d)-(?=\d)|(?<=\.\d\d)-(?=\d)|(?<=/\d)-(?=\d)"
    r"|(?<=/\d\d)-(?=\d)|(?<=\d{8})-(?=\d{8}))\s*"
)
AFTERNOON = {"下午", "晚上"}


@dataclass(frozen=True, slots=True)
class When:
    """A day or an instant. `day` is None with a `problem`, or with none where the cell is empty; `time` where told."""

    day: dt.date | None = None
    time: dt.time | None = None
    problem: Problem | None = None

    @property
    def moment(self) -> dt.datetime | None:
        """Day and time in one, midnight where no time is told; local time, no zone."""
        return dt.datetime.combine(self.day, self.time or dt.time()) if self.day else None


@dataclass(frozen=True, slots=True)
class Span:
    """From and until, both included; None is open. `is_always`: said to hold all the year."""

    since: dt.date | None = None
    until: dt.date | None = None
    is_always: bool = False
    problem: Problem | None = None


def parse_when(text: str, year: int | None = None) -> When:
    """A day in any usual form (2019/2/28 11:25:05, 2019年12月5日, 20191205, Excel's 43804, 12月5日 with `year`)."""
    said = WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text).strip()).replace("T", " ").strip()
    if not said:
        return When()
    if CHINESE_YEAR.match(said):
        said = _arabic(said)
    for read in (_compact, _serial, _full, _year_last):
        if found := read(said, text):
            return found
    match = SHORT.match(said)
    if match is None:
        return When(problem=_unreadable(text))
    if year is None:
        return When(
            problem=Problem("date_without_year", f"“{text}”没有写年份，请补上。", f"“{text}” tells no year; add it.")
        )
    return _checked(year, int(match.group(1)), int(match.group(2)), said[match.end() :].strip(), text)


def _arabic(said: str) -> str:
    """二〇一九年十二月五日 with Arabic digits."""

    def number(match: re.Match[str]) -> str:
        tens, units = match.group(1), match.group(2)
        return str(
            (int(tens.translate(CHINESE_DIGITS) or 1) if tens is not None else 0) * 10
            + int(units.translate(CHINESE_DIGITS) or 0)
        )

    head, rest = said[:4].translate(CHINESE_DIGITS), said[4:]
    rest = re.sub(r"([一二三]?)十([一二三四五六七八九]?)", number, rest)
    return head + rest.translate(CHINESE_DIGITS)


def _compact(said: str, text: str) -> When | None:
    match = COMPACT.match(said)
    if match is None:
        return None
    clock = f"{match[4]}:{match[5]}:{match[6] or '00'}" if match[4] else ""
    return _checked(int(match[1]), int(match[2]), int(match[3]), clock, text)


def _serial(said: str, text: str) -> When | None:
    match = SERIAL.match(said)
    if match is None or not FIRST_SERIAL <= int(match[1]) <= LAST_SERIAL:
        return None
    moment = EXCEL_EPOCH + dt.timedelta(days=int(match[1]), seconds=round(float(match[2] or 0) * 86_400))
    return When(moment.date(), moment.time() if match[2] and float(match[2]) else None)


def _full(said: str, text: str) -> When | None:
    match = FULL.match(said)
    return match and _checked(int(match[1]), int(match[2]), int(match[3]), said[match.end() :].strip(), text)


def _year_last(said: str, text: str) -> When | None:
    """12/25/2019 and 25/12/2019 are clear; 5/12/2019 may be either day and is asked."""
    match = YEAR_LAST.match(said)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if first <= 12 and second <= 12 and first != second:
        problem = Problem(
            "ambiguous_date",
            f"“{text}”分不清月和日，请写成2019-12-05这样。",
            f"“{text}” does not tell month from day; write it as 2019-12-05.",
        )
        return When(problem=problem)
    month, day = (first, second) if first <= 12 else (second, first)
    return _checked(year, month, day, said[match.end() :].strip(), text)


def _checked(year: int, month: int, day: int, clock: str, text: str) -> When:
    """A day that the calendar has; 2月30日 is a problem and never moved to the next day."""
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return When(
            problem=Problem(
                "no_such_day", f"日历上没有“{text}”这一天，请核对。", f"There is no such day: “{text}”. Check it."
            )
        )
    if not clock:
        return When(found)
    time = _time(clock)
    return When(found, time) if time is not None else When(problem=_unreadable(text))


def _time(clock: str) -> dt.time | None:
    match = CLOCK.match(clock)
    if match is None:
        return None
    hour = int(match[2])
    half, ampm = match[1], (match[5] or "").lower()
    if (half in AFTERNOON or ampm == "pm") and hour < 12:
        hour += 12
    if (half == "凌晨" or ampm == "am") and hour == 12:
        hour = 0
    try:
        return dt.time(hour, int(match[3] or 0), int(match[4] or 0))
    except ValueError:
        return None


def _unreadable(text: str) -> Problem:
    return Problem(
        "not_a_date", f"看不懂日期“{text}”，请写成2019-12-05这样。", f"“{text}” is not a date; write it as 2019-12-05."
    )


def parse_span(text: str, year: int | None = None) -> Span:
    """有效期: 2019-12-01～2020-05-15, 2019-12～2020-02 (whole months), 常年, or a single last day."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said:
        return Span()
    if ALWAYS.match(said):
        return Span(is_always=True)
    parts = [part for part in BETWEEN.split(said) if part]
    if len(parts) == 1:
        last = _edge(parts[0], year, is_end=True)
        first = _edge(parts[0], year, is_end=False) if MONTH.match(parts[0]) else When(problem=last.problem)
    elif len(parts) == 2:
        first = _edge(parts[0], year, is_end=False)
        last = _later(_edge(parts[1], first.day.year if first.day else year, is_end=True), first, parts[1])
    else:
        return Span(problem=_unreadable(text))
    return _ordered(first, last, text)


def _later(last: When, first: When, told: str) -> When:
    """An end told without a year that would lie before the beginning is the next year's (12月1日至5月15日)."""
    if first.day and last.day and last.day < first.day and SHORT.match(told):
        return When(last.day.replace(year=last.day.year + 1, day=min(last.day.day, 28 if last.day.month == 2 else 31)))
    return last


def _ordered(first: When, last: When, text: str) -> Span:
    if first.problem or last.problem:
        return Span(problem=first.problem or last.problem)
    if first.day and last.day and first.day > last.day:
        return Span(
            problem=Problem(
                "span_backwards", f"“{text}”的起始日晚于截止日，请核对。", f"“{text}” begins after it ends."
            )
        )
    return Span(first.day, last.day)


def _edge(part: str, year: int | None, *, is_end: bool) -> When:
    """One end of a span; a month alone is its first or last day."""
    match = MONTH.match(part)
    if match and 1 <= int(match[2]) <= 12:
        last = calendar.monthrange(int(match[1]), int(match[2]))[1]
        return When(dt.date(int(match[1]), int(match[2]), last if is_end else 1))
    return parse_when(part, year)
