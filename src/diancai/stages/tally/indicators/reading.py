"""What the records say of orders, as `OrderFacts`: the one place where indicators touch the tables of other stages.

Deadlines are those that `order` projects from its acts (`due_at`, `sign_due_at`); answers are those that count in
`feedback`. A few reads for every 500 orders.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from diancai.clocks.calendar import Calendar, load_calendar
from diancai.clocks.errors import YearMissing
from diancai.config import read_text
from diancai.stages.feedback.models import FollowUp
from diancai.stages.need.models import NeedSource
from diancai.stages.order.models import Assignment, Order, Redo
from diancai.stages.tally.models import Exclusion
from diancai.stages.tally.rules.counted import AnswerFacts, OrderFacts, PartFacts
from diancai.words import AssignmentState, ClosingReason

AT_ONCE = 500
ORDER = (
    "pk", "need_id", "prefecture_code", "county_code", "town_code", "village_code", "strand", "need__topic", "is_twin",
    "paused_at", "placed_at", "closed_at", "closing_reason",
)  # fmt: skip
PART = (
    "order_id", "pk", "department_id", "round", "is_lead", "state", "dispatched_at", "answered_at", "completed_at",
    "ended_at", "sign_due_at", "due_at",
)  # fmt: skip


def counted_orders(programme_id: int) -> QuerySet[Order]:
    """Orders that count: what was hidden by a divert counts nowhere."""
    return Order.objects.filter(programme_id=programme_id, hidden_at=None)


def facts_of(orders: QuerySet[Order]) -> Iterator[OrderFacts]:
    """The facts of these orders, in their order."""
    rows = list(orders.values_list(*ORDER))
    for start in range(0, len(rows), AT_ONCE):
        yield from _facts(rows[start : start + AT_ONCE])


def _facts(rows: list[tuple[Any, ...]]) -> Iterator[OrderFacts]:
    ids = [row[0] for row in rows]
    parts, answers, excluded = _parts(ids), _answers(ids), _excluded(ids)
    redone, told = _redone(ids), _told_last({row[1] for row in rows})
    for pk, need_id, prefecture, county, town, village, strand, topic, is_twin, paused_at, *ends in rows:
        placed_at, closed_at, reason = ends
        yield OrderFacts(
            order_id=pk,
            prefecture_code=prefecture,
            county_code=county,
            town_code=town,
            village_code=village,
            strand=strand,
            topic=topic,
            is_twin=is_twin,
            is_paused=paused_at is not None,
            placed_at=placed_at,
            closed_at=closed_at,
            closing_reason=ClosingReason(reason) if reason else None,
            told_again=need_id in told and told[need_id] > placed_at,
            redone_rounds=frozenset(redone[pk]),
            parts=tuple(parts[pk]),
            answers=tuple(answers[pk]),
            excluded=frozenset(excluded[pk]),
        )


def _parts(ids: list[int]) -> dict[int, list[PartFacts]]:
    found: dict[int, list[PartFacts]] = defaultdict(list)
    rows = Assignment.objects.filter(order_id__in=ids).order_by("pk").values_list(*PART)
    for order_id, pk, department_id, number, is_lead, state, *instants in rows:
        dispatched, answered, completed, ended, sign_due, due = instants
        found[order_id].append(
            PartFacts(
                part_id=pk,
                department_id=department_id,
                round=number,
                is_lead=is_lead,
                state=AssignmentState(state),
                dispatched_at=dispatched,
                answered_at=answered,
                completed_at=completed,
                ended_at=ended,
                sign_due_at=sign_due,
                due_at=due,
                handled_days=_working_days(dispatched, completed) if completed else None,
            )
        )
    return found


def _answers(ids: list[int]) -> dict[int, list[AnswerFacts]]:
    found: dict[int, list[AnswerFacts]] = defaultdict(list)
    columns = ("order_id", "round", "answered_at", "solved", "satisfaction")
    reached = FollowUp.objects.filter(order_id__in=ids, answered_at__isnull=False).order_by("pk")
    for order_id, *told in reached.values_list(*columns):
        found[order_id].append(AnswerFacts(*told))
    return found


def _excluded(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    standing = Exclusion.objects.filter(order_id__in=ids, granted=True, lifted_at=None).order_by()
    for order_id, indicator in standing.values_list("order_id", "indicator"):
        found[order_id].append(indicator)
    return found


def _redone(ids: list[int]) -> dict[int, set[int]]:
    """Rounds that another one followed."""
    found: dict[int, set[int]] = defaultdict(set)
    for order_id, number in Redo.objects.filter(order_id__in=ids).order_by().values_list("order_id", "number"):
        found[order_id].add(number - 1)
    return found


def _told_last(need_ids: set[int]) -> dict[int, datetime]:
    """When each need was told last, by what counts."""
    found: dict[int, datetime] = {}
    sources = NeedSource.objects.filter(need_id__in=need_ids, is_counted=True).order_by()
    for need_id, at in sources.values_list("need_id", "remark__recorded_at"):
        found[need_id] = max(at, found.get(need_id, at))
    return found


@lru_cache(maxsize=1)
def _calendar() -> Calendar:
    return load_calendar(partial(read_text, overrides=settings.CONFIG_OVERRIDES))


def _working_days(since: datetime, until: datetime) -> int | None:
    """Working days after the day of dispatch, up to that of completion; None where the calendar does not reach."""
    return _days_between(timezone.localdate(since), timezone.localdate(until))


@lru_cache(maxsize=20_000)
def _days_between(since: date, until: date) -> int | None:
    try:
        return _calendar().working_days_between(since, until)
    except YearMissing:
        return None


def ids_of_needs(need_ids: Iterable[int]) -> list[int]:
    """Orders of these needs, whose topic or tellings changed."""
    return list(Order.objects.filter(need_id__in=set(need_ids)).order_by().values_list("pk", flat=True))
