"""A copy can be brought back, is refused when it is damaged, and never carries the key. On the database in use."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from repository.house import TOP

# One Python with Django up and scripts/parts/backup.py at hand; it does what it is told, a line at a time.
PYTHON = """
import contextlib, io, json, sys
sys.path.insert(0, "scripts/parts")
import django; django.setup()
import backup
from django.conf import settings
from django.core.management import call_command
from django.db import connection
for line in sys.stdin:
    told, code = io.StringIO(), 0
    with contextlib.redirect_stdout(told):
        try:
            exec(json.loads(line))
        except SystemExit as refusal:
            code = 1
            print(refusal)
    connection.close()
    print(json.dumps([code, told.getvalue()]), flush=True)
"""
# A place to count what comes and goes: accounts have few columns that must be filled.
ADD = "from diancai.ground.people.models import Account; Account.objects.create_user({name!r})"
NAMES = (
    "from diancai.ground.people.models import Account; "
    "print(*Account.objects.order_by('username').values_list('username', flat=True))"
)


@contextmanager
def database_of_its_own():
    """The variables for a new empty database: SQLite in the data folder, or one more on the server in use."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        yield {}
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute("drop database if exists backup_story with (force)")
        server.execute("create database backup_story")
        path, _, options = url.partition("?")
        yield {"DATABASE_URL": f"{path.rpartition('/')[0]}/backup_story?{options}"}
        server.execute("drop database backup_story with (force)")


class Office:
    """An office with a data folder, and the Python in which its contractor's commands run."""

    def __init__(self, data: Path, environment: dict[str, str]) -> None:
        self.data = data
        environment = os.environ | environment | {"DIANCAI_DATA": str(data), "PYTHONUTF8": "1"}
        environment |= {"DJANGO_SETTINGS_MODULE": "diancai.project.settings", "PYTHONPATH": str(TOP / "src")}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self.process = subprocess.Popen([sys.executable, "-c", PYTHON], cwd=TOP, env=environment, **pipes)

    def does(self, statement: str) -> tuple[int, str]:
        """The exit code and what was printed."""
        self.process.stdin.write(json.dumps(statement) + "\n")
        self.process.stdin.flush()
        code, told = json.loads(self.process.stdout.readline())
        return code, told

    def shell(self, statement: str) -> str:
        code, told = self.does(statement)
        assert code == 0, told
        return told.strip()

    def backup(self, *arguments: str) -> tuple[int, str]:
        return self.does(f"backup.main({list(arguments)!r})")


# One story for one database: each test goes on where the one before stopped, since setting up takes seconds.
@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with database_of_its_own() as environment:
        office = Office(tmp_path_factory.mktemp("data"), environment)
        office.shell("call_command('migrate', verbosity=0)")
        yield office
        office.process.stdin.close()
        office.process.wait()


@pytest.fixture(scope="module")
def copy(office):
    office.shell(ADD.format(name="before"))
    (office.data / "uploads").mkdir(exist_ok=True)
    (office.data / "uploads" / "photo.jpg").write_bytes(b"photo")
    code, told = office.backup(str(office.data.parent / "copy"))
    assert code == 0, told
    assert f"scripts/backup --restore {office.data.parent / 'copy'}" in told
    return office.data.parent / "copy"


pytestmark = pytest.mark.django_db  # so that it runs on both databases


def test_the_copy_holds_no_key(office, copy):
    sealing_key = (office.data / "keys" / "sealing").read_bytes()
    assert len(sealing_key) > 20
    for path in copy.rglob("*"):
        assert path.is_dir() or sealing_key not in path.read_bytes(), path


def test_the_manifest_lists_every_file_with_its_digest(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    files = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == files - {"manifest.json"}
    assert "uploads/photo.jpg" in manifest["files"]


def test_a_restore_over_living_data_is_refused_without_replace(office, copy):
    code, told = office.backup("--restore", str(copy))
    assert code == 1
    assert "已有数据库" in told
    assert "--replace copies it first" in told


def test_a_restore_brings_back_rows_and_uploads_and_keeps_what_was_there(office, copy):
    office.shell(ADD.format(name="after"))
    (office.data / "uploads" / "photo.jpg").unlink()
    code, told = office.backup("--restore", str(copy), "--replace")
    assert code == 0, told
    assert "的密钥" not in told
    assert "before" in office.shell(NAMES).split()
    assert "after" not in office.shell(NAMES).split()
    assert (office.data / "uploads" / "photo.jpg").read_bytes() == b"photo"
    assert len(list((office.data / "backups").glob("before-restore-*/manifest.json"))) == 1
    office.shell(ADD.format(name="next"))  # the next row gets a number of its own
    assert {"before", "next"} <= set(office.shell(NAMES).split())


def test_a_restore_with_another_key_says_that_sealed_fields_stay_closed(office, copy):
    office.shell("key, settings.SEALING_KEY = settings.SEALING_KEY, 'another key, for this test only'")
    code, told = office.backup("--restore", str(copy), "--replace")
    office.shell("settings.SEALING_KEY = key")
    assert code == 0, told
    assert "not the one of the backup" in told


@pytest.mark.parametrize("harm", ["changed", "missing", "added", "no manifest"])
def test_a_damaged_copy_is_refused_before_anything_is_touched(office, copy, tmp_path, harm):
    damaged = tmp_path / "copy"
    shutil.copytree(copy, damaged)
    photo = damaged / "uploads" / "photo.jpg"
    {
        "changed": lambda: photo.write_bytes(b"other"),
        "missing": photo.unlink,
        "added": lambda: (damaged / "more").write_bytes(b"more"),
        "no manifest": (damaged / "manifest.json").unlink,
    }[harm]()
    code, told = office.backup("--restore", str(damaged), "--replace")
    assert code == 1
    assert "备份" in told


def test_a_copy_of_a_newer_version_is_refused(office, copy, tmp_path):
    newer = tmp_path / "copy"
    shutil.copytree(copy, newer)
    manifest = json.loads((newer / "manifest.json").read_text())
    manifest["migrations"].append("people.9999_from_the_future")
    (newer / "manifest.json").write_text(json.dumps(manifest))
    code, told = office.backup("--restore", str(newer), "--replace")
    assert code == 1
    assert "people.9999_from_the_future" in told
    assert "before" in office.shell(NAMES).split(), "no refusal has touched the data"


def test_a_copy_never_overwrites_another(office, copy):
    code, told = office.backup(str(copy))
    assert code == 1
    assert "exists already" in told


def test_emptying_keeps_a_copy_and_leaves_neither_rows_nor_uploads(office, copy):
    """The last of the story: scripts/demo starts with it."""
    code, told = office.backup("--empty")
    assert code == 0, told
    kept = next((office.data / "backups").glob("before-emptying-*"))
    assert str(kept) in told
    assert not (office.data / "uploads").exists()
    assert office.shell("print(len(connection.introspection.table_names()))") == "0"
    code, told = office.backup("--restore", str(kept))
    assert code == 0, told
    assert "before" in office.shell(NAMES).split()
