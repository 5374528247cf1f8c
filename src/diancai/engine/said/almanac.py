"""Days that are not written as numbers: lunar dates, festivals, solar terms, weekdays, parts of months and years.

Each function takes the day something was said and gives calendar days. Called by `times`.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from lunardate import LunarDate

_LUNAR_FESTIVALS = {
    "元宵节": (1, 15), "元宵": (1, 15), "灯节": (1, 15), "二月二": (2, 2), "龙抬头": (2, 2),
    "端午节": (5, 5), "端午": (5, 5),
    "五月端午": (5, 5), "七月十五": (7, 15), "八月十五": (8, 15), "中秋节": (8, 15), "中秋": (8, 15), "重阳节": (9, 9),
    "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23), "祭灶": (12, 23),
}  # fmt: skip
_SOLAR_FESTIVALS = {
    "元旦": (1, 1), "三八节": (3, 8), "三八妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1),
    "儿童节": (6, 1), "七一": (7, 1), "八一": (8, 1), "教师节": (9, 10), "国庆节": (10, 1), "国庆": (10, 1),
    "十一": (10, 1),
}  # fmt: skip
NEW_YEAR = ("春节", "过年", "大年", "过大年", "年三十", "大年三十", "除夕", "年根", "年关", "年根底", "年附近")
# Day = int(year * 0.2422 + constant) - int((year - 1) / 4) with two-digit years, good for 2000 to 2099.
_TERMS = {
    "小寒": (1, 5.4055), "大寒": (1, 20.12), "立春": (2, 3.87), "雨水": (2, 18.73), "惊蛰": (3, 5.63),
    "春分": (3, 20.646),
    "清明": (4, 4.81), "谷雨": (4, 20.1), "立夏": (5, 5.52), "小满": (5, 21.04), "芒种": (6, 5.678), "夏至": (6, 21.37),
    "小暑": (7, 7.108), "大暑": (7, 22.83), "立秋": (8, 7.5), "处暑": (8, 23.13), "白露": (9, 7.646),
    "秋分": (9, 23.042),
    "寒露": (10, 8.318), "霜降": (10, 23.438), "立冬": (11, 7.438), "小雪": (11, 22.36), "大雪": (12, 7.18),
    "冬至": (12, 21.94),
}  # fmt: skip
# The formula errs by a day in these years.
_TERM_CORRECTIONS = {
    ("小寒", 2019): -1, ("大寒", 2082): 1, ("雨水", 2026): -1, ("春分", 2084): 1, ("小满", 2008): 1, ("小暑", 2016): 1,
    ("立秋", 2002): 1, ("霜降", 2089): 1, ("立冬", 2089): 1, ("冬至", 2021): -1,
}  # fmt: skip
_BEFORE_MARCH = ("小寒", "大寒", "立春", "雨水")
FESTIVALS = tuple(sorted((*_LUNAR_FESTIVALS, *_SOLAR_FESTIVALS), key=len, reverse=True))
TERMS = tuple(_TERMS)


def lunar_day(year: int, month: int, day: int) -> date:
    """The calendar day of a lunar one; a thirtieth that the month lacks is its last day."""
    for each in (day, day - 1):
        try:
            solar: date = LunarDate(year, month, each).to_solar_date()
        except ValueError:
            continue
        return solar
    raise ValueError(f"no lunar day {year}-{month}-{day}")


@lru_cache(maxsize=4096)
def lunar_year_of(on: date) -> int:
    """The lunar year in which a calendar day lies: what people mean by 今年 before the Spring Festival."""
    year: int = LunarDate.from_solar_date(on.year, on.month, on.day).year
    return year


@lru_cache(maxsize=4096)
def next_lunar(on: date, month: int, day: int) -> date:
    """The first lunar `month`-`day` that is not before `on`."""
    year = lunar_year_of(on)
    here = lunar_day(year, month, day)
    return here if here >= on else lunar_day(year + 1, month, day)


@lru_cache(maxsize=4096)
def next_lunar_day(on: date, day: int) -> date:
    """The next day that is the `day`th of a lunar month: what 初八 means when no month is named."""
    for ahead in range(60):  # two lunar months hold every day at least once
        here = on + timedelta(days=ahead)
        if LunarDate.from_solar_date(here.year, here.month, here.day).day == day:
            return here
    return on


@lru_cache(maxsize=4096)
def new_years_eve(on: date) -> date:
    """The last day of the lunar year in which `on` lies."""
    return lunar_day(lunar_year_of(on) + 1, 1, 1) - timedelta(days=1)


@lru_cache(maxsize=4096)
def lunar_month(on: date, month: int) -> tuple[date, date]:
    """First and last day of the lunar month that runs or comes next."""
    last = next_lunar(on, month, 30)
    first = last - timedelta(days=29)
    while LunarDate.from_solar_date(first.year, first.month, first.day).month != month:
        first += timedelta(days=1)
    return max(first, on), last


def next_solar(on: date, month: int, day: int) -> date | None:
    """The first calendar `month`-`day` not before `on`; None for a day that does not exist (2月30日)."""
    for year in range(on.year, on.year + 5):
        if month in range(1, 13) and 1 <= day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if found >= on:
                return found
    return None


def _term_day(year: int, name: str) -> date:
    month, constant = _TERMS[name]
    short = year % 100
    leaps = (short - 1) // 4 if name in _BEFORE_MARCH else short // 4
    return date(year, month, int(short * 0.2422 + constant) - leaps + _TERM_CORRECTIONS.get((name, year), 0))


def next_named(on: date, name: str) -> date:
    """The next day of a festival or solar term."""
    if name in _TERMS:
        here = _term_day(on.year, name)
        return here if here >= on else _term_day(on.year + 1, name)
    if name in _LUNAR_FESTIVALS:
        return next_lunar(on, *_LUNAR_FESTIVALS[name])
    month, day = _SOLAR_FESTIVALS[name]
    here = date(on.year, month, day)
    return here if here >= on else date(on.year + 1, month, day)


def weekday(on: date, week: int, day: int) -> date:
    """`day` 0 (Monday) to 6 of the week `week` weeks from the one of `on`."""
    return on - timedelta(days=on.weekday()) + timedelta(days=7 * week + day)


def month_end(on: date, months: int = 0) -> date:
    """The last day of the month `months` after that of `on`."""
    index = on.year * 12 + on.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
