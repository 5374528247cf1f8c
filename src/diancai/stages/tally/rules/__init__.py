"""The rules of tally: the standing counts; `counted`, `indicators`, `cube` and `spread` are the indicators'."""

from diancai.stages.tally.rules.standing import (
    RULES,
    SEPARATOR,
    CellKey,
    CountingRule,
    added,
    cell_of,
    month_of,
    narrowed,
    pack,
    unpack,
)

__all__ = [
    "RULES",
    "SEPARATOR",
    "CellKey",
    "CountingRule",
    "added",
    "cell_of",
    "month_of",
    "narrowed",
    "pack",
    "unpack",
]
