"""Adding up what orders count as, by place, month or day, department, strand and topic. Pure.

A cell holds, for one place, one month and one way of splitting (`dims`), a row of counts for each value: one for each
slot of the book. `dims` are letters: d department, s strand, t topic, y day; "" the whole.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from diancai.stages.tally.rules.counted import Counted, OrderFacts, counted
from diancai.stages.tally.rules.figures import Count
from diancai.stages.tally.rules.indicators import Book, Indicator, Slot
from diancai.stages.tally.rules.standing import month_of

SEPARATOR = "\t"
COUNTY_DIMS = ("", "d", "s", "t", "ds", "dt", "st", "dst", "y", "dy", "sy", "ty")
TOWN_DIMS = ("", "d", "s", "t", "y")

Row = list["int | dict[str, int]"]  # one count a slot; of a measured one {days: how many}
Values = dict[str, Row]  # by the values of the dims, joined


@dataclass(frozen=True, slots=True)
class CellName:
    """Where a count stands: the place, the month in which it falls, how it is split."""

    place_code: str
    month: str
    dims: str


@dataclass(frozen=True, slots=True)
class Tallied:
    """One count of one order: under which slot, on which day of the indicator's window."""

    slot: int
    day: date
    order: OrderFacts
    counted: Counted

    def part(self, letter: str) -> str:
        """The value of a dimension."""
        if letter == "d":
            return str(self.counted.department_id)
        return {"s": self.order.strand, "t": self.order.topic, "y": self.day.isoformat()}[letter]


Sparse = dict[int, "int | dict[str, int]"]  # counts by slot, without those that are nought
Group = tuple[str, str, str, dict[str, str]]  # county (or prefecture), town, month, values by letter


@dataclass
class Cube:
    """Counts being added up. `stale_at`: when the first thing that lies ahead comes to count, if anything does.

    Orders are grouped by all dimensions once, and the cells are rolled up from the groups.
    """

    book: Book
    now: datetime
    stale_at: datetime | None = None
    _days: dict[tuple[str, str, date, str, str, str], Sparse] = field(default_factory=dict)

    def take(self, order: OrderFacts) -> None:
        """Add one order."""
        county = order.county_code or order.prefecture_code
        town = (order.town_code or own_of(order.county_code)) if order.county_code else ""
        for each in tallied(self.book, order):
            if each.counted.at > self.now:
                self.stale_at = min(self.stale_at or each.counted.at, each.counted.at)
                continue
            key = (county, town, each.day, str(each.counted.department_id), order.strand, order.topic)
            _add_sparse(self._days.setdefault(key, {}), {each.slot: _one(self.book, each)})

    @property
    def cells(self) -> dict[CellName, Values]:
        """The cells of the county (or prefecture) and of its towns."""
        found: dict[CellName, Values] = {}
        months: dict[tuple[str, str, str, str, str, str], Sparse] = {}
        for (county, town, day, d, s, t), counts in self._days.items():
            _add_sparse(months.setdefault((county, town, month_of(day), d, s, t), {}), counts)
            group = (county, town, month_of(day), {"d": d, "s": s, "t": t, "y": day.isoformat()})
            self._roll_up(found, group, counts, by_day=True)
        for (county, town, month, d, s, t), counts in months.items():
            self._roll_up(found, (county, town, month, {"d": d, "s": s, "t": t}), counts, by_day=False)
        return found

    def _roll_up(self, found: dict[CellName, Values], group: Group, counts: Sparse, *, by_day: bool) -> None:
        county, town, month, parts = group
        for place, ways in ((county, COUNTY_DIMS), (town, TOWN_DIMS)):
            for dims in ways if place else ():
                if ("y" in dims) != by_day:
                    continue
                values = found.setdefault(CellName(place, month, dims), {})
                key = SEPARATOR.join([parts[letter] for letter in dims])
                row = values.get(key)
                if row is None:
                    row = values[key] = blank(self.book)
                _add_dense(row, counts)


def _one(book: Book, each: Tallied) -> int | dict[str, int]:
    return {str(each.counted.days): 1} if each.slot in book.measured else 1


def _add_sparse(into: Sparse, counts: Sparse) -> None:
    for slot, count in counts.items():
        held = into.get(slot)
        into[slot] = (dict(count) if isinstance(count, dict) else count) if held is None else _sum(held, count)


def _add_dense(row: Row, counts: Sparse) -> None:
    for slot, count in counts.items():
        row[slot] = _sum(row[slot], count)


def _sum(held: int | dict[str, int], count: int | dict[str, int]) -> int | dict[str, int]:
    """Numbers are added, histograms value by value, in place."""
    if isinstance(held, dict) and isinstance(count, dict):
        for days, number in count.items():
            held[days] = held.get(days, 0) + number
        return held
    assert isinstance(held, int) and isinstance(count, int)
    return held + count


def own_of(county_code: str) -> str:
    """The code under which a county's own orders, which lie in no town, stand beside its towns."""
    return county_code[:6] + "------"


def tallied(book: Book, order: OrderFacts) -> Iterator[Tallied]:
    """What an order adds to every indicator, also what lies ahead.

    An order taken out of an indicator adds nothing to its numerator or base, but one to the number taken out.
    """
    for each in counted(order):
        for take in book.takes.get(each.fact, ()):
            if taken_out(take.indicator, order) == take.of_excluded:
                yield Tallied(take.slot, take.window.day_of(each.at), order, each)


def taken_out(indicator: Indicator, order: OrderFacts) -> bool:
    """Whether the order was taken out of the indicator (剔除件)."""
    return indicator.allows_exclusion and bool(order.excluded & {"", indicator.key})


def blank(book: Book) -> Row:
    """A row of zeros."""
    return [{} if at in book.measured else 0 for at in range(len(book.slots))]


def add(book: Book, row: Row, each: Tallied) -> None:
    """Count one more in a row being made."""
    _add_dense(row, {each.slot: _one(book, each)})


def merged(book: Book, rows: Iterable[Row]) -> dict[Slot, Count]:
    """The sum of rows by slot, with days as numbers."""
    columns = list(zip(*rows, strict=True)) or [()] * len(book.slots)
    return {slot: _column(columns[at], is_days=at in book.measured) for at, slot in enumerate(book.slots)}


def _column(counts: tuple[Any, ...], *, is_days: bool) -> Count:
    if not is_days:
        return int(sum(counts))
    total: dict[int, int] = {}
    for held in counts:
        for days, number in held.items():
            total[int(days)] = total.get(int(days), 0) + number
    return total


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` until `until`, both included."""

    since: date
    until: date

    def split(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(months wholly within, months touched only in part)."""
        whole: list[str] = []
        partly: list[str] = []
        day = self.since.replace(day=1)
        while day <= self.until:
            following = (day + timedelta(days=32)).replace(day=1)
            is_whole = self.since <= day and following - timedelta(days=1) <= self.until
            (whole if is_whole else partly).append(month_of(day))
            day = following
        return tuple(whole), tuple(partly)

    def holds(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.since <= day <= self.until


Wanted = Mapping[str, str]  # values by letter


def gathered(
    dims: str, values: Values, wanted: Wanted, by: str, period: Period | None = None
) -> Iterator[tuple[str, Row]]:
    """(value of `by`, row) of a cell's rows that the wanted values and the period let through."""
    places = {letter: at for at, letter in enumerate(dims)}
    for key, row in values.items():
        parts = key.split(SEPARATOR)
        if any(parts[places[letter]] != value for letter, value in wanted.items()):
            continue
        if period is not None and not period.holds(date.fromisoformat(parts[places["y"]])):
            continue
        yield (parts[places[by]] if by else ""), row


def dims_for(letters: Collection[str]) -> str:
    """The letters of a way of splitting in their order."""
    return "".join(letter for letter in "dsty" if letter in letters)
