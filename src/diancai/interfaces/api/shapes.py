"""Shapes of the JSON interface, version 1. Adding a field is allowed; changing or removing one needs version 2."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema


class Problem(Schema):
    """A refusal: the same code and texts that the pages show."""

    code: str
    zh: str
    en: str


class RemarkIn(Schema):
    """One sentence is enough; sending the same `uuid` again is the same remark."""

    uuid: UUID
    text: str
    place_code: str
    source: str = "web"
    sub_place: str = ""
    subject: str = ""
    said_at: datetime | None = None
    households: int | None = Field(default=None, ge=0)
    persons: int | None = Field(default=None, ge=0)
    speaker: str = ""
    phone: str = ""
    is_emergency: bool = False
    programme: str = ""


class RemarkOut(Schema):
    """A remark as whoever asks may see it: masked."""

    id: int
    uuid: UUID
    shown: str
    source: str
    place: str
    recorded_at: datetime


class NeedOut(Schema):
    """A need of a list."""

    id: int
    content: str
    place: str
    strand: str
    topic: str
    state: str
    progress: str
    wanted_from: date | None
    wanted_until: date | None
    households: int | None
    remark_count: int
    made_at: datetime


class NeedPage(Schema):
    """A page of needs, newest first; `next_after` is null on the last one."""

    rows: list[NeedOut]
    next_after: str | None


class HitOut(Schema):
    """A record that was found: its kind and identifier."""

    kind: str
    id: int
    at: datetime


class HitPage(Schema):
    """A page of hits, newest first; `count` stops at 1,000 and then says 1,001."""

    rows: list[HitOut]
    next_after: str | None
    count: int


class CountOut(Schema):
    """A standing count of needs of one county (or of a town officer's town)."""

    county_code: str
    strand: str
    month: str
    count: int
