"""Signing in: wrong passwords and wrong codes are limited over all web processes, and nothing else stands open."""

import pytest
from allauth.core.internal.ratelimit import consume  # noqa: F401 (fails loudly should the library move its limits)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cast import PASSWORD
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, reverse

LOCKED = "密码连续输错五次"


def sign_in(client: Client, password: str):
    return client.post("/accounts/login/", {"login": "lifang", "password": password})


def test_six_wrong_passwords_show_our_page_and_the_right_one_is_held_back(cast) -> None:
    client = Client()
    answers = [sign_in(client, "wrong-river-9") for _ in range(6)]
    assert LOCKED not in answers[0].content.decode()
    assert LOCKED in answers[5].content.decode()
    assert LOCKED in sign_in(client, PASSWORD).content.decode()


@pytest.fixture
def with_code(cast):
    TOTP.activate(cast.county_office, generate_totp_secret())
    return cast.county_office


def test_wrong_codes_are_limited_for_the_account_from_whatever_browser(with_code) -> None:
    def guess(client: Client, code: str) -> str:
        return client.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()

    limited = []
    for number in range(4):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        assert sign_in(client, PASSWORD)["Location"].startswith("/accounts/2fa/authenticate/")
        limited += ["失败" in guess(client, f"{number}{each}0000") for each in range(2)]
    assert limited == [False] * 5 + [True] * 3


def test_limits_and_sessions_are_shared_by_all_web_processes(db, settings) -> None:
    one, other = caches.create_connection("default"), caches.create_connection("default")
    one.set("wrong-codes", 5)
    assert other.get("wrong-codes") == 5
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"


@pytest.mark.parametrize("address", ["password/reset/", "password/set/", "email/", "signup/", "confirm-email/"])
def test_addresses_of_the_library_that_nobody_needs_do_not_stand(client, db, address) -> None:
    assert client.get(f"/accounts/{address}").status_code == 404
    assert client.post(f"/accounts/{address}", {"email": "a@example.com"}).status_code == 404


def test_sign_in_password_change_and_second_factor_stand(browser) -> None:
    client = browser("county_office")
    for name in (
        "account_change_password",
        "mfa_index",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
    ):
        assert client.get(reverse(name), follow=True).status_code == 200, name
    assert Client().get(reverse("account_login")).status_code == 200
    with pytest.raises(NoReverseMatch):
        reverse("account_reset_password")
