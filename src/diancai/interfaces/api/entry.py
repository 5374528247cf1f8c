"""Who may come in: a token of an account (`Authorization: Bearer …`), nobody else."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from diancai.ground.people.queries import Account
from diancai.ground.people.tokens import account_of


class Token(HttpBearer):
    """Django Ninja asks this before every call; the account it returns is `request.auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """The account of the token, or None, which is answered with 401."""
        return account_of(token, on=timezone.localdate())
