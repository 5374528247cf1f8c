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
from django.core.cache import cache

from diancai.ground.errors import NotFound, NotNow

KEPT_SECONDS = 24 * 3600
MOST_TRIES = 50
# Of one address: a whole office may sit behind it, yet it may not take the room of all others.
MOST_WAITING_HERE, MOST_AN_HOUR, HOUR = 3, 20, 3600
STATUS = "status.json"


class TooManyTries(NotNow):
    code = "too_many_tries"
    zh = "现在试用的人太多，请过一会儿再来，或用命令 diancai lists 在自己的电脑上做。"
    en = "Too many tries are waiting; come back later, or run diancai lists on your own machine."


class TooManyHere(NotNow):
    code = "too_many_tries_here"
    zh = (
        "您这个网络地址的试用太多了（同时最多{waiting}个，一小时最多{hourly}个）。请等前面的做完再来，"
        "或用命令 diancai lists 在自己的电脑上做，不限次数。"
    )
    en = (
        "There are too many tries from your network address (at most {waiting} at a time and {hourly} an hour). Wait "
        "for those before, or run diancai lists on your own machine as often as you like."
    )


def root() -> Path:
    """The folder of all tries."""
    return Path(settings.DATA) / "two_sheets"


def check_visitor(visitor: str, unfinished: int) -> None:
    """Count a try of a visitor (a key of his address). Raises `TooManyHere`; `unfinished`: how many of his wait."""
    key = f"two_sheets:{visitor}:{int(time.time() // HOUR)}"
    tried = cache.get(key, 0)
    if unfinished >= MOST_WAITING_HERE or tried >= MOST_AN_HOUR:
        raise TooManyHere(waiting=MOST_WAITING_HERE, hourly=MOST_AN_HOUR)
    cache.set(key, tried + 1, HOUR)


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
