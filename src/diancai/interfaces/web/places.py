"""Places on pages: what a picker offers, the bread-crumb of a list, the chip that goes one level down."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from diancai.ground.place.queries import PlaceRow, get_place, get_scope, list_children, name_of
from diancai.interfaces.web.asking import Filter, changed, chip
from diancai.interfaces.web.desk import Desk
from diancai.words import Level

Group = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the bread-crumb; the last one has no address."""

    name: str
    href: str


def options(desk: Desk) -> tuple[Group, ...]:
    """Places that the post may mean, grouped by the level above: villages of a county, towns of the prefecture."""
    code = desk.place_code
    if not code:
        return ()
    place = get_place(code)
    if place.level in (Level.VILLAGE, Level.TOWN):
        return (("", ((code, place.name), *((c.code, c.name) for c in list_children(code)))),)
    groups: list[Group] = [("", ((code, place.name),))]
    for child in list_children(code):
        below = ((child.code, child.name), *((c.code, c.name) for c in list_children(child.code)))
        groups.append((child.name, below))
    return tuple(groups)


def trail(request: HttpRequest, desk: Desk) -> tuple[Crumb, ...]:
    """From the post's own place down to the place the list is asked for; empty at the top."""
    asked = request.GET.get("place", "")
    own = desk.scope.codes
    if not asked or not own:
        return ()
    codes = [code for code in get_scope(asked).codes if code == own[-1] or code not in own]
    crumbs = [Crumb(name_of(c), changed(request.GET, place="" if c == own[-1] else c)) for c in codes]
    return (*crumbs[:-1], Crumb(crumbs[-1].name, "")) if crumbs else ()


def place_chip(request: HttpRequest, desk: Desk, deepest: Level = Level.VILLAGE) -> Filter:
    """One level down from where the list is, not below `deepest`; one without any stays among its neighbours."""
    asked = request.GET.get("place", "")
    here = asked or desk.place_code
    below = _below(here, deepest)
    if asked and not below:
        below = _below(get_place(asked).parent_code, deepest)
    found = [(place.code, place.name) for place in below]
    if asked and asked not in {code for code, _name in found}:
        found.insert(0, (asked, name_of(asked)))
    return chip(request, "place", _("地方"), found)


def _below(code: str, deepest: Level) -> list[PlaceRow]:
    rows = list_children(code) if code else []
    return [row for row in rows if deepest == Level.VILLAGE or row.level != Level.VILLAGE]
