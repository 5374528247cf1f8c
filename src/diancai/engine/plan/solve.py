"""The planner: from an instance to a plan with its value, its bound and its reasons.

Greedy first (the yardstick), then days priced by the LP, rounded, filled exactly and improved by local search within
the seconds given. Called by the shell and by the stage that proposes service days.
"""

import time
from typing import Any

from diancai.engine.plan.again import changes, keep
from diancai.engine.plan.bound import Bound, load_solver, lp_bound
from diancai.engine.plan.choice import Choice
from diancai.engine.plan.greedy import extend, greedy, pairs_by_town
from diancai.engine.plan.problem import Problem, read_problem
from diancai.engine.plan.reasons import told_days, tours, uncovered
from diancai.engine.plan.search import exact_fill, from_shares, improve, shake

_KICKS = 40  # Restarts of the local search from a shaken plan, at most; the clock mostly ends it sooner.
_NEAR = 1e-3  # A plan this near to the bound is not worth more time.


def solve(instance: dict[str, Any], seconds: float = 5.0, seed: int = 0) -> dict[str, Any]:
    """A plan for an instance (docs/algorithms/plan.md); with `previous` in it, the plan that changes least.

    `seconds` bounds the working time of the search (at least the greedy plan is always made), `seed` its random steps.
    Raises PlanRefusal when the instance is unusable or its locked choices clash.
    """
    began = time.monotonic()
    problem = read_problem(instance)
    previous = instance.get("previous")
    if previous is not None:
        return _told(problem, keep(problem, previous), None, None, began, previous)
    load_solver()
    began = time.monotonic()
    yardstick = greedy(problem)
    bound = lp_bound(problem, yardstick, began + 0.6 * seconds)
    choice = _best_of(problem, yardstick, bound, began, seconds, seed)
    return _told(problem, choice, yardstick, bound, began, None)


def _best_of(problem: Problem, yardstick: Choice, bound: Bound, began: float, seconds: float, seed: int) -> Choice:
    """The better of greedy and rounded plan, improved in what time is left; never below greedy."""
    rounded = exact_fill(from_shares(problem, bound.shares), 0.15 * seconds)
    extend(rounded, pairs_by_town(problem))
    best = max((rounded, yardstick), key=Choice.value)
    best = _kept(best, exact_fill(best.copy(), 0.1 * seconds))
    until = began + 0.95 * seconds
    best = _kept(best, improve(best.copy(), until, seed))
    for kick in range(1, _KICKS + 1):
        if best.value() >= bound.value * (1 - _NEAR) or time.monotonic() > until:
            break
        shaken = improve(shake(best.copy(), seed + kick), until, seed + kick)
        best = _kept(best, exact_fill(shaken, 0.05 * seconds))
    return best


def _kept(old: Choice, new: Choice) -> Choice:
    return new if new.value() > old.value() else old


def _told(
    problem: Problem,
    choice: Choice,
    yardstick: Choice | None,
    bound: Bound | None,
    began: float,
    previous: dict[str, Any] | None,
) -> dict[str, Any]:
    value, plain = choice.value(), yardstick.value() if yardstick is not None else None
    days = told_days(choice)
    limit = None if bound is None else max(bound.value, value)
    return {
        "status": "replanned" if previous is not None else "planned",
        "value": round(value, 4),
        "bound": None if limit is None else round(limit, 4),
        "gap": None if limit is None else round((limit - value) / limit if limit > 0 else 0.0, 6),
        "greedy_value": None if plain is None else round(plain, 4),
        "gain": round(value / plain - 1, 6) if plain else 0.0,
        "days": days,
        "tours": tours(choice),
        "uncovered": uncovered(choice),
        "missing_distances": [list(pair) for pair in problem.missing_distances],
        "changes": [] if previous is None else changes(previous, days),
        "seconds": round(time.monotonic() - began, 3),
    }
