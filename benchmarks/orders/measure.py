"""Asks one filled database: `python -m benchmarks.orders.measure FOLDER PORT PART…`; figures go to `figures.json`."""

import json
import sys
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.records.asking import Server, milliseconds
from benchmarks.records.database import ready
from benchmarks.records.processes import anonymous_megabytes, served

Figures = dict[str, float]
# Pages by who asks: the office of the prefecture, that of a county, the contact of a department.
PAGES = (
    ("board, prefecture", "zhaohong", "/board/"),
    ("board, county", "lifang", "/board/"),
    ("board, one column 100 deep", "lifang", "/board/?column=in_hand&after={after}"),
    ("board, department, by itself", "sunliang", "/board/"),
    ("board, department, by the office", "lifang", "/board/?department={department}"),
    ("day, county", "lifang", "/day/"),
    ("day, department", "sunliang", "/day/"),
    ("list of orders, county", "lifang", "/orders/"),
    ("indicators, prefecture", "zhaohong", "/indicators/"),
    ("indicators, county", "lifang", "/indicators/"),
)


def main(folder: Path, port: int, parts: list[str]) -> int:
    figures: Figures = {}
    with ready(folder):
        if "pages" in parts:
            figures |= _pages(port)
        if "clocks" in parts:
            figures |= _clocks()
    (folder / "figures.json").write_text(json.dumps(figures), encoding="ascii")
    return 0


def _pages(port: int) -> Figures:
    told = {"department": str(_department()), "after": _after()}
    figures: Figures = {}
    with served(port) as processes:
        for name, who, path in PAGES:
            server = Server(port, "", _session(who))
            line, address = server.open(), path.format(**told)
            figures[name] = milliseconds(partial(server.page, line, address), 12)
        figures["web processes MB"] = anonymous_megabytes(processes)
    return figures


def _session(who: str) -> str:
    from django.test import Client

    from diancai.ground.people.queries import get_account

    account, browser = get_account(who), Client()
    if account is None:
        raise RuntimeError("the folder was never filled")
    browser.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return str(browser.cookies["sessionid"].value)


def _department() -> int:
    from diancai.ground.people.models import Post

    return int(Post.objects.values_list("department_id", flat=True).get(account__username="sunliang"))


def _after() -> str:
    """The key behind the first hundred cards of a county's column."""
    from diancai.ground.people.queries import get_account
    from diancai.ground.programme.queries import get_programme
    from diancai.stages.order.queries import board

    account = get_account("lifang")
    assert account is not None
    columns = board(account, programme_id=get_programme().id, column="in_hand", limit=100)
    return columns[0].next_after or ""


def _clocks() -> Figures:
    """Seconds of the hourly run, over as many orders as were filled, all of them open; and of every clock anew."""
    from django.utils import timezone

    from benchmarks.orders.filling import fill
    from benchmarks.records.ground import asker
    from diancai.ground.programme.queries import get_programme
    from diancai.stages.order.clocking.recomputing import advance
    from diancai.stages.order.models import ClockRun, Order

    now = timezone.now()
    fill(Order.objects.count(), get_programme().id, asker().pk, now, is_open=True)
    ClockRun.objects.all().delete()
    anew = _seconds(lambda: advance(now - timedelta(hours=1)))
    return {"every clock anew, s": anew, "hourly run, s": _seconds(lambda: advance(now))}


def _seconds(act: object) -> float:
    begun = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
