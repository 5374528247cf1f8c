"""Reading accounts and posts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account as Account  # noqa: PLC0414 (interfaces name the type, never the table)
from diancai.ground.people.models import Post
from diancai.ground.people.who_may import Act, PostInForce, Scope, may
from diancai.words import Level, Role


def list_posts(account: Account) -> tuple[PostInForce, ...]:
    """All posts of an account, past and future ones too; `may` looks at the day."""
    if not account.is_authenticated or not account.is_active:
        return ()
    held: tuple[PostInForce, ...] | None = getattr(account, "_posts_in_force", None)
    if held is None:
        held = tuple(_in_force(post) for post in account.posts.select_related("place"))
        account._posts_in_force = held  # type: ignore[attr-defined]
    return held


def can(account: Account, act: Act, subject: Scope, on: date | None = None) -> bool:
    """Whether the account may do the act to the record today (or on `on`)."""
    return may(list_posts(account), act, subject, on or timezone.localdate())


def check(account: Account, act: Act, subject: Scope) -> None:
    """Raise `NotAllowed` unless the account may do the act to the record today."""
    if not can(account, act, subject):
        raise NotAllowed


def get_account(username: str) -> Account | None:
    """The account of that name, or None."""
    return Account.objects.filter(username=username).first()


def _in_force(post: Post) -> PostInForce:
    return PostInForce(
        role=Role(post.role),
        valid_from=post.valid_from,
        valid_until=post.valid_until,
        place_code=post.place_id or "",
        level=Level(post.place.level) if post.place else None,
        department_id=post.department_id,
    )


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as the administrator sees it; `seat` names its place or department."""

    id: int
    role: Role
    seat: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with all its posts, past ones too."""

    id: int
    username: str
    display_name: str
    is_active: bool
    last_login: datetime | None
    posts: tuple[PostRow, ...]


def list_accounts(q: str = "", limit: int = 500) -> list[AccountRow]:
    """Accounts by user name; `q` is looked for in user name and display name."""
    found = Account.objects.order_by("username").prefetch_related("posts__place", "posts__department")
    if q:
        found = found.filter(Q(username__icontains=q) | Q(display_name__icontains=q))
    return [_account(account) for account in found[:limit]]


def _account(account: Account) -> AccountRow:
    posts = tuple(
        PostRow(p.pk, Role(p.role), str(p.place or p.department), p.valid_from, p.valid_until)
        for p in account.posts.all()
    )
    return AccountRow(account.pk, account.username, account.display_name, account.is_active, account.last_login, posts)
