"""`scripts/bench records`: 20,000 and 1,000,000 needs on SQLite and PostgreSQL, in one process tree per database.

Prints, for each question: time over HTTP at both sizes, their ratio, and the bare SQL; then pages and entries a
second with eight clients, and the memory of the server processes. `--small` and `--large`
change the sizes, `--only` the database.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = (20_000, 1_000_000)
TOP = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=SIZES[0])
    parser.add_argument("--large", type=int, default=SIZES[1])
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--port", type=int, default=8123)
    given = parser.parse_args()
    wanted = [given.only] if given.only else ["sqlite", "postgresql"]
    return max(_on(database, given) for database in wanted)


def _on(database: str, given: argparse.Namespace) -> int:
    """Run the measurement in a process of its own, with its own data folder and, where asked, its own PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="diancai-bench-") as folder:
        environment = os.environ | {
            "DIANCAI_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "diancai.project.settings",
            "PYTHONPATH": f"{TOP}:{TOP / 'tests'}",
            "DIANCAI_LOG": "WARNING",
        }
        environment.pop("DATABASE_URL", None)
        measure = [sys.executable, "-m", "benchmarks.records.measure", str(given.small), str(given.large)]
        measure.append(str(given.port))
        wrapped = [sys.executable, "-m", "postgres", *measure] if database == "postgresql" else measure
        print(f"\n## {database}", flush=True)
        return subprocess.run(wrapped, env=environment, cwd=TOP, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
