"""Tokens of programs: made, checked, ended. A token has 256 random bits; its digest alone is stored."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.actions import check_manager
from diancai.ground.people.errors import TokenDaysOutOfRange
from diancai.ground.people.models import AccessToken, Account
from diancai.ground.people.who_may import Scope

DAYS = 180
MOST_DAYS = 3650


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
    held = (
        AccessToken.objects.select_related("account")
        .filter(digest=_digest(token), ended_at__isnull=True, ends_on__gte=on, account__is_active=True)
        .first()
    )
    return held.account if held else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
