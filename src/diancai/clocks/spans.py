"""How a length is written in files and on orders: `13d` working days, `4h` working hours, `48n` natural hours."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Self

from diancai.clocks.errors import BadSpan

_WRITTEN = re.compile(r"(\d{1,4})\s*个?(d|h|n|工作日|工作小时|自然小时)")


class Unit(StrEnum):
    """What a span counts."""

    DAYS = "d"  # working days, counted from the day after, to the closing of the last
    HOURS = "h"  # hours of open office
    NATURAL = "n"  # hours of the wall clock: for warnings only


_NAMES = {
    "d": Unit.DAYS,
    "工作日": Unit.DAYS,
    "h": Unit.HOURS,
    "工作小时": Unit.HOURS,
    "n": Unit.NATURAL,
    "自然小时": Unit.NATURAL,
}
_ZH = {Unit.DAYS: "个工作日", Unit.HOURS: "个工作小时", Unit.NATURAL: "小时"}
_EN = {Unit.DAYS: "working day", Unit.HOURS: "working hour", Unit.NATURAL: "hour"}


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of one unit; `0d` is the same day."""

    amount: int
    unit: Unit = Unit.DAYS

    @classmethod
    def parse(cls, text: str) -> Self:
        """The span written as `13d`, `4h`, `48n`, 13个工作日 or 4个工作小时. Raises `BadSpan`."""
        amount, unit = _read(text.strip())
        return cls(amount, unit)

    @property
    def text(self) -> str:
        """As it is stored: `13d`."""
        return f"{self.amount}{self.unit}"

    @property
    def zh(self) -> str:
        """As it is shown in Chinese."""
        return f"{self.amount}{_ZH[self.unit]}"

    @property
    def en(self) -> str:
        """As it is shown in English."""
        return f"{self.amount} {_EN[self.unit]}{'' if self.amount == 1 else 's'}"


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[int, Unit]:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise BadSpan(text=text)
    amount, unit = int(match[1]), _NAMES[match[2]]
    if amount == 0 and unit is not Unit.DAYS:
        raise BadSpan(text=text)
    return amount, unit
