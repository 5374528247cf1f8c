"""Accounts and posts, for the administrator: make an account with a post, give another post, end one, close it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotFound, Refusal
from diancai.ground.people.actions import (
    deactivate_account,
    end_post,
    give_post,
    make_account,
    reactivate_account,
    set_password,
)
from diancai.ground.people.queries import get_account, list_accounts
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import list_children, list_departments, list_places, name_of
from diancai.interfaces.web.asking import Asked, asked, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import options
from diancai.interfaces.web.showing import done, refused, show
from diancai.words import Level, Role


@enter(Act.MANAGE_PEOPLE)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All accounts with the posts they hold."""
    return show(request, "office/people.html", {"accounts": list_accounts(request.GET.get("q", ""))})


@enter(Act.MANAGE_PEOPLE, methods=("GET", "POST"))
def new_account(request: HttpRequest, desk: Desk) -> HttpResponse:
    """An account with its first post."""
    form = asked(request, {"role": Role.LIAISON_OFFICER, "valid_from": desk.today.isoformat()})
    if request.method == "POST" and (username := _make(form, desk)):
        return done(request, _("已开设账号。请当面告诉本人密码，首次登录后修改。"), reverse("account", args=[username]))
    return show(request, "office/new_account.html", {"asked": form, **_choices(desk)})


@enter(Act.MANAGE_PEOPLE, methods=("GET", "POST"))
def account(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """One account; a post is given here."""
    row = next((found for found in list_accounts(username) if found.username == username), None)
    if row is None:
        raise NotFound
    form = asked(request, {"role": Role.LIAISON_OFFICER, "valid_from": desk.today.isoformat()})
    if request.method == "POST" and _give(form, desk, username):
        return done(request, _("已任命。"), reverse("account", args=[username]))
    return show(request, "office/account.html", {"row": row, "asked": form, **_choices(desk)})


@enter(Act.MANAGE_PEOPLE, methods=("POST",))
def end(request: HttpRequest, desk: Desk, username: str, post_id: int) -> HttpResponse:
    """End a post at once; what was done under it stays."""
    address = reverse("account", args=[username])
    try:
        end_post(by=desk.account, at=timezone.now(), post_id=post_id, last_day=desk.today - timedelta(days=1))
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("岗位已结束，立即生效。"), address)


@enter(Act.MANAGE_PEOPLE, methods=("POST",))
def new_password(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """A new password for somebody who forgot his."""
    address, password = reverse("account", args=[username]), asked(request).text("password")
    try:
        set_password(by=desk.account, at=timezone.now(), username=username, password=password)
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("密码已重设。请当面告诉本人，登录后自己改。"), address)


@enter(Act.MANAGE_PEOPLE, methods=("POST",))
def close(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """Close an account at once."""
    address = reverse("account", args=[username])
    try:
        deactivate_account(by=desk.account, at=timezone.now(), username=username)
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, _("账号已停用，立即生效。"), address)


@enter(Act.MANAGE_PEOPLE, methods=("POST",))
def reopen(request: HttpRequest, desk: Desk, username: str) -> HttpResponse:
    """Open a closed account again."""
    reactivate_account(by=desk.account, at=timezone.now(), username=username)
    return done(request, _("账号已重新启用。"), reverse("account", args=[username]))


@enter(Act.MANAGE_PEOPLE)
def places(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The tree level by level, with the departments of each place."""
    code = request.GET.get("place") or desk.place_code
    here = code or (list_places(Level.PREFECTURE)[0].code if list_places(Level.PREFECTURE) else "")
    below = list_children(here, everything=True) if here else []
    facts = {"name": name_of(here), "below": below, "departments": list_departments(here), "code": here}
    return show(request, "office/places.html", facts)


def _choices(desk: Desk) -> dict[str, object]:
    departments = [(row.id, row.name) for row in list_departments()]
    return {"roles": words(Role), "places": options(desk), "departments": departments}


def _make(form: Asked, desk: Desk) -> str:
    username, password = form.text("username", must=True), form.text("password", must=True)
    if form.is_fine:
        try:
            made = make_account(
                by=desk.account,
                at=timezone.now(),
                username=username,
                display_name=form.text("display_name"),
                password=password,
            )
        except Refusal as refusal:
            form.refuse(refusal, {"account_taken": "username", "weak_password": "password"})
        else:
            return made.username if _give(form, desk, made.username) else ""
    return ""


def _give(form: Asked, desk: Desk, username: str) -> bool:
    holder = get_account(username)
    valid_from, valid_until = form.day("valid_from", must=True), form.day("valid_until")
    role, department = _role(form), form.number("department")
    if holder is None or valid_from is None or role is None or not form.is_fine:
        return False
    try:
        give_post(
            by=desk.account,
            at=timezone.now(),
            account=holder,
            role=role,
            valid_from=valid_from,
            place_code=form.text("place"),
            department_id=department,
            valid_until=valid_until,
        )
    except Refusal as refusal:
        form.refuse(refusal, {"post_needs_place_or_department": "place"})
        return False
    return True


def _role(form: Asked) -> Role | None:
    told = form.text("role", must=True)
    if told in set(Role):
        return Role(told)
    form.errors.setdefault("role", _("请从列出的岗位中选一个。"))
    return None
