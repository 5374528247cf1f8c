"""4,326 real messages through the browser: imported, found again, withdrawn, revived; the bar tells how far it is.

Runs only where the real data lies; it takes two to three minutes.
"""

import re
import time

import pytest
from walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
ALL = 4326
LONG = 400  # seconds that a job may take while the machine is shared


def test_the_real_messages_come_in_once_go_and_come_back(chromium, site, real_data):
    office = Walker(chromium, site.address, "zhaohong")
    sheet = real_data / "messages" / "hot.csv"

    first = _dry_run(office, sheet)
    assert _fates(office) == {"新增": ALL}
    _press(office, f"导入 {ALL} 行")
    _filled(_bar(office), steps=5)
    office.go("/jobs/")
    office.page.get_by_role("link", name="整理民情").first.click()
    _filled(_bar(office), steps=5)
    remarks, needs = _counted(office, "/remarks/"), _counted(office, "/needs/")
    # A report about persons is on no list; there are some among so many messages, and they are few.
    assert 0.97 * ALL < remarks < ALL
    assert needs > 0.8 * ALL

    again = _dry_run(office, sheet)
    assert _fates(office) == {"已有": ALL}
    office.waits_for("没有新的行可导入", again)

    office.go(first)
    office.page.locator("summary", has_text="撤回这一批").click()
    office.page.fill("#why", "试一试撤回")
    _press(office, "撤回")
    _filled(_bar(office))
    office.waits_for("已撤回", first)
    assert _counted(office, "/remarks/") == 0
    assert _counted(office, "/needs/") == 0

    revived = _dry_run(office, sheet)
    assert _fates(office) == {"恢复": ALL}
    _press(office, f"导入 {ALL} 行")
    _filled(_bar(office))
    office.waits_for("已导入", revived)
    assert _counted(office, "/remarks/") == remarks
    assert _counted(office, "/needs/") == needs, "nothing is digested a second time"


def _dry_run(office: Walker, sheet: object) -> str:
    """Give the sheet in and stand on the page of the import; returns its address."""
    office.go("/imports/")
    office.page.set_input_files("#f-file", str(sheet))
    office.page.get_by_role("button", name="试导入").click(timeout=120_000)
    office.page.wait_for_url(re.compile(r"/imports/\d+/"), timeout=120_000)
    # The file is big: a job reads it, and the page loads itself anew when it has.
    office.page.locator("ul.fates").wait_for(timeout=LONG * 1000)
    return office.page.url.removeprefix(office.address).split("?")[0]


def _press(office: Walker, name: str) -> None:
    with office.page.expect_navigation(url=re.compile(r"/jobs/\d+/")):
        office.page.get_by_role("button", name=name, exact=True).click()


def _fates(office: Walker) -> dict[str, int]:
    """How many rows have which fate, as the page of the import shows it."""
    told = [chip.inner_text() for chip in office.page.locator("ul.fates li").all()]
    return {_words(chip): _number(chip) for chip in told}


def _words(chip: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]|行", "", chip)


def _number(told: str) -> int:
    return int(re.sub(r"\D", "", told))


def _bar(office: Walker) -> list[float]:
    """What the bar of the job on the open page shows, one after the other, until the job has ended.

    The page is not loaded again: it is the page that asks how far its job is.
    """
    shown: list[float] = []
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        told = office.page.locator("#job-bar").inner_text()
        assert "没有成功" not in told
        bar = office.page.locator("#job-bar progress")
        if bar.count() and bar.is_visible():
            shown.append(float(bar.get_attribute("value") or 0))
        if "结束于" in told:
            return shown
        time.sleep(0.5)
    raise AssertionError(f"not done within {LONG} s; the bar showed {shown}")


def _filled(shown: list[float], steps: int = 1) -> None:
    """A bar that goes in so many steps, never back, and is full at the end."""
    assert shown == sorted(shown)
    assert len(set(shown)) >= steps
    assert shown[-1] == 100


def _counted(office: Walker, path: str) -> int:
    """The count beside the title when no job is left and the standing counts have come to rest."""
    office.go("/jobs/")
    until = time.monotonic() + LONG
    while office.sees("进行中") or office.sees("排队中"):
        assert time.monotonic() < until, "the jobs never ended"
        time.sleep(0.5)
        office.go("/jobs/")
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < 4:
        office.go(path)
        told = _number(office.page.locator("main .head-count").inner_text())
        if told != seen:
            seen, since = told, time.monotonic()
        time.sleep(0.5)
    return seen
