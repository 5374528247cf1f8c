"""`scripts/bench records`: 20,000 and 1,000,000 needs on SQLite and PostgreSQL, each in a folder of its own.

Prints, for each question: time over HTTP at both sizes, their ratio, and the bare SQL; then pages and entries a
second with eight clients, and the memory of the server's processes and of a worker. `--small` and `--large` change the
sizes, `--only` the database. With `--keep FOLDER` the filled databases stay there and the next run measures them
without filling; `--fill-only` fills what is missing and measures nothing. `--parts` leaves parts of the measurement
out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.records.printing import table

SIZES = (20_000, 1_000_000)
TOP = Path(__file__).resolve().parents[2]
PARTS = ("times", "lists", "searches", "pages", "entries", "worker")


def main() -> int:
    given = _parser().parse_args()
    with ExitStack() as stack:
        temporary = tempfile.TemporaryDirectory(prefix="diancai-bench-")
        folder = given.keep or Path(stack.enter_context(temporary))
        for database in [given.only] if given.only else ["sqlite", "postgresql"]:
            print(f"\n## {database}", flush=True)
            told = [_at_size(folder / f"{database}-{size}", size, given) for size in (given.small, given.large)]
            if not given.fill_only:
                print(table((given.small, given.large), told), flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=SIZES[0])
    parser.add_argument("--large", type=int, default=SIZES[1])
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--fill-only", action="store_true")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    return parser


def _at_size(folder: Path, size: int, given: argparse.Namespace) -> dict[str, float]:
    """Fill a folder where that is not done yet, and measure it."""
    done, figures = folder / "filled", folder / "figures.json"
    if not done.exists():
        _run("fill", folder, str(size))
        done.touch()
    if given.fill_only:
        return {}
    _run("measure", folder, str(given.port), *given.parts)
    told: dict[str, float] = json.loads(figures.read_text(encoding="ascii"))
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
    command = [sys.executable, "-m", f"benchmarks.records.{part}", str(folder), *arguments]
    subprocess.run(command, env=environment, cwd=TOP, check=True)


if __name__ == "__main__":
    sys.exit(main())
