"""The instance, read once into arrays: towns, dates, needs, departments, offers, and what each pairing is worth.

`read_problem` checks and translates the documented instance (docs/algorithms/plan.md); every other module of the
planner works on the `Problem` that it returns.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from diancai.engine.plan.refusal import unknown, unusable

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class Limits:
    """Caps of the plan: towns on one date, days in one week, needs at one day; costs in points of need weight."""

    towns_per_date: int = 1
    days_per_week: int = 3
    needs_per_day: int = 20
    day_cost: float = 0.0
    km_cost: float = 0.0
    late_factor: float = 0.5


@dataclass(frozen=True)
class Lock:
    """A day that must stand: town and date by number, and the pairings (need, offer) that it must keep."""

    town: int
    date: int
    pairs: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """One instance in arrays.

    A pair is a need with an offer that can serve it; pairs are sorted by need, needs by town. `worth[pair, date]` is
    the weight (lower outside the wanted window) less the travel; not allowed is -inf. `staff[department, date]` is in
    persons, `pair_people` the persons that the pair takes for the day, `offer_capacity` in needs over all dates.
    """

    limits: Limits
    dates: tuple[str, ...]
    weeks: tuple[str, ...]
    week_of: Places
    towns: tuple[str, ...]
    needs: tuple[str, ...]
    departments: tuple[str, ...]
    offers: tuple[str, ...]
    names: dict[str, str]
    need_town: Places
    need_weight: Numbers
    offer_department: Places
    offer_people: Places
    offer_capacity: Numbers
    staff: Numbers
    pair_need: Places
    pair_offer: Places
    worth: Numbers
    locks: tuple[Lock, ...]
    missing_distances: tuple[tuple[str, str], ...]

    @cached_property
    def pair_department(self) -> Places:
        """The department of each pair."""
        return self.offer_department[self.pair_offer]

    @cached_property
    def pair_people(self) -> Places:
        """The persons that each pair takes on its day."""
        return self.offer_people[self.pair_offer]

    @cached_property
    def pair_town(self) -> Places:
        """The town of each pair."""
        return self.need_town[self.pair_need]


def _rows(instance: dict[str, Any], field: str) -> list[dict[str, Any]]:
    rows = instance.get(field)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
        raise unusable(field, "应当是带 id 的列表", "a list of objects with an id is expected")
    if len({row["id"] for row in rows}) != len(rows):
        raise unusable(field, "有重复的 id", "an id stands twice")
    return rows


def _number(row: dict[str, Any], field: str, default: float | None = None) -> float:
    value = row.get(field, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise unusable(field, f"“{value}”不是非负数", f"“{value}” is not a number of zero or more")
    return float(value)


def _dates(instance: dict[str, Any]) -> tuple[str, ...]:
    given = instance.get("dates")
    try:
        told = sorted({date.fromisoformat(day).isoformat() for day in given or []})
    except (TypeError, ValueError) as error:
        raise unusable("dates", "日期应写成 2026-01-06", "dates are written 2026-01-06") from error
    if not told:
        raise unusable("dates", "没有可用的日期", "there is no date")
    return tuple(told)


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def _limits(instance: dict[str, Any]) -> Limits:
    given, plain = instance.get("limits") or {}, Limits()
    whole = {name: int(_number(given, name, getattr(plain, name))) for name in ("towns_per_date", "days_per_week")}
    costs = {name: _number(given, name, getattr(plain, name)) for name in ("day_cost", "km_cost", "late_factor")}
    needs = int(_number(given, "needs_per_day", plain.needs_per_day))
    return Limits(needs_per_day=needs, **whole, **costs)  # type: ignore[arg-type]


def read_problem(instance: dict[str, Any]) -> Problem:
    """The problem of an instance; raises PlanRefusal (unusable field, unknown reference)."""
    limits, dates = _limits(instance), _dates(instance)
    towns, departments = _rows(instance, "towns"), _rows(instance, "departments")
    offers = _rows(instance, "offers")
    town_at = {town["id"]: place for place, town in enumerate(towns)}
    needs = sorted(_rows(instance, "needs"), key=lambda need: _index(town_at, need.get("town"), "needs.town"))
    department_at = {department["id"]: place for place, department in enumerate(departments)}
    weeks = tuple(dict.fromkeys(_week(day) for day in dates))
    pairs = _pairs(needs, offers)
    kilometres, missing = _distances(instance, towns, departments)
    owner = np.array(
        [_index(department_at, offer.get("department"), "offers.department") for offer in offers], np.int64
    )
    need_town = np.array([town_at[need["town"]] for need in needs], np.int64)
    draft = Problem(
        limits=limits,
        dates=dates,
        weeks=weeks,
        week_of=np.array([weeks.index(_week(day)) for day in dates], np.int64),
        towns=tuple(town_at),
        needs=tuple(need["id"] for need in needs),
        departments=tuple(department_at),
        offers=tuple(offer["id"] for offer in offers),
        names={row["id"]: str(row.get("name") or row["id"]) for row in (*towns, *needs, *departments, *offers)},
        need_town=need_town,
        need_weight=np.array([_number(need, "weight", 1) for need in needs], np.float64),
        offer_department=owner,
        offer_people=np.array([int(_number(offer, "people", 1)) for offer in offers], np.int64),
        offer_capacity=np.array([_capacity(offer) for offer in offers], np.float64),
        staff=np.array([_staff(department, dates) for department in departments], np.float64).reshape(-1, len(dates)),
        pair_need=np.array([need for need, _ in pairs], np.int64),
        pair_offer=np.array([offer for _, offer in pairs], np.int64),
        worth=np.empty((0, len(dates))),
        locks=(),
        missing_distances=missing,
    )
    worth = _worth(draft, needs, towns, kilometres)
    locks = _locks(instance, draft, worth)
    return replace(draft, worth=worth, locks=locks)


def _index(places: dict[str, int], name: Any, field: str) -> int:
    if name not in places:
        raise unknown(field, str(name))
    return places[name]


def _capacity(offer: dict[str, Any]) -> float:
    return math.inf if offer.get("capacity") is None else _number(offer, "capacity")


def _staff(department: dict[str, Any], dates: tuple[str, ...]) -> list[float]:
    usual, away = _number(department, "people", 1), set(department.get("away") or ())
    special = department.get("people_on") or {}
    return [0.0 if day in away else _number(special, day, usual) for day in dates]


def _pairs(needs: list[dict[str, Any]], offers: list[dict[str, Any]]) -> list[tuple[int, int]]:
    by_topic: dict[str, list[int]] = {}
    for place, offer in enumerate(offers):
        for topic in dict.fromkeys(offer.get("topics") or ()):
            by_topic.setdefault(topic, []).append(place)
    return [
        (place, offer)
        for place, need in enumerate(needs)
        for offer in by_topic.get(str(need.get("topic")), ())
        if offers[offer].get("towns") is None or need["town"] in offers[offer]["towns"]
    ]


def _distances(
    instance: dict[str, Any], towns: list[dict[str, Any]], departments: list[dict[str, Any]]
) -> tuple[Numbers, tuple[tuple[str, str], ...]]:
    """Kilometres from each department to each town: the table first, else coordinates; what is missing costs nothing
    and is named."""
    table = {(row.get("from"), row.get("to")): _number(row, "km") for row in instance.get("distances") or ()}
    kilometres, missing = np.zeros((len(departments), len(towns))), []
    for one, department in enumerate(departments):
        for two, town in enumerate(towns):
            told = table.get((department["id"], town["id"]), table.get((town["id"], department["id"])))
            known = told if told is not None else _apart(department, town)
            if known is None:
                missing.append((str(department["id"]), str(town["id"])))
            kilometres[one, two] = known or 0.0
    return kilometres, tuple(missing)


def _apart(one: dict[str, Any], two: dict[str, Any]) -> float | None:
    if any(not isinstance(row.get(axis), int | float) for row in (one, two) for axis in ("lat", "lon")):
        return None
    first, second = math.radians(one["lat"]), math.radians(two["lat"])
    turn = math.radians(two["lon"] - one["lon"])
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def _worth(draft: Problem, needs: list[dict[str, Any]], towns: list[dict[str, Any]], kilometres: Numbers) -> Numbers:
    window = np.array([_window(need, draft.dates, draft.limits.late_factor) for need in needs], np.float64)
    weighted = (draft.need_weight[:, None] * window.reshape(len(needs), len(draft.dates)))[draft.pair_need]
    travel = draft.limits.km_cost * draft.pair_people * kilometres[draft.pair_department, draft.pair_town]
    worth = weighted - travel[:, None]
    closed = np.array([[day in (town.get("closed") or ()) for day in draft.dates] for town in towns], bool)
    short = draft.staff[draft.pair_department] < draft.pair_people[:, None]
    unable = (draft.offer_capacity < 1)[draft.pair_offer][:, None]
    return np.where(closed[draft.pair_town] | short | unable, -np.inf, worth)


def _window(need: dict[str, Any], dates: Iterable[str], late: float) -> list[float]:
    start, end = str(need.get("from") or ""), str(need.get("until") or "9999")
    return [1.0 if start <= day <= end else late for day in dates]


def _locks(instance: dict[str, Any], draft: Problem, worth: Numbers) -> tuple[Lock, ...]:
    pair_at = {
        (int(need), int(offer)): place
        for place, (need, offer) in enumerate(zip(draft.pair_need, draft.pair_offer, strict=True))
    }
    return tuple(_lock(row, draft, worth, pair_at) for row in instance.get("locks") or ())


def _lock(row: dict[str, Any], draft: Problem, worth: Numbers, pair_at: dict[tuple[int, int], int]) -> Lock:
    town = _index({name: place for place, name in enumerate(draft.towns)}, row.get("town"), "locks.town")
    day = _index({name: place for place, name in enumerate(draft.dates)}, row.get("date"), "locks.date")
    need_at = {name: place for place, name in enumerate(draft.needs)}
    offer_at = {name: place for place, name in enumerate(draft.offers)}
    pairs = []
    for serve in row.get("serves") or ():
        need = _index(need_at, serve.get("need"), "locks.need")
        offer = _index(offer_at, serve.get("offer"), "locks.offer")
        pair = pair_at.get((need, offer))
        if pair is None or draft.need_town[need] != town or not np.isfinite(worth[pair, day]):
            raise unknown("locks.serves", f"{serve.get('need')} × {serve.get('offer')}")
        pairs.append(pair)
    return Lock(town, day, tuple(pairs))
