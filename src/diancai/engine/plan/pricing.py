"""The best day of every town on every date when staff, offers and dates have a price: exact, by need, in arrays.

Once the shared limits are priced, a town's day falls apart into its needs, so the best day is found without search.
Called by `bound`.
"""

from dataclasses import dataclass

import numpy as np

from diancai.engine.plan.problem import Flags, Numbers, Places, Problem

_FORCED = 1e7  # Above any honest worth, so a locked pair is always chosen; taken off again in the value.


@dataclass(frozen=True)
class Prices:
    """Prices, none negative, of a person of a department on a date, of one use of an offer, of a date, of a week."""

    staff: Numbers
    offers: Numbers
    sites: Numbers
    weeks: Numbers

    def towards(self, other: "Prices", share: float) -> "Prices":
        """A mixture: `share` of the other prices, the rest of these."""
        return Prices(*(mine + share * (theirs - mine) for mine, theirs in zip(self.rows(), other.rows(), strict=True)))

    def rows(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The four arrays in a fixed order."""
        return self.staff, self.offers, self.sites, self.weeks


@dataclass(frozen=True)
class Column:
    """One possible day: town, date, the pairs served, and what it is worth."""

    town: int
    date: int
    pairs: tuple[int, ...]
    worth: float


class Pricer:
    """Prices days of one problem; locked towns have their date only, locked needs their pair only."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.allowed, self.forced = _locked(problem)
        self.pairs_of = [np.flatnonzero(problem.pair_town == town) for town in range(len(problem.towns))]
        self.first = np.flatnonzero(np.diff(problem.pair_need, prepend=-1))
        self.need_of = problem.pair_need[self.first] if len(self.first) else np.empty(0, np.int64)
        self.town_of = problem.need_town[self.need_of]
        self.crowded = [
            np.flatnonzero(self.town_of == town)
            for town in range(len(problem.towns))
            if int(np.sum(self.town_of == town)) > problem.limits.needs_per_day
        ]
        self.town_first = np.flatnonzero(np.diff(self.town_of, prepend=-1))

    def best(self, prices: Prices) -> tuple[Numbers, Numbers]:
        """The priced value of the best day of each town and date, and of each need (0 where not served)."""
        problem = self.problem
        values = np.full((len(problem.towns), len(problem.dates)), -np.inf)
        fixed = -problem.limits.day_cost - prices.sites - prices.weeks[problem.week_of]
        needs = self._needs(self._priced(prices))
        totals = np.zeros((len(problem.towns), len(problem.dates)))
        if len(self.town_first):
            totals[self.town_of[self.town_first]] = np.add.reduceat(needs, self.town_first, axis=0)
        values = np.where(self._open_dates(), totals + fixed[None, :], -np.inf)
        return values, needs

    def column(self, town: int, date: int, prices: Prices) -> Column:
        """The best day of a town on a date, with its pairs."""
        problem = self.problem
        pairs = self.pairs_of[town]
        priced = self._priced_on(prices, pairs, date)
        chosen: dict[int, int] = {}
        for place in np.argsort(-priced, kind="stable"):
            need = int(problem.pair_need[pairs[place]])
            if need not in chosen and priced[place] > 0 and len(chosen) < problem.limits.needs_per_day:
                chosen[need] = int(pairs[place])
        told = tuple(sorted(chosen.values()))
        return Column(town, date, told, float(np.sum(problem.worth[list(told), date])) - problem.limits.day_cost)

    def _priced(self, prices: Prices) -> Numbers:
        problem = self.problem
        priced = problem.worth - prices.staff[problem.pair_department] * problem.pair_people[:, None]
        priced = priced - prices.offers[problem.pair_offer][:, None]
        return np.where(self.allowed[:, None], priced + self.forced[:, None], -np.inf)

    def _priced_on(self, prices: Prices, pairs: Places, date: int) -> Numbers:
        problem = self.problem
        priced = problem.worth[pairs, date] - prices.offers[problem.pair_offer[pairs]]
        priced = priced - prices.staff[problem.pair_department[pairs], date] * problem.pair_people[pairs]
        return np.where(self.allowed[pairs], priced + self.forced[pairs], -np.inf)

    def _needs(self, priced: Numbers) -> Numbers:
        if not len(self.first):
            return np.zeros((0, len(self.problem.dates)))
        forced = np.maximum.reduceat(self.forced, self.first)
        best = np.maximum(np.maximum.reduceat(priced, self.first, axis=0), 0.0)
        for members in self.crowded:
            kept = np.partition(best[members], -self.problem.limits.needs_per_day, axis=0)
            floor = kept[-self.problem.limits.needs_per_day]
            best[members] = _only_top(best[members], floor, self.problem.limits.needs_per_day)
        return np.where(forced[:, None] > 0, best - forced[:, None], best)

    def _open_dates(self) -> Flags:
        problem = self.problem
        open_dates = np.ones((len(problem.towns), len(problem.dates)), bool)
        for lock in problem.locks:
            open_dates[lock.town] = False
            open_dates[lock.town, lock.date] = True
        return open_dates


def _locked(problem: Problem) -> tuple[Flags, Numbers]:
    allowed = np.ones(len(problem.pair_need), bool)
    forced = np.zeros(len(problem.pair_need))
    for pair in (pair for lock in problem.locks for pair in lock.pairs):
        allowed[problem.pair_need == problem.pair_need[pair]] = False
        allowed[pair], forced[pair] = True, _FORCED
    return allowed, forced


def _only_top(values: Numbers, floor: Numbers, room: int) -> Numbers:
    """Values of a crowded town with all but the best `room` of each date set to zero; ties are cut by order."""
    above = values > floor
    ties = values == floor
    free = room - above.sum(axis=0)
    return np.where(above | (ties & (np.cumsum(ties, axis=0) <= free)), values, 0.0)
