"""A worker that is killed half-way (kill -9) loses nothing, and nothing happens twice: real processes, a real file."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

ROWS = 150
LONGEST_SECONDS = 60
DOOR = [sys.executable, "-c", "import sys; from diancai.interfaces.console.main import main; sys.exit(main())"]
LAY = f"ROWS = {ROWS}" + """
import datetime as dt
from diancai.interfaces.console.main import main
main(["setup"])
from django.utils import timezone
from diancai.ground.people.actions import give_post, make_account
from diancai.ground.programme.queries import get_programme
from diancai.stages.remark.actions import ask_commit, read_sheet
from diancai.words import Role
at, county = timezone.now(), "150821000000"
by = make_account(by=None, at=at, username="lifang", display_name="李芳", password=None)
give_post(by=None, at=at, account=by, role=Role.PROGRAMME_OFFICE, valid_from=dt.date(2019, 11, 1), place_code=county)
rows = "".join(f"第{n}社的斗渠淤住了，给清一清哇，{n}来米,{n}\\n" for n in range(1, ROWS + 1))
batch = read_sheet(by=by, at=at, programme_id=get_programme().id, place_code=county, file_name="表.csv",
                   content=("原话,户数\\n" + rows).encode())
ask_commit(by=by, at=at, batch_id=batch)
"""  # fmt: skip


class Installation:
    """A data folder of its own, looked at from outside with bare SQL."""

    def __init__(self, folder):
        self.environment = os.environ | {"DIANCAI_DATA": str(folder)}
        self.environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-c", LAY], env=self.environment, check=True, capture_output=True)
        (self.database,) = folder.glob("*.sqlite3")

    def ask(self, sql):
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            return connection.execute(sql).fetchall()

    def kill_worker_when(self, sql, most):
        """Start a worker, kill it once the count of `sql` is past `most`, and let its lease run out."""
        worker = subprocess.Popen([*DOOR, "worker"], env=self.environment, stderr=subprocess.DEVNULL)
        until = time.monotonic() + LONGEST_SECONDS
        while self.ask(sql)[0][0] <= most:
            assert time.monotonic() < until, "the worker did not come so far"
            time.sleep(0.01)
        worker.kill()
        worker.wait(20)
        # A lease lasts a minute: turned back here instead of waiting.
        self.ask("update work_job set leased_until = '2019-11-01 00:00:00' where state = 'running'")


@pytest.fixture
def installation(tmp_path):
    return Installation(tmp_path)


def test_a_worker_killed_in_the_import_and_in_the_digest_leaves_everything_once(installation):
    installation.kill_worker_when("select count(*) from remark_remark", 50)
    ((imported,),) = installation.ask("select count(*) from remark_remark")
    installation.kill_worker_when("select count(*) from remark_remark where digested_at is not null", 20)
    ((digested,),) = installation.ask("select count(*) from remark_remark where digested_at is not null")
    subprocess.run([*DOOR, "worker", "--once"], env=installation.environment, check=True, capture_output=True)
    assert imported < ROWS or digested < ROWS, "both kills came too late to tell anything"
    assert installation.ask("select count(*), count(distinct row_key) from remark_remark") == [(ROWS, ROWS)]
    assert installation.ask("select count(*) from remark_remark where digested_at is null") == [(0,)]
    assert installation.ask("select count(*) from remark_importrow where object_id is null") == [(0,)]
    shares = "select count(*), count(distinct remark_id), count(distinct remark_id || '/' || want_number)"
    ((count, remarks, wants),) = installation.ask(f"{shares} from need_needsource")
    assert (count, remarks) == (wants, ROWS)
    assert installation.ask("select distinct state from work_job") == [("done",)]
    assert installation.ask("select max(attempts) > 1 from work_job") == [(1,)]
    verified = subprocess.run(
        [*DOOR, "ledger", "verify"], env=installation.environment, capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout
