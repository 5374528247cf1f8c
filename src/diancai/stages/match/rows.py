"""What match hands out: proposals, gaps and their counts. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.people.who_may import Scope
from diancai.words import MatchState, NeedProgress, Strand


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A pair of need and offer. `score` 0–1; `why` and `against` are sentences that an office can read.

    `free` is the offer's free capacity in the month and county of the need, None when unlimited or not told.
    """

    id: int
    state: MatchState
    score: float
    why: tuple[str, ...]
    against: tuple[str, ...]
    reason: str
    free: int | None
    capacity_unit: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    need_id: int
    need_content: str
    need_place: str
    need_strand: Strand | None
    need_topic: str
    need_wanted: str
    need_households: int | None
    need_progress: NeedProgress
    offer_id: int
    offer_service: str
    offer_service_form: str
    offer_department_id: int
    offer_department: str
    offer_strand: Strand | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class NeedGapRow:
    """A need of a list that no offer may serve; `refused` proposals were looked at and turned down."""

    need_id: int
    content: str
    place: str
    strand: Strand | None
    topic: str
    wanted: str
    households: int | None
    refused: int
    made_at: datetime
    scope: Scope


@dataclass(frozen=True, slots=True)
class OfferGapRow:
    """An offer in force that nobody asks for: no proposal open, none confirmed."""

    offer_id: int
    service: str
    department_id: int
    department: str
    strand: Strand | None
    places_text: str
    valid_until: date | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class GapCount:
    """One cell of the gap chart. `county_code` "" (name 市级) holds offers of the prefecture's departments."""

    strand: Strand | None
    county_code: str
    county: str
    needs: int
    needs_without_offer: int
    offers: int
    offers_unasked: int


@dataclass(frozen=True, slots=True)
class CommonNeed:
    """Needs of one topic that several counties share (共性需求): each county keeps its own line."""

    topic: str
    strand: Strand | None
    counties: tuple[str, ...]
    need_ids: tuple[int, ...]
