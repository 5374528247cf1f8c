"""The review by keyboard, in a real browser: judge, go on, take back, without touching the mouse."""

from pathlib import Path

import pytest

from diancai.interfaces import web

CHROMIUM = Path("/usr/bin/chromium")
BUILT = Path(web.__file__).parent / "static" / "built" / "app.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.skipif(not BUILT.exists(), reason="scripts/install has not built the front-end assets"),
]


@pytest.fixture
def site(committed_db):
    """The address of a running site. pytest-django's own `live_server` would lay the ground in the wrong order."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch):
    """A page of 1280 × 800 that fails the test on any script error."""
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test
    problems: list[str] = []
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        shown = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        shown.on("pageerror", lambda error: problems.append(str(error)))
        yield shown
        browser.close()
    assert problems == []


def test_a_clerk_reviews_by_keyboard_and_takes_the_last_step_back(site, page) -> None:
    from cast import PASSWORD, make_cast
    from playwright.sync_api import expect
    from stages.making import make_need, make_source

    from diancai.ground.programme.queries import get_programme
    from diancai.words import NeedState

    cast = make_cast()
    for content, doubt in (("拿不准的一件", 60), ("比较清楚的一件", 10)):
        need = make_need(get_programme().id, content=content, doubt=doubt, state=NeedState.COMBED)
        make_source(need, cast)
    page.goto(site + "/accounts/login/?next=/review/")
    page.fill("#id_login", "lifang")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    title, left = page.locator("#proposed-title"), page.locator("#left")
    expect(left).to_have_text("2")
    expect(title).to_have_text("拿不准的一件")
    page.keyboard.press("j")
    expect(title).to_have_text("比较清楚的一件")
    page.keyboard.press("k")
    expect(title).to_have_text("拿不准的一件")
    page.keyboard.press("a")
    expect(left).to_have_text("1")
    expect(title).to_have_text("比较清楚的一件")
    page.keyboard.press("u")
    expect(left).to_have_text("2")
    page.keyboard.press("x")
    expect(page.locator("#drop-reason")).to_be_focused()
