"""The door of WeChat and WeCom: an access token that is fetched, kept while it holds, and renewed once when refused."""

import time
from collections.abc import Callable, Mapping
from threading import Lock

import httpx

from diancai.ground.notices.adapters import Failed
from diancai.ground.notices.adapters.calling import TIMEOUT, answer_of, object_in

TOKEN_OVER = (40001, 40014, 41001, 42001)
EARLY = 300  # seconds before its end at which a token is no longer used
LONGEST = 7200  # seconds that a token is believed to hold, whatever is said


class Access:
    """`ask` are the path and the parameters that a token is asked for with."""

    def __init__(
        self,
        url: str,
        ask: tuple[str, Mapping[str, str]],
        timeout: httpx.Timeout = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url, self.ask, self.timeout, self.clock = url.rstrip("/"), ask, timeout, clock
        self._token, self._holds_until = "", 0.0
        self._lock = Lock()

    def post(self, path: str, told: Mapping[str, object]) -> dict[str, object]:
        """The answer to a call, whatever its `errcode`. Raises `Failed`."""
        with httpx.Client(timeout=self.timeout) as client:
            used = self._held(client)
            answer = self._post(client, path, told, used)
            if code_of(answer) in TOKEN_OVER:
                self._forget(used)
                answer = self._post(client, path, told, self._held(client))
            return answer

    def _post(self, client: httpx.Client, path: str, told: Mapping[str, object], token: str) -> dict[str, object]:
        answer = answer_of(client, "POST", self.url + path, params={"access_token": token}, json=dict(told))
        if not answer.is_success:
            raise Failed(f"status {answer.status_code}")
        return object_in(answer)

    def _held(self, client: httpx.Client) -> str:
        with self._lock:
            if not self._token or self.clock() >= self._holds_until:
                self._token, lasts = self._fetched(client)
                self._holds_until = self.clock() + max(lasts - EARLY, 0)
            return self._token

    def _fetched(self, client: httpx.Client) -> tuple[str, float]:
        path, parameters = self.ask
        answer = object_in(answer_of(client, "GET", self.url + path, params=dict(parameters)))
        token, lasts = answer.get("access_token"), answer.get("expires_in", LONGEST)
        if not isinstance(token, str) or not token or not isinstance(lasts, int | float):
            raise Failed(f"no token: errcode {code_of(answer)}")
        return token, min(lasts, LONGEST)

    def _forget(self, token: str) -> None:
        with self._lock:
            if self._token == token:
                self._token = ""


def code_of(answer: Mapping[str, object]) -> int:
    """The `errcode` of an answer; 0 when it names none. Raises `Failed` for one that is no number."""
    code = answer.get("errcode", 0)
    if not isinstance(code, int):
        raise Failed("an errcode that is no number")
    return code
