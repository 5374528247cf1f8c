"""What a cell means: dates, counts, telephone numbers, closed words. Pure; called by imports after `read_table`.

Each parser hands back the value, or a `problem` to mend on screen; none guesses and none raises.
"""

from .days import Span, When, parse_span, parse_when
from .numbers import Capacity, Count, parse_capacity, parse_count
from .phones import Phone, parse_phone
from .problem import Problem
from .terms import parse_language, parse_source, parse_strand, split_list

__all__ = [
    "Capacity",
    "Count",
    "Phone",
    "Problem",
    "Span",
    "When",
    "parse_capacity",
    "parse_count",
    "parse_language",
    "parse_phone",
    "parse_source",
    "parse_span",
    "parse_strand",
    "parse_when",
    "split_list",
]
