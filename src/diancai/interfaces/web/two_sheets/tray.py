"""Where one try lies while it is worked on: a folder with an unguessable name, gone after a day.

The two sheets are deleted as soon as the lists are made; only the lists wait to be fetched.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from diancai.ground.errors import NotFound, NotNow

KEPT_SECONDS = 24 * 3600
MOST_TRIES = 50
STATUS = "status.json"


class TooManyTries(NotNow):
    code = "too_many_tries"
    zh = "现在试用的人太多，请过一会儿再来，或用命令 diancai lists 在自己的电脑上做。"
    en = "Too many tries are waiting; come back later, or run diancai lists on your own machine."


def root() -> Path:
    """The folder of all tries."""
    return Path(settings.DATA) / "two_sheets"


def new_tray(sheets: Mapping[str, Iterable[bytes]], facts: dict[str, str], unfinished: int) -> str:
    """A new try with its sheets, given in pieces; returns its name. `unfinished`: tries that still wait.

    Raises `TooManyTries`.
    """
    clear_old()
    if unfinished >= MOST_TRIES:
        raise TooManyTries
    name = secrets.token_urlsafe(24)
    folder = root() / name
    folder.mkdir(mode=0o700)
    for part, pieces in sheets.items():
        with (folder / part).open("wb") as file:
            file.writelines(pieces)
    write_status(name, facts)
    return name


def folder_of(name: str) -> Path:
    """The folder of a try. Raises `NotFound` for a name that was never given out or is over."""
    folder = root() / name
    if not name.replace("-", "").replace("_", "").isalnum() or not folder.is_dir():
        raise NotFound
    return folder


def write_status(name: str, facts: dict[str, str]) -> None:
    """What is known of the try: file names, counts, a refusal."""
    write_whole(folder_of(name) / STATUS, json.dumps(facts, ensure_ascii=False).encode())


def read_status(name: str) -> dict[str, str]:
    """What was written of the try."""
    told: dict[str, str] = json.loads((folder_of(name) / STATUS).read_text(encoding="utf-8"))
    return told


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)


def clear_old() -> None:
    """Remove tries older than a day."""
    root().mkdir(mode=0o700, exist_ok=True)
    for folder in root().iterdir():
        if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
