"""Tokens of programs: made, checked, ended. A token has 256 random bits; its digest alone is stored."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import CharField, DateField

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.actions import check_manager
from diancai.ground.people.errors import TokenDaysOutOfRange
from diancai.ground.people.models import AccessToken, Account
from diancai.ground.people.queries import POST_COLUMNS, keep_posts, post_in_force
from diancai.ground.people.who_may import Scope
from diancai.ground.prepared import Given, Prepared

DAYS = 180
MOST_DAYS = 3650
# In the order of the table; whatever else is asked of the account is read then.
ACCOUNT_COLUMNS = ("id", "username", "is_active", "display_name")
# One question for the token, its account and the account's posts: a row for each post, one without when there is none.
_HELD = Prepared(
    lambda: (
        AccessToken.objects.filter(
            digest=Given(0, CharField()),
            ended_at__isnull=True,
            ends_on__gte=Given(1, DateField()),
            account__is_active=True,
        )
        .order_by("account__posts__id")
        .values_list(
            *(f"account__{column}" for column in ACCOUNT_COLUMNS),
            *(f"account__posts__{column}" for column in POST_COLUMNS),
        )
    )
)


@transaction.atomic
def make_token(*, by: Account | None, at: datetime, account: Account, name: str, days: int = DAYS) -> str:
    """A new token for the account, shown only now; it ends by itself after `days`.

    People make their own; for another an administrator or the shell (`by` None). Raises `NotAllowed`,
    `TokenDaysOutOfRange`.
    """
    _check_owner(by, account.pk)
    if not 1 <= days <= MOST_DAYS:
        raise TokenDaysOutOfRange(days=days, most=MOST_DAYS)
    token = secrets.token_urlsafe(32)
    ends_on = at.date() + timedelta(days=days)
    made = AccessToken.objects.create(account=account, name=name, digest=_digest(token), made_at=at, ends_on=ends_on)
    details: dict[str, object] = {"token": made.pk, "name": name, "ends_on": ends_on}
    record("token.made", subject=("account", account.pk), by=by, at=at, scope=Scope(), details=details)
    return token


@transaction.atomic
def end_token(*, by: Account | None, at: datetime, token_id: int) -> None:
    """End a token at once: one's own, or as administrator. Raises `NotAllowed`, `NotFound`."""
    held = AccessToken.objects.select_for_update().filter(pk=token_id).first()
    if held is None:
        raise NotFound
    _check_owner(by, held.account_id)
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    record(
        "token.ended", subject=("account", held.account_id), by=by, at=at, scope=Scope(), details={"token": token_id}
    )


def _check_owner(by: Account | None, account_id: int) -> None:
    if by is None or by.pk != account_id:
        check_manager(by)


def account_of(token: str, *, on: date) -> Account | None:
    """The account a token stands for, or None when it is unknown, over or ended."""
    rows = _HELD.rows(_digest(token), on)
    if not rows:
        return None
    account = Account.from_db(connection.alias, ACCOUNT_COLUMNS, rows[0][: len(ACCOUNT_COLUMNS)])
    posts = [row[len(ACCOUNT_COLUMNS) :] for row in rows]
    keep_posts(account, (post_in_force(*post) for post in posts if post[0] is not None))
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
