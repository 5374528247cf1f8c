"""What goes into the digest and what comes out; frozen, without behaviour."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from diancai.words import HandlingLevel, Kind, Language, Route, Strand, Urgency


class PlaceNames(Protocol):
    """Knows the names of places, so that 六份子 is not read as six of something."""

    def known_names(self) -> frozenset[str]:
        """All names, with and without their suffix."""
        ...


class TopicClassifier(Protocol):
    """Puts a text under topics; the default reads the topic list's own names and keywords."""

    def best(self, text: str) -> list[tuple[str, float]]:
        """Topic labels ("一级/二级") with a score of 0 to 1, the best first; empty when nothing speaks for any."""
        ...


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said: `text` verbatim, `said_at` when, `place_code` the 12-digit code or a prefix of it."""

    id: str
    text: str
    subject: str = ""
    said_at: datetime | None = None
    place_code: str = ""
    sub_place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Want:
    """One thing wanted. `content` is a neutral line of at most 30 characters; of a diverted report it tells nothing.

    `doubt` is 0 (certain) to 1 (a person must look); `why` gives the reasons in Chinese with the words that decided;
    `quote` is the part of the masked text it rests on, empty for a diverted report.
    """

    n: int
    route: Route
    kind: Kind
    content: str
    wanted_text: str | None
    wanted_from: date | None
    wanted_until: date | None
    service_form: str | None
    topic: str | None
    topic_score: float
    strand: Strand | None
    quantity: str | None
    households: int | None
    households_approx: bool
    persons: int | None
    urgency: Urgency
    handling_level: HandlingLevel
    lead: str | None
    joint: tuple[str, ...]
    doubt: float
    why: tuple[str, ...]
    quote: str
    askers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A remark understood: language, the gravest route of its wants, the wants, the masked text, what was masked."""

    id: str
    language: Language
    route: Route
    wants: tuple[Want, ...]
    masked: str
    found: tuple[str, ...]
    why: tuple[str, ...]
