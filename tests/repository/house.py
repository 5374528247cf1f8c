"""Where the house stands and what is in it; shared by the tests of this folder."""

import subprocess
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SCRIPTS = ("install", "run", "test", "check", "demo", "backup", "bench", "lock", "glossary")


@cache
def project_files() -> tuple[Path, ...]:
    """Files that are, or would be, committed."""
    from addresses import project_files as listed

    return tuple(listed(TOP))


def python_files(folder: str = "") -> list[Path]:
    """Python files of the project below `folder`, without migrations, which Django writes."""
    below = TOP / folder
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(below) and "migrations" not in path.parts
    ]


def named(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


def run(*command: str, cwd: Path = TOP, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=60)
