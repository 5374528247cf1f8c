"""What a time mention is: where it stands, how it bounds the wish, its days. Used by `anchors` and `digest`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TimeSense(StrEnum):
    """How a mention bounds the wish."""

    BEFORE = "before"  # 放水以前: at the latest
    AT = "at"  # 正月初六到十五: from and until
    AFTER = "after"  # 秋收以后: at the earliest
    WITHIN = "within"  # 十天以内
    LOSS = "loss"  # 再等上十来天就废了: at the latest, and something is lost after it
    SOON = "soon"  # 越快越好
    SEASON = "season"  # 冬天: a wish only beside other words (都闲)
    YEAR = "year"  # 今年: a wish only beside other words (给个准话)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A stretch of the reading that tells a time; `farm` when it hangs on a season of the farm calendar."""

    start: int
    end: int
    sense: TimeSense
    earliest: date | None
    latest: date | None
    farm: bool = False
