"""One batch of the run over many clocks: facts read, columns computed, and those that differ written.

Facts are read in order of their key and computed outside any transaction; at most 200 orders are written in one. A row
that an act has moved meanwhile is left: the act projected it. Called by `recomputing` and by its processes.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from diancai.stages.order.clocking.columns import OrderClock, PartClock
from diancai.stages.order.clocking.projection import Projection, project
from diancai.stages.order.clocking.reading import among, read_facts
from diancai.stages.order.clocking.rulebook import Rulebook
from diancai.stages.order.clocking.telling import tell_changes
from diancai.stages.order.models import RUNNING_STATES, Assignment, Order
from diancai.words import ClockState

WRITTEN_AT_ONCE = 200
# An order's own columns, then those of its parts; "id" stands first in each read.
ORDER_COLUMNS = tuple(each.name for each in fields(OrderClock))
PART_COLUMNS = tuple(each.name for each in fields(PartClock))


@dataclass
class Recomputed:
    """What a run found: orders looked at, those whose columns differ, and why some could not be computed (each
    refusal once, with the number of orders it concerns)."""

    seen: int = 0
    differing: list[int] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    told: int = 0

    def add(self, other: "Recomputed") -> None:
        """Take in what another batch found."""
        self.seen += other.seen
        self.differing += other.differing
        self.told += other.told
        for why, count in other.refused.items():
            self.refused[why] = self.refused.get(why, 0) + count


def run_batch(ids: list[int], rules: Rulebook, at: datetime, *, check: bool) -> Recomputed:
    """Compute the clocks of these orders, whose ids are sorted; unless `check`, write what differs and tell it."""
    done = Recomputed(seen=len(ids))
    stood, parts = _stood(ids)
    changed: list[tuple[int, Projection]] = []
    for facts in read_facts(ids):
        told = project(facts, rules, at)
        for refusal in told.refusals:
            done.refused[refusal.zh] = done.refused.get(refusal.zh, 0) + 1
        if _differs(told, stood[facts.order_id], parts, check=check):
            changed.append((facts.order_id, told))
    done.differing = [order_id for order_id, _ in changed]
    if not check:
        _write(changed, stood, parts)
        done.told = tell_changes(ids, at)
    return done


def _stood(ids: list[int]) -> tuple[dict[int, tuple[Any, ...]], dict[int, tuple[Any, ...]]]:
    """The columns as they are stored: of orders with their revision, and of parts."""
    orders = Order.objects.filter(among("pk", ids)).values_list("pk", "revision", *ORDER_COLUMNS)
    parts = Assignment.objects.filter(among("order_id", ids)).values_list("pk", *PART_COLUMNS)
    return {row[0]: row[1:] for row in orders}, {row[0]: row[1:] for row in parts}


def _differs(told: Projection, stood: tuple[Any, ...], parts: dict[int, tuple[Any, ...]], *, check: bool) -> bool:
    """Whether any column differs. For a check what time alone moves is no difference: a light that has turned since the
    last hour, the due of a clock that stands still."""
    pairs: list[tuple[OrderClock | PartClock, tuple[Any, ...]]] = [(told.order, stood[1:])]
    pairs += [(clock, parts.get(part_id, ())) for part_id, clock in told.parts.items()]
    if not check:
        return any(_columns(clock) != columns for clock, columns in pairs)
    return any(_lasting(clock, _columns(clock)) != _lasting(clock, columns) for clock, columns in pairs)


def _lasting(clock: OrderClock | PartClock, columns: tuple[Any, ...]) -> dict[str, Any]:
    """Columns by name, without what moves by itself."""
    names = ORDER_COLUMNS if isinstance(clock, OrderClock) else PART_COLUMNS
    told = dict(zip(names, columns, strict=False))
    told.pop("next_change_at", None)
    for name in ("clock_state", "sign_state"):
        told[name] = "runs" if told.get(name) in RUNNING_STATES else told.get(name)
    if told["clock_state"] == ClockState.PAUSED:
        return {name: told.get(name) for name in ("clock_state", "limit", "due_bound")}
    if told["sign_state"] == ClockState.PAUSED:
        told.pop("sign_due_at", None)
    return told


def _columns(clock: OrderClock | PartClock) -> tuple[Any, ...]:
    names = ORDER_COLUMNS if isinstance(clock, OrderClock) else PART_COLUMNS
    return tuple(getattr(clock, name) for name in names)


def _write(
    changed: list[tuple[int, Projection]], stood: dict[int, tuple[Any, ...]], parts: dict[int, tuple[Any, ...]]
) -> None:
    for start in range(0, len(changed), WRITTEN_AT_ONCE):
        with transaction.atomic():
            some = changed[start : start + WRITTEN_AT_ONCE]
            locked = Order.objects.select_for_update(of=("self",)).filter(pk__in=[order_id for order_id, _ in some])
            revisions = dict(locked.order_by("pk").values_list("pk", "revision"))
            fresh = [(order_id, told) for order_id, told in some if revisions.get(order_id) == stood[order_id][0]]
            moved = [
                (part_id, _columns(clock))
                for _, told in fresh
                for part_id, clock in told.parts.items()
                if _columns(clock) != parts.get(part_id)
            ]
            _update(
                Order,
                ORDER_COLUMNS,
                [(order_id, new) for order_id, told in fresh if (new := _columns(told.order)) != stood[order_id][1:]],
            )
            _update(Assignment, PART_COLUMNS, moved)


def _update(model: type[Model], names: tuple[str, ...], rows: list[tuple[int, tuple[Any, ...]]]) -> None:
    """One prepared statement for all rows: a CASE for each column and row would cost more than the computing."""
    if not rows:
        return
    by_name = {each.name: each for each in model._meta.concrete_fields}
    fields_of = [by_name[name] for name in names]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(each.column))} = %s" for each in fields_of)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s"  # noqa: S608 - names are our own columns
    given = [
        [*(each.get_db_prep_save(value, connection) for each, value in zip(fields_of, values, strict=True)), identifier]
        for identifier, values in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, given)
