"""Copies the database and the uploads into one folder, and brings them back; called by scripts/backup.

The copy is one consistent moment, also while people work: SQLite by its backup interface, PostgreSQL by COPY inside one
repeatable-read transaction. Keys never travel with the copy: whoever finds it cannot read phones or names. The manifest
carries four bytes derived from the key, so that a restore can say when the key beside it is another one.
"""

import argparse
import hashlib
import json
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import django
import tables
from django.conf import settings
from django.core.management import call_command
from django.db import connection

MANIFEST = "manifest.json"
SQLITE_COPY = "database.sqlite3"


def refuse(zh: str, en: str) -> NoReturn:
    sys.exit(f"{zh}\n{en}")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_mark() -> str:
    """Eight hexadecimal digits that tell keys apart and give away nothing of use about them."""
    return hashlib.pbkdf2_hmac("sha256", settings.SEALING_KEY.encode(), b"diancai backup", 200_000, 4).hex()


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)


def migrations() -> list[str]:
    """The migrations in force, as `app.name`: a copy fits only the code that knows them."""
    with connection.cursor() as cursor:
        cursor.execute("select app, name from django_migrations order by id")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("pragma journal_mode = delete")


def make(folder: Path) -> None:
    """Fill `folder`, which must be new. A half-made copy has no manifest and is refused by `restore`."""
    folder.mkdir(mode=0o700, parents=True)
    if connection.vendor == "sqlite":
        copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), folder / SQLITE_COPY)
    else:
        tables.copy_out(connection, folder / "tables")
    if settings.UPLOADS.is_dir():
        shutil.copytree(settings.UPLOADS, folder / "uploads")
    manifest = {
        "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "key": key_mark(),
        "migrations": migrations(),
        "files": {path.relative_to(folder).as_posix(): digest(path) for path in files_of(folder)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def checked_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, after every file was found whole and the code found to fit."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        refuse(f"{folder} 不是完整的备份（没有清单文件）。", f"{folder} is no complete backup: it has no manifest.")
    found = {path.relative_to(folder).as_posix(): digest(path) for path in files_of(folder)}
    if found != manifest["files"]:
        changed = sorted(name for name, _ in found.items() ^ manifest["files"].items())
        refuse(f"备份已损坏：{changed[0]}", f"The backup is damaged: {changed[0]}")
    if manifest["database"] != connection.vendor:
        refuse(
            f"备份来自 {manifest['database']}，现在用的是 {connection.vendor}；请改 DATABASE_URL。",
            f"The backup is of {manifest['database']}, but {connection.vendor} is in use; change DATABASE_URL.",
        )
    unknown = tables.unknown_migrations(connection, manifest["migrations"])
    if unknown:
        refuse(
            f"备份来自更新的版本（{unknown[0]}），请先更新程序。",
            f"The backup is of a newer version ({unknown[0]}); update the program first.",
        )
    return manifest


def has_database() -> bool:
    """Whether a restore would overwrite something; a database without tables counts as none."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())


def remove_sqlite() -> Path:
    """Take the database file away, with what SQLite keeps beside it; returns where it was."""
    target = Path(settings.DATABASES["default"]["NAME"])
    for leftover in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):
        leftover.unlink(missing_ok=True)
    return target


def keep(prefix: str) -> None:
    """Copy what is there before it goes."""
    kept = new_folder(prefix)
    make(kept)
    say(f"现有数据已备份到 {kept}", f"What was there is kept in {kept}")


def empty() -> None:
    """Leave neither database nor uploads; what was there is copied first."""
    if has_database():
        keep("before-emptying-")
    connection.close()
    if connection.vendor == "sqlite":
        remove_sqlite()
    else:
        tables.empty_schema(connection)
    shutil.rmtree(settings.UPLOADS, ignore_errors=True)


def restore(folder: Path, *, replace: bool) -> None:
    """Bring `folder` back. What is there now is first copied, and only with `replace`."""
    manifest = checked_manifest(folder)
    if has_database():
        if not replace:
            refuse(
                "已有数据库。加 --replace：先备份现有数据，再替换。请先停止 scripts/run。",
                "There is a database already. --replace copies it first, then replaces it. Stop scripts/run first.",
            )
        keep("before-restore-")
    connection.close()
    if manifest["database"] == "sqlite":
        copy_sqlite(folder / SQLITE_COPY, remove_sqlite())
    else:
        tables.copy_in(connection, folder / "tables", manifest["migrations"])
    shutil.rmtree(settings.UPLOADS, ignore_errors=True)
    if (folder / "uploads").is_dir():
        shutil.copytree(folder / "uploads", settings.UPLOADS)
    call_command("migrate", verbosity=0)
    say(f"已恢复 {manifest['made_at']} 的备份。", f"The backup of {manifest['made_at']} is back.")
    if manifest["key"] != key_mark():
        say(
            "注意：现在的密钥不是备份时的密钥，加密的电话、姓名将无法显示。请放回当时的 keys 文件夹或 DIANCAI_KEY。",
            "Mind: the key in use is not the one of the backup; sealed fields stay unreadable until it is put back.",
        )


def new_folder(prefix: str = "") -> Path:
    wanted = Path(settings.DATA) / "backups" / f"{prefix}{datetime.now():%Y%m%d-%H%M%S}"
    # Two copies may fall into one second: neither gives way to the other.
    later = (wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 1000))
    return next(folder for folder in (wanted, *later) if not folder.exists())


def say(zh: str, en: str) -> None:
    sys.stdout.write(f"{zh}\n{en}\n")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="scripts/backup", description="A consistent copy without the keys, and back.")
    parser.add_argument("folder", nargs="?", type=Path, help="where the copy goes; default: backups/ in the data")
    parser.add_argument("--restore", type=Path, metavar="FOLDER", help="bring this copy back")
    parser.add_argument("--replace", action="store_true", help="copy what is there now, then replace it")
    parser.add_argument(
        "--empty", action="store_true", help="copy what is there now, then leave nothing (scripts/demo)"
    )
    chosen = parser.parse_args(arguments)
    django.setup()
    if chosen.empty:
        empty()
        return
    if chosen.restore:
        restore(chosen.restore.resolve(), replace=chosen.replace)
        return
    folder = (chosen.folder or new_folder()).resolve()
    if folder.exists():
        refuse(f"{folder} 已存在，请换一个。", f"{folder} exists already; choose another.")
    make(folder)
    say(f"已备份到 {folder}（不含密钥）", f"Copied to {folder} (without the keys). To bring it back:")
    say("恢复命令：", f"  scripts/backup --restore {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
