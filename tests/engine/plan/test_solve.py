"""The planner on instances small enough to check by hand, and its promises on made-up ones."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diancai.engine.plan import PlanRefusal, check, generate, solve


def _instance(**changed):
    """Two towns, one date each week, one doctor and one agronomist: the best plan can be seen at a glance."""
    instance = {
        "dates": ["2026-01-06", "2026-01-13"],
        "limits": {"towns_per_date": 1, "days_per_week": 1, "needs_per_day": 5},
        "towns": [{"id": "east", "name": "东镇"}, {"id": "west", "name": "西镇"}],
        "needs": [
            {"id": "clinic-east", "town": "east", "topic": "health", "weight": 30},
            {"id": "grapes-east", "town": "east", "topic": "science", "weight": 10},
            {"id": "clinic-west", "town": "west", "topic": "health", "weight": 20},
        ],
        "departments": [
            {"id": "hospital", "name": "市医院", "people": 2},
            {"id": "farm-office", "name": "市农牧局", "people": 1},
        ],
        "offers": [
            {"id": "free-clinic", "department": "hospital", "topics": ["health"], "people": 2},
            {"id": "grape-talk", "department": "farm-office", "topics": ["science"], "people": 1},
        ],
    }
    return {**copy.deepcopy(instance), **changed}


def _served(plan):
    return {serve["need"]: day["date"] for day in plan["days"] for serve in day["serves"]}


def test_with_room_for_all_every_need_is_served_and_the_gap_is_nought():
    plan = solve(_instance(), seconds=1)
    assert set(_served(plan)) == {"clinic-east", "grapes-east", "clinic-west"}
    assert (plan["value"], plan["bound"], plan["gap"]) == (60, 60, 0)
    assert plan["uncovered"] == []


def test_with_one_date_the_heavier_town_is_visited():
    plan = solve(_instance(dates=["2026-01-06"]), seconds=1)
    assert [day["town"] for day in plan["days"]] == ["east"]
    assert plan["uncovered"] == [{"need": "clinic-west", "reason": "所在地没有排上活动日"}]


def test_a_need_outside_its_wanted_time_counts_half():
    needs = [{"id": "n", "town": "east", "topic": "health", "weight": 30, "until": "2026-01-07"}]
    assert solve(_instance(needs=needs), seconds=1)["value"] == 30
    assert solve(_instance(needs=needs, dates=["2026-01-13"]), seconds=1)["value"] == 15


def test_a_department_that_is_away_serves_on_the_other_date():
    instance = _instance()
    instance["departments"][0]["away"] = ["2026-01-06"]
    instance["needs"] = instance["needs"][:1]
    assert _served(solve(instance, seconds=1)) == {"clinic-east": "2026-01-13"}


def test_people_are_not_sent_to_two_towns_on_one_date():
    instance = _instance(dates=["2026-01-06"])
    instance["limits"] = {"towns_per_date": 2, "days_per_week": 2}
    plan = solve(instance, seconds=1)
    assert set(_served(plan)) == {"clinic-east", "grapes-east"}
    assert plan["value"] == 40


def test_an_offer_stops_at_its_capacity():
    instance = _instance()
    instance["offers"][0]["capacity"] = 1
    plan = solve(instance, seconds=1)
    assert set(_served(plan)) == {"clinic-east", "grapes-east"}
    assert {"need": "clinic-west", "reason": "所在地没有排上活动日"} in plan["uncovered"]


def test_travel_and_the_cost_of_a_day_are_taken_off():
    instance = _instance(distances=[{"from": "hospital", "to": "west", "km": 100}])
    instance["limits"] |= {"km_cost": 0.05, "day_cost": 4}
    plan = solve(instance, seconds=1)
    # 30 + 10 - 4 in the east, 20 - 2 people x 100 km x 0.05 - 4 in the west.
    assert plan["value"] == pytest.approx(42)
    assert ["farm-office", "west"] in plan["missing_distances"]


def test_a_locked_day_stands_even_where_it_costs():
    locks = [{"town": "west", "date": "2026-01-06", "serves": [{"need": "clinic-west", "offer": "free-clinic"}]}]
    instance = _instance(dates=["2026-01-06"], locks=locks)
    plan = solve(instance, seconds=1)
    assert _served(plan) == {"clinic-west": "2026-01-06"}
    assert check(instance, plan) == []
    assert "此日由人工锁定" in plan["days"][0]["reasons"]
    assert plan["bound"] == pytest.approx(20, abs=0.01)


def test_planning_again_changes_only_what_fell_away():
    instance = _instance()
    before = solve(instance, seconds=1)
    instance["departments"][1]["away"] = instance["dates"]
    instance["previous"] = before
    after = solve(instance, seconds=1)
    assert after["status"] == "replanned"
    assert {day["town"]: day["date"] for day in after["days"]} == {day["town"]: day["date"] for day in before["days"]}
    assert after["changes"] == [
        {"town": "east", "change": "services", "lost": [("grapes-east", "grape-talk")], "won": []}
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"dates": []}, "plan.unusable_field"),
        ({"dates": ["2026-02-30"]}, "plan.unusable_field"),
        ({"towns": "east"}, "plan.unusable_field"),
        ({"towns": [{"id": "east"}, {"id": "east"}]}, "plan.unusable_field"),
        ({"needs": [{"id": "n", "town": "north", "topic": "x"}]}, "plan.unknown_reference"),
        ({"needs": [{"id": "n", "town": "east", "topic": "x", "weight": -3}]}, "plan.unusable_field"),
        ({"offers": [{"id": "o", "department": "bank"}]}, "plan.unknown_reference"),
        (
            {"locks": [{"town": "east", "date": "2026-01-06"}, {"town": "west", "date": "2026-01-06"}]},
            "plan.clashing_locks",
        ),
    ],
)
def test_an_unusable_instance_is_refused_with_a_code_and_two_texts(changed, code):
    with pytest.raises(PlanRefusal) as refused:
        solve(_instance(**changed), seconds=1)
    assert refused.value.code == code
    assert refused.value.zh
    assert refused.value.en


def test_an_instance_without_needs_gives_an_empty_plan():
    plan = solve(_instance(needs=[]), seconds=1)
    assert (plan["days"], plan["value"], plan["gap"]) == ([], 0, 0)


@given(st.integers(1, 8), st.integers(1, 6), st.integers(1, 3), st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_a_plan_is_feasible_never_below_greedy_and_never_above_its_bound(towns, departments, weeks, seed):
    instance = generate(towns, departments, weeks, seed)
    plan = solve(instance, seconds=0.1, seed=seed)
    assert check(instance, plan) == []
    assert plan["value"] >= plan["greedy_value"] - 1e-6
    assert plan["bound"] >= plan["value"] - 1e-6
    assert plan["value"] == pytest.approx(_value(instance, plan), abs=1e-2)


@given(st.integers(2, 8), st.integers(2, 6), st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_planning_again_is_feasible_and_moves_no_day_that_lost_nobody(towns, departments, seed):
    instance = generate(towns, departments, 2, seed)
    before = solve(instance, seconds=0.1, seed=seed)
    instance["departments"][0]["away"] = instance["dates"]
    instance["previous"] = before
    after = solve(instance, seconds=0.1)
    assert check(instance, after) == []
    lost = instance["departments"][0]["id"]
    untouched = {day["town"] for day in before["days"] if lost not in day["departments"]}
    assert all(change["change"] != "moved" for change in after["changes"] if change["town"] in untouched)


def _value(instance, plan):
    """The objective told once more from the instance: weight in or out of time, less travel, less day costs."""
    limits = instance["limits"]
    needs = {need["id"]: need for need in instance["needs"]}
    total = 0.0
    for day in plan["days"]:
        total -= limits["day_cost"]
        for serve in day["serves"]:
            need = needs[serve["need"]]
            in_time = need["from"] <= day["date"] <= need["until"]
            weight = need["weight"] * (1 if in_time else limits["late_factor"])
            assert serve["value"] <= weight + 1e-6
            total += serve["value"]
    return total
