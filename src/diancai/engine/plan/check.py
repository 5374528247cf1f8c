"""The checker of feasibility: reads the instance and a plan as plain JSON and names every limit that is broken.

It shares nothing with the solver but the documented format, so that a fault of the solver cannot hide in it. Called by
tests, by the bench and by whoever edits a plan by hand.
"""

from collections import Counter
from datetime import date
from typing import Any


def check(instance: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    """Every breach in a sentence of Chinese; an empty list says that the plan keeps all limits."""
    days = plan.get("days") or []
    return [
        *_unknown(instance, days),
        *_day_limits(instance, days),
        *_service_limits(instance, days),
        *_staff_limits(instance, days),
        *_lock_limits(instance, days),
    ]


def _by_id(instance: dict[str, Any], field: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in instance.get(field) or ()}


def _limit(instance: dict[str, Any], name: str, default: int) -> int:
    return int((instance.get("limits") or {}).get(name, default))


def _unknown(instance: dict[str, Any], days: list[dict[str, Any]]) -> list[str]:
    towns, needs, offers = (_by_id(instance, field) for field in ("towns", "needs", "offers"))
    breaches = [f"没有这个地点：{day['town']}" for day in days if day["town"] not in towns]
    breaches += [f"没有这个日期：{day['date']}" for day in days if day["date"] not in instance["dates"]]
    for serve in (serve for day in days for serve in day["serves"]):
        if serve["need"] not in needs or serve["offer"] not in offers:
            breaches.append(f"没有这条需求或服务项目：{serve['need']} × {serve['offer']}")
    return breaches


def _day_limits(instance: dict[str, Any], days: list[dict[str, Any]]) -> list[str]:
    towns = _by_id(instance, "towns")
    per_date, per_week = Counter(day["date"] for day in days), Counter(_week(day["date"]) for day in days)
    most, weekly = _limit(instance, "towns_per_date", 1), _limit(instance, "days_per_week", 3)
    breaches = [f"{day}安排了{count}个地点，最多{most}个" for day, count in per_date.items() if count > most]
    breaches += [f"{week}安排了{count}场，最多{weekly}场" for week, count in per_week.items() if count > weekly]
    breaches += [
        f"{town}安排了{count}场，每处只能一场"
        for town, count in Counter(day["town"] for day in days).items()
        if count > 1
    ]
    return breaches + [
        f"{day['town']}在{day['date']}不便办活动"
        for day in days
        if day["date"] in (towns.get(day["town"], {}).get("closed") or ())
    ]


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def _service_limits(instance: dict[str, Any], days: list[dict[str, Any]]) -> list[str]:
    needs, offers = _by_id(instance, "needs"), _by_id(instance, "offers")
    room = _limit(instance, "needs_per_day", 20)
    breaches = [f"{day['town']}一场办{len(day['serves'])}条，最多{room}条" for day in days if len(day["serves"]) > room]
    served = Counter(serve["need"] for day in days for serve in day["serves"])
    breaches += [f"需求{need}办了{count}次" for need, count in served.items() if count > 1]
    used = Counter(serve["offer"] for day in days for serve in day["serves"])
    for offer, count in used.items():
        capacity = offers.get(offer, {}).get("capacity")
        if capacity is not None and count > capacity:
            breaches.append(f"服务项目{offer}用了{count}次，最多{capacity:g}次")
    return breaches + [
        f"{serve['offer']}不能办{day['town']}的{serve['need']}"
        for day in days
        for serve in day["serves"]
        if not _fits(needs.get(serve["need"]), offers.get(serve["offer"]), day["town"])
    ]


def _fits(need: dict[str, Any] | None, offer: dict[str, Any] | None, town: str) -> bool:
    if need is None or offer is None:
        return True  # Already named as unknown.
    towns = offer.get("towns")
    return (
        need["town"] == town and need.get("topic") in (offer.get("topics") or ()) and (towns is None or town in towns)
    )


def _staff_limits(instance: dict[str, Any], days: list[dict[str, Any]]) -> list[str]:
    departments, offers = _by_id(instance, "departments"), _by_id(instance, "offers")
    busy: Counter[tuple[str, str]] = Counter()
    for day in days:
        for serve in day["serves"]:
            offer = offers.get(serve["offer"])
            if offer is not None:
                busy[offer["department"], day["date"]] += int(offer.get("people", 1))
    return [
        f"{department}在{day}要派{people}人，只有{_people(departments[department], day):g}人"
        for (department, day), people in busy.items()
        if people > _people(departments[department], day)
    ]


def _people(department: dict[str, Any], day: str) -> float:
    if day in (department.get("away") or ()):
        return 0
    return float((department.get("people_on") or {}).get(day, department.get("people", 1)))


def _lock_limits(instance: dict[str, Any], days: list[dict[str, Any]]) -> list[str]:
    held = {(day["town"], day["date"]): {(one["need"], one["offer"]) for one in day["serves"]} for day in days}
    breaches = []
    for lock in instance.get("locks") or ():
        serves = held.get((lock["town"], lock["date"]))
        if serves is None:
            breaches.append(f"锁定的{lock['town']}{lock['date']}没有安排")
            continue
        wanted = {(one["need"], one["offer"]) for one in lock.get("serves") or ()}
        breaches += [f"锁定的{need} × {offer}没有安排" for need, offer in sorted(wanted - serves)]
    return breaches
