"""Calling a provider: time limits, answers of bounded length, and no other failure than `Failed`."""

import time

import httpx

from diancai.ground.notices.adapters import Failed

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
LONGEST_ANSWER = 64 * 1024  # bytes; whatever is longer is no answer of a provider
LONGEST_CALL = 30.0  # seconds in all: a provider that sends one byte every nine seconds hangs as well


def answer_of(client: httpx.Client, method: str, url: str, **rest: object) -> httpx.Response:
    """The provider's answer, read to its end. Raises `Failed` for none, a late one or an endless one."""
    begun = time.monotonic()
    try:
        with client.stream(method, url, **rest) as answer:  # type: ignore[arg-type]
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > LONGEST_ANSWER or time.monotonic() - begun > LONGEST_CALL:
                    raise Failed("the answer does not end")
            return httpx.Response(answer.status_code, headers=_plain(answer.headers), content=body)
    except httpx.HTTPError as error:
        # The text of the error may quote an address with a secret in it; its kind says enough.
        raise Failed(type(error).__name__) from None


def object_in(answer: httpx.Response) -> dict[str, object]:
    """The JSON object of an answer. Raises `Failed` when it is something else."""
    try:
        told = answer.json()
    except ValueError:
        raise Failed(f"status {answer.status_code}, no JSON") from None
    if not isinstance(told, dict):
        raise Failed(f"status {answer.status_code}, no JSON object")
    return told


def _plain(headers: httpx.Headers) -> dict[str, str]:
    return {"Content-Type": headers.get("Content-Type", "application/octet-stream")}
