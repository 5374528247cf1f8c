"""4,326 real messages through the browser: imported, found again, withdrawn, revived; the bar tells how far it is.

Runs only where the real data lies; it takes about two minutes.
"""

import re
import time

import pytest
from walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
LONG = 400


def test_the_real_messages_come_in_once_go_and_come_back(chromium, site, real_data):
    office = Walker(chromium, site.address, "zhaohong")
    sheet = real_data / "messages" / "hot.csv"
    first = _dry_run(office, sheet)
    assert office.sees("导入 4326 行")
    office.page.get_by_role("button", name="导入 4326 行").click()
    seen = _percents(office, first)
    assert len(seen) > 2, "the figures moved"
    office.waits_for("撤回这一批", first, LONG)
    again = _dry_run(office, sheet)
    office.waits_for("导入 0 行", again)
    office.go(first)
    office.page.locator("summary", has_text="撤回这一批").click()
    office.page.fill("#why", "试一试撤回")
    office.page.get_by_role("button", name="撤回", exact=True).click()
    office.waits_for("已撤回", first, LONG)
    revived = _dry_run(office, sheet)
    office.waits_for("导入 4326 行", revived)


def _dry_run(office: Walker, sheet: object) -> str:
    office.go("/imports/")
    office.page.set_input_files("#f-file", str(sheet))
    office.page.get_by_role("button", name="试导入").click()
    office.page.wait_for_url(re.compile(r"/imports/\d+/"), timeout=120_000)
    return office.page.url.removeprefix(office.address).split("?")[0]


def _percents(office: Walker, address: str) -> set[str]:
    """The different figures that the jobs show until the import is done and everything is digested."""
    seen: set[str] = set()
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        office.go("/jobs/")
        busy = office.page.locator("main").inner_text()
        seen |= set(re.findall(r"(\d+)%", busy))
        office.go(address)
        if office.sees("撤回这一批") and "进行中" not in busy and "排队中" not in busy:
            return seen
        time.sleep(0.3)
    raise AssertionError(f"not imported within {LONG} s; the jobs showed {sorted(seen)}")
