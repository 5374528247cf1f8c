"""Indicators are parameters: worked examples of what counts, of empty bases, weights, windows, rounding and spreads."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.config import read_json
from diancai.stages.tally.rules.counted import AnswerFacts, Fact, OrderFacts, PartFacts, counted
from diancai.stages.tally.rules.cube import Cube, Period, merged
from diancai.stages.tally.rules.figures import Figure, figures, shown_in_public, told_percent
from diancai.stages.tally.rules.indicators import BookFault, read_book, with_weights
from diancai.stages.tally.rules.spread import spread_of
from diancai.words import AssignmentState

BOOK = read_book(read_json("indicators.json"))
D1 = datetime(2019, 12, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in 巴彦淖尔
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FAR = D1 + 400 * DAY


def part(pk: int = 1, **told: object) -> PartFacts:
    """Dispatched on Monday, to sign for by Tuesday, to complete within a week; the lead, accepted in time."""
    base = PartFacts(pk, 7, 1, True, AssignmentState.ACCEPTED, D1, D1 + HOUR, sign_due_at=D1 + DAY, due_at=D1 + 7 * DAY)
    return replace(base, **told)  # type: ignore[arg-type]


def order(*parts: PartFacts, **told: object) -> OrderFacts:
    base = OrderFacts(1, "p", "150821000000", "t", "v", "science", "种植业", False, False, D1, parts=parts)
    return replace(base, **told)  # type: ignore[arg-type]


def facts(subject: OrderFacts) -> Counter[Fact]:
    return Counter(each.fact for each in counted(subject))


def figures_of(*orders: OrderFacts, now: datetime = FAR) -> dict[str, Figure]:
    """Figures of these orders, over all time."""
    cube = Cube(BOOK, now)
    for each in orders:
        cube.take(each)
    rows = [row for name, cell in cube.cells.items() if (name.place_code, name.dims) == ("150821000000", "")
            for row in cell.values()]  # fmt: skip
    return {figure.indicator.key: figure for figure in figures(BOOK, merged(BOOK, rows))}


# ---- what counts


def test_an_unfinished_order_counts_among_those_that_were_due() -> None:
    assert facts(order(part())) == Counter([Fact.DISPATCHED, Fact.SIGN_DUE, Fact.SIGNED_IN_TIME, Fact.DUE, Fact.PLACED])
    done = part(completed_at=D1 + 3 * DAY, state=AssignmentState.COMPLETED, handled_days=3)
    late = part(2, completed_at=D1 + 8 * DAY, state=AssignmentState.COMPLETED, handled_days=6)
    told = figures_of(order(part()), order(done), order(late))
    assert (told["completion"].met, told["completion"].base, told["completion"].told) == (1, 3, "33.3%")


def test_a_deadline_ahead_counts_nowhere_and_says_when_it_will() -> None:
    cube = Cube(BOOK, D1 + 2 * DAY)
    cube.take(order(part()))
    assert cube.stale_at == D1 + 7 * DAY - timedelta(microseconds=1)
    assert figures_of(order(part()), now=D1 + 2 * DAY)["completion"].told == "—"
    assert figures_of(order(part()), now=D1 + 2 * DAY)["sign_for"].told == "100.0%"


def test_a_deadline_at_midnight_belongs_to_the_day_it_ends() -> None:
    midnight = datetime(2019, 12, 31, 16, 0, tzinfo=UTC)  # 24:00 on New Year's Eve in 巴彦淖尔
    cube = Cube(BOOK, FAR)
    cube.take(order(part(due_at=midnight, sign_due_at=None)))
    at = BOOK.slots.index(("completion", Fact.DUE))
    due = {name.month for name, cell in cube.cells.items() for row in cell.values() if row[at]}
    assert due == {"2019-12"}


@pytest.mark.parametrize(
    ("told", "is_due"),
    [
        ({"state": AssignmentState.RETURNED, "ended_at": D1 + 2 * DAY}, False),
        ({"state": AssignmentState.HANDED_OVER, "ended_at": D1 + 6 * DAY}, False),
        ({"state": AssignmentState.HANDED_OVER, "ended_at": D1 + 9 * DAY}, True),  # given away after it was late
        ({"is_lead": False}, False),  # the joint departments sign for, the lead answers for the day
        ({"due_at": None}, False),
    ],
)
def test_who_holds_it_at_the_deadline_answers_for_it(told: dict[str, object], is_due: bool) -> None:
    assert (Fact.DUE in facts(order(part(**told)))) is is_due


def test_a_clock_that_stands_still_has_no_deadline_yet() -> None:
    assert Fact.DUE not in facts(order(part(), is_paused=True))


def test_a_dispatch_recalled_before_the_time_to_sign_for_is_not_owed() -> None:
    gone = part(answered_at=None, ended_at=D1 + HOUR, state=AssignmentState.WITHDRAWN)
    assert Fact.SIGN_DUE not in facts(order(gone))
    silent = facts(order(part(answered_at=None)))
    assert silent[Fact.SIGN_DUE] == 1
    assert Fact.SIGNED_IN_TIME not in silent


def test_what_went_up_counts_by_its_parts_only() -> None:
    twin = facts(order(part(completed_at=D1 + DAY, state=AssignmentState.COMPLETED), is_twin=True))
    assert twin[Fact.SIGN_DUE] == 1
    assert not {Fact.PLACED, Fact.COMPLETED, Fact.ANSWERED} & set(twin)


def test_a_redo_counts_on_the_round_before_it_and_each_round_is_followed_up_by_itself() -> None:
    first = part(completed_at=D1 + DAY, state=AssignmentState.COMPLETED)
    second = part(2, round=2, completed_at=D1 + 20 * DAY, state=AssignmentState.COMPLETED)
    told = figures_of(order(first, second, redone_rounds=frozenset({1}), answers=(AnswerFacts(1, D1 + 2 * DAY, "no"),)))
    assert told["redos"].told == told["follow_up"].told == "50.0%"


def test_nobody_rates_what_was_not_completed() -> None:
    assert Fact.ANSWERED not in facts(order(part(), answers=(AnswerFacts(1, D1 + DAY, "yes", "very"),)))


# ---- figures


def answered(*answers: tuple[str, str]) -> list[OrderFacts]:
    done = part(completed_at=D1 + DAY, state=AssignmentState.COMPLETED)
    return [order(done, answers=(AnswerFacts(1, D1 + 2 * DAY, *told),)) for told in answers]


def test_an_empty_base_is_a_dash_never_nought_or_all() -> None:
    told = figures_of()
    assert {figure.told for key, figure in told.items() if not figure.indicator.is_count} == {"—"}
    assert {told["solved"].told, told["closed"].told} == {"0"}  # a count of nothing is nought


def test_basically_satisfied_weighs_nine_tenths_and_the_weight_is_a_parameter() -> None:
    told = figures_of(*answered(("yes", "very"), ("yes", "satisfied"), ("partly", "basically"), ("no", "dissatisfied")))
    satisfaction = told["satisfaction"]
    assert satisfaction.value == Fraction(29, 40)
    assert (satisfaction.told, satisfaction.met, satisfaction.base) == ("72.5%", 3, 4)
    milder = with_weights(satisfaction.indicator, basically="0.5")
    assert dict(milder.numerator)[Fact.BASICALLY] == Fraction(1, 2)
    assert told["solution"].told == "50.0%"  # partly is not solved


def test_the_composite_becomes_a_percentage_once() -> None:
    told = figures_of(*answered(("yes", "very"), ("yes", "basically")))
    assert told["overall"].value == Fraction("0.1") + Fraction("0.5") + Fraction("0.4") * Fraction("0.95")
    assert told["overall"].told == "98.0%"
    assert figures_of(*answered(("yes", "very")))["overall"].told == "100.0%"


def test_a_composite_over_an_empty_base_is_a_dash() -> None:
    assert figures_of(order(part()))["overall"].told == "—"


def test_closed_and_solved_are_counted_apart() -> None:
    shut = [replace(each, closed_at=D1 + 3 * DAY) for each in answered(("yes", "very"), ("no", ""))]
    told = figures_of(*shut, order(part(), closed_at=D1 + DAY))
    assert (told["closed"].told, told["solved"].told) == ("3", "1")


def test_what_is_taken_out_leaves_base_and_numerator_and_is_told() -> None:
    late = part(completed_at=None)
    out = order(late, excluded=frozenset({"completion"}))
    told = figures_of(out, order(part(completed_at=D1 + DAY, state=AssignmentState.COMPLETED)))
    assert (told["completion"].told, told["completion"].base, told["completion"].excluded) == ("100.0%", 1, 1)
    assert (told["sign_for"].base, told["sign_for"].excluded) == (2, 0)
    everywhere = figures_of(order(late, excluded=frozenset({""})))
    assert (everywhere["completion"].told, everywhere["returns"].base) == ("—", 1)  # returns allow no exclusion


def test_what_is_not_all_is_never_told_as_all() -> None:
    assert told_percent(Fraction(99_999, 100_000), 1) == "99.9%"
    assert told_percent(Fraction(1, 100_000), 1) == "0.1%"
    assert told_percent(Fraction(1), 1) == "100.0%"
    assert told_percent(Fraction(0), 1) == "0.0%"
    assert told_percent(Fraction(1, 3), 2) == "33.33%"
    assert told_percent(Fraction(1, 2000), 1) == "0.1%"  # half up


# ---- windows


def test_noon_belongs_to_the_next_day_of_a_window_from_noon_to_noon() -> None:
    noon = BOOK.windows["noon"]
    at = datetime(2019, 12, 10, 4, 0, tzinfo=UTC)  # 12:00 in 巴彦淖尔
    assert noon.day_of(at) == date(2019, 12, 11)
    assert noon.day_of(at - timedelta(microseconds=1)) == date(2019, 12, 10)
    assert BOOK.windows["day"].day_of(datetime(2019, 12, 9, 16, 0, tzinfo=UTC)) == date(2019, 12, 10)


def test_a_period_is_whole_months_and_what_is_left() -> None:
    period = Period(date(2019, 11, 15), date(2020, 1, 31))
    assert period.split() == (("2019-12", "2020-01"), ("2019-11",))
    assert Period(date(2020, 2, 1), date(2020, 2, 29)).split() == (("2020-02",), ())
    assert Period(date(2020, 2, 3), date(2020, 2, 3)).split() == ((), ("2020-02",))


# ---- days


def test_one_old_case_moves_the_mean_and_not_the_median() -> None:
    spread = spread_of({2: 5, 3: 4, 200: 1})
    assert (spread.mean, spread.median, spread.p90) == (Fraction(222, 10), Fraction(5, 2), 3)
    assert spread_of({}).median is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_a_histogram_tells_what_the_values_tell(values: list[int]) -> None:
    spread = spread_of(Counter(values))
    assert spread.median == Fraction(median(values)).limit_denominator(2)
    assert spread.mean == Fraction(sum(values), len(values))
    assert spread.p90 is not None
    assert sum(1 for value in values if value <= spread.p90) * 10 >= len(values) * 9
    assert sum(1 for value in values if value < spread.p90) * 10 < len(values) * 9


# ---- the file


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"numerator": {"finished": "1"}}, "finished"),
        ({"window": "week"}, "window"),
        ({"denominator": {}}, "分母"),
        ({"key": "completion"}, "两次"),
        ({"numerator": {}, "denominator": {}, "made_of": {"overall": "1"}}, "前面"),
        ({"numerator": {}, "denominator": {}, "made_of": {"sign_for": "0.5"}}, "权重"),
    ],
)
def test_a_book_that_cannot_be_used_says_where(change: dict[str, object], says: str) -> None:
    told = read_json("indicators.json")
    lines = {line["key"]: line for line in told["indicators"]}
    broken = lines["redos"] | change
    with pytest.raises(BookFault, match=says):
        read_book(told | {"indicators": [lines["sign_for"], lines["completion"], broken]})


def test_other_rules_are_known_by_another_mark_and_a_note_is_no_rule() -> None:
    told = read_json("indicators.json")
    assert read_book(told | {"note": "别的话"}).mark == BOOK.mark
    assert read_book(told | {"version": "2027-01"}).mark != BOOK.mark


def test_few_cases_of_a_sensitive_kind_are_not_told_in_public() -> None:
    told = [shown_in_public(count, is_sensitive=True) for count in (0, 1, 4, 5)]
    assert told == ["0", "<5", "<5", "5"]
    assert shown_in_public(3, is_sensitive=False) == "3"
