"""What every test may ask for: the ground of Bayannur, the programme, the cast, and the real data where it is."""

import os
import tempfile
from pathlib import Path

# The tests never touch the data folder of a person who runs them.
os.environ["DIANCAI_DATA"] = tempfile.mkdtemp(prefix="diancai-tests-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diancai.project.settings")

import pytest
from django.conf import settings as laid

# pytest-django reads the settings before this file is read: point their folders away from the checkout as well.
laid.DATA = Path(os.environ["DIANCAI_DATA"])
laid.UPLOADS, laid.CONFIG_OVERRIDES = laid.DATA / "uploads", laid.DATA / "config"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on real data skip where the folder is absent."""
    if not os.environ.get("DIANCAI_REAL_DATA"):
        skip = pytest.mark.skip(reason="DIANCAI_REAL_DATA names no folder with the real data")
        for item in items:
            if "real_data" in item.keywords:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with the real data."""
    return Path(os.environ["DIANCAI_REAL_DATA"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tree, the departments, the stations and the programme are laid once and stay for every test."""
    with django_db_blocker.unblock():
        _lay_ground()


@pytest.fixture(autouse=True)
def _fast_passwords(request: pytest.FixtureRequest) -> None:
    """Cheap hashes where accounts are made; tests of pure rooms do without Django."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        settings = request.getfixturevalue("settings")
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_head_of_another_ledger(request: pytest.FixtureRequest) -> None:
    """The head of the chain lies outside the database: what another test wrote there is none of this one's."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        Path(request.getfixturevalue("settings").DATA, "ledger-head.txt").unlink(missing_ok=True)


@pytest.fixture
def places(db) -> None:
    """The tree is there."""


@pytest.fixture
def programme(db):
    """The programme of 2019."""
    from diancai.ground.programme.queries import get_programme

    return get_programme("2019")


@pytest.fixture
def cast(db):
    """Everybody, see `cast.py`."""
    from cast import make_cast

    return make_cast()


def _lay_ground() -> None:
    from diancai.ground.place.actions import load_departments, load_stations, load_tree
    from diancai.ground.programme.actions import load_programme

    load_tree()
    load_departments()
    load_stations()
    load_programme("2019")


@pytest.fixture
def _laid_again(django_db_setup, django_db_blocker):
    """After a test that really commits, the database was emptied: lay the ground again."""
    yield
    from django.db import connection

    from diancai.ground.ledger import guards

    with django_db_blocker.unblock():
        guards.install(connection)
        _lay_ground()


@pytest.fixture
def committed_db(_laid_again, transactional_db):
    """A database in which transactions really commit, for concurrent acts; slower, so only where it matters."""
    yield
    from django.db import connection

    from diancai.ground.ledger import guards

    guards.remove(connection)
