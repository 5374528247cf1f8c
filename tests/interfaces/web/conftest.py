"""Browsers of the cast: Django's test client signed in as one of them."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.test import Client

Browser = Callable[[str], Client]


@pytest.fixture
def browser(cast: Cast) -> Browser:
    """`browser("county_office")` is signed in; `browser("")` is a stranger at the door."""

    def open_(who: str) -> Client:
        client = Client()
        if who:
            client.force_login(getattr(cast, who), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_
