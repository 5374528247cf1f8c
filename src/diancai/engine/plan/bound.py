"""The LP bound by column generation: HiGHS prices the shared limits, `pricing` answers with the best day of each town.

The bound holds at every step, so time running out only makes it looser, never wrong (see docs/algorithms/plan.md).
scipy is imported when first needed. Called by `solve`.
"""

import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from diancai.engine.plan.choice import Choice
from diancai.engine.plan.pricing import Column, Pricer, Prices
from diancai.engine.plan.problem import Numbers, Problem

_SMOOTH = 0.6  # The share of the new prices; without smoothing they swing and the bound comes down slowly.
_CLOSE = 2e-4  # A bound this near to the LP value is not worth more time.


@dataclass
class Master:
    """The days known so far and the limits that they share."""

    problem: Problem
    columns: list[Column] = field(default_factory=list)
    known: set[tuple[int, int, tuple[int, ...]]] = field(default_factory=set)

    def add(self, column: Column) -> bool:
        """Add a day; False when it is known."""
        key = (column.town, column.date, column.pairs)
        if key in self.known:
            return False
        self.known.add(key)
        self.columns.append(column)
        return True

    def matrix(self) -> tuple[Any, Numbers]:
        """The limits as a sparse matrix over the days, and their right sides: staff, offers, dates, weeks, towns."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - a heavy import that only planning needs

        problem = self.problem
        sizes = np.cumsum([0, problem.staff.size, len(problem.offers), len(problem.dates), len(problem.weeks)])
        rows: list[int] = []
        places: list[int] = []
        entries: list[float] = []
        people, department, offer = problem.pair_people, problem.pair_department, problem.pair_offer
        for place, column in enumerate(self.columns):
            use: dict[int, float] = {
                int(sizes[2]) + column.date: 1.0,
                int(sizes[3] + problem.week_of[column.date]): 1.0,
                int(sizes[4]) + column.town: 1.0,
            }
            for pair in column.pairs:
                row = int(department[pair]) * len(problem.dates) + column.date
                use[row] = use.get(row, 0.0) + float(people[pair])
                row = int(sizes[1] + offer[pair])
                use[row] = use.get(row, 0.0) + 1.0
            rows += use.keys()
            entries += use.values()
            places += [place] * len(use)
        right = self.right_sides()
        return csr_matrix((entries, (rows, places)), shape=(len(right), len(self.columns))), right

    def right_sides(self) -> Numbers:
        """The right sides of the limits; an offer without capacity can serve every need once."""
        problem = self.problem
        offers = np.where(np.isfinite(problem.offer_capacity), problem.offer_capacity, len(problem.needs))
        return np.concatenate(
            [
                problem.staff.ravel(),
                offers,
                np.full(len(problem.dates), problem.limits.towns_per_date),
                np.full(len(problem.weeks), problem.limits.days_per_week),
                np.ones(len(problem.towns)),
            ]
        ).astype(np.float64)


@dataclass(frozen=True)
class Bound:
    """No plan is worth more than `value`; `shares[town, date]` is how much of its day the LP puts on a date."""

    value: float
    master: Master
    shares: Numbers


def load_solver() -> None:
    """Import HiGHS now, so that the import does not eat into the seconds of the search."""
    import scipy.optimize  # noqa: F401, PLC0415 - a heavy import that only planning needs


def lp_bound(problem: Problem, start: Choice, until: float) -> Bound:
    """The bound from the days of a first plan on, improved until the clock (time.monotonic) shows `until`."""
    pricer, master = Pricer(problem), Master(problem)
    for town, date in start.day_of.items():
        master.add(Column(town, date, tuple(sorted(start.pairs_of[town])), start.day_value(town)))
    prices = _no_prices(problem)
    best, kept = _bound_at(problem, pricer, prices), prices
    taken = np.zeros(0)
    for _ in range(500):
        _price_in(pricer, master, prices)
        if not master.columns:
            break
        value, new, taken = _solve_master(master)
        if best <= value * (1 + _CLOSE) or time.monotonic() > until:
            break
        prices = kept.towards(new, _SMOOTH)
        bound = _bound_at(problem, pricer, prices)
        if bound < best:
            best, kept = bound, prices
        elif not _price_in(pricer, master, prices):
            prices = new
            best = min(best, _bound_at(problem, pricer, new))
    return Bound(best, master, _shares(master, taken))


def _shares(master: Master, taken: Numbers) -> Numbers:
    shares = np.zeros((len(master.problem.towns), len(master.problem.dates)))
    for column, share in zip(master.columns, taken, strict=False):
        shares[column.town, column.date] += share
    return shares


def _no_prices(problem: Problem) -> Prices:
    return Prices(
        np.zeros_like(problem.staff),
        np.zeros(len(problem.offers)),
        np.zeros(len(problem.dates)),
        np.zeros(len(problem.weeks)),
    )


def _bound_at(problem: Problem, pricer: Pricer, prices: Prices) -> float:
    """What the best days are worth at these prices, plus what the limits are worth: never below any plan."""
    values, _ = pricer.best(prices)
    best = values.max(axis=1)
    locked = [lock.town for lock in problem.locks]
    free = np.setdiff1d(np.arange(len(problem.towns)), locked)
    offers = np.where(np.isfinite(problem.offer_capacity), problem.offer_capacity, len(problem.needs))
    limits = float(
        np.sum(prices.staff * problem.staff)
        + np.sum(prices.offers * offers)
        + np.sum(prices.sites) * problem.limits.towns_per_date
        + np.sum(prices.weeks) * problem.limits.days_per_week
    )
    return limits + float(np.maximum(best[free], 0).sum() + best[locked].sum())


def _price_in(pricer: Pricer, master: Master, prices: Prices) -> int:
    """Add the best three days of every town at these prices; gives how many are new."""
    values, _ = pricer.best(prices)
    locked = {lock.town for lock in pricer.problem.locks}
    added = 0
    for town in range(len(values)):
        for date in np.argsort(-values[town])[:3]:
            if np.isfinite(values[town, date]) and (values[town, date] > 0 or town in locked):
                added += master.add(pricer.column(town, int(date), prices))
    return added


def _solve_master(master: Master) -> tuple[float, Prices, Numbers]:
    """The LP over the known days: its value, the prices of the limits, and how much of each day it takes."""
    from scipy.optimize import linprog  # noqa: PLC0415 - a heavy import that only planning needs
    from scipy.sparse import vstack  # noqa: PLC0415

    problem = master.problem
    matrix, right = master.matrix()
    locked = [len(right) - len(problem.towns) + lock.town for lock in problem.locks]
    if locked:  # A locked day is taken whole: not more than once, as for all, and not less.
        matrix, right = vstack([matrix, -matrix[locked]]), np.concatenate([right, -np.ones(len(locked))])
    worth = np.array([column.worth for column in master.columns])
    result = linprog(-worth, A_ub=matrix, b_ub=right, bounds=(0, None), method="highs-ds")
    duals = np.maximum(-result.ineqlin.marginals, 0.0)[: len(right) - len(locked)]
    return -float(result.fun or 0), _as_prices(problem, duals), np.asarray(result.x)


def _as_prices(problem: Problem, duals: Numbers) -> Prices:
    sizes = np.cumsum([problem.staff.size, len(problem.offers), len(problem.dates), len(problem.weeks)])
    staff, offers, sites, weeks, _ = np.split(duals, sizes)
    return Prices(staff.reshape(problem.staff.shape), offers, sites, weeks)
