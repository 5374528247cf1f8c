"""Digests of events and seals. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime


def event_digest(fields: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of an event's fields (64 hex characters)."""
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(canonical.encode()).hexdigest()


def chain_digest(previous: str, digests: list[str]) -> str:
    """The digest of a seal: the chain before it and the digests of its members, in order of identifier."""
    return hashlib.sha256("\n".join([previous, *digests]).encode()).hexdigest()


def rows_digest(rows: list[str]) -> str:
    """One digest for the many rows of a bulk act."""
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)
