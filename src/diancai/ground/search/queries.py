"""Asking the index: newest entries first, page by page, never counting past 1,000.

A common word has a hundred thousand hits in a million records. The index is therefore asked in slices of row numbers,
from the newest down, each four times as wide as the one before, until the page is full: a common word fills it in the
first slice, and a rare one costs little in the widest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from diancai.ground.paging import whole_number
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.search.backends import condition
from diancai.ground.search.models import SearchRow
from diancai.ground.search.mongolian import mongolian_key
from diancai.ground.search.spacing import phrases

MOST_COUNTED = 1000
FIRST_SLICE = 4000


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found."""

    kind: str
    object_id: int
    at: datetime
    row_id: int


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits; `count` stops at 1,000 and is then shown as `1,000+`."""

    rows: tuple[Hit, ...]
    next_after: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Which records of a kind may be found: those at or below `codes`, and those in `record_ids` (a subquery)."""

    codes: tuple[str, ...] = ()
    record_ids: Any = None


def find(asked: str, *, codes: tuple[str, ...], kinds: tuple[str, ...] = (), after: str = "", limit: int = 50) -> Hits:
    """Records with all the words asked, at or below any of `codes`, newest entries first; no words find nothing.

    `after` is the key that the page before handed out. `count` is of all pages, up to 1,001.
    """
    if not codes:
        return Hits((), None, 0)
    return _find(asked, at_or_below_any(codes) & (Q(kind__in=kinds) if kinds else Q()), after, limit)


def find_within(asked: str, reach: Mapping[str, Reach], *, after: str = "", limit: int = 50) -> Hits:
    """The same over several kinds, each within its own reach: nothing else is paged or counted."""
    allowed = [Q(kind=kind) & _within(told) for kind, told in reach.items()]
    if not allowed:
        return Hits((), None, 0)
    joined = allowed[0]
    for condition_ in allowed[1:]:
        joined |= condition_
    return _find(asked, joined, after, limit)


def _within(reach: Reach) -> Q:
    by_place = at_or_below_any(reach.codes)
    return by_place if reach.record_ids is None else by_place | Q(object_id__in=reach.record_ids)


def _find(asked: str, allowed: Q, after: str, limit: int) -> Hits:
    tokens = phrases(asked, mongolian_key)
    if not tokens:
        return Hits((), None, 0)
    top = (SearchRow.objects.aggregate(top=Max("id"))["top"] or 0) + 1
    behind = whole_number(after)
    start = top if behind is None else min(behind, top)
    rows = _first(tokens, allowed, start, limit + 1)
    page = rows[:limit]
    more = str(page[-1].row_id) if len(rows) > limit else None
    return Hits(tuple(page), more, _count(tokens, allowed, top))


def _first(tokens: list[list[str]], allowed: Q, start: int, wanted: int) -> list[Hit]:
    """The newest hits below row `start`, at most `wanted`."""
    rows: list[Hit] = []
    for found in _slices(tokens, allowed, start):
        newest = found.order_by("-id")[: wanted - len(rows)]
        rows += [Hit(kind, object_id, at, pk) for kind, object_id, at, pk in newest]
        if len(rows) >= wanted:
            break
    return rows


def _count(tokens: list[list[str]], allowed: Q, top: int) -> int:
    total = 0
    for found in _slices(tokens, allowed, top):
        total += found.order_by()[: MOST_COUNTED + 1 - total].count()
        if total > MOST_COUNTED:
            break
    return total


def _slices(
    tokens: list[list[str]], allowed: Q, upper: int
) -> Iterator[QuerySet[SearchRow, tuple[str, int, datetime, int]]]:
    width = FIRST_SLICE
    while upper > 1:
        lower = max(1, upper - width)
        sql, parameters = condition(tokens, lower, upper - 1)
        found = SearchRow.objects.extra(where=[sql], params=parameters)  # noqa: S610 (our condition, their words as parameters)
        yield found.filter(allowed).values_list("kind", "object_id", "at", "pk")
        upper, width = lower, width * 4
