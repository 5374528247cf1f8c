"""The greedy yardstick: again and again the day that adds most. What the planner gains is measured against it."""

import heapq

import numpy as np

from diancai.engine.plan.choice import Choice, locked_choice
from diancai.engine.plan.problem import Problem


def pairs_by_town(problem: Problem) -> list[list[int]]:
    """The pairs of each town."""
    groups: list[list[int]] = [[] for _ in problem.towns]
    for pair, town in enumerate(problem.pair_town.tolist()):
        groups[town].append(pair)
    return groups


def best_first(problem: Problem, pairs: list[int], date: int) -> list[int]:
    """Pairs of a town for a date, the most worth per person first."""
    worth = problem.worth[pairs, date]
    rank = np.argsort(-worth / np.maximum(problem.pair_people[pairs], 1) ** 0.5, kind="stable")
    return [pairs[place] for place in rank if worth[place] > 0]


def greedy(problem: Problem) -> Choice:
    """Days opened one by one, always the one that adds most to what stands; locked choices first."""
    choice = locked_choice(problem)
    groups = pairs_by_town(problem)
    for town in choice.day_of:
        choice.fill(town, best_first(problem, groups[town], choice.day_of[town]))
    extend(choice, groups)
    return choice


def extend(choice: Choice, groups: list[list[int]]) -> None:
    """Open further days as long as one adds worth; a gain once computed can only shrink, so the heap is lazy."""
    problem = choice.problem
    heap = [
        (-_gain(choice, groups, town, date), town, date)
        for town in range(len(problem.towns))
        for date in range(len(problem.dates))
        if choice.may_open(town, date)
    ]
    heapq.heapify(heap)
    while heap:
        told, town, date = heapq.heappop(heap)
        if not choice.may_open(town, date) or told >= 0:
            continue
        now = -_gain(choice, groups, town, date)
        if heap and now > heap[0][0]:
            heapq.heappush(heap, (now, town, date))
        elif now < 0:
            choice.open(town, date)
            choice.fill(town, best_first(problem, groups[town], date))


def _gain(choice: Choice, groups: list[list[int]], town: int, date: int) -> float:
    choice.open(town, date)
    gained = choice.fill(town, best_first(choice.problem, groups[town], date))
    choice.close(town)
    return gained - choice.problem.limits.day_cost
