"""Reading and verifying the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from diancai.ground.ledger.actions import DROPPED, HEAD_FILE, digest_fields
from diancai.ground.ledger.digest import chain_digest, event_digest
from diancai.ground.ledger.models import Event, EventWords, Seal, Unsealed
from diancai.ground.ledger.words import Told, digest_of_words, words_of
from diancai.ground.paging import Page, whole_number


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of a record's history; `details` with the words, but for those that were dropped."""

    id: int
    kind: str
    by: str
    at: datetime
    details: dict[str, object]
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: broken lists every fault in words; unsealed is the tail that no seal holds yet."""

    events: int
    seals: int
    unsealed: int
    broken: tuple[str, ...]
    head: str

    @property
    def holds(self) -> bool:
        """Whether nothing is broken; an unsealed tail alone is no fault."""
        return not self.broken


def list_events(subject_kind: str, subject_id: object, limit: int = 200) -> list[EventRow]:
    """The history of one record, oldest first."""
    return _event_rows(Event.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id)), limit)


def list_events_together(subject_kind: str, about: tuple[str, object], limit: int = 200) -> list[EventRow]:
    """Events of bulk acts on `subject_kind` ("orders") that name the record `about` among theirs, oldest first."""
    found = Event.objects.filter(words__about_kind=about[0], words__about_id=str(about[1]), subject_kind=subject_kind)
    return _event_rows(found, limit)


def _event_rows(found: QuerySet[Event], limit: int) -> list[EventRow]:
    events = list(found.order_by("id").select_related("by")[:limit])
    told = words_of(events)
    return [
        EventRow(
            e.pk, e.kind, str(e.by) if e.by else "", e.at, {**e.details, **told[e.pk].words}, told[e.pk].is_dropped
        )
        for e in events
    ]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An event with what it was done to, for the auditor; `has_sealed`: part of it is personal, or was dropped."""

    id: int
    kind: str
    subject_kind: str
    subject_id: str
    by: str
    at: datetime
    details: dict[str, object]
    place_code: str
    has_sealed: bool
    digest: str


def list_newest(*, kind: str = "", subject: str = "", after: str = "", limit: int = 50) -> Page[LedgerRow]:
    """Events, the newest first. `kind` is exact or a stage's prefix (`need.`); `subject` is `kind:id` (`need:17`)."""
    found = Event.objects.order_by("-id").select_related("by")
    if kind:
        found = found.filter(kind__startswith=kind) if kind.endswith(".") else found.filter(kind=kind)
    if subject:
        subject_kind, _, subject_id = subject.partition(":")
        found = found.filter(subject_kind=subject_kind.strip(), subject_id=subject_id.strip())
    if (behind := whole_number(after)) is not None:
        found = found.filter(pk__lt=behind)
    events = list(found[: limit + 1])
    more = str(events[limit - 1].pk) if len(events) > limit else None
    told = words_of(events[:limit])
    return Page(tuple(_ledger_row(event, told[event.pk]) for event in events[:limit]), more)


def _ledger_row(e: Event, told: Told) -> LedgerRow:
    place = e.village_code or e.town_code or e.county_code or e.prefecture_code
    by = str(e.by) if e.by else ""
    has_sealed = told.has_personal or told.is_dropped
    details = {**e.details, **told.words}
    return LedgerRow(e.pk, e.kind, e.subject_kind, e.subject_id, by, e.at, details, place, has_sealed, e.digest)


def verify(folder: Path | None = None) -> Verdict:
    """Recompute every digest and the chain, and hold it against the heads written outside the database.

    Reads the whole ledger once, 1,000 events at a time. `folder` holds the file of heads; by default the data folder.
    """
    broken = [*_broken_seals(), *_lost_head((folder or settings.DATA) / HEAD_FILE)]
    sealed = {member for members in Seal.objects.values_list("members", flat=True) for member in members}
    waiting = set(Unsealed.objects.values_list("event_id", flat=True))
    known = set(Event.objects.values_list("pk", flat=True))
    broken += [f"event {identifier}: neither sealed nor waiting" for identifier in sorted(known - sealed - waiting)]
    broken += _broken_events(waiting)
    broken += _broken_words()
    last = Seal.objects.order_by("-id").first()
    return Verdict(len(known), Seal.objects.count(), len(waiting), tuple(broken), last.chain if last else "")


def _broken_seals() -> Iterator[str]:
    previous = ""
    for seal in Seal.objects.order_by("id"):
        if seal.previous != previous:
            yield f"seal {seal.pk}: does not follow the seal before it"
        events = {event.pk: event for event in Event.objects.filter(pk__in=seal.members)}
        missing = [member for member in seal.members if member not in events]
        yield from (f"event {member}: missing from seal {seal.pk}" for member in missing)
        yield from _altered(events.values())
        digests = [events[member].digest for member in seal.members if member in events]
        if chain_digest(seal.previous, digests) != seal.chain:
            yield f"seal {seal.pk}: chain does not fit its events"
        previous = seal.chain


def _lost_head(file: Path) -> Iterator[str]:
    """The first head of the file that the database does not hold: seals cut from the end break no chain."""
    if not file.exists():
        return
    held = {str(number): chain for number, chain in Seal.objects.values_list("pk", "chain")}
    lines = enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
    for number, told in ((n, line.split()) for n, line in lines if line.strip()):
        seal, chain = told[-2:] if len(told) == 4 else ("?", "?")
        if (seal, chain) != ("0", "-") and held.get(seal) != chain:
            yield f"head of line {number} ({' '.join(told[:2])}): seal {seal} with chain {chain} is not in the database"
            return


def _broken_events(waiting: set[int]) -> list[str]:
    return list(_altered(Event.objects.filter(pk__in=waiting).iterator(chunk_size=1000)))


def _altered(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        if event_digest(digest_fields(event)) != event.digest:
            yield f"event {event.pk}: altered"


def _broken_words() -> Iterator[str]:
    """Words that were altered, and words that are gone though no divert took them."""
    expected = dict(Event.objects.exclude(words_digest="").values_list("pk", "words_digest"))
    held = EventWords.objects.order_by("id").values_list("event_id", "sealed")
    present: set[int] = set()
    for pk, sealed in held.iterator(chunk_size=1000):
        present.add(pk)
        if digest_of_words(bytes(sealed)) != expected.get(pk):
            yield f"event {pk}: words altered"
    told = Event.objects.filter(kind=DROPPED).values_list("details", flat=True)
    dropped = {pk for details in told for pk in details["event_ids"]}
    yield from (f"event {pk}: words missing" for pk in sorted(set(expected) - present - dropped))
