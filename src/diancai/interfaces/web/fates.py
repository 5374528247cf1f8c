"""The fates of an imported sheet's rows as chips with counts; used by both imports."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from diancai.interfaces.web.asking import changed
from diancai.interfaces.web.desk import Desk
from diancai.words import RowFate


@dataclass(frozen=True, slots=True)
class Fate:
    """How many rows have a fate, and the address that shows them alone."""

    fate: RowFate
    count: int
    href: str
    chosen: bool


def fates_of(request: HttpRequest, counts: Mapping[RowFate, int]) -> tuple[Fate, ...]:
    """The fates that occur, in the order of the vocabulary."""
    chosen = request.GET.get("fate", "")
    return tuple(
        Fate(fate, counts[fate], changed(request.GET, fate="" if fate == chosen else fate), fate == chosen)
        for fate in RowFate
        if counts.get(fate)
    )


def sheet_years(desk: Desk) -> list[tuple[str, str]]:
    """Years to choose for days that a sheet writes without: those of the programme up to now."""
    first = desk.programme.starts_on.year if desk.programme else desk.today.year
    return [(str(year), str(year)) for year in range(desk.today.year, first - 1, -1)]
