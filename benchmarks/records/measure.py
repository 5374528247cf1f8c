"""One database, two sizes: fill, serve, ask, print. Started by `benchmarks.records` with the environment set."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django

COUNTY = "150821000000"
WORKERS = 2
THREADS = 4


def main(small: int, large: int, port: int) -> int:
    django.setup()
    programme_id, account_id, token = _ground()
    results = {size: _measure(size, port, programme_id, account_id, token) for size in (small, large)}
    _print(small, large, results)
    return 0


def _ground() -> tuple[int, int, str]:
    from cast import make_cast
    from django.core.management import call_command

    from diancai.ground.people.tokens import make_token
    from diancai.ground.place.actions import load_departments, load_stations, load_tree
    from diancai.ground.programme.actions import load_programme

    call_command("migrate", interactive=False, verbosity=0)
    load_tree()
    load_departments()
    load_stations()
    programme_id = load_programme("2019")
    office = make_cast().prefecture_office
    return programme_id, office.pk, make_token(by=None, at=datetime.now(UTC), account=office, name="bench", days=2)


def _measure(size: int, port: int, programme_id: int, account_id: int, token: str) -> dict[str, float]:
    from benchmarks.records.asking import Server, milliseconds, per_second
    from benchmarks.records.bare import questions, times
    from benchmarks.records.filling import fill

    begun = time.perf_counter()
    filled = fill(size, programme_id, account_id)
    print(
        f"{filled.needs:,} needs, {filled.remarks:,} remarks filled in {time.perf_counter() - begun:.0f} s", flush=True
    )
    _rebuild_counts()
    server = Server(port, token)
    with _served(port) as processes:
        line = server.open()
        after = _page_key(server, line, 2000)
        pages = _pages(after)
        taken = {
            f"http {name}": milliseconds(lambda path=path, query=query: server.get(line, path, **query))
            for name, (path, query) in pages.items()
        }
        for name in ("list county", "search two characters"):
            path, query = pages[name]
            taken[f"{name}, pages/s"] = per_second(server, lambda held, n: server.fetch(held, path, **query))  # noqa: B023
        taken["remarks created/s"] = per_second(server, server.post_remark)
        taken["web processes MB"] = _anonymous_megabytes(processes)
    moment, _, identifier = after.partition("~")
    sql = times(questions(programme_id, COUNTY, moment.replace("T", " ")[:19], int(identifier)))
    return taken | {f"sql {name}": value for name, value in sql.items()}


def _pages(after: str) -> dict[str, tuple[str, dict[str, object]]]:
    need = "needs"
    return {
        "list county": (need, {"place": COUNTY}),
        "list county 2,000 deep": (need, {"place": COUNTY, "after": after}),
        "list county strand": (need, {"place": COUNTY, "strand": "science"}),
        "list county strand state": (need, {"place": COUNTY, "strand": "science", "state": "combed"}),
        "search two characters": ("search", {"words": "机井"}),
        "counts strand × county × month": ("counts", {}),
        "other: prefecture strand state": (need, {"strand": "health", "state": "accepted"}),
        "other: town state": (need, {"place": "150821101000", "state": "proposed"}),
        "other: county topic": (need, {"place": COUNTY, "topic": "bench/7"}),
        "other: village strand": (need, {"place": "150821101201", "strand": "culture"}),
        "other: prefecture topic month": (need, {"topic": "bench/7", "month": "2019-01"}),
    }


def _page_key(server: object, line: object, rows: int) -> str:
    """The key that follows the first `rows` rows."""
    after = ""
    for _ in range(rows // 200):
        after = str(server.get(line, "needs", place=COUNTY, after=after, limit=200)["next_after"])  # type: ignore[attr-defined]
    return after


def _rebuild_counts() -> None:
    from diancai.ground.programme.queries import get_programme
    from diancai.stages.tally.actions import mark_everything, rebuild_dirty

    mark_everything(get_programme().id)
    rebuild_dirty()


@contextmanager
def _served(port: int) -> Iterator[list[int]]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--blocking-threads", str(THREADS), "--log-level", "warning", "diancai.project.wsgi:application"]
    process = subprocess.Popen(command, env=os.environ)
    try:
        _wait(port)
        yield _family(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    import socket

    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not come up")


def _family(pid: int) -> list[int]:
    import psutil

    head = psutil.Process(pid)
    return [head.pid, *(child.pid for child in head.children(recursive=True))]


def _anonymous_megabytes(processes: list[int]) -> float:
    total = 0
    for pid in processes:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        total += sum(int(row.split()[1]) for row in rollup.splitlines() if row.startswith("Anonymous:"))
    return total / 1024


def _print(small: int, large: int, results: dict[int, dict[str, float]]) -> None:
    print(f"\n{'':<40}{small:>12,}{large:>12,}{'ratio':>8}")
    for name in results[small]:
        first, second = results[small][name], results[large][name]
        print(f"{name:<40}{first:>12.1f}{second:>12.1f}{second / first if first else 0:>8.2f}")


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:4])))
