"""Where one try lies while it is worked on: a folder with an unguessable name, gone after a day.

The two sheets are deleted as soon as the lists are made; only the lists wait to be fetched.
"""

import json
import secrets
import shutil
import time
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


def new_tray(sheets: dict[str, bytes], facts: dict[str, str]) -> str:
    """A new try with its sheets; returns its name. Raises `TooManyTries`."""
    root().mkdir(mode=0o700, exist_ok=True)
    clear_old()
    if sum(1 for _ in root().iterdir()) >= MOST_TRIES:
        raise TooManyTries
    name = secrets.token_urlsafe(24)
    folder = root() / name
    folder.mkdir(mode=0o700)
    for part, content in sheets.items():
        (folder / part).write_bytes(content)
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
    (folder_of(name) / STATUS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def read_status(name: str) -> dict[str, str]:
    """What was written of the try."""
    told: dict[str, str] = json.loads((folder_of(name) / STATUS).read_text(encoding="utf-8"))
    return told


def clear_old() -> None:
    """Remove tries older than a day."""
    for folder in root().iterdir():
        if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
