"""Reads the facts of the clocks from the tables: six reads for any number of orders, tuples and no model objects.

Called by the projection of one order, by the run over all, and by `queries.clock_facts`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from diancai.stages.need.models import NeedSource
from diancai.stages.order.models import Assignment, Extension, Order, Pause
from diancai.stages.order.rows import ClockExtension, ClockFacts, ClockPart, ClockPause
from diancai.words import AssignmentState, OrderLevel, OrderState, PauseReason

AT_ONCE = 500
_OF_ORDER = (
    "pk",
    "need_id",
    "level",
    "is_twin",
    "state",
    "county_code",
    "strand",
    "need__topic",
    "need__urgency",
    "need__kind",
    "need__wanted_text",
    "need__wanted_from",
    "need__wanted_until",
    "round",
    "placed_at",
    "completed_at",
    "closed_at",
)
_OF_PART = (
    "order_id",
    "pk",
    "department_id",
    "round",
    "is_lead",
    "state",
    "came_from_id",
    "dispatched_at",
    "answered_at",
    "handed_at",
    "completed_at",
    "ended_at",
    "set_due_on",
    "limit",
    "sign_limit",
    "opens_promise",
    "promise_over_at",
)
_STATES = {state.value: state for state in AssignmentState}
_ORDER_STATES = {state.value: state for state in OrderState}
_LEVELS = {level.value: level for level in OrderLevel}


def read_facts(order_ids: Iterable[int]) -> Iterator[ClockFacts]:
    """The facts of these orders, in order of their ids; a few reads for every 500 of them."""
    ids = sorted(set(order_ids))
    for start in range(0, len(ids), AT_ONCE):
        yield from _facts(ids[start : start + AT_ONCE])


def among(name: str, ids: Sequence[int]) -> Q:
    """Rows of these orders, whose ids are sorted: by range where none is left out, which costs a fifth of a list."""
    if ids and ids[-1] - ids[0] + 1 == len(ids):
        return Q(**{f"{name}__gte": ids[0], f"{name}__lte": ids[-1]})
    return Q(**{f"{name}__in": ids})


def _facts(ids: list[int]) -> Iterator[ClockFacts]:
    orders = list(Order.objects.filter(among("pk", ids)).order_by("pk").values_list(*_OF_ORDER))
    parts = _by_order(Assignment.objects.filter(among("order_id", ids)).order_by("pk"), _OF_PART)
    pauses = _by_order(
        Pause.objects.filter(among("order_id", ids)).order_by("pk"), ("order_id", "round", "reason", "since", "until")
    )
    asked = Extension.objects.filter(among("order_id", ids)).exclude(granted=False).order_by("pk")
    extensions = _by_order(asked, ("order_id", "part_id", "asked_at", "days", "decided_at"))
    sources = _sources({row[1] for row in orders})
    for row in orders:
        pk, need_id, level, is_twin, state, county, strand, topic, urgency, kind, words, since, until, *rest = row
        yield ClockFacts(
            order_id=pk,
            need_id=need_id,
            level=_LEVELS[level],
            is_twin=is_twin,
            state=_ORDER_STATES[state],
            county_code=county,
            strand=strand,
            topic=topic,
            urgency=urgency,
            kind=kind,
            source=sources.get(need_id, ""),
            wanted_text=words,
            wanted_from=since,
            wanted_until=until,
            round=rest[0],
            placed_at=rest[1],
            completed_at=rest[2],
            closed_at=rest[3],
            parts=tuple(_part(part) for part in parts.get(pk, ())),
            pauses=tuple(ClockPause(p[1], PauseReason(p[2]), p[3], p[4]) for p in pauses.get(pk, ())),
            extensions=tuple(ClockExtension(*each[1:]) for each in extensions.get(pk, ())),
        )


def _part(row: Sequence[Any]) -> ClockPart:
    return ClockPart(row[1], row[2], row[3], row[4], _STATES[row[5]], *row[6:])


def _by_order(found: QuerySet[Any], names: tuple[str, ...]) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in found.values_list(*names):
        rows[row[0]].append(row)
    return rows


def _sources(need_ids: set[int]) -> dict[int, str]:
    """By which channel each need was told first."""
    told = NeedSource.objects.filter(need_id__in=need_ids, is_counted=True).order_by("-id")
    return dict(told.values_list("need_id", "remark__source"))
