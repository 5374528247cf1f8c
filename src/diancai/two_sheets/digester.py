"""The engine's digester with the programme's own topics and farm calendar."""

from pathlib import Path

from diancai.config import read_json, read_rows
from diancai.engine.digest import Digester, load_topics
from diancai.engine.said.farm_calendar import load_farm_calendar
from diancai.ground.place.names import PlaceNames


def ready_digester(names: PlaceNames, overrides: Path | None = None) -> Digester:
    """A digester from the package's configuration, or from a county's own files in `overrides`."""
    return Digester(
        topics=load_topics(read_rows("topics.csv", overrides)),
        calendar=load_farm_calendar(read_json("farm_calendar.json", overrides)),
        places=names,
    )
