"""What read_figures takes from a report: values, bounds, things counted, moods, roles, settings, double tellings."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.figures import read_figures


def _one(text):
    figures = read_figures(text)
    assert len(figures) == 1, [figure.text for figure in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit", "kind"),
    [
        ("服务群众1.2万余人次", "1.2万余人次", 12000, "人次", "count"),
        ("培训农牧民3600多人（次）", "3600多人（次）", 3600, "人次", "count"),
        ("发放资料2.4万余册（份）", "2.4万余册（份）", 24000, "册", "count"),
        ("免疫5万头（只）", "5万头（只）", 50000, "头", "count"),
        ("还有煤炭二十吨半", "二十吨半", 20.5, "吨", "mass"),
        ("坐诊3个小时", "3个小时", 3, "小时", "duration"),
        ("历时两个半小时", "两个半小时", 2.5, "小时", "duration"),
        ("慰问金壹佰元", "壹佰元", 100, "元", "money"),
        ("食用油5L", "5L", 5, "升", "other"),
        ("水费1,256元", "1,256元", 1256, "元", "money"),
        ("八成学员就业", "八成", 80, "%", "percent"),
        ("半数以上办起示范园", "半数", 50, "%", "percent"),
        ("入学率提高2.7个百分点", "2.7个百分点", 2.7, "个百分点", "percent"),
        ("书屋约60㎡", "60㎡", 60, "平方米", "area"),
    ],
)
def test_a_figure_has_span_value_unit_and_kind(text, span, value, unit, kind):
    figure = _one(text)
    assert (figure.text, figure.value, figure.unit, figure.kind) == (span, value, unit, kind)
    assert text[figure.start : figure.end] == span


@pytest.mark.parametrize(
    ("text", "at_least", "approx", "at_most"),
    [
        ("惠及不超过35户", False, False, True),
        ("到场不足35户", False, False, True),
        ("接诊不少于150人次", True, False, False),
        ("听众近7000人次", False, True, False),
        ("手册近百余份", True, True, False),
        ("到场观众超600人次", True, False, False),
        ("照看8户左右老人", False, True, False),
        ("7个工作日内答复", False, False, True),
        ("突破50万元", True, False, False),
    ],
)
def test_words_around_a_figure_bound_it(text, at_least, approx, at_most):
    figure = _one(text)
    assert (figure.at_least, figure.approx, figure.at_most) == (at_least, approx, at_most)


def test_a_list_shares_its_unit_and_its_bounds():
    areas = read_figures("面积分别稳在1亿亩、1800万亩以上")
    assert [(figure.value, figure.at_least) for figure in areas] == [(1e8, True), (1.8e7, True)]
    shows = read_figures("三个乡镇放映分别为11、14和18场")[-3:]
    assert [(figure.value, figure.unit) for figure in shows] == [(11, "场"), (14, "场"), (18, "场")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("每20至40公里定点", 20, 40),
        ("养鸡400-500只", 400, 500),
        ("三到五名志愿者", 3, 5),
        ("补助3至5万元", 30000, 50000),
    ],
)
def test_a_range_has_both_ends(text, low, high):
    figure = _one(text)
    assert (figure.value, figure.upper) == (low, high)


def test_an_unwritten_unit_is_implied_by_the_words_around():
    assert (_one("奖补经费为860万，按季拨付").unit, _one("奖补经费为860万").unit_implied) == ("元", True)
    assert _one("惠及15.6万城镇居民").unit == "人"
    assert read_figures("编号860万") == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("印发明白纸4800余份", "明白纸"),
        ("赠送了36卷地膜", "地膜"),
        ("送去200多万元的取暖物资", "取暖物资"),
        ("社员来了90多人", "社员"),
        ("当场办结51件", "办结"),
        ("还有37件在办、没到时限", "在办"),
    ],
)
def test_the_thing_counted_is_named_in_the_words_of_the_text(text, what):
    assert what in _one(text).what


def test_shares_go_one_by_one_with_what_was_told_before():
    figures = read_figures("来信、来电、来访各有90件、60件和30件，比重依次为50%、33.3%、16.7%。")
    assert [figure.what for figure in figures] == ["来信", "来电", "来访"] * 2


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("目前已举办96场，占年度计划120场的80%", ["done", "plan", "done"]),
        ("15吨煤炭已送到户，其余5吨待入冬后送达", ["done", "plan"]),
        ("全旗辖6个镇、49个嘎查，占地60平方公里", ["standing"] * 3),
        ("拟秋后再开3期夜校，每期不少于60人", ["plan", "plan"]),
        ("接待群众2000余人", ["done"]),
    ],
)
def test_the_mood_of_the_sentence_gives_the_status(text, statuses):
    assert [figure.status for figure in read_figures(text)] == statuses


def test_roles_directions_and_per_are_read():
    total, up, down = read_figures("群众诉求1268件，环比增加137件，同比下降4.2%")
    assert (total.role, up.role, down.role, down.direction) == (None, "delta", "delta", "down")
    parts = read_figures("受理诉求73件，当场办结51件，带回研究22件")
    assert [figure.role for figure in parts] == ["total", "part", "part"]
    assert _one("每户补助1000元").per == "户"
    assert _one("户均1000元").per == "户"
    assert _one("各配30套音响").role == "each"


def test_actor_place_and_date_go_on_to_the_sentences_behind():
    text = "2022年5月8日，活动在红柳县白音镇向阳村启动。市农牧局发放资料300份。"
    figure = _one(text)
    assert (figure.actor, figure.date) == ("市农牧局", "2022-05-08")
    assert figure.place == "红柳县白音镇向阳村"


def test_a_fact_told_twice_points_to_its_first_telling():
    text = "公司赠送36卷地膜和20多吨燕麦草料。目前，公司累计赠送地膜36卷、草料20.5吨。"
    first, vague, again, exact = read_figures(text)
    assert (again.told_before, exact.told_before) == (first.start, vague.start)
    assert first.told_before is None


def test_two_equal_numbers_of_one_sentence_are_two_facts():
    figures = read_figures("法律读本300余册、养羊读本300余册。")
    assert [figure.told_before for figure in figures] == [None, None]


def test_json_has_every_field_and_whole_numbers_stay_whole():
    row = _one("培训120人").to_json()
    assert row["value"] == 120
    assert isinstance(row["value"], int)
    assert list(row)[:6] == ["start", "end", "text", "value", "upper", "unit"]
    assert len(row) == 20


NOISE = st.text(
    alphabet=st.sampled_from(
        "一二两三十百千万亿几数上半余多来分之点0123456789.,，、。；至到-~年月日人户个元吨%“”《》（）第前占比各每约近超不的和在村镇旗"
        "发放资料\n\x00 😀K级"
    ),
    max_size=80,
)


@given(NOISE)
@settings(max_examples=300, deadline=None)
def test_no_mixture_of_numerals_and_signs_crashes_the_reader(text):
    figures = read_figures(text)
    assert all(text[figure.start : figure.end] == figure.text for figure in figures)
    assert all(one.end <= two.start for one, two in pairwise(figures))
    assert all(figure.unit and figure.value == figure.value for figure in figures)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text):
    assert isinstance(read_figures(text), list)


HOSTILE = [
    "三",
    "1",
    "1,111",
    "百分之",
    "2019年",
    "红柳县白音镇",
    "在村",
    "甲、",
    "每",
    "12、",
    "“",
    "（",
    "3人",
    "占5%",
    "1-",
    "上",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_in_step_with_length_on_hostile_input(unit):
    short, long = (_seconds((unit * size)[:size]) for size in (1_500, 12_000))
    # Eight times the length may take eight times as long; a quadratic reader would take sixty-four.
    assert long < 24 * max(short, 0.004)


def _seconds(text):
    read_figures("一人")
    best = 9.0
    for _ in range(2):
        started = time.perf_counter()
        read_figures(text)
        best = min(best, time.perf_counter() - started)
    return best


def test_a_line_of_a_hundred_thousand_digits_is_no_figure():
    assert read_figures("1" * 100_000 + "人") == []
