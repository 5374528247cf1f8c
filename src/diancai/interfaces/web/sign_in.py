"""Who may have an account, and which addresses of the sign-in library stand: no sign-up and no reset by mail."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import include, path

from diancai.interfaces.web.visitor import address_of


class ClosedSignUp(DefaultAccountAdapter):
    """No open registration: accounts come with posts, and posts are given by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which the library limits wrong codes: the same address as everywhere."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing before a password is tried: axes counts the wrong ones and shows our page."""


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("allauth.mfa.urls")),
]
