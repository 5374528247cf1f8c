"""What a 12-digit code tells: its level, the column that holds it, and which records lie at or below it.

Lists filter by equality on the column of a code's level (design 5): a range of codes costs 40 to 150 times as much.
"""

from collections.abc import Iterable

from django.db.models import Q

from diancai.words import Level


def level_of(code: str) -> Level:
    """The level that a 12-digit code tells by its trailing zeros."""
    if code[9:] != "000":
        return Level.VILLAGE
    if code[6:9] != "000":
        return Level.TOWN
    return Level.PREFECTURE if code[4:6] == "00" else Level.COUNTY


def column_of(code: str) -> str:
    """The name of the column that holds a code's level: `county_code`."""
    return f"{level_of(code).value}_code"


def at_or_below(code: str, prefix: str = "") -> Q:
    """Records at a place or below it; `prefix` leads to the record with the place columns (`need__`)."""
    return Q(**{f"{prefix}{column_of(code)}": code})


def at_or_below_any(codes: Iterable[str], prefix: str = "") -> Q:
    """Records at or below any of the places; of no places no record."""
    conditions = [at_or_below(code, prefix) for code in sorted(codes)]
    if not conditions:
        return Q(pk__in=())
    allowed = conditions[0]
    for condition in conditions[1:]:
        allowed |= condition
    return allowed
