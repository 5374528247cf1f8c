"""Asking the index: newest entries first, page by page, never counting past 1,000.

A common word has a hundred thousand hits in a million records. The index is therefore asked in slices of row numbers,
from the newest down, each four times as wide as the one before, until the page is full: a common word fills it in the
first slice, and a rare one costs little in the widest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet

from diancai.ground.paging import whole_number
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.prepared import Given, Prepared
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


_TOP = Prepared(lambda: SearchRow.objects.order_by("-id").values_list("id")[:1])


def _find(asked: str, allowed: Q, after: str, limit: int) -> Hits:
    tokens = phrases(asked, mongolian_key)
    if not tokens:
        return Hits((), None, 0)
    found = Prepared(lambda: _between(tokens).filter(allowed).order_by().values_list("kind", "object_id", "at", "id"))
    top = next((row[0] for row in _TOP.rows()), 0) + 1
    behind = whole_number(after)
    rows = _first(found, top if behind is None else min(behind, top), limit + 1)
    page = rows[:limit]
    more = str(page[-1].row_id) if len(rows) > limit else None
    return Hits(tuple(page), more, _count(found, top))


def _between(tokens: list[list[str]]) -> QuerySet[SearchRow]:
    """Rows with these words, from the row number that is told first to the one that is told second."""
    sql, parameters = condition(tokens, Given(0, BigIntegerField()), Given(1, BigIntegerField()))
    return SearchRow.objects.extra(where=[sql], params=parameters)  # noqa: S610 (our condition, their words as parameters)


def _first(found: Prepared, start: int, wanted: int) -> list[Hit]:
    """The newest hits below row `start`, at most `wanted`."""
    rows: list[Hit] = []
    for first, last in _slices(start):
        newest = found.rows(first, last, order="search_searchrow.id DESC", most=wanted - len(rows))
        rows += [Hit(*row) for row in newest]
        if len(rows) >= wanted:
            break
    return rows


def _count(found: Prepared, top: int) -> int:
    total = 0
    for first, last in _slices(top):
        total += found.count(first, last, most=MOST_COUNTED + 1 - total)
        if total > MOST_COUNTED:
            break
    return total


def _slices(upper: int) -> Iterator[tuple[int, int]]:
    """First and last row number of each slice, the newest first, each wider than the one before."""
    width = FIRST_SLICE
    while upper > 1:
        lower = max(1, upper - width)
        yield lower, upper - 1
        upper, width = lower, width * 4
