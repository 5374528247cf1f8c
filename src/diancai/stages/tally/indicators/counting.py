"""Rebuilding units of the indicators: the orders of one county and month of placing, counted again as a whole.

Which units must be counted again: those that an act marked, those in which something ahead has come to count
meanwhile (a deadline went by), and all of them when the rules in force are others.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from diancai.ground.people.who_may import Scope
from diancai.ground.place.codes import column_of
from diancai.stages.order.models import ClockRun, Order
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.reading import counted_orders, facts_of
from diancai.stages.tally.models import IndicatorCell, IndicatorUnit, Mark
from diancai.stages.tally.months import month_span
from diancai.stages.tally.rules import CellKey, cell_of, month_of
from diancai.stages.tally.rules.cube import Cube

RULE = "indicators"


def rules_mark() -> str:
    """What the cells were counted by: the indicators, and the calendar and limits that the clocks stand by."""
    run = ClockRun.objects.order_by("pk").values_list("rules", flat=True).first() or ""
    return hashlib.sha256(f"{book().mark} {run}".encode()).hexdigest()[:16]


def unit_orders(key: CellKey) -> QuerySet[Order]:
    """The orders of a unit."""
    column = column_of(key.place_code)
    where = {column: key.place_code} | ({"county_code": ""} if column == "prefecture_code" else {})
    since, until = month_span(key.month)
    return counted_orders(key.programme_id).filter(**where, placed_at__gte=since, placed_at__lt=until)


def rebuild_unit(key: CellKey, at: datetime | None = None) -> None:
    """Count a unit again as it stands at `at` (now) and remove the marks it had.

    As in `tally.counting.rebuild`: marks are read before the records, and what was rebuilt meanwhile wins.
    """
    where: dict[str, Any] = {"programme_id": key.programme_id, "place_code": key.place_code, "month": key.month}
    while True:
        unit, _ = IndicatorUnit.objects.get_or_create(**where)
        marks = list(Mark.objects.filter(rule=RULE, **where).values_list("pk", flat=True))
        rules, now = rules_mark(), at or timezone.now()
        cube = Cube(book(), now)
        for order in facts_of(unit_orders(key).order_by("pk")):
            cube.take(order)
        if _written(unit, cube, rules, marks):
            return


def _written(unit: IndicatorUnit, cube: Cube, rules: str, marks: list[int]) -> bool:
    cells = [
        IndicatorCell(
            unit=unit,
            programme_id=unit.programme_id,
            place_code=name.place_code,
            month=name.month,
            dims=name.dims,
            values=values,
        )
        for name, values in cube.cells.items()
    ]
    with transaction.atomic():
        held = IndicatorUnit.objects.filter(pk=unit.pk, revision=unit.revision)
        told = {"book": rules, "stale_at": cube.stale_at, "rebuilt_at": cube.now, "revision": unit.revision + 1}
        if not held.update(**told):
            return False
        IndicatorCell.objects.filter(unit=unit).delete()
        IndicatorCell.objects.bulk_create(cells, batch_size=200)
        Mark.objects.filter(pk__in=marks).delete()
    return True


def refresh(programme_id: int, unit_codes: Collection[str], at: datetime | None = None) -> int:
    """Count again what is not fresh among the units of these places; returns how many were.

    `unit_codes`: counties, and prefectures for what lies in none.
    """
    now = at or timezone.now()
    rules = rules_mark()
    where = {"programme_id": programme_id, "place_code__in": list(unit_codes)}
    marked = Mark.objects.filter(rule=RULE, **where).order_by().values_list("place_code", "month").distinct()
    stale = IndicatorUnit.objects.filter(~Q(book=rules) | Q(stale_at__lte=now), **where)
    keys = {CellKey(RULE, programme_id, *row) for row in [*marked, *stale.values_list("place_code", "month")]}
    for key in sorted(keys):
        rebuild_unit(key, at)
    return len(keys)


def every_unit(programme_id: int) -> set[CellKey]:
    """Every unit that any order belongs to, and every one there was."""
    known = IndicatorUnit.objects.filter(programme_id=programme_id).values_list("place_code", "month")
    keys = {CellKey(RULE, programme_id, *row) for row in known}
    placed = counted_orders(programme_id).order_by().annotate(placed_in=TruncMonth("placed_at"))
    for prefecture, county, month in placed.values_list("prefecture_code", "county_code", "placed_in").distinct():
        keys.add(CellKey(RULE, programme_id, cell_of(Scope(prefecture, county)), month_of(timezone.localdate(month))))
    return keys


def stale_units(now: datetime, limit: int) -> list[CellKey]:
    """Units in which a deadline went by or whose rules are others, for the worker."""
    found = IndicatorUnit.objects.filter(~Q(book=rules_mark()) | Q(stale_at__lte=now)).order_by("pk")
    return [CellKey(RULE, *row) for row in found.values_list("programme_id", "place_code", "month")[:limit]]
