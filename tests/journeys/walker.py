"""Somebody at a browser: signs in, goes places, fills fields by their labels, takes pictures."""

import os
import time
from pathlib import Path
from typing import Any

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
PASSWORD = "diancai-demo"


class Walker:
    """One signed-in person in a window of his own."""

    def __init__(self, browser: Any, address: str, username: str, narrow: bool = False) -> None:
        self.address = address
        context = browser.new_context(viewport=NARROW if narrow else WIDE, locale="zh-CN")
        context.set_default_timeout(20_000)
        self.page = context.new_page()
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(self.address + path)

    def sees(self, text: str) -> bool:
        """Whether the words stand in the main part of the page."""
        return text in self.page.locator("main").inner_text()

    def waits_for(self, text: str, path: str, seconds: float = 40) -> None:
        """Reload a page until the words stand on it: what the worker does takes a moment."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.go(path)
            if self.sees(text):
                return
            time.sleep(0.5)
        raise AssertionError(f"{text!r} never came on {path}:\n{self.page.locator('main').inner_text()[:800]}")

    def fits(self) -> bool:
        """Whether nothing sticks out of the window to the right."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))

    def picture(self, name: str) -> None:
        """Keep a picture for the documents, only where pictures are asked for: they would change at every run."""
        if os.environ.get("DIANCAI_SCREENS"):
            SCREENS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENS / f"{name}.png")
