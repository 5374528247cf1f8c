"""Dates, parts of years and times of day: numbers that are no figures, and the day that a figure belongs to.

Every expression has only bounded repetitions, so matching is linear. Called by `page.open_page` and `setting`.
"""

import re

_DAY = r"(?:[0-3]?\d|[初一二三四五六七八九十廿]{1,3})[日号]"
_MONTH = r"(?:(?:[01]?\d|[一二三四五六七八九十正冬腊]{1,2})月份?|闰[一二三四五六七八九十]{1,2}月)"
_YEAR = r"(?:(?:19|20)\d\d年?|[一二][九〇零○][〇零○一二三四五六七八九]{2}年)"
_CLOCK = (
    r"(?:[0-2]?\d[:：][0-5]\d(?::[0-5]\d)?|(?:[0-2]?\d|[一二两三四五六七八九十]{1,2})[时点](?:[0-5]?\d分|半|整|许)?)"
)
_HALF = r"(?:上午|下午|早上|早晨|清晨|凌晨|中午|傍晚|晚上|晚|夜间|当日)"
_EDGE = r"(?:底|初|末|上旬|中旬|下旬|中下旬|上中旬)?"
_PATTERNS = (
    r"(?<!\d)(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d(?!\d)",
    rf"(?<!\d){_YEAR}(?<=年)(?:度|(?:{_MONTH})(?:{_DAY})?)?{_EDGE}",
    r"(?<!\d)(?:19|20)\d\d(?=[-—~至到、](?:19|20)?\d\d年)",
    rf"(?<![\d.个第]){_MONTH}(?:{_DAY})?{_EDGE}",
    r"(?<![\d.])[01]?\d(?=[-—~至到][01]?\d月)",
    rf"(?<![\d.个第一二三四五六七八九十]){_MONTH}(?=[-—~至到、])",
    r"(?<![\d.个])(?:[0-3]?\d)[日号](?!内|游|以内|之内)",
    rf"{_HALF}{_CLOCK}",
    r"(?<![\d.])[0-2]?\d[:：][0-5]\d(?!\d)",
    r"(?<![\d.])[0-2]?\d[时点](?:[0-5]?\d分|半|整|许)",
    r"第[一二三四1234]季度|[一二三四1234]季度|[上下前后]半年|[上下]半月",
    r"(?<!\d)\d\d(?=年代)|[一二三四五六七八九]十年代",
)
_DATE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def find_dates(folded: str) -> tuple[tuple[int, int], ...]:
    """The spans [start, end) of dates and times in folded text, in order, none overlapping."""
    return tuple(match.span() for match in _DATE.finditer(folded))
