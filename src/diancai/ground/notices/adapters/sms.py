"""SMS: a signed JSON request to the county's gateway, or, for a demo, a line in the log.

Request: POST {"id": key, "to": phone, "text": text}, signed as `signing` says. Answers: 2xx {"id": the gateway's},
409 it has that `id` already (taken as sent), 400, 404, 410 or 422 never, anything else later.
"""

import json
import logging
import secrets
import time
from urllib.parse import urlsplit

import httpx

from diancai.ground.notices.adapters import Failed, Letter, Refused, Sent
from diancai.ground.notices.adapters.calling import TIMEOUT, answer_of, object_in
from diancai.ground.notices.adapters.signing import headers_for
from diancai.ground.privacy.sealing import mask_phone

logger = logging.getLogger(__name__)
NEVER = (400, 404, 410, 422)
HAD_ALREADY = 409


class SmsGateway:
    """`url` is the gateway's address for sending; `key` names this house to it, `secret` signs."""

    def __init__(self, url: str, key: str, secret: str, timeout: httpx.Timeout = TIMEOUT) -> None:
        self.url, self.key, self.secret, self.timeout = url, key, secret, timeout

    def send(self, letter: Letter) -> Sent:
        """Ask the gateway to send it."""
        body = json.dumps({"id": letter.key, "to": letter.address, "text": letter.short}, ensure_ascii=False).encode()
        path = urlsplit(self.url).path or "/"
        signed = headers_for(self.key, self.secret, "POST", path, int(time.time()), secrets.token_hex(8), body)
        with httpx.Client(timeout=self.timeout) as client:
            headers = signed | {"Content-Type": "application/json; charset=utf-8"}
            answer = answer_of(client, "POST", self.url, content=body, headers=headers)
        if answer.status_code == HAD_ALREADY:
            return Sent(letter.key)
        if answer.status_code in NEVER:
            raise Refused(f"status {answer.status_code}")
        if not answer.is_success:
            raise Failed(f"status {answer.status_code}")
        return Sent(str(object_in(answer).get("id") or letter.key)[:80])


class SmsInLog:
    """Writes what would go out into the log, with the phone masked."""

    def send(self, letter: Letter) -> Sent:
        """Write the line."""
        logger.info("SMS %s: %s", mask_phone(letter.address), letter.short)
        return Sent(letter.key)
