"""The days of each kind of time: one method a kind, each given the day of saying. Used by `anchors`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from diancai.engine.said import almanac
from diancai.engine.said.numerals import read_amount

_SPANS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个月": 30}
LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_SEASON_DAYS = {"春": ((3, 1), (5, 31)), "夏": ((6, 1), (8, 31)), "秋": ((9, 1), (11, 15)), "冬": ((11, 15), (2, 29))}


def number(text: str) -> int:
    text = text.replace("初", "").replace("廿", "二十" if text.startswith("廿") else "廿")
    amount = read_amount(text, 0)
    return int(amount.value) if amount else 0


def _days(number: str, unit: str) -> timedelta:
    amount = read_amount(number, 0)
    length = _SPANS[unit if unit == "个月" else unit.removeprefix("个")]
    return timedelta(days=round((amount.value if amount else 0) * length))


@dataclass(frozen=True, slots=True)
class Windows:
    """One match with what is known beside it; every method gives first and last day, or None for a day that is none."""

    match: re.Match[str]
    lunar_month: int | None

    def newyear(self, on: date) -> tuple[date, date | None]:
        eve = almanac.new_years_eve(on)
        after = {"过了年": 1, "过完年": 7}.get(self.match["yw"])
        if after:
            return eve + timedelta(days=after), None
        return eve, eve + timedelta(days=6)

    def range(self, on: date) -> tuple[date, date] | None:
        if self.lunar_month is None:
            first = almanac.next_lunar_day(on, number(self.match["r1"]))
            return first, almanac.next_lunar_day(first, number(self.match["r2"]))
        first = almanac.next_lunar(on, self.lunar_month, number(self.match["r1"]))
        last = almanac.next_lunar(on, self.lunar_month, number(self.match["r2"]))
        return (first, last) if last >= first else (on, last)

    def lunar(self, on: date) -> tuple[date, date] | None:
        # 八月十五 is the festival; 三月二十 without 号 is read as lunar too, as people here count.
        day = almanac.next_lunar(on, self.lunar_month or 1, number(self.match["ld"]))
        return day, day

    def bareday(self, on: date) -> tuple[date, date] | None:
        told = number(self.match["bareday"])
        month = self.lunar_month
        day = almanac.next_lunar(on, month, told) if month else almanac.next_lunar_day(on, told)
        return day, day

    def named(self, on: date) -> tuple[date, date]:
        day = almanac.next_named(on, self.match["nn"])
        return day, day

    def lunarmonth(self, on: date) -> tuple[date, date]:
        return almanac.lunar_month(on, self.lunar_month or 1)

    def solar(self, on: date) -> tuple[date, date] | None:
        month, day = number(self.match["sm"]), number(self.match["sd"])
        if self.match["sy"] and int(self.match["sy"]) < on.year:
            return None
        found = almanac.next_solar(on, month, day)
        return None if found is None else (found, found)

    def month(self, on: date) -> tuple[date, date] | None:
        month = number(self.match["mm"])
        if not 1 <= month <= 12:
            return None
        first = date(on.year + (month < on.month), month, 1)
        last = almanac.month_end(first)
        cut = {"初": (0, 9), "上旬": (0, 9), "中旬": (10, 19), "中": (10, 19), "下旬": (20, 30)}.get(self.match["mp"])
        if cut is None:
            return first, last
        return first + timedelta(days=cut[0]), min(last, first + timedelta(days=cut[1]))

    def dayno(self, on: date) -> tuple[date, date] | None:
        day = number(self.match["dn"])
        if not 1 <= day <= 31:
            return None
        ahead = 1 if (self.match["dm"] or "").startswith("下") else 0
        for months in (ahead, ahead + 1):
            end = almanac.month_end(on, months)
            if day <= end.day and end.replace(day=day) >= on:
                return end.replace(day=day), end.replace(day=day)
        return None

    def monthpart(self, on: date) -> tuple[date, date]:
        end = almanac.month_end(on, 1 if (self.match["mw"] or "").startswith("下") else 0)
        if self.match["mx"] == "月初" and end.replace(day=10) < on:
            end = almanac.month_end(on, 1)
        cut = {"月初": (1, 10), "月中": (11, 20)}.get(self.match["mx"], (21, end.day))
        return end.replace(day=cut[0]), end.replace(day=cut[1])

    def yearpart(self, on: date) -> tuple[date, date | None]:
        eve = almanac.new_years_eve(on)
        part = self.match["yp"]
        ahead = 1 if self.match.group().startswith("明年") else 0
        if part == "年后":
            return eve + timedelta(days=1), None
        if part == "年前":
            return eve, eve
        year = on.year + ahead
        return {
            "上半年": (date(year, 1, 1), date(year, 6, 30)),
            "下半年": (date(year, 7, 1), date(year, 12, 31)),
        }.get(part, (date(year, 12, 1), date(year, 12, 31)))

    def week(self, on: date) -> tuple[date, date]:
        word = self.match["ww"] or ""
        weeks = word.count("下")
        if self.match["wd"] == "末":
            saturday = almanac.weekday(on, weeks, 5)
            return saturday, saturday + timedelta(days=1)
        day = almanac.weekday(on, weeks, "一二三四五六日".find(self.match["wd"].replace("天", "日")))
        if not word and day < on:
            day += timedelta(days=7)
        return day, day

    def wholeweek(self, on: date) -> tuple[date, date]:
        monday = almanac.weekday(on, 1 if self.match["wv"].startswith("下") else 0, 0)
        return max(monday, on), monday + timedelta(days=6)

    def nextmonth(self, on: date) -> tuple[date, date]:
        end = almanac.month_end(on, 1 if self.match["nm"].startswith("下") else 0)
        return max(on, end.replace(day=1)), end

    def near(self, on: date) -> tuple[date, date]:
        first, last = {
            "今天": (0, 0),
            "今晚": (0, 0),
            "明天": (1, 1),
            "后天": (2, 2),
            "明后天": (1, 2),
            "明后两天": (1, 2),
            "大后天": (3, 3),
        }.get(self.match["near"], (0, 3))
        return on + timedelta(days=first), on + timedelta(days=last)

    def loss(self, on: date) -> tuple[date, date]:
        return on, on + _days(self.match["ln"], self.match["lu"])

    def left(self, on: date) -> tuple[date, date]:
        return on, on + _days(self.match["fn"], self.match["fu"])

    def within(self, on: date) -> tuple[date, date]:
        return on, on + _days(self.match["wn"], self.match["wu"])

    def soon(self, on: date) -> tuple[date, None]:
        return on, None

    def season(self, on: date) -> tuple[date, date]:
        (m1, d1), (m2, d2) = _SEASON_DAYS.get(self.match["sn"][0], _SEASON_DAYS["冬"])
        for year in (on.year - 1, on.year, on.year + 1):
            last_year = year + (m2 < m1)
            last = almanac.month_end(date(last_year, m2, 1)) if d2 > 28 else date(last_year, m2, d2)
            if last >= on:
                return max(on, date(year, m1, d1)), last
        return on, on

    def thisyear(self, on: date) -> tuple[date, date]:
        eve = almanac.new_years_eve(on)
        if self.match["thisyear"] == "明年":
            return eve + timedelta(days=1), almanac.new_years_eve(eve + timedelta(days=1))
        return on, eve
