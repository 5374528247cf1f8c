"""The matcher on the invented lists of a good office, and its walls."""

import dataclasses
import random
from datetime import date

import pytest
from engine.match.office_lists import DISTRACTORS, RIGHT, needs, offers
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.match import Matcher, Need, Offer


@pytest.mark.parametrize("need", needs(), ids=lambda need: need.id)
def test_each_need_gets_its_offer_or_none(need: Need) -> None:
    found = Matcher(offers()).best(need)
    assert [pair.offer_id for pair in found[:1]] == ([RIGHT[need.id]] if need.id in RIGHT else [])


@pytest.mark.parametrize("with_topics", [True, False])
def test_offers_that_only_look_alike_are_never_proposed(with_topics: bool) -> None:
    matcher = Matcher(offers(with_topics))
    assert not {pair.offer_id for need in needs() for pair in matcher.best(need)} & DISTRACTORS


def test_needs_find_their_offers_where_offers_name_no_topic() -> None:
    matcher = Matcher(offers(with_topics=False))
    best = {need.id: [pair.offer_id for pair in matcher.best(need)[:1]] for need in needs()}
    assert {name: found[0] for name, found in best.items() if found} == RIGHT


def test_reasons_are_told_in_chinese_words() -> None:
    need = next(one for one in needs() if one.id == "N06")
    pair = Matcher(offers()).best(need)[0]
    assert "可用蒙古语服务" in pair.why
    assert "主题一致：畜牧业/接羔保育" in pair.why
    assert "在服务范围内" in pair.why


def _cucumber() -> Need:
    return next(one for one in needs() if one.id == "N03")


def test_another_county_is_a_wall() -> None:
    assert not Matcher(offers()).best(dataclasses.replace(_cucumber(), place_code="150826104214"))


def test_an_offer_that_has_ended_is_a_wall() -> None:
    late = dataclasses.replace(_cucumber(), wanted_from=date(2020, 6, 1), wanted_until=date(2020, 6, 9))
    assert not Matcher(offers()).best(late)


def test_an_offer_that_begins_too_late_is_a_wall() -> None:
    early = dataclasses.replace(_cucumber(), wanted_from=None, wanted_until=date(2019, 11, 20))
    assert not Matcher(offers()).best(early)


def test_chinese_teaching_is_a_wall_for_who_asks_for_mongolian() -> None:
    assert not Matcher(offers()).best(dataclasses.replace(_cucumber(), language="mn"))


def test_a_used_up_offer_says_so_and_scores_less() -> None:
    fresh = Matcher(offers()).best(_cucumber())[0]
    used = [dataclasses.replace(one, capacity_left=0) for one in offers()]
    after = Matcher(used).best(_cucumber())[0]
    assert after.score < fresh.score
    assert "名额已用完" in after.against


def test_the_order_of_offers_changes_nothing() -> None:
    mixed = offers()
    random.Random(7).shuffle(mixed)
    assert [Matcher(mixed).best(need) for need in needs()] == [Matcher(offers()).best(need) for need in needs()]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=20), st.none() | st.text(max_size=8))
def test_noise_never_breaks_matching(text: str, form: str, topic: str | None) -> None:
    for pair in Matcher([*offers(), Offer("X", text, form)]).best(Need("N", text, topic, service_form=form)):
        assert 0 <= pair.score <= 1


def test_no_offers_give_no_pair() -> None:
    assert Matcher([]).best(_cucumber()) == []


def test_a_permit_serves_nobody_who_wants_to_be_taught() -> None:
    permit = Offer("备案", "机动车驾驶员培训备案")
    course = Offer("培训", "机动车驾驶员培训班")
    found = Matcher([permit, course]).best(Need("n", "想学开车，组织机动车驾驶员培训", service_form="技能培训"))
    assert [pair.offer_id for pair in found] == ["培训"]


def test_help_with_papers_meets_a_permit() -> None:
    permit = Offer("登记", "拖拉机登记")
    assert Matcher([permit]).best(Need("n", "拖拉机登记", service_form="代办帮办"))[0].offer_id == "登记"


def test_a_foreign_sheets_own_sorting_speaks_neither_for_nor_against() -> None:
    need = Need("n", "残疾人请求法律援助", topic="法律/法律咨询和援助", service_form="咨询解答")
    foreign = Offer("a", "残疾人法律援助咨询", topics=("未分类",))
    found = Matcher([foreign]).best(need)
    assert found and "主题不同" not in found[0].against
    assert not Matcher([dataclasses.replace(foreign, service="残疾人证注销")]).best(need)


def test_a_long_telling_makes_no_need_harder_to_meet() -> None:
    line = "大棚黄瓜霜霉病现场诊断"
    offer = Offer("a", "大棚黄瓜病害现场诊断和指导")
    told = f"{line} 我们村里七家人十二个棚，去年修路，今年涨价，孩子上学也远，说来话长，麻烦得很，打了几回药也不顶事"
    short, long = (Matcher([offer]).best(Need("n", text))[0].score for text in (line, told))
    assert long >= short - 0.01


@pytest.mark.parametrize(
    ("text", "form", "right"),
    [
        ("上班族的生育津贴还能领取吗，问了几处都说不清", "答复", "津贴"),
        ("办理劳务派遣资质要满足哪些条件，请给个说法", "政策解答", "派遣"),
        ("幼儿园在筹设期间能不能先招生", "答复", "筹设"),
        ("工地夜间施工噪声大，老人睡不着", "现场检查执法", ""),
        ("幼儿园门口收费停车合法吗", "答复", ""),
        ("残疾人请求法律援助", "法律咨询", ""),
        ("窗口工作人员态度差", "答复", ""),
    ],
)
def test_an_offer_named_outright_is_found_and_one_that_shares_a_word_is_not(text: str, form: str, right: str) -> None:
    services = {
        "津贴": "生育津贴支付",
        "派遣": "经营劳务派遣业务许可（县级）",
        "派遣延续": "劳务派遣经营许可证延续审批（县级）",
        "筹设": "幼儿园筹设审批",
        "夜间": "夜间建筑施工许可",
        "残疾": "残疾人证注销",
        "放射": "放射工作人员证办理",
        "医保": "城乡居民参保登记",
        "食品": "食品小作坊备案发放",
    }
    matcher = Matcher([Offer(name, service) for name, service in services.items()])
    assert [pair.offer_id for pair in matcher.best(Need("n", text, service_form=form), 1)] == ([right] if right else [])


def test_what_is_done_to_a_paper_afterwards_is_proposed_first_to_who_asks_for_it() -> None:
    matcher = Matcher([Offer("新办", "劳务派遣经营许可证审批"), Offer("延续", "劳务派遣经营许可证延续审批")])
    wanted = {word: f"劳务派遣许可证到期，怎么{word}" for word in ("延续", "办理")}
    first = {
        word: matcher.best(Need("n", text, service_form="政策解答"), 1)[0].offer_id for word, text in wanted.items()
    }
    assert first == {"延续": "延续", "办理": "新办"}
