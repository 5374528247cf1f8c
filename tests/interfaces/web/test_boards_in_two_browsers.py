"""Two clerks at two browsers: who is on it shows without a reload, and the board is worked by keyboard."""

from pathlib import Path

import pytest

from diancai.interfaces import web

CHROMIUM = Path("/usr/bin/chromium")
BUILT = Path(web.__file__).parent / "static" / "built" / "app.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.skipif(not BUILT.exists(), reason="scripts/install has not built the front-end assets"),
]


@pytest.fixture
def site(committed_db):
    """The address of a running site."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def desks(site, monkeypatch: pytest.MonkeyPatch):
    """`desks("lifang")` is a browser of her own, signed in; any script error fails the test."""
    from cast import PASSWORD
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test
    problems: list[str] = []
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)

        def open_(username: str):
            page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.goto(site + "/accounts/login/?next=/board/")
            page.fill("#id_login", username)
            page.fill("#id_password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/board/")
            return page

        yield open_
        browser.close()
    assert problems == []


@pytest.fixture
def orders():
    """Three orders of 五原县 that wait for a department."""
    from cast import make_cast
    from django.utils import timezone
    from stages.making import make_need

    from diancai.ground.programme.queries import get_programme
    from diancai.stages.order.actions import place_order

    cast = make_cast()
    words = {"by": cast.county_office, "at": timezone.now()}
    return [
        place_order(**words, need_id=make_need(get_programme().id, content=content).pk).id
        for content in ("清理三支渠", "修路灯", "列当培训")
    ]


def test_a_colleague_sees_who_is_on_it_without_a_reload(site, desks, orders: list[int]) -> None:
    from playwright.sync_api import expect

    hers, his = desks("lifang"), desks("zhaohong")
    hers.goto(f"{site}/orders/{orders[0]}/")
    his.goto(f"{site}/orders/{orders[0]}/")
    hers.click("text=我来办")
    expect(hers.locator(".presence")).to_contain_text("您在办这一件")
    # What the timer does every minute, now.
    asks = "document.querySelector('.presence [hx-get]').getAttribute('hx-get')"
    his.evaluate(f"htmx.ajax('GET', {asks}, {{target: '.presence', swap: 'outerHTML'}})")
    expect(his.locator(".presence")).to_contain_text("李芳在办这一件")
    his.click("text=我来办")
    expect(his.locator(".presence [role=alert]")).to_contain_text("李芳正在办这一件")
    hers.click("text=不办了")
    expect(hers.locator(".presence")).to_contain_text("我来办")
    his.click("text=我来办")
    expect(his.locator(".presence")).to_contain_text("您在办这一件")
    # Her board was open all the while.
    hers.goto(f"{site}/board/")
    expect(hers.locator(f"#on-{orders[0]}")).to_have_text("赵宏在办")


def test_the_board_is_worked_by_keyboard(site, desks, orders: list[int]) -> None:
    from playwright.sync_api import expect

    from diancai.stages.order.models import Assignment

    page = desks("lifang")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar.locator("[data-count]")).to_have_text("2")
    page.keyboard.press("x")
    expect(bar.locator("[data-count]")).to_have_text("1")
    page.keyboard.press("x")
    page.keyboard.press("e")
    choice = page.locator("#bulk_department")
    expect(choice).to_be_focused()
    choice.select_option(label="五原县农牧局")
    page.click("text=一并派单")
    expect(page.locator(".flash.success")).to_contain_text("已派出 2 件。")
    assert Assignment.objects.count() == 2
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("勾选这一行")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url("**/orders/*/")
