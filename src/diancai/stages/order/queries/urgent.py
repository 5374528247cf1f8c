"""The most urgent first, by key; counts that stop in time; cards. Shared by boards and the day's work.

Works on orders and on parts alike: both carry `due_on`, and both are indexed by it within a state.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from diancai.ground.paging import whole_number
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.place.sight import seen_codes, sight_of
from diancai.stages.order.actions.holding import WITH_PARTS
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.queries.details import WITH_EVERYTHING
from diancai.stages.order.queries.lists import visible
from diancai.stages.order.queries.presence import on_seen
from diancai.stages.order.rows import BoardCard, Tally
from diancai.stages.order.wording import assignment_row, order_row

COUNTED = 200  # nobody reads a longer column; beyond it the standing counts tell
Found = QuerySet[Any]


def nearest(found: Found, after: str, limit: int, *, with_undated: bool = True) -> tuple[list[Any], str | None]:
    """Those due first, then those without a day by age, and the key that the next ones start after.

    Two questions, because the databases disagree on where an empty day stands in an index; the second is left out where
    every row has a day.
    """
    day, number = _parsed(after)
    rows: list[Any] = []
    if day is not None or number is None:
        dated = found.filter(due_on__isnull=False)
        if day is not None:
            dated = dated.filter(Q(due_on__gte=day) & (Q(due_on__gt=day) | Q(due_on=day, id__gt=number)))
        rows = list(dated.order_by("due_on", "id")[: limit + 1])
    if with_undated and len(rows) <= limit:
        bare = found.filter(due_on__isnull=True)
        bare = bare.filter(id__gt=number) if day is None and number is not None else bare
        rows += bare.order_by("id")[: limit + 1 - len(rows)]
    more = f"{rows[limit - 1].due_on or ''}~{rows[limit - 1].pk}" if len(rows) > limit else None
    return rows[:limit], more


def tallied(found: Found, most: int = COUNTED) -> Tally:
    """How many there are; counting stops at `most`. In the order of the indexes, so that none but theirs is read."""
    number = found.order_by("due_on", "id").values("pk")[: most + 1].count()
    return Tally(min(number, most), number > most)


def parts_seen(account: Account, programme_id: int, department_id: int, place_code: str = "") -> QuerySet[Assignment]:
    """Parts of a department that the account may see; its own people see them all, which needs no look at places."""
    parts = Assignment.objects.filter(
        department_id=department_id, order__programme_id=programme_id, order__hidden_at=None
    )
    sight = sight_of(account, Act.SEE_ORDER)
    if department_id in sight.department_ids:
        return parts.filter(at_or_below_any([place_code], "order__")) if place_code else parts
    if sight.department_ids:
        return parts.filter(order__in=visible(account, place_code, department_id))
    codes = [place_code] if place_code and seen_codes(sight, place_code) else sight.place_codes
    return parts.filter(at_or_below_any(codes, "order__"))


def cards_of_orders(account: Account, orders: Sequence[Order], now: datetime) -> tuple[BoardCard, ...]:
    """Cards of orders, with who is on them."""
    prefetch_related_objects(list(orders), WITH_PARTS)
    on_it = on_seen(account, [order.pk for order in orders], now)
    return tuple(BoardCard(order_row(order, now), None, on_it.get(order.pk, ())) for order in orders)


def cards_of_parts(account: Account, parts: Sequence[Assignment], now: datetime) -> tuple[BoardCard, ...]:
    """Cards of a department's parts, each with its order and who is on it."""
    prefetch_related_objects(list(parts), "order__extensions", *WITH_EVERYTHING)
    prefetch_related_objects([part.order for part in parts], WITH_PARTS)
    on_it = on_seen(account, [part.order_id for part in parts], now)
    return tuple(
        BoardCard(
            order_row(part.order, now), assignment_row(account, part.order, part, now), on_it.get(part.order_id, ())
        )
        for part in parts
    )


def _parsed(after: str) -> tuple[date | None, int | None]:
    """The day and the id of a key; neither when it is empty or spoilt."""
    told, mark, identifier = after.partition("~")
    number = whole_number(identifier)
    if not mark or number is None:
        return None, None
    try:
        return (date.fromisoformat(told) if told else None), number
    except ValueError:
        return None, None
