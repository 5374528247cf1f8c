"""Reading standing counts. A marked cell is rebuilt first, so what is read is what the records say.

Counts tell no names and no words; which of them an account sees is decided by the places that its page asks for.
"""

from collections.abc import Iterator, Sequence

from diancai.ground.place.codes import column_of
from diancai.ground.place.queries import get_scope, list_children
from diancai.stages.tally.counting import count, rebuild, summed
from diancai.stages.tally.models import Cell, Mark
from diancai.stages.tally.rules import RULES, CellKey, added, unpack

Counts = dict[tuple[str, ...], int]


def counts(rule: str, programme_id: int, place_codes: Sequence[str], months: Sequence[str] = ()) -> Counts:
    """{(place code, month, *parts): number} without zeros; `months` () = every month there is.

    A prefecture's code stands for all of it. Places are prefectures, counties or towns.
    """
    return added(
        ((place, month, *unpack(key)), number)
        for place, month, values in _values(rule, programme_id, place_codes, months)
        for key, number in values.items()
    )


def counts_by(
    rule: str, programme_id: int, place_codes: Sequence[str], part: str, months: Sequence[str] = ()
) -> dict[tuple[str, str, str], int]:
    """{(place code, month, value of `part`): number}: `counts` summed over the other parts, without zeros."""
    position = RULES[rule].parts.index(part)
    total: dict[tuple[str, str, str], int] = {}
    for place, month, values in _values(rule, programme_id, place_codes, months):
        for key, number in values.items():
            if number:
                counted = (place, month, unpack(key)[position])
                total[counted] = total.get(counted, 0) + number
    return total


def totals(rule: str, programme_id: int, place_codes: Sequence[str], months: Sequence[str] = ()) -> Counts:
    """{(place code, *parts): number}: `counts` summed over the months."""
    found = counts(rule, programme_id, place_codes, months)
    return added(((key[0], *key[2:]), number) for key, number in found.items())


def by_county(rule: str, programme_id: int, prefecture_code: str, months: Sequence[str] = ()) -> Counts:
    """{(county code, *parts): number} for every county of a prefecture; "" holds what belongs to no county."""
    codes = [county.code for county in list_children(prefecture_code)]
    found = totals(rule, programme_id, codes, months)
    own = _fresh(rule, programme_id, [prefecture_code], months).get(prefecture_code, ())
    return found | added((("", *unpack(key)), number) for _, values, _ in own for key, number in values.items())


def check_cells(programme_id: int) -> list[str]:
    """Differences between unmarked cells and their records, in words; empty when all is well."""
    marked = {CellKey(*row) for row in Mark.objects.values_list("rule", "programme_id", "place_code", "month")}
    found = []
    for cell in Cell.objects.filter(programme_id=programme_id).iterator():
        key = CellKey(cell.rule, cell.programme_id, cell.place_code, cell.month)
        towns = count(key)
        if key not in marked and (cell.towns != towns or cell.values != summed(towns)):
            found.append(f"{cell}: {cell.values} instead of {summed(towns)}")
    return found


def _values(
    rule: str, programme_id: int, place_codes: Sequence[str], months: Sequence[str]
) -> Iterator[tuple[str, str, dict[str, int]]]:
    """(place, month, values) of every cell in which a place is counted; of a town its part of the county's cell."""
    below = {code: _cells_below(code) for code in dict.fromkeys(place_codes)}
    towns = {code for code in below if column_of(code) == "town_code"}
    codes = sorted({cell for held in below.values() for cell in held})
    cells = _fresh(rule, programme_id, codes, months, with_towns=bool(towns))
    for place, held in below.items():
        for code in held:
            for month, values, by_town in cells.get(code, ()):
                yield place, month, by_town.get(place, {}) if place in towns else values


def _cells_below(code: str) -> tuple[str, ...]:
    """The cells in which a place is counted: a prefecture's own and its counties', a county's, a town's county's."""
    column = column_of(code)
    if column == "prefecture_code":
        return (code, *(county.code for county in list_children(code)))
    return (code,) if column == "county_code" else (get_scope(code).county_code,)


def _fresh(
    rule: str, programme_id: int, codes: Sequence[str], months: Sequence[str], *, with_towns: bool = False
) -> dict[str, list[tuple[str, dict[str, int], dict[str, dict[str, int]]]]]:
    """The cells by place as (month, values, values by town), after marked ones were rebuilt."""
    where: dict[str, object] = {"rule": rule, "programme_id": programme_id, "place_code__in": list(codes)}
    if months:
        where["month__in"] = list(months)
    for place_code, month in Mark.objects.filter(**where).order_by().values_list("place_code", "month").distinct():
        rebuild(CellKey(rule, programme_id, place_code, month))
    columns = ("place_code", "month", "values", *(("towns",) if with_towns else ()))
    found: dict[str, list[tuple[str, dict[str, int], dict[str, dict[str, int]]]]] = {}
    for place_code, month, values, *towns in Cell.objects.filter(**where).values_list(*columns):
        found.setdefault(place_code, []).append((month, values, towns[0] if towns else {}))
    return found
