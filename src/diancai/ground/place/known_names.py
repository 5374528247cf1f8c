"""The resolver of place names over the whole tree, built once and kept. Called by imports, forms and the digest."""

from functools import lru_cache

from django.conf import settings

from diancai.config import read_text
from diancai.ground.place.names import PlaceNames


@lru_cache(maxsize=1)
def place_names() -> PlaceNames:
    """All names, aliases and registered names of `config/places/places.csv`, the county's own file where it has one."""
    return PlaceNames.from_csv(read_text("places/places.csv", settings.CONFIG_OVERRIDES))
