"""Reads the word lists that travel with the package; the only file access that the pure engine has."""

import json
from functools import cache
from importlib import resources
from typing import Any, cast


@cache
def open_list(name: str) -> dict[str, Any]:
    """The word list `name`.json of this package, parsed once a process; an unknown name raises FileNotFoundError."""
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))


@cache
def words_of(name: str, mark: str) -> tuple[str, ...]:
    """The words under one mark of a list, longest first, so that an alternation built of them prefers the longest."""
    return tuple(sorted(open_list(name)[mark], key=lambda word: (-len(word), word)))
