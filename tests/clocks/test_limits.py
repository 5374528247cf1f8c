"""Which limit an order falls under: the most specific one in force, and never two."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_time import day, reading

from diancai.clocks import Limit, Limits, Span, load_limits
from diancai.clocks.errors import BadFile, LimitsClash, NoLimit
from diancai.clocks.limits.rule import AXES, Rule
from diancai.config import read_text
from diancai.words import ClockKind, Kind, Source, Strand, Urgency

HEAD = "clock,county,strand,topic,source,kind,urgency,limit,amber,red,from,until,basis\n"
GENERAL = "办理,,,,,,,13d,,,,,一般\n"
SPRING = day("2026-03-02")


def _limits(*lines: str) -> Limits:
    return load_limits(reading(limits=HEAD + GENERAL + "\n".join(lines) + "\n"))


def _text(limits: Limits, /, on: date = SPRING, **order: str) -> str:
    return limits.find(ClockKind.HANDLING, on=on, **order).span.text


@pytest.mark.parametrize(
    ("clock", "order", "span"),
    [
        (ClockKind.SIGN_FOR, {}, "1d"),
        (ClockKind.SIGN_FOR, {"urgency": Urgency.PRESSING}, "4h"),
        (ClockKind.HANDLING, {"kind": Kind.NEED, "strand": Strand.SERVICE, "source": Source.HOTLINE}, "13d"),
        (ClockKind.HANDLING, {"kind": Kind.ENQUIRY}, "3d"),
        (ClockKind.HANDLING, {"kind": Kind.NEED, "urgency": Urgency.PRESSING}, "5d"),
        (ClockKind.HANDLING, {"kind": Kind.ENQUIRY, "urgency": Urgency.CRITICAL}, "0d"),
        (ClockKind.FOLLOW_UP, {"urgency": Urgency.CRITICAL}, "3d"),
    ],
)
def test_the_packaged_limits_follow_the_practice_of_the_hotlines(
    clock: ClockKind, order: dict[str, str], span: str
) -> None:
    found = load_limits(read_text).find(clock, on=SPRING, **order)
    assert found.span.text == span
    assert found.basis and (found.red.amount or found.amber.amount)


def test_a_topic_lies_within_its_upper_one_and_the_deeper_rule_wins() -> None:
    limits = _limits("办理,,,农田水利,,,,8d,,,,,", "办理,,,农田水利/渠系清淤,,,,5d,,,,,")
    assert _text(limits, topic="农田水利/渠系清淤") == "5d"
    assert _text(limits, topic="农田水利/灌溉用水") == "8d"
    assert _text(limits, topic="畜牧业/接羔保育") == "13d"


def test_each_axis_may_be_fixed_by_label_or_by_stored_value() -> None:
    limits = _limits("办理,150821,健康,,热线,问题,特急,2d,,,,,", "办理,150822,health,,hotline,problem,critical,3d,,,,,")
    order: dict[str, str] = {
        "strand": Strand.HEALTH,
        "source": Source.HOTLINE,
        "kind": Kind.PROBLEM,
        "urgency": Urgency.CRITICAL,
    }
    assert [_text(limits, on=SPRING, county=code, **order) for code in ("150821", "150822", "150823")] == [
        "2d",
        "3d",
        "13d",
    ]


def test_a_changed_rule_holds_from_its_day_and_leaves_older_orders_right() -> None:
    limits = load_limits(
        reading(limits=HEAD + "办理,,,,,,,15d,,,,2026-06-30,旧办法\n办理,,,,,,,10d,,,2026-07-01,,新办法\n")
    )
    assert _text(limits, day("2026-06-30")) == "15d"
    assert _text(limits, day("2026-07-01")) == "10d"


def test_two_rules_that_claim_one_order_are_refused_on_loading_with_the_line_to_add() -> None:
    lines = ("办理,,健康,,,,,5d,,,,,", "办理,,,,,,急,6d,,,,,")
    with pytest.raises(LimitsClash) as refusal:
        _limits(*lines)
    assert "第3行和第4行" in refusal.value.zh and "“健康、急”" in refusal.value.zh
    assert "lines 3 and 4" in refusal.value.en and "health, pressing" in refusal.value.en
    settled = _limits(*lines, "办理,,健康,,,,急,2d,,,,,")
    assert _text(settled, strand=Strand.HEALTH, urgency=Urgency.PRESSING) == "2d"
    assert _text(settled, strand=Strand.HEALTH) == "5d"


def test_the_line_that_settles_two_others_must_hold_as_long_as_both() -> None:
    lines = ("办理,,健康,,,,,5d,,,,,", "办理,,,,,,急,6d,,,,2026-12-31,")
    with pytest.raises(LimitsClash):
        _limits(*lines, "办理,,健康,,,,急,2d,,,2026-03-01,,")
    _limits(*lines, "办理,,健康,,,,急,2d,,,,2026-02-28,", "办理,,健康,,,,急,3d,,,2026-03-01,,")


@pytest.mark.parametrize(
    "line",
    ["办理,,,,,,,9d,,,,,", "办理,,,,,,,9d,,,2030-01-01,,", "handling,,,,,,,13d,,,,,一般"],
)
def test_the_same_conditions_twice_are_refused_while_both_hold(line: str) -> None:
    with pytest.raises(LimitsClash, match="不限条件"):
        _limits(line)


def test_rules_that_exclude_each_other_or_never_meet_in_time_do_not_clash() -> None:
    _limits("办理,,健康,,,,,5d,,,,,", "办理,,文化,,,,,6d,,,,,")
    _limits("办理,,健康,,,,,5d,,,,2025-12-31,", "办理,,,,,,急,6d,,,2026-01-01,,")
    _limits("办理,,健康,,,,,5d,,,,,", "签收,,,,,,急,4h,,,,,")


def test_without_a_rule_in_force_the_file_is_named() -> None:
    limits = load_limits(reading(limits=HEAD + "办理,,,,,,,13d,,,2026-01-01,,\n"))
    for clock, on in ((ClockKind.HANDLING, day("2025-12-31")), (ClockKind.SIGN_FOR, SPRING)):
        with pytest.raises(NoLimit) as refusal:
            limits.find(clock, on=on)
        assert "limits.csv" in refusal.value.zh and clock.en in refusal.value.en and clock.zh in refusal.value.zh


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("督办,,,,,,,5d,,,,,", "“督办”"),
        ("办理,,卫生,,,,,5d,,,,,", "“卫生”"),
        ("办理,,,清淤,,,,5d,,,,,", "主题“清淤”"),
        ("办理,1508,,,,,,5d,,,,,", "六位数字"),
        ("办理,,健康,,,,,五天,,,,,", "limit"),
        ("办理,,健康,,,,,,,,,,", "limit"),
        ("办理,,健康,,,,,48n,,,,,", "limit"),
        ("办理,,健康,,,,,5d,快了,,,,", "amber"),
        ("办理,,健康,,,,,5d,,,2026-13-01,,", "2026-13-01"),
        ("办理,,健康,,,,,5d,,,2026-05-01,2026-04-01,", "早于"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_line(line: str, said: str) -> None:
    with pytest.raises(BadFile) as refusal:
        _limits(line)
    assert said in refusal.value.zh and "第3行" in refusal.value.zh and "line 3" in refusal.value.en


values = {
    "county": ("150821", "150822"),
    "strand": (Strand.HEALTH, Strand.CULTURE),
    "topic": ("农田水利", "农田水利/渠系清淤", "教育"),
    "urgency": (Urgency.PRESSING, Urgency.CRITICAL),
}
conditions = st.fixed_dictionaries({}, optional={axis: st.sampled_from(known) for axis, known in values.items()})


@settings(max_examples=100, deadline=None)
@given(st.lists(conditions, max_size=5), st.lists(conditions, min_size=1, max_size=5))
def test_a_table_that_loads_answers_every_order_and_never_less_specifically(
    fixed: list[dict[str, str]], orders: list[dict[str, str]]
) -> None:
    rules = tuple(
        Rule(ClockKind.HANDLING, Limit(Span(line), Span(2), Span(1), "", line), conditions)
        for line, conditions in enumerate([{}, *fixed], start=2)
    )
    try:
        limits = Limits(rules)
    except LimitsClash:
        return
    for order in orders:
        found = limits.find(ClockKind.HANDLING, on=SPRING, **order)
        chosen = rules[found.line - 2]
        for rule in rules:
            if rule.claims(ClockKind.HANDLING, SPRING, order):
                assert chosen.lies_within(rule)
    assert set(values) <= set(AXES)
