"""Reading accounts and posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, Q
from django.utils import timezone

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account as Account  # noqa: PLC0414 (interfaces name the type, never the table)
from diancai.ground.people.models import Post
from diancai.ground.people.who_may import Act, PostInForce, Scope, may
from diancai.ground.prepared import Given, Prepared
from diancai.words import Level, Role

# What `PostInForce` needs of a post, in the order in which `post_in_force` takes it.
POST_COLUMNS = ("role", "valid_from", "valid_until", "place_id", "place__level", "department_id")
_POSTS = Prepared(lambda: Post.objects.filter(account=Given(0, BigIntegerField())).values_list(*POST_COLUMNS))


def list_posts(account: Account) -> tuple[PostInForce, ...]:
    """All posts of an account, past and future ones too; `may` looks at the day."""
    if not account.is_authenticated or not account.is_active:
        return ()
    held: tuple[PostInForce, ...] | None = getattr(account, "_posts_in_force", None)
    if held is None:
        held = keep_posts(account, (post_in_force(*row) for row in _POSTS.rows(account.pk)))
    return held


def keep_posts(account: Account, posts: Iterable[PostInForce]) -> tuple[PostInForce, ...]:
    """Keep the posts with the account for as long as the object lives, which is one request or one job."""
    held = tuple(posts)
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


def post_in_force(
    role: str,
    valid_from: date,
    valid_until: date | None,
    place_code: str | None,
    level: str | None,
    department_id: int | None,
) -> PostInForce:
    """A post from its `POST_COLUMNS`."""
    return PostInForce(
        Role(role), valid_from, valid_until, place_code or "", Level(level) if level else None, department_id
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
