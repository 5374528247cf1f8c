"""A provider on this machine that checks what it is sent as a strict one would: signatures, tokens, ids seen before."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from diancai.ground.notices.adapters.signing import is_signed

KEY, SECRET = "wuyuan", "hetao-shared-secret"


@dataclass
class Provider:
    """`mode`: fine, error (500), hang, garbage, endless, refuse, or the number of an errcode to answer with."""

    url: str = ""
    mode: str = "fine"
    taken: dict[str, dict] = field(default_factory=dict)  # by id: a second one is no second message
    calls: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    unsigned: int = 0
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def provider() -> Iterator[Provider]:
    """Serve until the end of the block."""
    held = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(held))
    server.daemon_threads = True
    held.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        held.closing.set()
        server.shutdown()
        server.server_close()


def _handler(held: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            held.calls.append(self.path)
            token = f"token-{len(held.tokens) + 1}"
            held.tokens.append(token)
            asked = parse_qs(urlsplit(self.path).query)
            if "right" not in (asked.get("corpsecret") or asked.get("secret") or [""])[0]:
                return self._answer(200, {"errcode": 40001, "errmsg": "invalid credential"})
            return self._answer(200, {"errcode": 0, "access_token": token, "expires_in": 7200})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.calls.append(self.path)
            if held.mode == "hang":
                held.closing.wait(5)
                return None
            if held.mode in ("error", "garbage", "endless"):
                return self._misbehave()
            told = json.loads(body)
            if self.path.startswith("/sms"):
                return self._sms(body, told)
            return self._tencent(told)

        def _sms(self, body: bytes, told: dict) -> None:
            now = datetime.now(tz=UTC)
            if not is_signed(self.headers, KEY, SECRET, "POST", "/sms", body, now):
                held.unsigned += 1
                return self._answer(403, {"why": "signature"})
            if held.mode == "refuse":
                return self._answer(422, {"why": "number"})
            if told["id"] in held.taken:
                return self._answer(409, {"id": "known"})
            held.taken[told["id"]] = told
            if held.mode == "lost answer":
                return self._answer(502, {})
            return self._answer(200, {"id": f"out-{len(held.taken)}"})

        def _tencent(self, told: dict) -> None:
            token = parse_qs(urlsplit(self.path).query)["access_token"][0]
            if held.mode.lstrip("-").isdigit():
                return self._answer(200, {"errcode": int(held.mode), "errmsg": "as asked"})
            if held.mode == "token over" and token == "token-1":
                return self._answer(200, {"errcode": 42001, "errmsg": "access_token expired"})
            if token not in held.tokens:
                return self._answer(200, {"errcode": 40014, "errmsg": "invalid access_token"})
            if told["touser"] == "nobody":
                return self._answer(200, {"errcode": 0, "invaliduser": "nobody"})
            held.taken[str(told.get("client_msg_id") or len(held.taken))] = told
            return self._answer(200, {"errcode": 0, "msgid": f"msg-{len(held.taken)}"})

        def _misbehave(self) -> None:
            if held.mode == "error":
                return self._answer(500, {"why": "down"})
            self.send_response(200)
            self.end_headers()
            if held.mode == "garbage":
                self.wfile.write(b"<html>maintenance</html>")
                return None
            try:
                for _ in range(200):
                    self.wfile.write(b" " * 4096)
                    time.sleep(0.001)
            except OSError:
                return None
            return None

        def _answer(self, status: int, told: dict) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
