"""The table of indicators, from cells; what no cell holds (a village, a town's two filters) from its orders directly.

Marked units are counted again first, so what is read is what the records say now.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from diancai.ground.people.models import Account
from diancai.ground.place.codes import at_or_below, level_of
from diancai.ground.place.models import Department
from diancai.ground.place.queries import get_scope, list_children, name_of
from diancai.stages.tally.indicators.book import book
from diancai.stages.tally.indicators.counting import refresh
from diancai.stages.tally.indicators.reading import counted_orders, facts_of
from diancai.stages.tally.indicators.rows import Ask, By, IndicatorTable, SplitRow
from diancai.stages.tally.indicators.sight import allowed
from diancai.stages.tally.models import IndicatorCell
from diancai.stages.tally.months import month_span
from diancai.stages.tally.rules import month_of
from diancai.stages.tally.rules.counted import NOBODY, OrderFacts
from diancai.stages.tally.rules.cube import (
    COUNTY_DIMS,
    TOWN_DIMS,
    Row,
    add,
    blank,
    dims_for,
    gathered,
    merged,
    own_of,
    tallied,
)
from diancai.stages.tally.rules.figures import figures
from diancai.words import Level, Strand

LETTERS = {By.DEPARTMENT: "d", By.STRAND: "s", By.TOPIC: "t", By.DAY: "y"}
UNTOLD = "-"
Parted = Iterator[tuple[str, Row]]  # value of what is split by, counts


def indicator_table(account: Account, ask: Ask, by: By, at: datetime | None = None) -> IndicatorTable:
    """All indicators for what is asked, the whole and split. Raises `NotAllowed`, `NotFound`, `PeriodUnclear`."""
    ask, now = allowed(account, ask), at or timezone.now()
    refresh(ask.programme_id, _unit_codes(ask.place_code), at)
    rows: dict[str, list[Row]] = defaultdict(list)
    for value, row in _parted(ask, by, now):
        rows[value].append(row)
    rules = book()
    total = figures(rules, merged(rules, (row for held in rows.values() for row in held)))
    names = _names(by, rows)
    split = [SplitRow(value, names(value), figures(rules, merged(rules, rows[value]))) for value in names.order(rows)]
    return IndicatorTable(ask, by, total, tuple(split), rules.version, now)


def wanted_of(ask: Ask) -> dict[str, str]:
    """What narrows the orders, by the letters of the cells."""
    asked = {"d": str(ask.department_id) if ask.department_id is not None else "", "s": ask.strand, "t": ask.topic}
    return {letter: "" if value == UNTOLD else value for letter, value in asked.items() if value}


def _unit_codes(place_code: str) -> set[str]:
    """The counties (and prefecture) in whose units a place is counted."""
    scope = get_scope(place_code)
    if scope.county_code:
        return {scope.county_code}
    return {place_code, *(county.code for county in list_children(place_code))}


def _parted(ask: Ask, by: By, now: datetime) -> Parted:
    level, letters = level_of(ask.place_code), set(wanted_of(ask)) | ({LETTERS[by]} if by in LETTERS else set())
    whole, partly = ask.period.split()
    has_cells = _held(level, letters) and (not partly or _held(level, letters | {"y"}))
    if level == Level.VILLAGE or (level == Level.TOWN and by == By.PLACE) or not has_cells:
        return _from_orders(ask, by, now)
    return _from_cells(ask, by, whole, partly)


def _held(level: Level, letters: set[str]) -> bool:
    return dims_for(letters) in (TOWN_DIMS if level == Level.TOWN else COUNTY_DIMS)


def _from_cells(ask: Ask, by: By, whole: Iterable[str], partly: Iterable[str]) -> Parted:
    wanted, letter = wanted_of(ask), LETTERS.get(by, "")
    for months, more in ((list(whole), set[str]()), (list(partly), {"y"})):
        dims = dims_for(set(wanted) | ({letter} if letter else set()) | more)
        found = IndicatorCell.objects.filter(
            programme_id=ask.programme_id, place_code__in=_cell_places(ask, by), dims=dims, month__in=months
        )
        period = ask.period if more else None
        for place, month, values in found.order_by().values_list("place_code", "month", "values") if months else ():
            for value, row in gathered(dims, values, wanted, letter, period):
                yield (below(ask, place) if by == By.PLACE else month if by == By.MONTH else value), row


def below(ask: Ask, place: str) -> str:
    """The place below that a cell tells of; "" for what belongs to the place asked for itself."""
    return "" if place in (ask.place_code, own_of(ask.place_code)) else place


def _cell_places(ask: Ask, by: By) -> list[str]:
    """The cells that add up to the place. Split by place a county is read by its towns."""
    if level_of(ask.place_code) == Level.PREFECTURE:
        return sorted(_unit_codes(ask.place_code))
    if by == By.PLACE and level_of(ask.place_code) == Level.COUNTY:
        towns = [town.code for town in list_children(ask.place_code, everything=True)]
        return [own_of(ask.place_code), *towns]
    return [ask.place_code]


def _from_orders(ask: Ask, by: By, now: datetime) -> Parted:
    rules, letter, wanted = book(), LETTERS.get(by, ""), wanted_of(ask)
    rows: dict[str, Row] = {}
    _, end = month_span(month_of(ask.period.until))
    orders = counted_orders(ask.programme_id).filter(at_or_below(ask.place_code), placed_at__lt=end)
    for order in facts_of(orders.order_by("pk")):
        for each in tallied(rules, order):
            is_asked = each.counted.at <= now and ask.period.holds(each.day)
            if is_asked and all(each.part(name) == value for name, value in wanted.items()):
                value = _place_below(order, ask) if by == By.PLACE else month_of(each.day) if by == By.MONTH else ""
                add(rules, rows.setdefault(each.part(letter) if letter else value, blank(rules)), each)
    yield from rows.items()


def _place_below(order: OrderFacts, ask: Ask) -> str:
    """The place one level below the one asked for in which the order lies; "" for its own."""
    chain = [order.prefecture_code, order.county_code, order.town_code, order.village_code]
    deeper = chain[chain.index(ask.place_code) + 1 :]
    return deeper[0] if deeper else ""


def _names(by: By, rows: Iterable[str]) -> "_Namer":
    return _Namer(by, _departments(rows) if by == By.DEPARTMENT else {})


def _departments(values: Iterable[str]) -> dict[str, str]:
    """Names by id, those of the prefecture first, then county by county."""
    found = Department.objects.filter(pk__in=[int(value) for value in values]).order_by("place_id", "name")
    return {str(pk): name for pk, name in found.values_list("pk", "name")}


class _Namer:
    """Names the values that a table is split by."""

    def __init__(self, by: By, departments: dict[str, str]) -> None:
        self.by, self.departments = by, departments

    def __call__(self, value: str) -> str:
        """The name in the language asked for; empty for what was not told."""
        if self.by == By.DEPARTMENT:
            return "" if value == str(NOBODY) else self.departments.get(value, value)
        if self.by == By.PLACE:
            return name_of(value)
        if self.by == By.STRAND and value:
            return Strand(value).en if (get_language() or "zh").startswith("en") else Strand(value).zh
        return value

    def order(self, values: Iterable[str]) -> list[str]:
        """Departments by their place, everything else by its code, day or name; what was not told last."""
        places = {value: at for at, value in enumerate(self.departments)}
        return sorted(values, key=lambda value: (not self(value), places.get(value, 0), value))
