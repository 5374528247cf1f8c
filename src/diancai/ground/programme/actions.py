"""Setting up programmes from `config/programmes/*.json`."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from diancai.config import read_json
from diancai.ground.programme.models import Phase, Programme, TaskLine


@transaction.atomic
def load_programme(name: str) -> int:
    """Make or refresh the programme of `config/programmes/NAME.json`; returns its id."""
    told: dict[str, Any] = read_json(f"programmes/{name}.json", settings.CONFIG_OVERRIDES)
    programme, _ = Programme.objects.update_or_create(
        key=told["key"],
        defaults={
            "name": told["name"],
            "short_name": told["short_name"],
            "prefecture_code": told["prefecture_code"],
            "starts_on": date.fromisoformat(told["starts_on"]),
            "ends_on": date.fromisoformat(told["ends_on"]) if told.get("ends_on") else None,
            "strands": told["strands"],
            "is_demo": told.get("is_demo", False),
        },
    )
    for phase in told["phases"]:
        dates = {key: date.fromisoformat(phase[key]) for key in ("starts_on", "ends_on")}
        Phase.objects.update_or_create(programme=programme, name=phase["name"], defaults=dates)
    for position, line in enumerate(told["task_lines"], 1):
        TaskLine.objects.update_or_create(programme=programme, name=line, defaults={"position": position})
    return programme.pk
