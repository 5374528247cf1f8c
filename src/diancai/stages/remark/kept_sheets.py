"""Sheets kept, sealed and for a day at most: until a worker has read one, or while a person is asked about it.

Each lies in a file of its own that is opened for the account that gave it in only. Called by the actions that read
sheets and by the pages that ask about them.
"""

import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from diancai.formats.errors import SheetGone
from diancai.ground.privacy.sealing import SealBroken, open_bytes, seal_bytes

KEPT_SECONDS = 24 * 3600
BETWEEN = b"\0"


def keep_sheet(account_id: int, name: str, content: bytes, token: str = "") -> str:
    """Keep a sheet under a token, a new one unless it is given; returns the token. Old sheets are cleared away."""
    token = token or secrets.token_urlsafe(18)
    path = _path(account_id, token)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    clear_old()
    part = path.with_suffix(".part")
    part.write_bytes(seal_bytes(name.encode() + BETWEEN + content))
    part.replace(path)
    return token


def kept_sheet(account_id: int, token: str) -> tuple[str, bytes]:
    """Name and content of a kept sheet. Raises `SheetGone`, also for what another account gave in."""
    try:
        held = open_bytes(_path(account_id, token).read_bytes())
    except (OSError, SealBroken) as problem:
        raise SheetGone from problem
    name, _, content = held.partition(BETWEEN)
    return name.decode(), content


def forget_sheet(account_id: int, token: str) -> None:
    """Remove a kept sheet once it was read."""
    _path(account_id, token).unlink(missing_ok=True)


def clear_old() -> None:
    """Remove sheets that lay for a day; another process may be doing the same."""
    for old in _folder().glob("*"):
        with suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > KEPT_SECONDS:
                old.unlink()


def _folder() -> Path:
    return Path(settings.DATA) / "kept_sheets"


def _path(account_id: int, token: str) -> Path:
    told = "".join(letter for letter in token if letter.isalnum() or letter in "-_")
    return _folder() / f"{account_id}_{told}"
