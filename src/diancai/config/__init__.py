"""Data, never code: places, lines of departments, topics, programmes, calendars, the demo's story.

A county overrides a file by putting one of the same name under `config/` in its data folder (`DIANCAI_DATA`).
"""

import csv
import io
import json
from importlib import resources
from pathlib import Path
from typing import Any


def read_text(name: str, overrides: Path | None = None) -> str:
    """The text of a configuration file such as `places/places.csv`, the county's own where it has one.

    Raises FileNotFoundError naming the file and where it was looked for.
    """
    if overrides is not None and (own := overrides / name).is_file():
        return own.read_text(encoding="utf-8-sig")
    packaged = resources.files("diancai.config").joinpath(*name.split("/"))
    if not packaged.is_file():
        raise FileNotFoundError(f"config/{name}: not in the package and not in {overrides}")
    return packaged.read_text(encoding="utf-8-sig")


def read_bytes(name: str) -> bytes:
    """A file of the package that is no text, such as a picture of the demo."""
    return resources.files("diancai.config").joinpath(*name.split("/")).read_bytes()


def read_rows(name: str, overrides: Path | None = None) -> list[dict[str, str]]:
    """The rows of a CSV file, by header."""
    return list(csv.DictReader(io.StringIO(read_text(name, overrides))))


def read_json(name: str, overrides: Path | None = None) -> Any:
    """The content of a JSON file."""
    return json.loads(read_text(name, overrides))
