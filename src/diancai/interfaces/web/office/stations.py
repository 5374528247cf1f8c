"""Liaison stations: who answers there, which phone is called in danger, which teams help collecting."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotAllowed, Refusal
from diancai.ground.people.queries import get_account
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import StationRow, get_place, get_station, list_children, list_teams
from diancai.ground.place.stations import add_member, make_team, set_station
from diancai.interfaces.web.asking import asked
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import done, refused, show


@enter(Act.MANAGE_STATION, methods=("GET", "POST"))
def station(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The station of a place, by default of the post's own; those below it with their phones."""
    place = get_place(request.GET.get("place", "") or desk.place_code)
    if not desk.may_here(Act.MANAGE_STATION, place.scope):
        raise NotAllowed
    held = _own(place.code)
    known = {"name": held.name, "duty_phone": held.duty_phone, "officer": held.officer_username} if held else {}
    form = asked(request, known)
    if request.method == "POST":
        officer = form.text("officer")
        account = get_account(officer) if officer else None
        if officer and account is None:
            form.errors["officer"] = _("没有这个账号。")
        else:
            try:
                set_station(
                    by=desk.account,
                    at=timezone.now(),
                    place_code=place.code,
                    name=form.text("name"),
                    officer=account,
                    duty_phone=form.text("duty_phone"),
                )
            except Refusal as refusal:
                form.refuse(refusal, {"phone_unreadable": "duty_phone"})
            else:
                return done(request, _("联络站已保存。"), _address(place.code))
    facts = {
        "place": place,
        "station": held,
        "asked": form,
        "teams": list_teams(place.code),
        "below": [(child, _own(child.code)) for child in list_children(place.code)],
        "chips": (place_chip(request, desk),),
        "trail": trail(request, desk),
    }
    return show(request, "office/station.html", facts, status=200 if form.is_fine else 422)


@enter(Act.MANAGE_STATION, methods=("POST",))
def new_team(request: HttpRequest, desk: Desk, place_code: str) -> HttpResponse:
    """A collection team of the station."""
    name = asked(request).text("name")
    return _act(
        request,
        place_code,
        _("小分队已建。"),
        lambda: make_team(by=desk.account, at=timezone.now(), place_code=place_code, name=name),
    )


@enter(Act.MANAGE_STATION, methods=("POST",))
def new_member(request: HttpRequest, desk: Desk, place_code: str, team_id: int) -> HttpResponse:
    """A member of a team, who needs no account."""
    form = asked(request)
    return _act(
        request,
        place_code,
        _("队员已加。"),
        lambda: add_member(
            by=desk.account,
            at=timezone.now(),
            team_id=team_id,
            name=form.text("name"),
            phone=form.text("phone"),
            capacity=form.text("capacity"),
        ),
    )


def _own(place_code: str) -> StationRow | None:
    """The station of exactly this place, not that of one above."""
    found = get_station(place_code)
    return found if found is not None and found.place_code == place_code else None


def _act(request: HttpRequest, place_code: str, text: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, _address(place_code))
    return done(request, text, _address(place_code))


def _address(place_code: str) -> str:
    return f"{reverse('station')}?place={place_code}"
