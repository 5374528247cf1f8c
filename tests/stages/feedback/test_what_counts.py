"""Which answer counts, what it tells the order, and when somebody was not reached."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.stages.feedback.rules import Answer, counting, state_after, verdict_of
from diancai.words import FollowUpState, Satisfaction, Solved, Verdict

BASE = datetime(2019, 12, 10, tzinfo=UTC)


def _answer(number: int, hour: int, solved: Solved = Solved.YES) -> Answer:
    return Answer(number, BASE + timedelta(hours=hour), solved, Satisfaction.SATISFIED)


def test_the_last_answer_before_the_period_closes_counts() -> None:
    answers = [_answer(1, 1), _answer(2, 5, Solved.NO), _answer(3, 9)]
    assert counting(answers) == answers[2]
    assert counting(answers, BASE + timedelta(hours=9)) == answers[1]
    assert counting(answers, BASE) is None
    assert counting([]) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.randoms())
def test_the_order_in_which_answers_are_read_changes_nothing(hours: list[int], chance) -> None:
    answers = [_answer(number, hour) for number, hour in enumerate(hours)]
    mixed = answers[:]
    chance.shuffle(mixed)
    assert counting(mixed) == counting(answers)


@pytest.mark.parametrize(
    ("solved", "satisfaction", "verdict"),
    [
        (Solved.NO, Satisfaction.VERY, Verdict.NOT_SOLVED),
        (Solved.NO, None, Verdict.NOT_SOLVED),
        (Solved.YES, Satisfaction.DISSATISFIED, Verdict.DISSATISFIED),
        (Solved.PARTLY, Satisfaction.VERY_DISSATISFIED, Verdict.DISSATISFIED),
        (Solved.YES, Satisfaction.BASICALLY, Verdict.SATISFIED),
        (Solved.PARTLY, Satisfaction.SATISFIED, Verdict.SATISFIED),
        (Solved.YES, None, None),
    ],
)
def test_not_solved_goes_before_everything(solved, satisfaction, verdict) -> None:
    assert verdict_of(solved, satisfaction) == verdict


def test_three_different_days_make_not_reached_and_an_answer_ends_the_waiting() -> None:
    day = date(2019, 12, 11)
    days = [day, day, day]
    assert state_after(days, 3, is_answered=False) == FollowUpState.WAITING
    days = [day, day + timedelta(days=1), day + timedelta(days=4)]
    assert state_after(days, 3, is_answered=False) == FollowUpState.NOT_REACHED
    assert state_after(days, 3, is_answered=True) == FollowUpState.REACHED
