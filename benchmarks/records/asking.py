"""Asks a running server over HTTP and times it: one client for latency, eight for throughput and entry."""

import http.client
import json
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Server:
    """Where to ask, with which token, and for pages with which session."""

    port: int
    token: str
    session: str = ""

    def open(self) -> http.client.HTTPConnection:
        """A connection to be kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def fetch(self, line: http.client.HTTPConnection, path: str, **asked: object) -> None:
        """One answer, read and thrown away: for counting how many a second the server gives."""
        line.request("GET", f"/api/v1/{path}?{urlencode(asked, quote_via=quote)}", headers=self._headers())
        _bytes(line)

    def page(self, line: http.client.HTTPConnection, path: str) -> None:
        """One page as a browser is given it, read and thrown away."""
        line.request("GET", path, headers={"Cookie": f"sessionid={self.session}"})
        _bytes(line)

    def get(self, line: http.client.HTTPConnection, path: str, **asked: object) -> dict[str, object]:
        """One answer as JSON. Raises RuntimeError on anything but 200."""
        line.request("GET", f"/api/v1/{path}?{urlencode(asked, quote_via=quote)}", headers=self._headers())
        return _read(line)

    def post_remark(self, line: http.client.HTTPConnection, number: int) -> None:
        """Record one remark."""
        told = {
            "uuid": str(uuid.uuid4()),
            "text": f"第{number}户想请人看看大棚黄瓜的病，最好这个月",
            "place_code": "150821101201",
            "source": "home_visit",
        }
        line.request("POST", "/api/v1/remarks", json.dumps(told), self._headers())
        _read(line)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}


def _read(line: http.client.HTTPConnection) -> dict[str, object]:
    told: dict[str, object] = json.loads(_bytes(line))
    return told


def _bytes(line: http.client.HTTPConnection) -> bytes:
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {body[:300]!r}")
    return body


def milliseconds(act: Callable[[], object], times: int = 30) -> float:
    """The median time of an act in milliseconds, after three that do not count."""
    for _ in range(3):
        act()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1000


def per_second(server: Server, act: Callable[[http.client.HTTPConnection, int], object], seconds: float = 5.0) -> float:
    """How many acts eight clients do a second."""
    done = [0] * 8
    until = time.perf_counter() + seconds

    def client(place: int) -> None:
        line = server.open()
        while time.perf_counter() < until:
            act(line, place * 1_000_000 + done[place])
            done[place] += 1

    clients = [threading.Thread(target=client, args=(place,)) for place in range(8)]
    begun = time.perf_counter()
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return sum(done) / (time.perf_counter() - begun)
