"""Refuses addresses of package registries and paths of one machine in any file of the project.

Called by scripts/check, by the tests of the house, and (`--clean FILE`) by scripts/lock. Whoever installs the project
chooses his own registry; a lock file that names one would overrule him.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

# Written in halves, or this file would accuse itself.
REGISTRY_HOSTS = tuple(
    left + right
    for left, right in (
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("npmjs", ".org"),
        ("npmjs", ".com"),
        ("yarnpkg", ".com"),
        ("npmmirror", ".com"),
        ("deb.debian", ".org"),
        ("security.debian", ".org"),
        ("tuna.tsinghua", ".edu.cn"),
        ("mirrors.aliyun", ".com"),
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w.$~*-])/(?:work|root|home/\w+|Users/\w+|" + "tmp/" + r"work)/")
LOCK_FILES = re.compile(r"(^|/)(requirements/[^/]+\.txt|package-lock\.json|\.npmrc)$")
ADDRESS = re.compile(r"\b(?:https?|file|git\+\w+)://")


def project_files(top: Path) -> list[Path]:
    """Files that are, or would be, committed: tracked ones and new ones that nothing ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=top,
        capture_output=True,
        check=True,
    )
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    return [path for path in map(top.__truediv__, names) if path.is_file()]


def faults(name: str, text: str) -> list[str]:
    """One line for each registry host, machine path, or address in a lock file, found in `text`."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        hosts = [host for host in REGISTRY_HOSTS if host in line]
        found += [f"{name}:{number}: registry host {host}" for host in hosts]
        found += [f"{name}:{number}: machine path {path}" for path in MACHINE_PATHS.findall(line)]
        if LOCK_FILES.search(name) and ADDRESS.search(line):
            found.append(f"{name}:{number}: address in a lock file")
    return found


def all_faults(top: Path) -> list[str]:
    """The faults of every text file below `top`; files with a zero byte are pictures and fonts."""
    found = []
    for path in project_files(top):
        content = path.read_bytes()
        if b"\0" not in content:
            found += faults(path.relative_to(top).as_posix(), content.decode("utf-8", "replace"))
    return found


def clean(lock: Path) -> None:
    """Take the sponsors' addresses out of a package-lock.json; npm does not read them."""
    tree = json.loads(lock.read_text(encoding="utf-8"))
    for package in tree["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(tree, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--clean"]:
        clean(Path(arguments[1]))
        return 0
    found = all_faults(Path(__file__).resolve().parents[2])
    for line in found:
        sys.stderr.write(line + "\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
