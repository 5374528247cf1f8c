"""Routing by history, and the merging of unit names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.match import Ranking, Router
from diancai.engine.match.units import merged_names

CASES = [({"type": "路灯", "street": "东街"}, "市政科"), ({"type": "路灯", "street": "西街"}, "西街道办")] * 6 + [
    ({"type": "噪声", "street": "东街"}, "环保局")
] * 4


def _router(cases: list[tuple[dict[str, str], str]]) -> Router:
    router = Router(cases, ["type", "street"], [])
    for row, unit in cases:
        router.learn(row, unit)
    router.end_day()
    return router


def test_a_case_goes_to_who_took_its_like() -> None:
    best = _router(CASES).rank({"type": "路灯", "street": "西街"})[0]
    assert best.unit == "西街道办"
    assert best.why == ("同类（西街、路灯）以往100%由其办理",)


def test_a_value_never_seen_falls_back_to_the_general() -> None:
    assert _router(CASES).rank({"type": "噪声", "street": "北街"})[0].unit == "环保局"


def test_a_day_counts_only_when_it_is_closed() -> None:
    router = _router(CASES)
    for _ in range(40):
        router.learn({"type": "噪声", "street": "东街"}, "城管局")
    assert router.rank({"type": "噪声", "street": "东街"})[0].unit == "环保局"
    router.end_day()
    assert router.rank({"type": "噪声", "street": "东街"})[0].unit == "城管局"


def test_shares_of_all_units_add_up_to_one() -> None:
    choices = _router(CASES).rank({"type": "路灯", "street": "东街"}, top=10)
    assert abs(sum(choice.score for choice in choices) - 1) < 0.001


def test_nothing_learned_gives_no_unit() -> None:
    assert Router([], ["type"], []).rank({"type": "路灯"}) == []


def test_words_of_a_text_column_lead_to_a_unit() -> None:
    cases = [({"text": "路灯不亮 晚上看不见"}, "市政科"), ({"text": "工地夜里施工噪声大"}, "环保局")] * 5
    router = Router(cases, [], ["text"])
    for row, unit in cases:
        router.learn(row, unit)
    router.end_day()
    assert router.rank({"text": "我家门口路灯坏了"})[0].unit == "市政科"


def test_a_bracket_that_adds_nothing_is_dropped() -> None:
    names = merged_names(["东街综合执法队", "东街综合执法队", "东街综合执法队（东街道办事处）"])
    assert set(names.values()) == {"东街综合执法队"}


def test_a_bracket_that_tells_offices_apart_is_kept() -> None:
    names = merged_names(["城建办（东街道办事处）", "城建办（西街道办事处）", "城建办公室（西街道办事处）"])
    assert names["城建办公室（西街道办事处）"] == names["城建办（西街道办事处）"]
    assert names["城建办（东街道办事处）"] != names["城建办（西街道办事处）"]


def test_an_abbreviated_office_of_the_same_street_is_one() -> None:
    names = merged_names(["城管办（东街道办事处）", "城市管理办公室（东街道办事处）", "城管办（西街道办事处）"])
    assert names["城市管理办公室（东街道办事处）"] == names["城管办（东街道办事处）"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=12))
def test_every_spelling_keeps_a_name_that_was_told(units: list[str]) -> None:
    names = merged_names(units)
    assert set(names) == set(units)
    assert set(names.values()) <= set(units)
    assert merged_names(list(reversed(units))) == names


def test_ranking_puts_the_text_with_the_rare_words_first() -> None:
    best = Ranking(["养老金怎么领取", "医保怎么缴费", "路灯坏了找谁"]).best("城乡居民医保缴费到哪里办")
    assert best[0].place == 1
    assert 0 < best[0].score <= 1
    assert "医保" in best[0].why


def test_ranking_of_nothing_in_common_is_empty() -> None:
    assert Ranking(["甲乙", ""]).best("丙丁") == []
    assert Ranking([]).best("丙丁") == []
