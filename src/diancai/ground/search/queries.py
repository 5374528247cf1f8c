"""Asking the index: newest first, page by page, never counting past 1,000."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from diancai.ground.paging import after_key, older_than
from diancai.ground.search.backends import condition
from diancai.ground.search.models import SearchRow
from diancai.ground.search.mongolian import mongolian_key
from diancai.ground.search.spacing import phrases

MOST_COUNTED = 1000


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


def find(asked: str, *, codes: tuple[str, ...], kinds: tuple[str, ...] = (), after: str = "", limit: int = 50) -> Hits:
    """Records with all the words asked, at or below any of `codes`, newest first; no words find nothing.

    `after` is the key that the page before handed out.
    """
    tokens = phrases(asked, mongolian_key)
    if not tokens or not codes:
        return Hits((), None, 0)
    sql, parameters = condition(tokens)
    found = SearchRow.objects.extra(where=[sql], params=parameters)  # noqa: S610 (the condition is ours, words are parameters)
    if kinds:
        found = found.filter(kind__in=kinds)
    found = found.filter(_within(codes))
    count = found.order_by()[: MOST_COUNTED + 1].count()
    if after:
        found = found.filter(older_than(after, "at"))
    rows = [Hit(r.kind, r.object_id, r.at, r.pk) for r in found.order_by("-at", "-id")[: limit + 1]]
    page = rows[:limit]
    more = after_key(page[-1].at, page[-1].row_id) if len(rows) > limit else None
    return Hits(tuple(page), more, min(count, MOST_COUNTED + 1))


def _within(codes: tuple[str, ...]) -> Q:
    """Records at or below any of the places, by the column of each place's level."""
    allowed = Q()
    for code in codes:
        column = "village_code" if code[9:] != "000" else "town_code" if code[6:9] != "000" else "county_code"
        allowed |= Q(**{"prefecture_code" if code[4:6] == "00" else column: code})
    return allowed
