"""Finds when something is wanted: 放水以前, 腊月二十, 下周三, 这个月底, 再等上十来天这茬就废了.

A `TimeReader` holds one farm calendar. Its `find` reads a standard reading (see `characters.read`) with the day of
saying and the county; which of the mentions is a wish is decided by `digest.timing`.
"""

from diancai.engine.said.times.mentions import TimeMention, TimeSense
from diancai.engine.said.times.reader import TimeReader

__all__ = ["TimeMention", "TimeReader", "TimeSense"]
