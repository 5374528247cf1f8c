"""A herder of seventy with a phone 360 px wide, no account and no script: one code, three questions, one answer."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def test_he_types_his_number_says_not_solved_and_it_is_done_again(chromium, site):
    laid = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("lay_resident.py"))],
        env=site.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    code = laid.stdout.split()[-1]
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site.address}/a/")
    page.fill("#code", f"{code[:5]}-{code[5:10]} {code[10:]}".lower())
    page.get_by_role("button", name="下一步").click()
    for told in ("五原县塔尔湖镇联丰村", "专家入棚2次", "解决了没有"):
        assert page.get_by_text(told).first.is_visible()
    assert "刘翠兰" not in page.content()
    page.get_by_label("没有解决").check()
    page.get_by_label("不满意", exact=True).check()
    page.fill("#words", "病还在，药不管用")
    page.get_by_role("button", name="交上去").click()
    assert page.get_by_text("已经退回部门重新办").is_visible()
    page.goto(f"{site.address}/a/{code}/")
    assert page.get_by_text("病还在，药不管用").is_visible()
    assert page.get_by_role("button", name="交上去").count() == 0
    for language in ("en", "zh"):
        page.goto(f"{site.address}/a/{code}/?lang={language}")
        assert page.locator("main").bounding_box()["width"] <= 360
    context.close()
