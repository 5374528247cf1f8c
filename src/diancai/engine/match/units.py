"""Names of units, cleaned and merged: one office under its several spellings.

A bracketed suffix is dropped when the name is clear without it (东街街道综合执法队（东街街道办事处）), and kept when it
tells offices of one name apart (城建办（东街街道办事处）). 办公室 and 办, 街道办事处 and 街道 are one word.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from diancai.engine.tokens import normal

# Offices by their name in short wording and the place in the bracket.
_Offices = dict[tuple[str, str], list[str]]
_BRACKET = re.compile(r"\(([^()]*)\)$")
_SHORTER = (
    ("街道办事处", "街道"),
    ("办事处", "街道"),
    ("办公室", "办"),
    ("委员会", "委"),
    ("工作站", ""),
    ("有限公司", "公司"),
)


def merged_names(units: Iterable[str]) -> dict[str, str]:
    """For each spelling the name of its office: the spelling told most often, of equals the shortest.

    The order of `units` changes nothing.
    """
    told = Counter(units)
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in sorted(told):
        together[_parts(unit)].append(unit)
    for base, place in sorted(together):
        if not place:
            _join_only_place(together, base)
    for base, place in sorted(together):
        if place:
            _join_abbreviation(together, base, place)
    names: dict[str, str] = {}
    for spellings in together.values():
        chosen = min(spellings, key=lambda unit: (-told[unit], len(unit), unit))
        names.update(dict.fromkeys(spellings, chosen))
    return names


def _join_only_place(together: _Offices, base: str) -> None:
    """A name told with one bracket only is the same office without it."""
    places = [place for other, place in together if other == base and place]
    if len(places) == 1:
        together[base, places[0]].extend(together.pop((base, "")))


def _join_abbreviation(together: _Offices, base: str, place: str) -> None:
    """城管办 and 城市管理办 of one street are one office: the letters of the one stand in the other in order."""
    for longer, where in sorted(together):
        alike = len(longer) > len(base) >= 3 and longer[0] == base[0] and longer[-1] == base[-1]
        if where == place and alike and _inside(base, longer) and (base, place) in together:
            together[longer, place].extend(together.pop((base, place)))


def _parts(unit: str) -> tuple[str, str]:
    """A name without its bracket, and what stood in it, both in short wording."""
    plain = re.sub(r"\s", "", normal(unit))
    found = _BRACKET.search(plain)
    base, place = (plain[: found.start()], found.group(1)) if found else (plain, "")
    return _short(base), re.sub(r"(街道|办)$", "", _short(place))


def _short(name: str) -> str:
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return name


def _inside(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)
