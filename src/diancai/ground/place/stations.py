"""Writing liaison stations and their collection teams: who answers, whom to call in danger, who helps collecting."""

import re
from datetime import datetime

from django.db import transaction

from diancai.ground.errors import Missing, NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.errors import PhoneUnreadable
from diancai.ground.place.models import CollectionTeam, LiaisonStation, TeamMember
from diancai.ground.place.queries import StationRow, TeamRow, get_scope, get_station, list_teams

PHONE = re.compile(r"\+?[\d\-（）() ]{3,20}")


@transaction.atomic
def set_station(
    *, by: Account, at: datetime, place_code: str, name: str = "", officer: Account | None = None, duty_phone: str = ""
) -> StationRow:
    """Name the officer of a place's station and the phone that is answered there; makes the station if need be.

    Raises `NotAllowed`, `NotFound` (place), `PhoneUnreadable`.
    """
    scope = get_scope(place_code)
    check(by, Act.MANAGE_STATION, scope)
    if duty_phone and not PHONE.fullmatch(duty_phone):
        raise PhoneUnreadable(phone=duty_phone)
    station, _ = LiaisonStation.objects.get_or_create(
        place_id=place_code, defaults={"name": name or "民情联络站", "opened_on": at.date()}
    )
    station.name, station.officer, station.duty_phone = name or station.name, officer, duty_phone
    station.save()
    details: dict[str, object] = {"officer": officer.username if officer else "", "duty_phone": duty_phone}
    record("station.set", subject=("station", station.pk), by=by, at=at, scope=scope, details=details)
    found = get_station(place_code)
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def make_team(*, by: Account, at: datetime, place_code: str, name: str) -> TeamRow:
    """A collection team of the place's own station. Raises `NotAllowed`, `NotFound`, `Missing`."""
    station = _station_at(by, place_code)
    if not name.strip():
        raise Missing(field_zh="小分队名称", field_en="name of the team")
    team = CollectionTeam.objects.create(station=station, name=name.strip())
    scope = get_scope(place_code)
    record("team.made", subject=("team", team.pk), by=by, at=at, scope=scope, details={"name": team.name})
    return next(row for row in list_teams(place_code) if row.id == team.pk)


@transaction.atomic
def add_member(*, by: Account, at: datetime, team_id: int, name: str, phone: str = "", capacity: str = "") -> TeamRow:
    """A member, who needs no account; name and phone are sealed. Raises `NotAllowed`, `NotFound`, `Missing`."""
    team = CollectionTeam.objects.select_related("station").filter(pk=team_id).first()
    if team is None:
        raise NotFound
    station = _station_at(by, team.station.place_id)
    if not name.strip():
        raise Missing(field_zh="姓名", field_en="name")
    TeamMember.objects.create(team=team, name=name.strip(), phone=phone.strip(), capacity=capacity.strip())
    record(
        "team.member_added",
        subject=("team", team.pk),
        by=by,
        at=at,
        scope=get_scope(station.place_id),
        details={"capacity": capacity.strip()},
        personal={"name": name.strip(), "phone": phone.strip()},
    )
    return next(row for row in list_teams(station.place_id) if row.id == team.pk)


def _station_at(by: Account, place_code: str) -> LiaisonStation:
    check(by, Act.MANAGE_STATION, get_scope(place_code))
    station = LiaisonStation.objects.filter(place=place_code).first()
    if station is None:
        raise NotFound
    return station
