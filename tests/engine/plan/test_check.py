"""The checker names every limit that a plan breaks; each test breaks exactly one."""

import copy

import pytest

from diancai.engine.plan import check, generate, solve

INSTANCE = {
    "dates": ["2026-01-06", "2026-01-08"],
    "limits": {"towns_per_date": 1, "days_per_week": 2, "needs_per_day": 2},
    "towns": [{"id": "a"}, {"id": "b", "closed": ["2026-01-08"]}, {"id": "c"}],
    "needs": [{"id": f"n{number}", "town": "a", "topic": "x"} for number in range(4)]
    + [{"id": "m", "town": "b", "topic": "y"}],
    "departments": [{"id": "d", "people": 2, "away": ["2026-01-08"]}],
    "offers": [
        {"id": "o", "department": "d", "topics": ["x"], "people": 1, "capacity": 2},
        {"id": "p", "department": "d", "topics": ["y"], "people": 1, "towns": ["a"]},
    ],
}


def _day(town, date, *needs, offer="o"):
    return {"town": town, "date": date, "serves": [{"need": need, "offer": offer} for need in needs]}


def test_a_plan_that_keeps_all_limits_has_no_breach():
    assert check(INSTANCE, {"days": [_day("a", "2026-01-06", "n0", "n1")]}) == []


@pytest.mark.parametrize(
    ("days", "word"),
    [
        ([_day("z", "2026-01-06")], "没有这个地点"),
        ([_day("a", "2027-01-06")], "没有这个日期"),
        ([_day("a", "2026-01-06", "nn")], "没有这条需求"),
        ([_day("a", "2026-01-06"), _day("c", "2026-01-06")], "最多1个"),
        ([_day("a", "2026-01-06"), _day("a", "2026-01-08")], "只能一场"),
        ([_day("b", "2026-01-08")], "不便办活动"),
        ([_day("a", "2026-01-06", "n0", "n1", "n2")], "最多2条"),
        ([_day("a", "2026-01-06", "n0", "n0")], "办了2次"),
        ([_day("a", "2026-01-06", "n0", "n1", "n2")], "最多2次"),
        ([_day("a", "2026-01-08", "n0")], "只有0人"),
        ([_day("b", "2026-01-06", "m", offer="p")], "不能办"),
        ([_day("c", "2026-01-06", "n0")], "不能办"),
    ],
)
def test_each_breach_is_named(days, word):
    assert any(word in breach for breach in check(INSTANCE, {"days": days}))


def test_a_week_that_is_too_full_is_named():
    instance = {**INSTANCE, "limits": {"towns_per_date": 1, "days_per_week": 1}}
    breaches = check(instance, {"days": [_day("a", "2026-01-06"), _day("c", "2026-01-08")]})
    assert breaches == ["2026-W02安排了2场，最多1场"]


def test_a_lock_that_was_not_kept_is_named():
    locks = [{"town": "a", "date": "2026-01-06", "serves": [{"need": "n0", "offer": "o"}]}]
    instance = {**INSTANCE, "locks": locks}
    assert check(instance, {"days": []}) == ["锁定的a2026-01-06没有安排"]
    assert check(instance, {"days": [_day("a", "2026-01-06", "n1")]}) == ["锁定的n0 × o没有安排"]


def test_a_spoilt_plan_of_the_solver_is_caught():
    instance = generate(6, 5, 2, 3)
    plan = solve(instance, seconds=0.2)
    spoilt = copy.deepcopy(plan)
    spoilt["days"].append(copy.deepcopy(spoilt["days"][0]))
    assert check(instance, plan) == []
    assert check(instance, spoilt) != []


def test_the_generator_gives_the_same_instance_for_the_same_seed():
    assert generate(9, 7, 3, 5) == generate(9, 7, 3, 5)
    assert generate(9, 7, 3, 5) != generate(9, 7, 3, 6)
