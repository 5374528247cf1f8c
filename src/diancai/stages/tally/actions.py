"""Marking cells and rebuilding marked ones. Nothing here adds to a count."""

from collections.abc import Iterable

from django.utils import timezone

from diancai.ground.people.who_may import Scope
from diancai.stages.tally.counting import COUNTED, rebuild
from diancai.stages.tally.indicators.counting import RULE as INDICATORS
from diancai.stages.tally.indicators.counting import every_unit, rebuild_unit, stale_units
from diancai.stages.tally.models import Mark
from diancai.stages.tally.rules import CellKey, cell_of, month_of

MOST_UNITS = 10_000


def mark_cells(keys: Iterable[CellKey]) -> None:
    """Mark cells, each once."""
    marks = [
        Mark(rule=k.rule, programme_id=k.programme_id, place_code=k.place_code, month=k.month)
        for k in sorted(set(keys))
    ]
    Mark.objects.bulk_create(marks, batch_size=200)


def rebuild_dirty(limit: int | None = None) -> int:
    """Rebuild marked cells, for the worker between jobs; returns how many were rebuilt.

    Units of the indicators also when a deadline went by since they were counted.
    """
    marked = Mark.objects.order_by().values_list("rule", "programme_id", "place_code", "month").distinct()
    keys = [CellKey(*row) for row in (marked[:limit] if limit else marked)]
    stale = stale_units(timezone.now(), limit or MOST_UNITS)
    keys += [key for key in stale if key not in keys]
    for key in keys:
        (rebuild_unit if key.rule == INDICATORS else rebuild)(key)
    return len(keys)


def mark_everything(programme_id: int) -> int:
    """Mark every cell that any record belongs to, after records were loaded without acts; returns how many."""
    keys: set[CellKey] = set()
    for rule, counted in COUNTED.items():
        columns = ("prefecture_code", "county_code", counted.at)
        found = counted.table._default_manager.filter(programme_id=programme_id).order_by().values_list(*columns)
        for prefecture, county, at in found.iterator(chunk_size=5000):
            keys.add(CellKey(rule, programme_id, cell_of(Scope(prefecture, county)), month_of(timezone.localdate(at))))
    keys |= every_unit(programme_id)
    mark_cells(keys)
    return len(keys)
