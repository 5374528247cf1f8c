"""Writing the ledger: `record` inside the transaction of every act, `seal_tail` behind it, `drop_words` at a divert."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from diancai.ground.ledger.digest import chain_digest, event_digest
from diancai.ground.ledger.models import Event, EventWords, Seal, Unsealed
from diancai.ground.ledger.words import digest_of_words, keep_words, parted, sealed_words
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope

BATCH = 1000
HEAD_FILE = "ledger-head.txt"
DROPPED = "words.dropped"
Listener = Callable[[Event], None]


class SealerCollision(Exception):
    """Two sealers ran at once; the transaction is rolled back and nothing is lost."""


_listeners: list[tuple[str, Listener]] = []


def listen(kind: str, reaction: Listener) -> None:
    """Register a reaction of a later stage; `kind` is exact, or a stage's prefix such as `remark.`.

    Reactions run inside the transaction of the act. They queue a once-only job or mark counts (design 8.1); the one
    exception is a diverted report, whose words must be gone with the act itself (docs/decisions/0006).
    """
    if (kind, reaction) not in _listeners:
        _listeners.append((kind, reaction))


def record(
    kind: str,
    *,
    subject: tuple[str, object],
    by: Account | None,
    at: datetime,
    scope: Scope,
    sub_place: str = "",
    details: dict[str, object] | None = None,
    words: dict[str, object] | None = None,
    personal: dict[str, object] | None = None,
    about: Iterable[tuple[str, object]] = (),
) -> Event:
    """Append one event; must be called inside the act's own transaction.

    `details`: numbers, codes, states and dates, in plain; a text among them is sealed as if it were one of the `words`.
    `words`: what a person wrote, sealed, opened in the history of the record. `personal`: names and phones, sealed and
    opened nowhere. `about`: the records whose divert takes the words away; by default the subject. `sub_place` is free
    text, often the address of a house, and sealed with the words.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event belongs inside the transaction of its act")
    shown, free = parted(json.loads(json.dumps(details or {}, ensure_ascii=False, default=str)))
    free |= {"sub_place": sub_place} if sub_place else {}
    sealed = sealed_words(free | (words or {}), personal or {})
    event = Event(
        kind=kind,
        subject_kind=subject[0],
        subject_id=str(subject[1]),
        by=by,
        at=at,
        details=shown,
        words_digest=digest_of_words(sealed),
        prefecture_code=scope.prefecture_code,
        county_code=scope.county_code,
        town_code=scope.town_code,
        village_code=scope.village_code,
    )
    event.digest = event_digest(digest_fields(event))
    event.save(force_insert=True)
    if sealed:
        keep_words(event, sealed, about or [subject])
    Unsealed.objects.create(event=event)
    for wanted, reaction in tuple(_listeners):
        if kind == wanted or (wanted.endswith(".") and kind.startswith(wanted)):
            reaction(event)
    return event


def drop_words(about: Iterable[tuple[str, object]], *, by: Account | None, at: datetime, scope: Scope) -> int:
    """Take the words of every event about these records away, for ever; returns of how many events.

    One event tells of which, so that `verify` knows that nobody else took them. Called where a report is diverted.
    """
    wanted: dict[str, list[str]] = {}
    for kind, identifier in about:
        wanted.setdefault(kind, []).append(str(identifier))
    touched: set[int] = set()
    for kind, identifiers in wanted.items():
        found = EventWords.objects.filter(about_kind=kind, about_id__in=identifiers)
        touched |= set(found.values_list("event_id", flat=True))
    if touched:
        EventWords.objects.filter(event_id__in=touched).delete()
        subject = ("events", min(touched))
        record(DROPPED, subject=subject, by=by, at=at, scope=scope, details={"event_ids": sorted(touched)})
    return len(touched)


def digest_fields(event: Event) -> dict[str, object]:
    """What the digest of an event covers."""
    return {
        "kind": event.kind,
        "subject": f"{event.subject_kind}:{event.subject_id}",
        "by": event.by_id,
        "at": event.at,
        "details": event.details,
        "words": event.words_digest,
        "place": [event.prefecture_code, event.county_code, event.town_code, event.village_code, event.sub_place],
    }


def seal_tail(*, at: datetime) -> int:
    """Chain all committed events that no seal holds yet, in batches; returns how many were sealed.

    The last seal is locked while the next is written, so two sealers cannot fork the chain.
    """
    total = 0
    while True:
        with transaction.atomic():
            sealed = _seal_batch(at)
        total += sealed
        if sealed < BATCH:
            return total


def _seal_batch(at: datetime) -> int:
    last = Seal.objects.select_for_update().order_by("-id").first()
    events = list(Event.objects.filter(pk__in=Unsealed.objects.values("event_id")[:BATCH]).values_list("pk", "digest"))
    if not events:
        return 0
    members = [identifier for identifier, _ in events]
    removed, _ = Unsealed.objects.filter(event_id__in=members).delete()
    if removed != len(members):
        # Another sealer took some of them between our two reads: roll back and let the next round see the rest.
        raise SealerCollision
    previous = last.chain if last else ""
    Seal.objects.create(
        first_event=members[0],
        last_event=members[-1],
        members=members,
        previous=previous,
        chain=chain_digest(previous, [digest for _, digest in events]),
        sealed_at=at,
    )
    return len(members)


def write_head(*, at: datetime, folder: Path | None = None) -> Path:
    """Append the head of the chain to a file outside the database, one line a day; returns the file."""
    target = (folder or settings.DATA) / HEAD_FILE
    last = Seal.objects.order_by("-id").first()
    line = f"{at:%Y-%m-%d %H:%M} {last.pk if last else 0} {last.chain if last else '-'}\n"
    with target.open("a", encoding="ascii") as file:
        file.write(line)
    return target


def head_is_due(*, on: date, folder: Path | None = None) -> bool:
    """Whether no head was written on that day yet."""
    target = (folder or settings.DATA) / HEAD_FILE
    if not target.exists():
        return True
    return not target.read_text(encoding="ascii").splitlines()[-1].startswith(on.isoformat())
