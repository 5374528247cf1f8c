"""What supply hands out: frozen rows of offers and editions; those of imports are `remark`'s.

Pure; read by pages, the interface and match.
"""

from dataclasses import dataclass
from datetime import date, datetime

from diancai.ground.people.who_may import Scope
from diancai.ground.slip.rows import SlipRow
from diancai.words import CapacityPeriod, EditionState, Language, Strand


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer. `place_codes` empty = everywhere below the department's place; `capacity_period` None = not told.

    `capacity_text` (每旗县每月4场), `places_text` (7个旗县区) and `valid_text` (2019-12-01～2020-05-15, 常年) are told
    as an office would; `state` is "in_force" or "withdrawn"; `is_over` tells that its last day has passed.
    """

    id: int
    number: str
    programme_id: int
    department_id: int
    department: str
    department_place_code: str
    leader: str
    service: str
    service_form: str
    contact: str
    contact_phone: str
    strand: Strand | None
    topics: tuple[str, ...]
    place_codes: tuple[str, ...]
    places_text: str
    capacity: int | None
    capacity_unit: str
    capacity_period: CapacityPeriod | None
    capacity_text: str
    valid_from: date | None
    valid_until: date | None
    valid_text: str
    is_over: bool
    language: Language | None
    assured_on: date | None
    assured_by: str
    note: str
    state: str
    batch_id: int | None
    made_at: datetime
    changed_at: datetime
    revision: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class OfferDetail:
    """An offer with the editions it stands on."""

    offer: OfferRow
    editions: tuple["EditionRow", ...]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A supply list edition in a list of editions; `name` as on its cover (市农牧局供给侧服务清单 2019-12 第1期)."""

    id: int
    programme_id: int
    department_id: int
    department: str
    period: str
    number: int
    is_supplement: bool
    state: EditionState
    name: str
    line_count: int
    made_by: str
    made_at: datetime
    signed_by: str
    signed_on: date | None
    published_at: datetime | None
    digest: str


@dataclass(frozen=True, slots=True)
class SupplyLineRow:
    """A line as it stood on the edition: `cells` holds the texts of `SHEET_COLUMNS` by key."""

    position: int
    offer_id: int
    strand: Strand | None
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition with its lines and the number of lines of each strand.

    `slip` is the approval slip that fits the lines, else the last one that was printed.
    """

    edition: EditionRow
    lines: tuple[SupplyLineRow, ...]
    by_strand: tuple[tuple[Strand | None, int], ...]
    slip: SlipRow | None


# The office's columns of a supply list, in order: key, Chinese header, English header, width in characters.
SHEET_COLUMNS: tuple[tuple[str, str, str, int], ...] = (
    ("position", "序号", "No.", 6),
    ("department", "责任单位", "department", 18),
    ("leader", "责任领导", "leader", 12),
    ("service", "服务项目", "service", 36),
    ("service_form", "服务形式", "service form", 22),
    ("contact", "落实联络人", "contact", 12),
    ("contact_phone", "联系电话", "phone", 14),
    ("strand", "领域／七送", "topic / strand", 16),
    ("places", "服务范围", "places served", 22),
    ("capacity", "能力", "capacity", 14),
    ("valid", "有效期", "valid", 24),
    ("language", "授课语言", "language", 10),
    ("assured", "最近确认", "last confirmed", 18),
    ("note", "备注", "note", 16),
)
