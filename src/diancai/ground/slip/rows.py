"""What a slip says and how it stands: frozen rows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.uploads.files import FileGiven


@dataclass(frozen=True, slots=True)
class SlipTold:
    """What the paper says. `by_strand` are pairs of Chinese label and count; `measure` counts lines (条, 项)."""

    list_name: str
    programme: str
    body_label: str
    body: str
    period: str
    edition: str
    count: int
    measure: str
    by_strand: tuple[tuple[str, int], ...]
    made_by: str
    made_on: date


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A printed slip. `fits`: the lines are still those it was printed for; `has_scan`: the signed paper is kept."""

    id: int
    number: str
    told: SlipTold
    content_digest: str
    printed_by: str
    printed_at: datetime
    paper_number: str
    has_scan: bool
    scan_digest: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """What the clerk enters when the paper comes back."""

    signed_by: str
    signed_on: date | None
    scan: FileGiven | None
    paper_number: str = ""
