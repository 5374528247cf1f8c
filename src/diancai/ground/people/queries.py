"""Reading accounts and posts."""

from datetime import date

from django.utils import timezone

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account as Account
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
