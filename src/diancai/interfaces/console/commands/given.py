"""What several commands read from their words: a file, an account, a programme, a place; and how they show progress."""

import errno
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from diancai.interfaces.console.command import Failed

WIDTH = 30
WHY = {errno.ENOENT: "没有这个文件", errno.EACCES: "没有读取权限", errno.EISDIR: "它是一个文件夹"}


def content_of(path: Path) -> bytes:
    """The bytes of a file; one too large is refused before a byte of it is read."""
    from diancai.formats.sheets import check_size

    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        zh = WHY.get(error.errno or 0, error.strerror)
        raise Failed(f"打不开“{path}”：{zh}。", f"Cannot open “{path}”: {error.strerror}.", 2) from error


def account_of(username: str) -> Any:
    """The account of that user name."""
    from diancai.ground.people.queries import get_account

    account = get_account(username)
    if account is None:
        raise Failed(f"没有账号“{username}”。", f"There is no account “{username}”.")
    return account


def programme_of(key: str) -> int:
    """The programme of that key, by default the newest."""
    from diancai.ground.errors import NotFound
    from diancai.ground.programme.queries import get_programme

    try:
        return get_programme(key).id
    except NotFound as error:
        raise Failed(f"没有行动“{key}”；先运行 diancai setup。", f"No programme “{key}”; run diancai setup.") from error


def place_of(typed: str) -> str:
    """The 12-digit code of a place of the tree; the trailing zeros may be left out."""
    from diancai.ground.errors import NotFound
    from diancai.ground.place.queries import get_place

    try:
        return str(get_place(typed.ljust(12, "0")).code)
    except NotFound as error:
        raise no_such_place(typed) from error


def no_such_place(typed: str) -> Failed:
    """The refusal of a code that the tree lacks."""
    return Failed(
        f"没有区划代码为“{typed}”的地方，请核对（全市写 1508，五原县写 150821）。",
        f"There is no place with the code “{typed}”. Check it (1508 is the prefecture, 150821 a county).",
    )


def now() -> datetime:
    """The moment of the act."""
    from django.utils import timezone

    return timezone.now()


def show(what: str, done: int, total: int) -> None:
    """A progress bar on the terminal; nothing where the output goes to a file."""
    if not sys.stderr.isatty():
        return
    filled = WIDTH * done // max(1, total)
    sys.stderr.write(f"\r{what} {'█' * filled}{'·' * (WIDTH - filled)} {done}/{total}")
    if done >= total:
        sys.stderr.write("\n")
    sys.stderr.flush()


def bar(what: str) -> Callable[..., None]:
    """The progress bar of one piece of work, as actions report to it."""
    return lambda done, total, note="": show(what, done, total)
