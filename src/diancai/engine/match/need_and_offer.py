"""What is matched, and what a match says."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """One line of a demand list; `language` is "mn" when it must be given in Mongolian, else empty."""

    id: str
    text: str
    topic: str | None = None
    strand: str | None = None
    place_code: str | None = None
    wanted_from: date | None = None
    wanted_until: date | None = None
    service_form: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a supply list; empty `place_codes` serve everywhere, else they are beginnings of place codes."""

    id: str
    service: str
    service_form: str = ""
    topics: tuple[str, ...] = ()
    strand: str | None = None
    place_codes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    capacity_left: int | None = None
    languages: tuple[str, ...] = ()
    department: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposed pair with its score (0 to 1), what speaks for it and what against it."""

    need_id: str
    offer_id: str
    score: float
    why: tuple[str, ...]
    against: tuple[str, ...]
