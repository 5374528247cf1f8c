"""Making accounts and giving or ending posts."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from diancai.ground.errors import Missing, NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.errors import AccountTaken, PostDatesReversed, PostNeedsPlaceOrDepartment
from diancai.ground.people.models import Account, Post
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.models import Department, Place
from diancai.words import Role


@transaction.atomic
def make_account(
    *, by: Account | None, at: datetime, username: str, display_name: str, password: str | None
) -> Account:
    """A new account without a post. `by` is None only when the shell makes the first administrator.

    Without a password (None) nobody can sign in to it until one is set.

    Raises `NotAllowed`, `Missing`, `AccountTaken`.
    """
    check_manager(by)
    if not username.strip() or password == "":
        raise Missing(field_zh="用户名和密码", field_en="user name and password")
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
    """Give a post at a place or in a department, never both.

    Raises `NotAllowed`, `PostNeedsPlaceOrDepartment`, `PostDatesReversed`, and `NotFound` for a seat that does not
    exist.
    """
    check_manager(by)
    if bool(place_code) == bool(department_id):
        raise PostNeedsPlaceOrDepartment
    if valid_until is not None and valid_until < valid_from:
        raise PostDatesReversed
    place, department = _seat(place_code, department_id)
    post, _ = Post.objects.get_or_create(
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
    """End a post after `last_day`; what was done under it stays. Raises `NotAllowed`, `NotFound`."""
    check_manager(by)
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound
    post.valid_until = max(last_day, post.valid_from)
    post.save(update_fields=["valid_until"])
    details: dict[str, object] = {"post": post_id, "last_day": post.valid_until}
    record("post.ended", subject=("account", post.account_id), by=by, at=at, scope=Scope(), details=details)


def check_manager(by: Account | None) -> None:
    """Raise `NotAllowed` unless an administrator asks; he holds his post at the prefecture. The shell needs none."""
    if by is None:
        return
    held = by.posts.filter(role=Role.ADMINISTRATOR).values_list("place_id", flat=True).first()
    check(by, Act.MANAGE_PEOPLE, Scope(prefecture_code=held or "-"))


@transaction.atomic
def set_password(*, by: Account | None, at: datetime, username: str, password: str) -> None:
    """A new password for somebody who forgot his. Raises `NotAllowed`, `NotFound`, `Missing`."""
    check_manager(by)
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise NotFound
    if not password:
        raise Missing(field_zh="密码", field_en="password")
    account.set_password(password)
    account.save(update_fields=["password"])
    record("account.password_set", subject=("account", account.pk), by=by, at=at, scope=Scope())
