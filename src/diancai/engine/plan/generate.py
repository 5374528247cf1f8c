"""Made-up instances of any size for the bench and for tests: the same seed gives the same instance.

Places lie in a rectangle of the size of the Hetao; names are numbered, nothing real is copied.
"""

import random
from datetime import date, timedelta
from typing import Any

_TOPICS = tuple(f"topic-{number}" for number in range(1, 31))
_FIRST_DAY = date(2026, 1, 6)  # A Tuesday; two service dates a week follow from it.


def generate(towns: int, departments: int, weeks: int, seed: int) -> dict[str, Any]:
    """An instance of the documented format with about ten needs a town and two offers a department."""
    rng = random.Random(seed)  # noqa: S311 - test material, no secret
    dates = [(_FIRST_DAY + timedelta(days=7 * week + shift)).isoformat() for week in range(weeks) for shift in (0, 2)]
    town_rows = [_town(rng, number, dates) for number in range(1, towns + 1)]
    department_rows = [_department(rng, number, dates) for number in range(1, departments + 1)]
    return {
        "dates": dates,
        "limits": {
            "towns_per_date": max(1, round(towns / max(len(dates), 1) * 0.75)),
            "days_per_week": max(1, round(towns / max(weeks, 1) * 0.7)),
            "needs_per_day": 10,
            "day_cost": 8,
            "km_cost": 0.01,
            "late_factor": 0.5,
        },
        "towns": town_rows,
        "departments": department_rows,
        "needs": [need for town in town_rows for need in _needs(rng, town["id"], dates)],
        "offers": [offer for department in department_rows for offer in _offers(rng, department["id"])],
        "locks": [],
    }


def _town(rng: random.Random, number: int, dates: list[str]) -> dict[str, Any]:
    row = {"id": f"t{number}", "name": f"{number}号镇", **_spot(rng)}
    row["closed"] = sorted(rng.sample(dates, min(len(dates) - 1, rng.randint(0, 2)))) if len(dates) > 1 else []
    return row


def _department(rng: random.Random, number: int, dates: list[str]) -> dict[str, Any]:
    row = {"id": f"d{number}", "name": f"{number}号局", **_spot(rng), "people": rng.randint(3, 9)}
    row["away"] = sorted(day for day in dates if rng.random() < 0.15)
    return row


def _spot(rng: random.Random) -> dict[str, float]:
    return {"lat": round(rng.uniform(40.2, 42.3), 4), "lon": round(rng.uniform(105.3, 109.7), 4)}


def _needs(rng: random.Random, town: str, dates: list[str]) -> list[dict[str, Any]]:
    needs = []
    for number in range(1, rng.randint(6, 14) + 1):
        start = rng.randrange(len(dates))
        end = min(len(dates) - 1, start + rng.randint(3, 12))
        needs.append(
            {
                "id": f"{town}-n{number}",
                "town": town,
                "topic": rng.choice(_TOPICS),
                "weight": rng.choice((3, 5, 8, 10, 15, 20, 30, 46)),
                "from": dates[start],
                "until": dates[end],
            }
        )
    return needs


def _offers(rng: random.Random, department: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{department}-o{number}",
            "department": department,
            "topics": rng.sample(_TOPICS, rng.randint(1, 3)),
            "people": rng.randint(1, 3),
            "capacity": rng.choice((None, 4, 8, 12, 20)),
        }
        for number in range(1, rng.randint(1, 3) + 1)
    ]
