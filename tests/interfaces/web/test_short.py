"""Pages are sent compressed to whoever can read them, and weigh little; files go as they are."""

import gzip
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

Browser = Callable[[str], Client]

ON_2G = 12_000  # bytes of a page; 40 kbit a second carry it in under three seconds


def test_pages_are_compressed_and_light_and_say_so(browser: Browser) -> None:
    office = browser("county_office")
    for name in ("first", "remarks", "new_remark", "needs", "offers", "orders", "board", "review", "imports", "gaps"):
        answer = office.get(reverse(name), headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip", name
        assert "Accept-Encoding" in answer["Vary"], name
        assert len(answer.content) < ON_2G, name
        assert b"<main" in gzip.decompress(answer.content), name


def test_a_browser_that_cannot_read_it_gets_the_page_as_it_is(db: None) -> None:
    assert b"<main" in Client().get("/accounts/login/").content


def test_sheets_are_not_compressed_twice(browser: Browser) -> None:
    answer = browser("county_office").get(reverse("remark_template"), headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
