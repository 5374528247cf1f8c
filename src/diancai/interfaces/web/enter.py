"""Who may come in: every view wears one of these decorators, and a test walks all addresses for it.

The door asks the table of `ground/people` whether any post of the person allows the act somewhere; the action that the
view calls asks again about the very record. Refusals of actions and queries become pages here and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from diancai.ground.errors import NotAllowed, Refusal
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.desk import Desk, desk_of
from diancai.interfaces.web.showing import show_refusal

Rest = ParamSpec("Rest")
Inside = Callable[Concatenate[HttpRequest, Desk, Rest], HttpResponseBase]
Outside = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """What a view declares: `acts` of which one (or `every` one) must be allowed; none means any account."""

    acts: tuple[Act, ...]
    signed_in: bool
    methods: tuple[str, ...]
    every: bool = False

    def lets(self, desk: Desk | None) -> bool:
        """Whether somebody at this desk (None: a stranger) may come in."""
        if not self.signed_in:
            return True
        if desk is None or not self.acts:
            return desk is not None
        return (all if self.every else any)(desk.may(act) for act in self.acts)


class HasDoor(Protocol):
    """A view that went through one of the decorators."""

    door: Door


def enter(
    *acts: Act, methods: tuple[str, ...] = ("GET",), every: bool = False
) -> Callable[[Inside[Rest]], Outside[Rest]]:
    """Only for accounts with a post that allows one of the acts, or `every` one. The view gets the desk as well."""
    return _guard(Door(acts, True, methods, every))


def enter_signed_in(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[Inside[Rest]], Outside[Rest]]:
    """For every account, whatever its posts."""
    return _guard(Door((), True, methods))


def enter_anyone(view: Outside[Rest]) -> Outside[Rest]:
    """Open to strangers: nothing about persons or records may stand there."""
    view.door = Door((), False, ("GET", "POST"))  # type: ignore[attr-defined]
    return view


def _guard(door: Door) -> Callable[[Inside[Rest]], Outside[Rest]]:
    def wrap(view: Inside[Rest]) -> Outside[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if request.method not in (*door.methods, "HEAD" if "GET" in door.methods else ""):
                return HttpResponseNotAllowed(door.methods)
            desk = desk_of(request)
            if desk is None:
                return _to_sign_in(request)
            try:
                if not door.lets(desk):
                    raise NotAllowed
                return view(request, desk, *args, **kwargs)
            except Refusal as refusal:
                return show_refusal(request, refusal)

        guarded.door = door  # type: ignore[attr-defined]
        return guarded

    return wrap


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)
