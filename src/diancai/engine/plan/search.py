"""The local search: fill exactly, move a day, swap two days, replace a town; a step stays only if the plan gains.

Every step goes through `Choice`, so the plan is feasible at all times. Called by `solve`.
"""

import random
import time

import numpy as np

from diancai.engine.plan.choice import Choice, locked_choice
from diancai.engine.plan.greedy import best_first, extend, pairs_by_town
from diancai.engine.plan.problem import Numbers, Places, Problem

_LEAST_GAIN = 1e-9


def from_shares(problem: Problem, shares: Numbers) -> Choice:
    """The days on which the LP puts most of a town, as far as dates and weeks have room; services filled at once."""
    choice, groups = locked_choice(problem), pairs_by_town(problem)
    for place in np.argsort(-shares, axis=None, kind="stable").tolist():
        town, date = divmod(place, len(problem.dates))
        if shares[town, date] > _LEAST_GAIN and choice.may_open(town, date):
            choice.open(town, date)
    for town, date in choice.day_of.items():
        choice.fill(town, best_first(problem, groups[town], date))
    return choice


def exact_fill(choice: Choice, seconds: float) -> Choice:
    """The days as they stand with the best possible services at each, by HiGHS; the old plan if none is better."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - a heavy import that only planning needs
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    problem = choice.problem
    day = np.full(len(problem.towns), -1)
    for town, date in choice.day_of.items():
        day[town] = date
    of_pair = day[problem.pair_town] if len(problem.pair_need) else np.empty(0, np.int64)
    worth = problem.worth[np.arange(len(of_pair)), of_pair] if len(of_pair) else np.empty(0)
    forced = {pair for lock in problem.locks for pair in lock.pairs}
    usable = [pair for pair in np.flatnonzero(of_pair >= 0).tolist() if worth[pair] > 0 or pair in forced]
    if not usable or seconds <= 0:
        return choice
    rows, entries, right = _fill_limits(choice, usable, of_pair)
    matrix = csr_matrix((entries, (rows[0], rows[1])), shape=(len(right), len(usable)))
    low = np.array([1.0 if pair in forced else 0.0 for pair in usable])
    result = milp(
        -worth[usable],
        constraints=LinearConstraint(matrix, ub=np.array(right)),
        integrality=np.ones(len(usable), np.int64),
        bounds=Bounds(low, 1),
        options={"time_limit": seconds, "mip_rel_gap": 1e-5},
    )
    if result.x is None:
        return choice
    better = Choice(problem)
    for town, date in choice.day_of.items():
        better.open(town, date)
    for pair, taken in zip(usable, result.x, strict=True):
        if taken > 0.5:
            better.add(int(problem.pair_town[pair]), pair)
    return better if better.value() > choice.value() else choice


def _fill_limits(
    choice: Choice, usable: list[int], of_pair: Places
) -> tuple[tuple[list[int], list[int]], list[float], list[float]]:
    """Rows of the fill: each need once, staff on its date, offers, room at the day."""
    problem = choice.problem
    row_of: dict[tuple[str, int, int], int] = {}
    right: list[float] = []
    rows: list[int] = []
    places: list[int] = []
    entries: list[float] = []

    def put(key: tuple[str, int, int], limit: float, place: int, entry: float) -> None:
        if key not in row_of:
            row_of[key] = len(right)
            right.append(limit)
        rows.append(row_of[key])
        places.append(place)
        entries.append(entry)

    for place, pair in enumerate(usable):
        offer, date = int(problem.pair_offer[pair]), int(of_pair[pair])
        department = int(problem.offer_department[offer])
        put(("need", int(problem.pair_need[pair]), 0), 1, place, 1)
        put(
            ("staff", department, date),
            float(problem.staff[department, date]),
            place,
            float(problem.offer_people[offer]),
        )
        if np.isfinite(problem.offer_capacity[offer]):
            put(("offer", offer, 0), float(problem.offer_capacity[offer]), place, 1)
        put(("room", int(problem.pair_town[pair]), 0), problem.limits.needs_per_day, place, 1)
    return (rows, places), entries, right


def improve(choice: Choice, until: float, seed: int) -> Choice:
    """Random moves, swaps and replacements until the clock (time.monotonic) shows `until` or steps stop paying."""
    search = _Search(choice, seed)
    idle = 0
    while time.monotonic() < until and idle < 4 * len(choice.problem.towns) * len(choice.problem.dates):
        idle = 0 if search.step() else idle + 1
    extend(search.choice, search.groups)
    return search.choice


def shake(choice: Choice, seed: int) -> Choice:
    """Take a sixth of the free days out at random, so that the search can leave a local best."""
    locked = {lock.town for lock in choice.problem.locks}
    free = sorted(town for town in choice.day_of if town not in locked)
    for town in random.Random(seed).sample(free, (len(free) + 5) // 6):  # noqa: S311 - a search, no secret
        choice.close(town)
    return choice


class _Search:
    """The state of one local search."""

    def __init__(self, choice: Choice, seed: int) -> None:
        self.choice, self.random = choice, random.Random(seed)  # noqa: S311 - a search, no secret
        self.groups = pairs_by_town(choice.problem)
        self.locked = {lock.town for lock in choice.problem.locks}
        self.towns = [
            town for town in range(len(choice.problem.towns)) if town not in self.locked and self.groups[town]
        ]

    def step(self) -> bool:
        """One random step; True when the plan gained."""
        if not self.towns:
            return False
        town = self.random.choice(self.towns)
        date = self.random.randrange(len(self.choice.problem.dates))
        rivals = [other for other in self._rivals(date) if other != town]
        if self.choice.may_open(town, date) or (town in self.choice.day_of and not rivals):
            return self._try([town], [(town, date)])
        if not rivals:
            return False
        rival = self.random.choice(rivals)
        if town in self.choice.day_of:
            return self._try([town, rival], [(town, date), (rival, self.choice.day_of[town])])
        return self._try([rival], [(town, date)])

    def _rivals(self, date: int) -> list[int]:
        week = self.choice.problem.week_of
        return [
            town
            for town, day in self.choice.day_of.items()
            if town not in self.locked and (day == date or week[day] == week[date])
        ]

    def _try(self, out: list[int], into: list[tuple[int, int]]) -> bool:
        choice = self.choice
        taken = [town for town in out if town in choice.day_of]
        before = sum(choice.day_value(town) for town in taken)
        old = [(town, *choice.close(town)) for town in taken]
        opened: list[int] = []
        for town, date in into:
            if choice.may_open(town, date):
                choice.open(town, date)
                opened.append(town)
                choice.fill(town, best_first(choice.problem, self.groups[town], date))
        if sum(choice.day_value(town) for town in opened) > before + _LEAST_GAIN:
            return True
        for town in opened:
            choice.close(town)
        for town, date, pairs in old:
            choice.open(town, date)
            for pair in pairs:
                choice.add(town, pair)
        return False
