"""The working plan while it is built: which town on which date, which pair at which day, what is left.

Greedy, rounding and local search all write through `Choice`, so no step can break a limit. Called inside the planner.
"""

from dataclasses import dataclass, field

import numpy as np

from diancai.engine.plan.problem import Problem
from diancai.engine.plan.refusal import clashing_locks


@dataclass
class Choice:
    """A feasible plan under construction: `day_of[town] = date`, `pairs_of[town]` the pairs served on that day."""

    problem: Problem
    day_of: dict[int, int] = field(default_factory=dict)
    pairs_of: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problem = self.problem
        self.staff_left = problem.staff.copy()
        self.offers_left = problem.offer_capacity.copy()
        self.sites_left = np.full(len(problem.dates), problem.limits.towns_per_date)
        self.week_left = np.full(len(problem.weeks), problem.limits.days_per_week)
        self._department = problem.pair_department.tolist()
        self._people = problem.pair_people.tolist()
        self._offer = problem.pair_offer.tolist()
        self._need = problem.pair_need.tolist()

    def may_open(self, town: int, date: int) -> bool:
        """Whether this town may still have its day on this date."""
        week = self.problem.week_of[date]
        return town not in self.day_of and self.sites_left[date] > 0 and self.week_left[week] > 0

    def may_add(self, town: int, pair: int) -> bool:
        """Whether the pair still fits into the day of its town."""
        date = self.day_of[town]
        room = len(self.pairs_of[town]) < self.problem.limits.needs_per_day
        staff = self.staff_left[self._department[pair], date] >= self._people[pair]
        return room and bool(staff) and self.offers_left[self._offer[pair]] >= 1

    def open(self, town: int, date: int) -> None:
        """Put the day of a town on a date."""
        self.day_of[town], self.pairs_of[town] = date, []
        self.sites_left[date] -= 1
        self.week_left[self.problem.week_of[date]] -= 1

    def close(self, town: int) -> tuple[int, list[int]]:
        """Take the day of a town out again; gives its date and the pairs that it served."""
        served = list(self.pairs_of[town])
        for pair in served:
            self.drop(town, pair)
        del self.pairs_of[town]
        date = self.day_of.pop(town)
        self.sites_left[date] += 1
        self.week_left[self.problem.week_of[date]] += 1
        return date, served

    def add(self, town: int, pair: int) -> None:
        """Serve a pair at the day of its town."""
        date = self.day_of[town]
        self.pairs_of[town].append(pair)
        self.staff_left[self._department[pair], date] -= self._people[pair]
        self.offers_left[self._offer[pair]] -= 1

    def drop(self, town: int, pair: int) -> None:
        """Serve a pair no longer."""
        date = self.day_of[town]
        self.pairs_of[town].remove(pair)
        self.staff_left[self._department[pair], date] += self._people[pair]
        self.offers_left[self._offer[pair]] += 1

    def fill(self, town: int, order: list[int]) -> float:
        """Add pairs of a town in the given order, each need once, as long as they fit; gives the worth added."""
        served = {self._need[pair] for pair in self.pairs_of[town]}
        date, gained = self.day_of[town], 0.0
        for pair in order:
            if self._need[pair] not in served and self.problem.worth[pair, date] > 0 and self.may_add(town, pair):
                self.add(town, pair)
                served.add(self._need[pair])
                gained += float(self.problem.worth[pair, date])
        return gained

    def day_value(self, town: int) -> float:
        """What the day of a town is worth, its own cost taken off."""
        date = self.day_of[town]
        return float(sum(self.problem.worth[pair, date] for pair in self.pairs_of[town])) - self.problem.limits.day_cost

    def value(self) -> float:
        """What the whole plan is worth."""
        return sum(self.day_value(town) for town in self.day_of)

    def copy(self) -> "Choice":
        """An independent copy."""
        twin = Choice(self.problem)
        for town, date in self.day_of.items():
            twin.open(town, date)
            for pair in self.pairs_of[town]:
                twin.add(town, pair)
        return twin


def locked_choice(problem: Problem) -> Choice:
    """The plan that holds the locked choices and nothing else; raises PlanRefusal where they clash."""
    choice = Choice(problem)
    for lock in problem.locks:
        name = problem.names[problem.towns[lock.town]]
        if not choice.may_open(lock.town, lock.date):
            raise clashing_locks(f"{name}或其日期、当周已排满", f"{name}, its date or its week is full")
        choice.open(lock.town, lock.date)
        for pair in lock.pairs:
            if not choice.may_add(lock.town, pair):
                raise clashing_locks(
                    f"{name}锁定的服务超出人手或容量", f"the services locked for {name} exceed staff or capacity"
                )
            choice.add(lock.town, pair)
    return choice
