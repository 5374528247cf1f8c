"""Strangers are counted by where they come from: behind our own proxies too, and never by what they say themselves."""

import time

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from diancai.ground.work.models import Job
from diancai.ground.work.queries import count_unfinished
from diancai.interfaces.web.two_sheets import tray
from diancai.interfaces.web.two_sheets.handling import KIND
from diancai.interfaces.web.visitor import address_of, visitor_key
from diancai.words import JobState


def ask(connected: str = "10.0.0.9", forwarded: str | None = None):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=connected, **more)


@pytest.mark.parametrize(
    ("proxies", "connected", "forwarded", "address"),
    [
        (0, "203.0.113.5", None, "203.0.113.5"),
        (0, "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (1, "10.0.0.9", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.9", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.9", "1.2.3.4, 198.51.100.1, 10.0.0.8", "198.51.100.1"),
        (2, "10.0.0.9", "198.51.100.1", "10.0.0.9"),
        (1, "10.0.0.9", None, "10.0.0.9"),
        (1, "10.0.0.9", "198.51.100.1:4711", "198.51.100.1"),
        (1, "10.0.0.9", "[2001:db8::7]:4711", "2001:db8::7"),
        (0, "::ffff:203.0.113.5", None, "203.0.113.5"),
        (1, "10.0.0.9", "unknown", ""),
    ],
)
def test_the_address_is_the_one_our_own_proxy_saw(settings, proxies, connected, forwarded, address):
    settings.PROXIES = proxies
    assert address_of(ask(connected, forwarded)) == address


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_whatever_a_visitor_writes_before_it_changes_nothing(made_up):
    from django.test import override_settings

    with override_settings(PROXIES=1):
        assert address_of(ask(forwarded=f"{made_up}, 198.51.100.1")) == "198.51.100.1"


def test_the_key_tells_no_address_and_is_one_for_a_house():
    key = visitor_key(ask("2001:db8:1:2::7"))
    assert key == visitor_key(ask("2001:db8:1:2:ffff::1"))
    assert key != visitor_key(ask("2001:db8:1:3::7"))
    assert "2001" not in visitor_key(ask("2001:db8:1:2::7"))


@pytest.fixture
def nobody_yet(db):
    cache.clear()


def _try(client: Client, address: str):
    sheets = {
        "remarks": SimpleUploadedFile("r.csv", "原话\n渠要清一清\n".encode()),
        "offers": SimpleUploadedFile("o.csv", "服务项目\n渠系清淤\n".encode()),
    }
    return client.post(reverse("two-sheets"), sheets | {"place": "1508"}, REMOTE_ADDR=address)


def test_one_address_does_not_take_the_room_of_others(places, nobody_yet):
    client = Client()
    for _ in range(tray.MOST_WAITING_HERE):
        assert _try(client, "203.0.113.5").status_code == 302
    refused = _try(client, "203.0.113.5")
    assert refused.status_code == 409
    assert "您这个网络地址的试用太多了" in refused.content.decode()
    assert _try(client, "203.0.113.6").status_code == 302
    assert count_unfinished(KIND) == tray.MOST_WAITING_HERE + 1
    Job.objects.update(state=JobState.DONE)
    assert _try(client, "203.0.113.5").status_code == 302


def test_one_address_has_so_many_tries_an_hour(places, nobody_yet, monkeypatch):
    now = time.time()
    monkeypatch.setattr(tray.time, "time", lambda: now)
    for _ in range(tray.MOST_AN_HOUR):
        tray.check_visitor("a", 0)
    with pytest.raises(tray.TooManyHere):
        tray.check_visitor("a", 0)
    tray.check_visitor("b", 0)
    monkeypatch.setattr(tray.time, "time", lambda: now + tray.HOUR)
    tray.check_visitor("a", 0)


def test_who_guesses_behind_a_proxy_locks_nobody_else_out(cast, nobody_yet, settings):
    settings.PROXIES = 1
    client, address = Client(), reverse("account_login")

    def sign_in(password: str, forwarded: str):
        fields = {"login": "lifang", "password": password}
        return client.post(address, fields, REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)

    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in("wrong", "198.51.100.1")
    assert sign_in("hetao-2019", "198.51.100.1").status_code != 302
    assert sign_in("hetao-2019", "198.51.100.2").status_code == 302
