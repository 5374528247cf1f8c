"""Why this day, why not that need: the plan told in words for the people who must defend it.

Turns a finished `Choice` into the documented plan. Called by `solve`.
"""

from collections import Counter
from typing import Any

import numpy as np

from diancai.engine.plan.choice import Choice


def told_days(choice: Choice) -> list[dict[str, Any]]:
    """The days in the order of their dates, each with its services and its reasons."""
    order = sorted(choice.day_of.items(), key=lambda entry: (entry[1], entry[0]))
    return [_day(choice, town, date) for town, date in order]


def _day(choice: Choice, town: int, date: int) -> dict[str, Any]:
    problem = choice.problem
    pairs = sorted(choice.pairs_of[town])
    departments = sorted({problem.departments[problem.pair_department[pair]] for pair in pairs})
    return {
        "town": problem.towns[town],
        "date": problem.dates[date],
        "week": problem.weeks[problem.week_of[date]],
        "departments": departments,
        "people": int(sum(problem.pair_people[pair] for pair in pairs)),
        "value": round(choice.day_value(town), 4),
        "serves": [_serve(choice, pair, date) for pair in pairs],
        "reasons": _reasons(choice, town, date, pairs, departments),
    }


def _serve(choice: Choice, pair: int, date: int) -> dict[str, Any]:
    problem = choice.problem
    return {
        "need": problem.needs[problem.pair_need[pair]],
        "offer": problem.offers[problem.pair_offer[pair]],
        "value": round(float(problem.worth[pair, date]), 4),
    }


def _reasons(choice: Choice, town: int, date: int, pairs: list[int], departments: list[str]) -> list[str]:
    problem = choice.problem
    weight = float(sum(problem.need_weight[problem.pair_need[pair]] for pair in pairs))
    in_time = sum(problem.worth[pair, date] >= problem.worth[pair].max() - 1e-9 for pair in pairs)
    reasons = [f"办理{len(pairs)}条需求，权重合计{weight:g}，{len(departments)}个部门到场"]
    if pairs:
        reasons.append(f"其中{int(in_time)}条正合所要的时间")
    if any(lock.town == town for lock in problem.locks):
        reasons.append("此日由人工锁定")
    best = float(choice.day_value(town))
    rivals = [day for day in range(len(problem.dates)) if day != date and choice.sites_left[day] > 0]
    rivals = [day for day in rivals if choice.week_left[problem.week_of[day]] > 0]
    if rivals:
        other = max(
            float(np.where(np.isfinite(problem.worth[pairs, day]), problem.worth[pairs, day], 0).sum())
            for day in rivals
        )
        gap = best + problem.limits.day_cost - other
        reasons.append(f"改到其他空闲日期最多再得{-gap:g}" if gap < 0 else f"比改到其他空闲日期至少多{round(gap, 2):g}")
    return reasons


def uncovered(choice: Choice) -> list[dict[str, str]]:
    """The needs that no day serves, each with the nearest reason."""
    problem = choice.problem
    served = {int(problem.pair_need[pair]) for pairs in choice.pairs_of.values() for pair in pairs}
    offered: dict[int, list[int]] = {}
    for pair, need in enumerate(problem.pair_need.tolist()):
        offered.setdefault(need, []).append(pair)
    return [
        {"need": problem.needs[need], "reason": _missing(choice, need, offered.get(need, []))}
        for need in range(len(problem.needs))
        if need not in served
    ]


def _missing(choice: Choice, need: int, pairs: list[int]) -> str:
    problem, town = choice.problem, int(choice.problem.need_town[need])
    if not pairs:
        return "没有对口的服务项目"
    if not np.any(problem.worth[pairs] > 0):
        return "路远或人手不够，派出不划算或派不出"
    if town not in choice.day_of:
        return "所在地没有排上活动日"
    return _missing_on_the_day(choice, town, pairs)


def _missing_on_the_day(choice: Choice, town: int, pairs: list[int]) -> str:
    problem, date = choice.problem, choice.day_of[town]
    if len(choice.pairs_of[town]) >= problem.limits.needs_per_day:
        return "当日办理条数已满"
    if not any(problem.worth[pair, date] > 0 for pair in pairs):
        return "当日对口部门不能到场"
    if all(choice.offers_left[problem.pair_offer[pair]] < 1 for pair in pairs):
        return "对口服务项目的容量已用完"
    return "对口部门当日人手已派完"


def tours(choice: Choice) -> list[dict[str, Any]]:
    """The days of each week in the order of their dates: what one round of visits looks like."""
    problem = choice.problem
    weeks = Counter(int(problem.week_of[date]) for date in choice.day_of.values())
    told = []
    for week in sorted(weeks):
        stops = sorted((date, town) for town, date in choice.day_of.items() if problem.week_of[date] == week)
        told.append(
            {"week": problem.weeks[week], "stops": [[problem.dates[date], problem.towns[town]] for date, town in stops]}
        )
    return told
