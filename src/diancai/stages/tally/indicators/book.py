"""The county's indicators: `config/indicators.json`, its own file where it has one, read again when it changed."""

import json
from functools import lru_cache

from django.conf import settings

from diancai.config import read_text
from diancai.stages.tally.rules.indicators import Book, read_book


def book() -> Book:
    """The indicators in force. Raises `BookFault` naming the line of the file that cannot be used."""
    return _read(read_text("indicators.json", settings.CONFIG_OVERRIDES))


@lru_cache(maxsize=4)
def _read(text: str) -> Book:
    return read_book(json.loads(text))
