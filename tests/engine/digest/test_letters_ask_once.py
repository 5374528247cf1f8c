"""A letter with a subject line asks once: pleas at its end are no second want, and its line ends where a word ends."""

from collections.abc import Callable

import pytest

from diancai.engine.digest import Digest

SUBJECT = "反映红柳湾砖厂夜间生产粉尘和噪音扰民"
BODY = "红柳湾砖厂就在村东头，夜里也开工，粉尘落在菜地上，机器响得老人孩子睡不着。我们找过厂里两次，没有结果。"


@pytest.mark.parametrize(
    "plea",
    [
        "另外，请有关部门重视此事，还村民一个安静的环境。",
        "再次恳请领导督促处理这个问题。",
        "同时希望相关部门严肃处理，给予警告和处罚。",
        "另外，希望政府主持公道。",
    ],
)
def test_a_plea_at_the_end_is_no_second_want(digest: Callable[..., Digest], plea: str) -> None:
    found = digest(BODY + plea, subject=SUBJECT)
    assert len(found.wants) == 1
    assert "砖厂" in found.wants[0].content


def test_a_second_matter_of_its_own_is_still_a_second_want(digest: Callable[..., Digest]) -> None:
    found = digest(BODY + "另外，想请人来村里讲讲葡萄病虫害防治技术。", subject=SUBJECT)
    assert len(found.wants) == 2
    assert "葡萄" in found.wants[1].content


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        (
            "红柳湾街道东风路一百零八号临街商铺夜间烧烤产生严重的光污染和噪音",
            "红柳湾街道东风路一百零八号临街商铺夜间烧烤产生严重的光污染",
        ),
        (
            "东风路路灯坏了一个多月没人来修，晚上孩子放学回家看不清脚下的路很危险",
            "东风路路灯坏了一个多月没人来修",
        ),
    ],
)
def test_a_long_subject_ends_at_a_clause_or_a_word(digest: Callable[..., Digest], subject: str, line: str) -> None:
    assert digest(BODY, subject=subject).wants[0].content == line
