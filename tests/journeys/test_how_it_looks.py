"""Every page of every role, on a phone and on a desk, in both languages: nothing sticks out, all is labelled, legible.

The checks are those of an accessibility scanner that a page can be asked itself: one heading of the first rank, a label
for each field, no id twice, enough contrast, targets that a finger hits.
"""

import re
from collections import deque
from typing import Any

import pytest
from walker import NARROW, PASSWORD, WIDE, Walker

pytestmark = pytest.mark.browser

# All roles are walked on a phone in Chinese; those whose pages differ most on a desk and in English, too.
IN_FULL = {"lifang", "sunliang", "zhengshi", "heqiang"}
PEOPLE = ("naren", "wanggui", "lifang", "zhaohong", "sunliang", "zhoulan", "zhengshi", "heqiang")
MOST_PAGES = 20
FILES = re.compile(r"export|excel|template|logout|photos|static|\?|#|:")
ASK = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 1;
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const bent = (v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = (colour) => colour.slice(0, 3).map((v) => bent(v / 255))
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  const under = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const found = parts(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const contrast = (one) => {
    const [a, b] = [light(parts(getComputedStyle(one).color)), light(under(one))].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  const quiet = "svg, [disabled], .unseen, .skip";
  const said = [...document.querySelectorAll("body *")].filter((one) => seen(one) && !one.closest(quiet)
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  const targets = "main .button, main select, main summary, .rail a, "
    + "main input:not([type=hidden], [type=radio], [type=checkbox])";
  const names = (some) => some.map((one) => one.textContent.trim().slice(0, 20));
  return {
    "sticks out": document.documentElement.scrollWidth - document.documentElement.clientWidth,
    "first headings but one": document.querySelectorAll("h1").length - 1,
    "fields without a label": [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
      .filter((one) => !one.labels?.length && !one.ariaLabel).map((one) => one.name),
    "ids twice": ids.filter((id, at) => ids.indexOf(id) !== at),
    "too pale": names(said.filter((one) => contrast(one) < 4.45)),
    "too small for a finger": innerWidth > 500 ? [] : names([...document.querySelectorAll(targets)]
      .filter((one) => seen(one) && one.getBoundingClientRect().height < 43.5)),
  };
}"""


def _faults(page: Any) -> dict[str, object]:
    return {name: found for name, found in page.evaluate(ASK).items() if found}


def _walk(page: Any, address: str, start: str = "/") -> list[str]:
    """Addresses that the links lead to, one of each kind, in the order of their discovery."""
    todo, kinds = deque([start]), set[str]()
    found: list[str] = []
    while todo and len(found) < MOST_PAGES:
        path = todo.popleft()
        kind = re.sub(r"/\d+/|(?<=/people/)(?!new/)\w+/", "/n/", path)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = page.goto(address + path, wait_until="domcontentloaded")
        if answer is None or not answer.ok:
            continue
        found.append(path)
        hrefs = page.eval_on_selector_all("a[href]", "links => links.map((link) => link.getAttribute('href'))")
        todo.extend(href for href in hrefs if href.startswith("/") and not FILES.search(href))
    return found


def _speak(walker: Walker, language: str) -> None:
    """Press the button of the language, where the page does not speak it yet."""
    walker.go("/me/")
    if walker.page.evaluate("document.documentElement.lang") != language:
        with walker.page.expect_navigation():
            walker.page.evaluate("document.querySelector('form[action=\"/language/\"] button[name=language]').click()")


@pytest.fixture(scope="module")
def told(chromium: Any, site: Any) -> None:
    """Two remarks, one of them in Mongolian, so that lists and records are not all empty."""
    walker = Walker(chromium, site.address, "naren")
    for words in ("斗渠淤得厉害，水过不来，给清一清，三百来米", "ᠮᠠᠯ ᠤᠨ ᠡᠪᠡᠳᠴᠢᠨ ᠢ ᠰᠡᠷᠭᠡᠶᠢᠯᠡᠬᠦ"):
        walker.go("/remarks/new/")
        walker.page.fill("#f-text", words)
        walker.page.get_by_role("button", name="保存", exact=True).click()
        walker.page.wait_for_load_state()
    walker.page.context.close()


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_of_a_role_has_a_fault_on_a_phone_or_a_desk(chromium: Any, site: Any, told: None, who: str) -> None:
    walker = Walker(chromium, site.address, who, narrow=True)
    page = walker.page
    faults: dict[tuple[str, str, int], dict[str, object]] = {}
    paths = _walk(page, site.address)
    assert len(paths) > 2
    views = [("zh-hans", NARROW), ("zh-hans", WIDE), ("en", NARROW)] if who in IN_FULL else [("zh-hans", NARROW)]
    for language, size in views:
        page.set_viewport_size(size)
        _speak(walker, language)
        for path in paths:
            page.goto(site.address + path, wait_until="domcontentloaded")
            if found := _faults(page):
                faults[path, language, size["width"]] = found
    page.context.close()
    assert faults == {}


@pytest.mark.parametrize("path", ["/accounts/login/", "/two-sheets/", "/nowhere/"])
def test_what_is_open_to_all_has_no_fault(chromium: Any, site: Any, path: str) -> None:
    for size in (NARROW, WIDE):
        for scheme in ("light", "dark"):
            context = chromium.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
            page = context.new_page()
            page.goto(site.address + path)
            assert _faults(page) == {}
            context.close()


def test_a_form_under_a_button_stays_on_the_page(chromium: Any, site: Any, told: None) -> None:
    town = Walker(chromium, site.address, "wanggui")
    town.waits_for("群众原话", "/review/")
    for key in ("x", "s"):
        town.page.keyboard.press(key)
        assert town.page.evaluate("document.activeElement.matches('input, textarea')")
        assert town.fits()
        assert town.page.evaluate("scrollX") == 0
        town.page.keyboard.press("Escape")
    town.page.context.close()


def test_a_remark_is_written_down_without_scripts(chromium: Any, site: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=NARROW, locale="zh-CN")
    page = context.new_page()
    page.goto(site.address + "/accounts/login/")
    page.fill("input[name=login]", "naren")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.goto(site.address + "/remarks/new/")
    page.fill("#f-text", "村里路灯坏了两盏，黑夜看不见")
    page.get_by_role("button", name="保存", exact=True).click()
    assert "路灯坏了两盏" in page.locator("main").inner_text()
    assert page.locator("[data-print]:visible, .needs-script:visible").count() == 0
    context.close()


def test_without_scripts_the_bar_of_common_acts_stands_open(chromium: Any, site: Any, told: None) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE, locale="zh-CN")
    page = context.new_page()
    page.goto(site.address + "/accounts/login/")
    page.fill("input[name=login]", "lifang")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.goto(site.address + "/needs/")
    assert page.get_by_role("button", name="审定", exact=True).is_visible()
    context.close()
