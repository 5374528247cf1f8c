"""Making, closing and reopening accounts, setting passwords, giving or ending posts."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from diancai.ground.errors import Missing, NotAllowed, NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.errors import (
    AccountTaken,
    OwnAccount,
    PostDatesReversed,
    PostNeedsPlaceOrDepartment,
    WeakPassword,
)
from diancai.ground.people.models import AccessToken, Account, Post
from diancai.ground.people.queries import list_posts
from diancai.ground.people.who_may import Scope
from diancai.ground.place.models import Department, Place
from diancai.words import Role


@transaction.atomic
def make_account(
    *, by: Account | None, at: datetime, username: str, display_name: str, password: str | None
) -> Account:
    """A new account without a post. `by` is None only when the shell makes the first administrator.

    Without a password (None) nobody can sign in to it until one is set.

    Raises `NotAllowed`, `Missing`, `WeakPassword`, `AccountTaken`.
    """
    check_manager(by)
    if not username.strip() or password == "":
        raise Missing(field_zh="用户名和密码", field_en="user name and password")
    if password is not None:
        _check_password(password, Account(username=username.strip(), display_name=display_name))
    try:
        with transaction.atomic():
            account = Account.objects.create_user(username.strip(), password=password, display_name=display_name)
    except IntegrityError as error:
        raise AccountTaken(username=username) from error
    record(
        "account.made",
        subject=("account", account.pk),
        by=by,
        at=at,
        scope=Scope(),
        details={"username": account.username},
    )
    return account


@transaction.atomic
def give_post(
    *,
    by: Account | None,
    at: datetime,
    account: Account,
    role: Role,
    valid_from: date,
    place_code: str = "",
    department_id: int | None = None,
    valid_until: date | None = None,
) -> Post:
    """Give a post at a place or in a department, never both; one that was ended and is given again holds again.

    Raises `NotAllowed`, `PostNeedsPlaceOrDepartment`, `PostDatesReversed`, and `NotFound` for a seat that does not
    exist.
    """
    check_manager(by)
    if bool(place_code) == bool(department_id):
        raise PostNeedsPlaceOrDepartment
    if valid_until is not None and valid_until < valid_from:
        raise PostDatesReversed
    place, department = _seat(place_code, department_id)
    post, _ = Post.objects.update_or_create(
        account=account,
        role=role,
        place=place,
        department=department,
        valid_from=valid_from,
        defaults={"valid_until": valid_until},
    )
    details: dict[str, object] = {"role": role, "place": place_code, "department": department_id}
    record("post.given", subject=("account", account.pk), by=by, at=at, scope=Scope(), details=details)
    return post


def _seat(place_code: str, department_id: int | None) -> tuple[Place | None, Department | None]:
    place = Place.objects.filter(pk=place_code).first() if place_code else None
    department = Department.objects.filter(pk=department_id).first() if department_id else None
    if place is None and department is None:
        raise NotFound
    return place, department


@transaction.atomic
def end_post(*, by: Account | None, at: datetime, post_id: int, last_day: date) -> None:
    """End a post after `last_day`; a day before today ends it at once. What was done under it stays.

    A post that would end before its first day never held and is taken away; the ledger keeps that it was given.
    Raises `NotAllowed`, `NotFound`.
    """
    check_manager(by)
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound
    details: dict[str, object] = {"post": post_id, "role": post.role, "last_day": last_day}
    if last_day < post.valid_from:
        post.delete()
    else:
        post.valid_until = last_day
        post.save(update_fields=["valid_until"])
    record("post.ended", subject=("account", post.account_id), by=by, at=at, scope=Scope(), details=details)


def check_manager(by: Account | None) -> None:
    """Raise `NotAllowed` unless one with an administrator's post in force at a place asks. The shell needs none."""
    today = timezone.localdate()
    if by is not None and not any(
        post.role == Role.ADMINISTRATOR and post.place_code and post.holds_on(today) for post in list_posts(by)
    ):
        raise NotAllowed


@transaction.atomic
def set_password(*, by: Account | None, at: datetime, username: str, password: str) -> None:
    """A new password for somebody who forgot his; it ends his sessions and his tokens.

    Raises `NotAllowed`, `NotFound`, `Missing`, `WeakPassword`.
    """
    check_manager(by)
    account = _held(username)
    if not password:
        raise Missing(field_zh="密码", field_en="password")
    _check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    _end_tokens(account, at)
    record("account.password_set", subject=("account", account.pk), by=by, at=at, scope=Scope())


@transaction.atomic
def deactivate_account(*, by: Account | None, at: datetime, username: str) -> None:
    """Close an account at once: nobody signs in to it, its sessions and tokens are over; what it did keeps its name.

    Raises `NotAllowed`, `NotFound`, `OwnAccount`.
    """
    check_manager(by)
    account = _held(username)
    if by is not None and by.pk == account.pk:
        raise OwnAccount
    _set_active(account, active=False)
    _end_tokens(account, at)
    record("account.closed", subject=("account", account.pk), by=by, at=at, scope=Scope())


@transaction.atomic
def reactivate_account(*, by: Account | None, at: datetime, username: str) -> None:
    """Open a closed account again; its posts hold as they stand, its tokens stay ended. Raises as closing does."""
    check_manager(by)
    account = _held(username)
    _set_active(account, active=True)
    record("account.reopened", subject=("account", account.pk), by=by, at=at, scope=Scope())


def _held(username: str) -> Account:
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None:
        raise NotFound
    return account


def _set_active(account: Account, *, active: bool) -> None:
    account.is_active = active
    account.save(update_fields=["is_active"])


def _end_tokens(account: Account, at: datetime) -> None:
    AccessToken.objects.filter(account=account, ended_at__isnull=True).update(ended_at=at)


def _check_password(password: str, account: Account) -> None:
    why_zh, why_en = (_weakness(password, account, language) for language in ("zh-hans", "en"))
    if why_zh:
        raise WeakPassword(why_zh=why_zh, why_en=why_en)


def _weakness(password: str, account: Account, language: str) -> str:
    """What Django's validators have against the password, in one language; empty when nothing."""
    with override(language):
        try:
            validate_password(password, account)
        except ValidationError as error:
            told = " ".join(error.messages)
            too_short = language != "en" and any(each.code == "password_too_short" for each in error.error_list)
            return _SHORT_ZH if too_short else told
    return ""


_SHORT_ZH = "密码太短，至少8个字符。"  # Django has no Chinese for this one.
