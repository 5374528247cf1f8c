"""Setting up programmes from `config/programmes/*.json`."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from diancai.config import read_json
from diancai.ground.programme.models import Phase, Programme, TaskLine


@transaction.atomic
def load_programme(name: str) -> int:
    """Make or refresh the programme of `config/programmes/NAME.json`; returns its id. One that was moved stays so."""
    told: dict[str, Any] = read_json(f"programmes/{name}.json", settings.CONFIG_OVERRIDES)
    moved = Programme.objects.filter(key=told["key"]).values_list("moved_weeks", flat=True).first() or 0
    programme, _ = Programme.objects.update_or_create(
        key=told["key"],
        defaults={
            "name": told["name"],
            "short_name": told["short_name"],
            "prefecture_code": told["prefecture_code"],
            "starts_on": _day(told["starts_on"], moved),
            "ends_on": _day(told["ends_on"], moved) if told.get("ends_on") else None,
            "strands": told["strands"],
            "is_demo": told.get("is_demo", False),
        },
    )
    for phase in told["phases"]:
        dates = {key: _day(phase[key], moved) for key in ("starts_on", "ends_on")}
        Phase.objects.update_or_create(programme=programme, name=phase["name"], defaults=dates)
    for position, line in enumerate(told["task_lines"], 1):
        TaskLine.objects.update_or_create(programme=programme, name=line, defaults={"position": position})
    return programme.pk


@transaction.atomic
def move_programme(name: str, weeks: int) -> None:
    """Let a demo programme run so many whole weeks later than `config/programmes/NAME.json` says, phases and all."""
    told: dict[str, Any] = read_json(f"programmes/{name}.json", settings.CONFIG_OVERRIDES)
    Programme.objects.filter(key=told["key"]).update(moved_weeks=weeks)
    load_programme(name)


def _day(told: str, moved_weeks: int) -> date:
    return date.fromisoformat(told) + timedelta(weeks=moved_weeks)
