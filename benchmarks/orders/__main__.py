"""`scripts/bench orders`: 10,000 and 500,000 orders on SQLite and PostgreSQL, each in a folder of its own.

Prints the time of boards, of the day's work and of the indicators over HTTP at both sizes and their ratio; then the
seconds of the hourly run of the clocks over as many open orders, and of every clock anew. `--small` and `--large`
change the sizes, `--only` the database, `--parts` leaves a part out. With `--keep FOLDER` the filled databases stay
there and the next run measures their pages without filling; the part `clocks` fills anew.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.records.printing import table

SIZES = (10_000, 500_000)
TOP = Path(__file__).resolve().parents[2]
PARTS = ("pages", "clocks")


def main() -> int:
    given = _parser().parse_args()
    with ExitStack() as stack:
        temporary = tempfile.TemporaryDirectory(prefix="diancai-bench-")
        folder = given.keep or Path(stack.enter_context(temporary))
        for database in [given.only] if given.only else ["sqlite", "postgresql"]:
            print(f"\n## {database}", flush=True)
            told = [_at_size(folder / f"{database}-{size}", size, given) for size in (given.small, given.large)]
            print(table((given.small, given.large), told), flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=SIZES[0])
    parser.add_argument("--large", type=int, default=SIZES[1])
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--port", type=int, default=8124)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    return parser


def _at_size(folder: Path, size: int, given: argparse.Namespace) -> dict[str, float]:
    """Fill a folder where that is not done yet, and measure it."""
    done = folder / "filled"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run("fill", folder, str(size))
        done.touch()
    _run("measure", folder, str(given.port), *given.parts)
    if "clocks" in given.parts:
        done.unlink()  # other orders stand there now
    told: dict[str, float] = json.loads((folder / "figures.json").read_text(encoding="ascii"))
    return told


def _run(part: str, folder: Path, *arguments: str) -> None:
    """A part in a process of its own: its settings are those of this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "DIANCAI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "diancai.project.settings",
        "PYTHONPATH": f"{TOP / 'src'}:{TOP}:{TOP / 'tests'}",
        "DIANCAI_LOG": "WARNING",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", f"benchmarks.orders.{part}", str(folder), *arguments]
    subprocess.run(command, env=environment, cwd=TOP, check=True)


if __name__ == "__main__":
    sys.exit(main())
