"""What the queries and actions of this stage hand out: frozen rows, never records. Read by all interfaces."""

from dataclasses import dataclass, field
from datetime import datetime

from diancai.formats.errors import Refusal as FormatRefusal
from diancai.ground.people.who_may import Scope
from diancai.words import BatchState, Language, RowFate, Source


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark as it may be shown: masked text, masked name and phone.

    `state` is one of waiting, digested, withdrawn, diverted. `place_name` runs from the county down to the sub-place.
    """

    id: int
    uuid: str
    programme_id: int
    text: str
    subject: str
    source: Source
    place_code: str
    place_name: str
    sub_place: str
    scope: Scope
    said_at: datetime | None
    recorded_at: datetime
    received_at: datetime
    recorded_by: str
    speaker: str
    phone: str
    households: int | None
    households_approx: bool
    persons: int | None
    language: Language
    is_translation: bool
    translated_by: str
    is_emergency: bool
    is_diverted: bool
    state: str
    batch_id: int | None
    outside_id: str
    photo_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Revealed:
    """What is sealed, opened for a stated purpose; the opening stands in the ledger."""

    text: str
    subject: str
    speaker: str
    phone: str


@dataclass(frozen=True, slots=True)
class PhotoGiven:
    """A picture that comes with a remark."""

    file_name: str
    content: bytes
    taken_with_consent: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What must be mended in a cell, or only noted (`stops` is false).

    `field` is a field of the sheet's columns; `candidates` are pairs of place code and full name to choose from.
    """

    code: str
    field: str
    zh: str
    en: str
    stops: bool = True
    candidates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: its number as Excel shows it, its fate, its declared cells, what is wrong with it.

    `object_id`: the remark or offer that it is now, or was already.
    """

    number: int
    fate: RowFate
    cells: dict[str, str]
    problems: tuple[Problem, ...]
    object_id: int | None


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many rows have which fate. `taken` tells how many of them are remarks now."""

    new: int = 0
    already_here: int = 0
    revived: int = 0
    needs_mending: int = 0
    skipped: int = 0
    taken: int = 0

    @property
    def waiting(self) -> int:
        """Rows that the next commit would take."""
        return self.new + self.revived - self.taken

    @property
    def rows(self) -> int:
        """All rows of the sheet."""
        return self.new + self.already_here + self.revived + self.needs_mending + self.skipped


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Something noticed while the file was read."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class BatchRow:
    """An import. `columns` maps the declared field to the header that was found for it; `unused` are other headers.

    `job_key` is the key under which the reading, the commit or the withdrawal runs as a job
    (`work.queries.find_job`). `refused`: why the file itself could not be read, when a job read it; the file then lies
    in `kept_sheets` under the token `kept`.
    """

    id: int
    programme_id: int
    file_name: str
    source: Source
    state: BatchState
    place_code: str
    place_name: str
    scope: Scope
    row_count: int
    counts: BatchCounts
    columns: dict[str, str]
    unused: tuple[str, ...]
    warnings: tuple[NoticeRow, ...]
    by: str
    at: datetime
    job_key: str
    year: int | None = None
    kept: str = ""
    refused: FormatRefusal | None = None


@dataclass(frozen=True, slots=True)
class Undigested:
    """What the digest of `need` is given: shown words only; `told` is what the sheet said beside them."""

    id: int
    programme_id: int
    uuid: str
    text: str
    subject: str
    text_key: str
    scope: Scope
    sub_place: str
    said_at: datetime | None
    received_at: datetime
    source: Source
    language: Language
    households: int | None
    households_approx: bool
    persons: int | None
    is_emergency: bool
    is_diverted: bool = False
    may_divert: bool = True
    told: dict[str, str] = field(default_factory=dict)
