"""Asks one filled database: `python -m benchmarks.records.measure FOLDER PORT PART…`; figures go to `figures.json`."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.records.asking import Server, milliseconds, per_second
from benchmarks.records.database import ready
from benchmarks.records.processes import anonymous_megabytes, served, worker_peak

COUNTY = "150821000000"
WAITING_REMARKS = 3000
Figures = dict[str, float]


def main(folder: Path, port: int, parts: list[str]) -> int:
    with ready(folder):
        figures = _measure(port, parts)
    (folder / "figures.json").write_text(json.dumps(figures), encoding="ascii")
    return 0


def _measure(port: int, parts: list[str]) -> Figures:
    server = _server(port)
    figures: Figures = {}
    with served(port) as processes:
        if "times" in parts:
            figures |= _times(server)
        for part, act in _throughput(server).items():
            if part in parts:
                act(figures)
        figures["web processes MB"] = anonymous_megabytes(processes)
    if "worker" in parts:
        from benchmarks.records.work import ask_for, is_done

        ask_for(WAITING_REMARKS)
        figures[f"worker MB, {WAITING_REMARKS:,} remarks"] = worker_peak(is_done)
    return figures


def _server(port: int) -> Server:
    from django.test import Client

    from benchmarks.records.ground import asker
    from diancai.ground.people.tokens import make_token

    account, browser = asker(), Client()
    browser.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    token = make_token(by=None, at=datetime.now(UTC), account=account, name="bench", days=2)
    return Server(port, token, browser.cookies["sessionid"].value)


def _times(server: Server) -> Figures:
    """The questions over HTTP, and the SQL that the server sends for the same answers."""
    from benchmarks.records.bare import sql_times

    line = server.open()
    after = _page_key(server, 2000)
    questions = _questions(after)
    taken = {
        name: milliseconds(lambda path=path, query=query: server.get(line, path, **query))
        for name, (path, query) in questions.items()
    }
    taken["HTML list of a county"] = milliseconds(lambda: server.page(line, f"/needs/?place={COUNTY}"))
    return taken | {f"sql {name}": each for name, each in sql_times(server, questions).items()}


def _throughput(server: Server) -> dict[str, Callable[[Figures], None]]:
    """What eight clients get a second, by part."""

    def lists(told: Figures) -> None:
        told["list pages/s"] = per_second(server, lambda line, n: server.fetch(line, "needs", place=COUNTY))

    def searches(told: Figures) -> None:
        told["search pages/s"] = per_second(server, lambda line, n: server.fetch(line, "search", words="机井"))

    def pages(told: Figures) -> None:
        told["HTML list pages/s"] = per_second(server, lambda line, n: server.page(line, f"/needs/?place={COUNTY}"))

    def entries(told: Figures) -> None:
        told["remarks created/s"] = per_second(server, server.post_remark)

    return {"lists": lists, "searches": searches, "pages": pages, "entries": entries}


def _questions(after: str) -> dict[str, tuple[str, dict[str, object]]]:
    need = "needs"
    return {
        "list county": (need, {"place": COUNTY}),
        "list county 2,000 deep": (need, {"place": COUNTY, "after": after}),
        "list county strand": (need, {"place": COUNTY, "strand": "science"}),
        "list county strand state": (need, {"place": COUNTY, "strand": "science", "state": "combed"}),
        "search two characters": ("search", {"words": "机井"}),
        "counts strand × county × month": ("counts", {}),
        "prefecture strand state": (need, {"strand": "health", "state": "accepted"}),
        "town state": (need, {"place": "150821101000", "state": "proposed"}),
        "county topic": (need, {"place": COUNTY, "topic": "bench/7"}),
        "village strand": (need, {"place": "150821101201", "strand": "culture"}),
        "prefecture topic month": (need, {"topic": "bench/7", "month": "2019-01"}),
    }


def _page_key(server: Server, rows: int) -> str:
    """The key that follows the first `rows` rows."""
    line, after = server.open(), ""
    for _ in range(rows // 200):
        after = str(server.get(line, "needs", place=COUNTY, after=after, limit=200)["next_after"])
    return after


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
