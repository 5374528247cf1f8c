"""Reading the tree, departments and stations. The tree is small and changes rarely: it is held in memory."""

from dataclasses import dataclass
from functools import lru_cache

from diancai.ground.errors import NotFound
from diancai.ground.people.who_may import Scope
from diancai.ground.place.models import CollectionTeam, Department, LiaisonStation, Place, TeamMember
from diancai.ground.privacy.sealing import mask_name, mask_phone
from diancai.words import Level


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as pages and rules need it."""

    code: str
    name: str
    level: Level
    kind: str
    parent_code: str
    scope: Scope
    initials: str
    pinyin: str
    is_pickable: bool


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department; `upper_id` is the bureau its line leads to."""

    id: int
    name: str
    short_name: str
    line: str
    place_code: str
    upper_id: int | None
    duty_basis: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class StationRow:
    """A liaison station and whom to call."""

    place_code: str
    name: str
    officer: str
    officer_username: str
    duty_phone: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of a collection team as it may be shown: the name masked, the phone too."""

    name: str
    phone: str
    capacity: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """民情收集小分队 of a station."""

    id: int
    name: str
    members: tuple[MemberRow, ...]


@lru_cache(maxsize=1)
def tree() -> dict[str, PlaceRow]:
    """Every place by code, in order of code; cleared by `forget_tree` after a change."""
    return {place.code: _row(place) for place in Place.objects.order_by("code")}


def forget_tree() -> None:
    """Read the tree anew at the next question."""
    tree.cache_clear()


def get_place(code: str) -> PlaceRow:
    """The place of a 12-digit code. Raises `NotFound`."""
    place = tree().get(code)
    if place is None:
        forget_tree()
        place = tree().get(code)
    if place is None:
        raise NotFound
    return place


def get_scope(code: str) -> Scope:
    """The codes of a place and its ancestors. Raises `NotFound`."""
    return get_place(code).scope


def list_children(code: str, *, everything: bool = False) -> list[PlaceRow]:
    """The places below, in order of code; living quarters only when everything is asked for."""
    return [p for p in tree().values() if p.parent_code == code and (everything or p.is_pickable)]


def list_places(level: Level) -> list[PlaceRow]:
    """All places of a level."""
    return [place for place in tree().values() if place.level == level]


def name_of(code: str) -> str:
    """The name of a place, or the empty text for the empty code."""
    place = tree().get(code)
    return place.name if place else ""


def full_name(scope: Scope, sub_place: str = "", above: str = "") -> str:
    """`塔尔湖镇联丰村五社`: names below `above` (a code), down to the sub-place."""
    names = [name_of(code) for code in scope.codes]
    start = scope.codes.index(above) + 1 if above in scope.codes else 0
    return "".join(names[start:]) + sub_place


def initials_of(scope: Scope) -> str:
    """Pinyin initials of a place and its ancestors, for the index: `wyx teh lfc`."""
    return " ".join(tree()[code].initials for code in scope.codes if code in tree())


def list_departments(place_code: str = "") -> list[DepartmentRow]:
    """Departments of a place, or all, by place and name."""
    found = Department.objects.select_related("place").filter(valid_until__isnull=True)
    if place_code:
        found = found.filter(place_id=place_code)
    return [_department(department) for department in found]


def get_department(department_id: int) -> DepartmentRow:
    """One department. Raises `NotFound`."""
    department = Department.objects.select_related("place").filter(pk=department_id).first()
    if department is None:
        raise NotFound
    return _department(department)


def get_station(place_code: str) -> StationRow | None:
    """The station of a place, or of the nearest ancestor that has one."""
    codes = get_scope(place_code).codes
    found = LiaisonStation.objects.select_related("officer").filter(place__in=codes)
    stations = {station.place_id: station for station in found}
    return next((_station(stations[code]) for code in reversed(codes) if code in stations), None)


def list_teams(place_code: str) -> list[TeamRow]:
    """The collection teams of the station of exactly this place."""
    found = CollectionTeam.objects.filter(station__place=place_code).prefetch_related("members").order_by("id")
    return [TeamRow(team.pk, team.name, tuple(_member(member) for member in team.members.all())) for team in found]


def _station(station: LiaisonStation) -> StationRow:
    officer = station.officer
    return StationRow(
        place_code=station.place_id,
        name=station.name,
        officer=str(officer or ""),
        officer_username=officer.username if officer else "",
        duty_phone=station.duty_phone,
        scope=get_scope(station.place_id),
    )


def _member(member: TeamMember) -> MemberRow:
    return MemberRow(mask_name(member.name), mask_phone(member.phone), member.capacity)


def _row(place: Place) -> PlaceRow:
    level = Level(place.level)
    scope = Scope(
        prefecture_code=place.prefecture_code,
        county_code=place.code if level == Level.COUNTY else place.county_code,
        town_code=place.code if level == Level.TOWN else place.town_code,
        village_code=place.code if level == Level.VILLAGE else "",
    )
    return PlaceRow(
        code=place.code,
        name=place.name,
        level=level,
        kind=place.kind,
        parent_code=place.parent_id or "",
        scope=scope,
        initials=place.initials,
        pinyin=place.pinyin,
        is_pickable=place.is_pickable,
    )


def _department(department: Department) -> DepartmentRow:
    scope = _row(department.place).scope
    return DepartmentRow(
        id=department.pk,
        name=department.name,
        short_name=department.short_name,
        line=department.line,
        place_code=department.place_id,
        upper_id=department.upper_id,
        duty_basis=department.duty_basis,
        scope=Scope(scope.prefecture_code, scope.county_code, department_ids=frozenset({department.pk})),
    )
