"""Pairs shown to a clerk, and one new text against many."""

import random

from engine.dedupe.messages import items

from diancai.engine.dedupe import Index, Item, propose

YELLOW = "棚哈儿那黄瓜，叶子上起黄点点，翻过来背后一层灰毛毛，打了几回药不顶事。谁能给寻个懂的人来瞭一瞭。"
MILDEW = "黄瓜得下霜霉病了哇，七家十二个棚都有了。想请个正经专家下来，到棚哈儿手把手给教一教。"
BOTH = "我们社那条斗渠，淤得一满不行了，给清一清。再一个，葵花地里那个列当，想叫人下来讲讲咋治。"


def _needs(first: str = "大棚黄瓜病害现场诊断和防治指导", second: str = "大棚黄瓜病害现场诊断和防治指导") -> list[Item]:
    return [
        Item("N03a", YELLOW, place_code="150821103207", topic="设施农业/病害防治", content=first),
        Item("N03b", MILDEW, place_code="150821101201", topic="设施农业/病害防治", content=second),
        Item("N01", BOTH, place_code="150826104214", topic="农田水利/渠系清淤", content="斗渠清淤（约300米）"),
        Item("N02", BOTH, place_code="150826104214", topic="种植业/病虫草害防治", content="向日葵列当防治技术培训"),
        Item(
            "N09",
            "苞米地里红蜘蛛多",
            place_code="150826104215",
            topic="种植业/病虫草害防治",
            content="玉米红蜘蛛防治技术培训",
        ),
    ]


def _pairs(found: list[Item]) -> set[frozenset[str]]:
    return {frozenset((one.first, one.second)) for one in propose(found)}


def test_the_cucumbers_of_two_villages_are_proposed_and_nothing_else() -> None:
    assert _pairs(_needs()) == {frozenset(("N03a", "N03b"))}


def test_they_are_proposed_in_other_words_too() -> None:
    assert _pairs(_needs("大棚黄瓜叶部病害诊断", "黄瓜霜霉病防治技术指导")) == {frozenset(("N03a", "N03b"))}


def test_a_proposal_says_why() -> None:
    best = propose(_needs())[0]
    assert any("黄瓜" in reason for reason in best.why)
    assert "主题都是设施农业/病害防治" in best.why
    assert "不在同一个村" in best.why


def test_the_order_of_needs_changes_nothing() -> None:
    mixed = _needs()
    random.Random(3).shuffle(mixed)
    assert propose(mixed) == propose(_needs())


def test_the_same_way_of_service_is_not_the_same_need() -> None:
    found = [
        Item("a", "", content="电焊技术培训", topic="就业/技能培训"),
        Item("b", "", content="月嫂技术培训", topic="就业/技能培训"),
    ]
    assert not propose(found)


def test_a_new_text_finds_its_story_in_the_index() -> None:
    index = Index(items())
    best = index.near(Item("new", "红柳湾砖厂的粉尘呛得人睡不着", "红柳湾砖厂粉尘"))
    assert {one.second.split("-")[0] for one in best[:3]} == {"brickyard"}
    assert best[0].first == "new"
    assert not best[0].identical


def test_an_identical_text_comes_first_and_the_item_itself_is_left_out() -> None:
    index = Index(items())
    known = items()[0]
    assert all(one.second != known.id for one in index.near(known))
    again = index.near(Item("again", known.text, "别的标题"))[0]
    assert (again.second, again.identical, again.score) == (known.id, True, 1.0)


def test_a_later_text_moves_no_earlier_answer() -> None:
    index = Index(items()[:3])
    before = [one.second for one in index.near(items()[0])]
    index.add(Item("later", "完全无关的一句话，说天气", "天气"))
    assert [one.second for one in index.near(items()[0])] == before


def test_an_empty_index_and_an_empty_text_give_nothing() -> None:
    assert Index().near(Item("a", "路灯坏了")) == []
    assert Index(items()).near(Item("a", "")) == []
