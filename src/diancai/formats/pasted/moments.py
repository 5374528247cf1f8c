"""When a chat line was said: day and time as WeChat and its exports print them. Called by the chat reader."""

import datetime as dt
import re

CLOCK = (
    r"(?P<half>上午|下午|晚上|凌晨|中午|早上|傍晚)?\s*(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)"
    r"(?:[:：](?P<second>[0-5]\d))?(?:\s*(?P<ampm>[AaPp][Mm]))?"
)
DAY = (
    r"(?:(?P<year>20\d\d|\d\d(?=年))\s*[-/.年]\s*)?"
    r"(?P<month>1[0-2]|0?[1-9])\s*[-/.月]\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日?"
)
RELATIVE = r"(?P<relative>今天|昨天|前天|(?:星期|周)[一二三四五六日天])"
WHEN = rf"(?:(?:{DAY}|{RELATIVE})[\sT]*(?:(?:星期|周)[一二三四五六日天]\s*)?)?{CLOCK}"
ONLY_DAY = re.compile(rf"^{DAY}(?:\s*(?:星期|周)[一二三四五六日天])?$")
BACK = {"今天": 0, "昨天": 1, "前天": 2}
WEEKDAYS = "一二三四五六日"
AFTERNOON = {"下午", "晚上", "傍晚"}


def read_moment(match: re.Match[str], day: dt.date | None, on: dt.date | None) -> dt.datetime | None:
    """The instant a WHEN match tells; a time alone falls on `day`, 昨天 counts from `on`; None when no day is known."""
    found = read_day(match, on) if match["month"] or match["relative"] else day or on
    if found is None:
        return None
    return dt.datetime.combine(found, _clock(match))


def read_day(match: re.Match[str], on: dt.date | None) -> dt.date | None:
    """The day a match tells; a day without a year falls on or before `on`; None for 2月30日 or without `on`."""
    groups = match.groupdict()
    if relative := groups.get("relative"):
        return _relative(relative, on)
    year, month, day = groups["year"], int(groups["month"]), int(groups["day"])
    try:
        if year:
            return dt.date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        if on is None:
            return None
        told = dt.date(on.year, month, day)
        return told if told <= on else dt.date(on.year - 1, month, day)
    except ValueError:
        return None


def _relative(word: str, on: dt.date | None) -> dt.date | None:
    if on is None:
        return None
    if word in BACK:
        return on - dt.timedelta(days=BACK[word])
    weekday = WEEKDAYS.index("日" if word[-1] == "天" else word[-1])
    return on - dt.timedelta(days=(on.weekday() - weekday) % 7 or 7)


def _clock(match: re.Match[str]) -> dt.time:
    hour = int(match["hour"])
    is_late = match["half"] in AFTERNOON or (match["ampm"] or "").lower() == "pm"
    if (is_late and hour < 12) or (match["half"] == "中午" and hour < 3):
        hour += 12
    if hour == 12 and (match["half"] in {"凌晨", "上午"} or (match["ampm"] or "").lower() == "am"):
        hour = 0
    return dt.time(hour, int(match["minute"]), int(match["second"] or 0))
