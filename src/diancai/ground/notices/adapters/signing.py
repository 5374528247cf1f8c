"""How a request between this house and an SMS gateway is signed: HMAC-SHA256 under a shared secret.

Signed are, one a line: METHOD, path, time (seconds since 1970), nonce, SHA-256 of the body in hex. The signature goes
in `X-Diancai-Signature` in hex, the others in `X-Diancai-Key`, `-Time` and `-Nonce`. Reports that come back are
signed in the same way; they are taken within `FRESH` of their time.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

FRESH = timedelta(minutes=5)


def signature(secret: str, method: str, path: str, at: int, nonce: str, body: bytes) -> str:
    """64 hex characters."""
    signed = "\n".join((method.upper(), path, str(at), nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()


def headers_for(key: str, secret: str, method: str, path: str, at: int, nonce: str, body: bytes) -> dict[str, str]:
    """The four headers of a signed request."""
    return {
        "X-Diancai-Key": key,
        "X-Diancai-Time": str(at),
        "X-Diancai-Nonce": nonce,
        "X-Diancai-Signature": signature(secret, method, path, at, nonce, body),
    }


def is_signed(
    headers: Mapping[str, str], key: str, secret: str, method: str, path: str, body: bytes, now: datetime
) -> bool:
    """Whether these headers sign this request now: by the right key, fresh, unaltered."""
    at, nonce = headers.get("X-Diancai-Time", ""), headers.get("X-Diancai-Nonce", "")
    if not (at.isascii() and at.isdigit() and len(at) <= 12) or abs(now.timestamp() - int(at)) > FRESH.total_seconds():
        return False
    wanted = signature(secret, method, path, int(at), nonce, body)
    told = headers.get("X-Diancai-Signature", "")
    same_key = hmac.compare_digest(headers.get("X-Diancai-Key", "").encode(), key.encode())
    return hmac.compare_digest(told.encode(), wanted.encode()) and same_key
