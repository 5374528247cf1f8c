"""Pages of a list by key: the next page starts after the last row, however deep, at the same cost.

What an address says is foreign input: numbers are read here, within what a database column holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Q
from django.utils import timezone

MOST = 2**63 - 1
MOST_ROW = 2**31 - 1  # what a plain integer column holds, such as the number of a sheet's row
YEARS = range(1900, 2101)  # Years that a record can have; far ones overflow when a time zone is applied.

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows and the key that the next page starts after; None at the end."""

    rows: tuple[Row, ...]
    next_after: str | None


def whole_number(text: str, most: int = MOST) -> int | None:
    """A whole number from 0 to `most` in ASCII digits; None for everything else, also for `²`, `٣` and long ones."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are whole numbers, in order."""
    return [number for text in texts if (number := whole_number(text)) is not None]


def after_key(at: datetime, identifier: int) -> str:
    """The key of a row in a list that runs from the newest to the oldest."""
    return f"{at.isoformat()}~{identifier}"


def older_than(after: str, at_field: str) -> Q:
    """Rows behind the key in a list by `at_field` and id, both falling; every row when the key is empty or spoilt."""
    moment, _, identifier = after.partition("~")
    at, number = _instant(moment), whole_number(identifier)
    if at is None or number is None:
        return Q()
    # The first condition repeats what the second says, so that the index is entered at the key.
    return Q(**{f"{at_field}__lte": at}) & (Q(**{f"{at_field}__lt": at}) | Q(**{at_field: at, "id__lt": number}))


def later_than(after: str, at_field: str) -> Q:
    """Rows behind the key in a list by `at_field` and id, both rising; every row when the key is empty or spoilt."""
    moment, _, identifier = after.partition("~")
    at, number = _instant(moment), whole_number(identifier)
    if at is None or number is None:
        return Q()
    return Q(**{f"{at_field}__gte": at}) & (Q(**{f"{at_field}__gt": at}) | Q(**{at_field: at, "id__gt": number}))


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return at if timezone.is_aware(at) else timezone.make_aware(at)
