"""Writes the four workbooks and the line per remark, one module a file."""

from diancai.ground.place.names import PlaceNames
from diancai.two_sheets.making import Lists

from .demand import demand_list
from .digest_lines import digest_lines
from .gaps import gaps
from .matches import matches
from .supply import supply_list

FILES = ("demand_list.xlsx", "supply_list.xlsx", "matches.xlsx", "gaps.xlsx", "digest.jsonl")


def written(lists: Lists, names: PlaceNames) -> dict[str, bytes]:
    """The content of the five files, by name."""
    contents = (demand_list(lists, names), supply_list(lists), matches(lists, names), gaps(lists, names))
    return dict(zip(FILES, (*contents, digest_lines(lists)), strict=True))
