"""Who may have an account: nobody makes one himself; the administrator does."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """No open registration: accounts come with posts, and posts are given by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
