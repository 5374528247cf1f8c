"""Counting one cell from its records, and rebuilding it without losing what comes in meanwhile."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from diancai.ground.place.codes import column_of
from diancai.stages.need.models import Need
from diancai.stages.order.models import Order
from diancai.stages.remark.models import Remark
from diancai.stages.supply.models import Offer
from diancai.stages.tally.models import Cell, Mark
from diancai.stages.tally.months import month_span
from diancai.stages.tally.rules import RULES, CellKey, pack
from diancai.words import Route


@dataclass(frozen=True)
class Counted:
    """The records of a rule: the table, the instant that gives the month, and which of them count."""

    table: type[models.Model]
    at: str
    which: Q

    def records(self) -> QuerySet[Any]:
        """All records that count."""
        return self.table._default_manager.filter(self.which).order_by()


COUNTED: dict[str, Counted] = {
    "remarks": Counted(Remark, "recorded_at", Q(withdrawn_at=None, is_diverted=False)),
    "needs": Counted(Need, "made_at", Q(route=Route.LIST, is_live=True)),
    "offers": Counted(Offer, "made_at", Q()),
    # What went up is the same need again, and what was hidden is counted nowhere.
    "orders": Counted(Order, "placed_at", Q(is_twin=False, hidden_at=None)),
}


def count(key: CellKey) -> dict[str, dict[str, int]]:
    """The values of a cell by town code, "" for what lies in no town, counted from its records now."""
    counted, parts = COUNTED[key.rule], RULES[key.rule].parts
    column = column_of(key.place_code)
    where = {column: key.place_code} | ({"county_code": ""} if column == "prefecture_code" else {})
    since, until = month_span(key.month)
    found = counted.records().filter(
        programme_id=key.programme_id, **where, **{f"{counted.at}__gte": since, f"{counted.at}__lt": until}
    )
    towns: dict[str, dict[str, int]] = {}
    for town, *values, number in found.values_list("town_code", *parts).annotate(number=Count("pk")):
        towns.setdefault(town, {})[pack(values)] = number
    return towns


def summed(towns: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The values of the whole cell, in the order of their keys."""
    total: Counter[str] = Counter()
    for values in towns.values():
        total.update(values)
    return dict(sorted(total.items()))


def rebuild(key: CellKey) -> dict[str, int]:
    """Rebuild a cell and remove the marks it had; returns its values.

    The marks are read before the records: whatever is committed later leaves a mark that stays. The cell is written
    only if nobody has rebuilt it meanwhile (`revision`), so an older count never covers a newer one.
    """
    while True:
        where: dict[str, Any] = {
            "rule": key.rule,
            "programme_id": key.programme_id,
            "place_code": key.place_code,
            "month": key.month,
        }
        cell, _ = Cell.objects.get_or_create(**where)
        marks = list(Mark.objects.filter(**where).values_list("pk", flat=True))
        towns = count(key)
        values = summed(towns)
        with transaction.atomic():
            held = Cell.objects.filter(pk=cell.pk, revision=cell.revision)
            if held.update(values=values, towns=towns, revision=cell.revision + 1, rebuilt_at=timezone.now()):
                _remove(marks)
                return values


def _remove(marks: Sequence[int], at_once: int = 500) -> None:
    for start in range(0, len(marks), at_once):
        Mark.objects.filter(pk__in=marks[start : start + at_once]).delete()
