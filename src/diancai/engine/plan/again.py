"""Planning again with least change: what still stands stays; only what fell away is filled anew.

Called by `solve` when the instance carries the `previous` plan (a department dropped out, a date was lost).
"""

from typing import Any

from diancai.engine.plan.choice import Choice, locked_choice
from diancai.engine.plan.greedy import best_first, extend, pairs_by_town
from diancai.engine.plan.problem import Problem


def keep(problem: Problem, previous: dict[str, Any]) -> Choice:
    """The previous plan as far as it is still possible, then filled at its own days, then extended by free days."""
    choice = locked_choice(problem)
    town_at = {name: place for place, name in enumerate(problem.towns)}
    date_at = {name: place for place, name in enumerate(problem.dates)}
    pair_at = _pair_at(problem)
    days = previous.get("days") or []
    for day in days:
        town, date = town_at.get(day["town"]), date_at.get(day["date"])
        if town is None or date is None or not _stands(choice, town, date):
            continue
        _serve_again(choice, town, [pair_at.get((one["need"], one["offer"]), -1) for one in day["serves"]])
    groups = pairs_by_town(problem)
    for town in list(choice.day_of):
        choice.fill(town, best_first(problem, groups[town], choice.day_of[town]))
    _close_losing_days(choice)
    extend(choice, groups)
    return choice


def _pair_at(problem: Problem) -> dict[tuple[str, str], int]:
    ends = zip(problem.pair_need.tolist(), problem.pair_offer.tolist(), strict=True)
    return {(problem.needs[need], problem.offers[offer]): pair for pair, (need, offer) in enumerate(ends)}


def _stands(choice: Choice, town: int, date: int) -> bool:
    if town in choice.day_of:
        return choice.day_of[town] == date
    if not choice.may_open(town, date):
        return False
    choice.open(town, date)
    return True


def _serve_again(choice: Choice, town: int, pairs: list[int]) -> None:
    served = {int(choice.problem.pair_need[pair]) for pair in choice.pairs_of[town]}
    date = choice.day_of[town]
    for pair in pairs:
        if pair < 0 or choice.problem.pair_need[pair] in served or choice.problem.worth[pair, date] <= 0:
            continue
        if choice.may_add(town, pair):
            choice.add(town, pair)
            served.add(int(choice.problem.pair_need[pair]))


def _close_losing_days(choice: Choice) -> None:
    """A day that lost its services and is worth less than its cost is given up, unless it is locked."""
    locked = {lock.town for lock in choice.problem.locks}
    for town in [town for town in choice.day_of if town not in locked and choice.day_value(town) <= 0]:
        choice.close(town)


def changes(previous: dict[str, Any], days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What became different: days added, dropped or moved, and services that changed at days that stand."""
    old = {day["town"]: day for day in previous.get("days") or []}
    new = {day["town"]: day for day in days}
    told: list[dict[str, Any]] = []
    for town in sorted(old.keys() | new.keys()):
        if town not in new:
            told.append({"town": town, "change": "dropped", "from": old[town]["date"]})
        elif town not in old:
            told.append({"town": town, "change": "added", "to": new[town]["date"]})
        elif old[town]["date"] != new[town]["date"]:
            told.append({"town": town, "change": "moved", "from": old[town]["date"], "to": new[town]["date"]})
        elif _served(old[town]) != _served(new[town]):
            lost, won = _served(old[town]) - _served(new[town]), _served(new[town]) - _served(old[town])
            told.append({"town": town, "change": "services", "lost": sorted(lost), "won": sorted(won)})
    return told


def _served(day: dict[str, Any]) -> set[tuple[str, str]]:
    return {(serve["need"], serve["offer"]) for serve in day["serves"]}
