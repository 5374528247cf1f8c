"""What the settings need before Django is up: folders, keys made once, the database address."""

import os
import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit


def REFUSE(what: str, wanted_zh: str, wanted_en: str) -> NoReturn:  # noqa: N802 (loud on purpose: it ends the start)
    """Stop the start with one line in both languages."""
    sys.exit(f"无法启动：{what}；应为{wanted_zh}。\nCannot start: {what}; it should be {wanted_en}.")


def writable_folder(folder: Path) -> Path:
    """The folder itself, made if absent; refuses one that cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        REFUSE(f"DIANCAI_DATA={folder} ({error.strerror})", "可以写入的文件夹", "a folder this user may write to")
    if not os.access(folder, os.W_OK):
        REFUSE(f"DIANCAI_DATA={folder}", "可以写入的文件夹", "a folder this user may write to")
    return folder.resolve()


def made_once(path: Path) -> str:
    """A random secret kept in a file that only this user may read; made at the first start.

    Two processes may start at once: the one that loses the race reads what the other wrote.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def postgres(url: str) -> dict[str, Any]:
    """Django's settings for `postgres://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        REFUSE("DATABASE_URL", "postgres://用户:密码@主机:端口/库名", "postgres://user:password@host:port/name")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
