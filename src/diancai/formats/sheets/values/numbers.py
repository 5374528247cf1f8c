"""Counts and capacities as people write them (约10户, 二十三户, 200—300人, 每旗县每月4场)."""

import re
import unicodedata
from dataclasses import dataclass

from diancai.words import CapacityPeriod

from .problem import Problem

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二三四五六七八九十百千万亿两"
NUMBER = re.compile(rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{CHINESE}]+)(?:\s*[万千百亿](?![{CHINESE}]))?")
APPROXIMATE = re.compile(r"约|大约|大概|左右|上下|来(?=[户人个家])|近|几(?=[户人个家])")
AT_LEAST = re.compile(r"余|多(?![少])|以上|至少|不少于|\+")
RANGE = re.compile(r"\s*(?:[-—～~至到]+)\s*")
UNIT = re.compile(
    r"^\s*(?:余|多|来|几)?\s*(人次|人|户|家|个|名|口|场次|场|次|期|班|套|份|册|亩|件|条|项|天|车|只|头|米|公里|眼)?"
)
UNLIMITED = re.compile(r"不限|无限制|随时|按需|常年")
EACH_COUNTY = r"每(?:个)?(?:旗县区?|县区?|旗)"
PERIODS = (
    (re.compile(rf"{EACH_COUNTY}(?:每|/)?月|每月{EACH_COUNTY}"), CapacityPeriod.COUNTY_MONTH),
    (re.compile(r"每月|每个月|/月|／月|月均"), CapacityPeriod.MONTH),
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number told: `value`, the `upper` end of a range, `unit` as told, and how sure it is. Empty cell: all None."""

    value: int | None = None
    upper: int | None = None
    unit: str = ""
    approx: bool = False
    at_least: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much is offered in which period; `amount` is None when unlimited or not told."""

    amount: int | None = None
    unit: str = ""
    period: CapacityPeriod = CapacityPeriod.TERM
    problem: Problem | None = None


def parse_count(text: str) -> Count:
    """A count of households or people; "" and "无" tell nothing, "若干" is a problem."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said or said in {"无", "/", "-", "—", "不详", "未知"}:
        return Count()
    found = list(NUMBER.finditer(said))
    if not found or (values := [_value(match.group()) for match in found])[0] is None:
        return Count(problem=_not_a_number(text))
    first = found[0]
    upper = values[1] if len(found) > 1 and RANGE.fullmatch(said[first.end() : found[1].start()]) else None
    tail = said[(found[1] if upper is not None else first).end() :]
    unit = UNIT.match(tail)
    rest = tail[unit.end() :] if unit else tail
    if (len(found) > (2 if upper is not None else 1)) or said.startswith("-"):
        return Count(problem=_not_a_number(text))
    approx = bool(APPROXIMATE.search(said))
    return Count(values[0], upper, (unit.group(1) or "") if unit else "", approx, bool(AT_LEAST.search(tail + rest)))


def _not_a_number(text: str) -> Problem:
    return Problem(
        "not_a_number",
        f"看不懂数量“{text}”，请写成一个数，约数可写“约10户”。",
        f"“{text}” is not a number; write one, and 约10 for about ten.",
    )


def _value(told: str) -> int | None:
    """A number in Arabic or Chinese digits, or mixed (1.2万), as a whole; None when it is not one."""
    plain = told.replace(",", "").replace(" ", "")
    scale = 1
    if plain[-1] in SCALES and plain[:-1] and plain[:-1].replace(".", "").isdigit():
        plain, scale = plain[:-1], SCALES[plain[-1]]
    if plain.replace(".", "", 1).isdigit():
        value = round(float(plain) * scale, 6)
        return int(value) if value.is_integer() else None
    return _chinese(plain)


def _chinese(told: str) -> int | None:
    """二十三, 一百零五, 一万二 (= 12,000); a row of digits (二三) is two neighbouring guesses and no number."""
    total = section = digit = 0
    last_scale = 1
    previous = ""
    for char in told:
        if char in DIGITS:
            if previous in DIGITS and previous not in "零〇":
                return None
            digit = DIGITS[char]
        elif SCALES[char] >= 10_000:
            total = (total + section + digit) * SCALES[char]
            section, digit, last_scale = 0, 0, SCALES[char]
        else:
            section += (digit or 1) * SCALES[char]
            digit, last_scale = 0, SCALES[char]
        previous = char
    is_short = len(told) >= 2 and told[-1] in DIGITS and told[-2] in SCALES and last_scale >= 100
    return total + section + digit * (last_scale // 10 if is_short else 1)


def parse_capacity(text: str) -> Capacity:
    """能力: 每旗县每月4场, 每月10次, 12场, 不限. 常态化开展 tells no amount and is a problem with advice."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said:
        return Capacity()
    period = next((word for pattern, word in PERIODS if pattern.search(said)), CapacityPeriod.TERM)
    count = parse_count(re.sub(r"每(?:个)?(?:旗县区?|县区?|旗|月)|每个月|/月", "", said))
    if count.value is not None:
        return Capacity(count.value, count.unit, period)
    if UNLIMITED.search(said):
        return Capacity(None, "", CapacityPeriod.UNLIMITED)
    return Capacity(
        problem=Problem(
            "capacity_not_told",
            f"“{text}”没有说清能办多少，请写成“每月4场”“12场”或“不限”。",
            f"“{text}” does not say how much can be done; write 每月4场, 12场 or 不限.",
        )
    )
