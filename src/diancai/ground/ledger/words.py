"""What an event may say in plain, and what it may say only sealed.

An event can never be changed, so no word of a person may stand in it: `parted` lets numbers, codes, dates and digests
through and takes every other text out. The words go sealed into rows of their own (`EventWords`), which a report about
persons takes away with `drop_words`; the digest of the ciphertext stays in the event.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from diancai.ground.ledger.models import Event, EventWords
from diancai.ground.privacy.sealing import open_sealed, seal

# A code, a date, a digest, a name of a state or of an account; a word of Chinese or a sentence is none.
CODE = re.compile(r"[0-9A-Za-z_.:+/-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of an event as far as they may be shown; `is_dropped` when they were taken away."""

    words: Mapping[str, Any] = field(default_factory=dict)
    has_personal: bool = False
    is_dropped: bool = False


def parted(details: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Plain details and words, by whether a value is made of numbers and codes alone. Values are those of JSON."""
    plain = {name: value for name, value in details.items() if _is_plain(value)}
    return plain, {name: value for name, value in details.items() if name not in plain}


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None or _is_moment(value)
    if isinstance(value, list):
        return all(_is_plain(each) for each in value)
    if isinstance(value, dict):
        return all(_is_plain(each) for pair in value.items() for each in pair)
    return True


def _is_moment(value: str) -> bool:
    """`2019-12-10 09:00:00+00:00`, as a moment is written."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def sealed_words(words: Mapping[str, object], personal: Mapping[str, object]) -> bytes:
    """Ciphertext of both; nothing when there is neither."""
    if not words and not personal:
        return b""
    return seal(json.dumps({"words": words, "personal": personal}, ensure_ascii=False, default=str))


def digest_of_words(sealed: bytes) -> str:
    """SHA-256 over the ciphertext (64 hex characters), empty for nothing."""
    return hashlib.sha256(sealed).hexdigest() if sealed else ""


def keep_words(event: Event, sealed: bytes, about: Iterable[tuple[str, object]]) -> None:
    """A row for each record that the words may be about, so that they are found whichever of them is diverted."""
    pairs = dict.fromkeys((kind, str(identifier)) for kind, identifier in about)
    EventWords.objects.bulk_create(
        [EventWords(event=event, about_kind=kind, about_id=identifier, sealed=sealed) for kind, identifier in pairs]
    )


def words_of(events: Iterable[Event]) -> dict[int, Told]:
    """The words of each event by its id; names, phones and the like stay closed."""
    wanted = {event.pk for event in events if event.words_digest}
    rows = EventWords.objects.filter(event_id__in=wanted).values_list("event_id", "sealed")
    opened: dict[int, Told] = defaultdict(Told, {pk: Told(is_dropped=True) for pk in wanted})
    for pk, sealed in dict(rows).items():
        held = json.loads(open_sealed(sealed))
        opened[pk] = Told(held["words"], bool(held["personal"]))
    return opened
