"""Pages of a list by key: the next page starts after the last row, however deep, at the same cost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Q

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows and the key that the next page starts after; None at the end."""

    rows: tuple[Row, ...]
    next_after: str | None


def after_key(at: datetime, identifier: int) -> str:
    """The key of a row in a list that runs from the newest to the oldest."""
    return f"{at.isoformat()}~{identifier}"


def older_than(after: str, at_field: str) -> Q:
    """Rows behind the key in a list by `at_field` and id, both falling; every row when the key is empty or spoilt."""
    moment, _, identifier = after.partition("~")
    try:
        at, number = datetime.fromisoformat(moment), int(identifier)
    except ValueError:
        return Q()
    # The first condition repeats what the second says, so that the index is entered at the key.
    return Q(**{f"{at_field}__lte": at}) & (Q(**{f"{at_field}__lt": at}) | Q(**{at_field: at, "id__lt": number}))
