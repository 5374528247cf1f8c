"""One place and two matters are two needs; one matter told by two people of one place is one."""

import pytest

from diancai.engine.dedupe import Item, group
from diancai.engine.dedupe.agreement import longest_run

NOISE_ONE = (
    "我住在红柳湾国际花都二期，楼下的烧烤店每天营业到半夜两点，油烟顺着窗户往屋里灌，桌椅拖动和划拳的噪音吵得老人孩子"
    "没法睡觉，打过几次电话，来的人说完就走，第二天照旧。请把油烟管起来，夜里十点以后不要再营业。"
)
NOISE_TWO = (
    "红柳湾国际花都二期底层商铺开了烧烤店，没有烟道，油烟直接排到小区里，晚上喝酒划拳的噪音一直到凌晨。家里老人心脏不好，"
    "整夜睡不着。希望查一查营业手续，把烧烤店的油烟和噪音管住。"
)
SCHOOL = (
    "我是红柳湾国际花都二期的业主，孩子今年该上一年级，当初售楼时说划片到实验小学，现在通知去三公里外的学校报名。"
    "接送要倒两趟车，双职工家庭实在顾不过来。请问学区到底怎么划的，能不能给一个书面答复。"
)
TITLES = ("红柳湾国际花都二期烧烤店油烟噪音扰民", "红柳湾国际花都二期底商烧烤油烟扰民", "红柳湾国际花都二期学区怎么划")


def _groups(*items: Item) -> list[str]:
    return [joined.group for joined in group(items)]


def test_two_matters_of_one_estate_stay_apart() -> None:
    smoke, smoke_again, school = _groups(
        Item("1", NOISE_ONE, TITLES[0]), Item("2", NOISE_TWO, TITLES[1]), Item("3", SCHOOL, TITLES[2])
    )
    assert smoke == smoke_again != school


def test_a_name_alone_joins_no_two_long_texts() -> None:
    # Only the estate is in both: without it nothing is left in common.
    one, two = _groups(Item("1", NOISE_ONE, "红柳湾国际花都二期"), Item("2", SCHOOL, "红柳湾国际花都二期"))
    assert one != two


@pytest.mark.parametrize(
    ("topic", "other", "joined"),
    [("环境卫生/污染和噪音", "环境卫生/污染和噪音", True), ("环境卫生/污染和噪音", "教育/学校和师资", False)],
)
def test_topics_of_two_fields_ask_for_more_in_common(topic: str, other: str, joined: bool) -> None:
    one = Item("1", NOISE_ONE, TITLES[0], topic=topic)
    two = Item("2", NOISE_TWO.replace("油烟", "烟味").replace("噪音", "吵闹"), TITLES[1], topic=other)
    assert (len(set(_groups(one, two))) == 1) is joined


def test_the_longest_run_is_found_once_and_order_matters_little() -> None:
    assert longest_run("红柳湾砖厂粉尘大", "反映红柳湾砖厂污染") == "红柳湾砖厂"
    assert longest_run("甲乙", "丙丁") == longest_run("", "丙") == ""
