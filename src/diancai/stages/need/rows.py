"""What the queries and actions of this stage hand out: frozen rows, never records. Read by all interfaces."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from diancai.ground.people.who_may import Scope
from diancai.ground.slip.rows import SlipRow
from diancai.words import (
    EditionState,
    HandlingLevel,
    Kind,
    NeedProgress,
    NeedState,
    Route,
    Source,
    Strand,
    Urgency,
)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as a line of a list.

    `strand` is None when not told. `households` is None when not told, approximate when `households_approx`.
    `doubt` runs from 0 (certain) to 100. `place_name` runs from the town down to the sub-place; after a merge it names
    every village (`、` between). `open_proposals` counts unanswered proposals to merge.
    """

    id: int
    uuid: str
    number: str
    programme_id: int
    route: Route
    kind: Kind
    content: str
    topic: str
    strand: Strand | None
    service_form: str
    language: str
    wanted_text: str
    wanted_from: date | None
    wanted_until: date | None
    quantity: str
    households: int | None
    households_approx: bool
    persons: int | None
    urgency: Urgency
    handling_level: HandlingLevel
    lead: str
    joint: str
    place_code: str
    county_name: str
    place_name: str
    sub_place: str
    scope: Scope
    state: NeedState
    progress: NeedProgress
    doubt: int
    why: tuple[str, ...]
    is_common: bool
    times_repeated: int
    remark_count: int
    open_proposals: int
    left_out_reason: str
    merged_into_id: int | None
    first_said_on: date | None
    made_at: datetime
    changed_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class NeedLine:
    """What a program is told of a need in a list: plain values, as the columns hold them.

    `place` runs from the county down; after a merge it names every village.
    """

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


class Placed(Protocol):
    """A record of a need, or those of its columns that tell its places."""

    prefecture_code: str
    county_code: str
    town_code: str
    village_code: str
    sub_place: str
    places: list[str]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A remark's share in a need. `text` is empty when the account may not see the remark.

    `came_from_id` is the need it was merged in from, None when it was always here. A withdrawn remark's share is shown
    and not counted.
    """

    id: int
    remark_id: int
    text: str
    quote: str
    source: Source
    place_code: str
    place_name: str
    said_at: datetime | None
    households: int | None
    households_approx: bool
    persons: int | None
    quantity: str
    wanted_text: str
    wanted_from: date | None
    wanted_until: date | None
    reason: str
    is_counted: bool
    came_from_id: int | None
    linked_by: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal to merge: the other need side by side, with the words of its remarks.

    Across counties the answer `join` does not merge: it tags both as common (共性需求). `answer`: open, joined, parted.
    """

    id: int
    score: float
    why: tuple[str, ...]
    is_identical: bool
    is_across_counties: bool
    answer: str
    other: NeedRow
    other_quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a need's history; `is_undone` steps stay visible, struck through."""

    at: datetime
    by: str
    kind: str
    zh: str
    en: str
    note: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class NeedDetail:
    """A need with all it rests on. `merged` are the needs that were merged into it; each can be parted again.

    `undo_zh`/`undo_en` name what `undo_last` would take back, empty when there is nothing.
    """

    need: NeedRow
    sources: tuple[SourceRow, ...]
    proposals: tuple[ProposalRow, ...]
    merged: tuple[NeedRow, ...]
    history: tuple[StepRow, ...]
    may_comb: bool
    may_review: bool
    undo_zh: str
    undo_en: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A need in the review queue with what a reviewer needs to judge it on the spot."""

    need: NeedRow
    quotes: tuple[str, ...]
    proposals: tuple[ProposalRow, ...]


@dataclass(frozen=True, slots=True)
class Households:
    """A sum of households, each remark's counted once; None when none was told, approximate when one part is."""

    number: int | None
    is_approx: bool


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition of a demand list. `is_zero` is a zero report: published without a line."""

    id: int
    programme_id: int
    county_code: str
    county_name: str
    period: str
    number: int
    is_supplement: bool
    state: EditionState
    is_zero: bool
    line_count: int
    made_by: str
    made_at: datetime
    signed_by: str
    signed_on: date | None
    published_at: datetime | None
    published_by: str
    digest: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an edition. `cells` are the texts of the office's columns by field (`rules.DEMAND_COLUMNS`)."""

    id: int
    position: int
    need_id: int
    cells: dict[str, str]
    strand: Strand | None
    households: int | None


@dataclass(frozen=True, slots=True)
class EditionTotals:
    """Sums of an edition: needs are lines; remarks and households are counted once."""

    needs: int
    remarks: int
    households: Households
    by_strand: tuple[tuple[Strand | None, int], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition with its lines. `is_intact` says that the lines still have the digest that was signed.

    `slip` is the approval slip that fits the lines, else the last one that was printed.
    """

    edition: EditionRow
    columns: tuple[tuple[str, str, str], ...]
    lines: tuple[LineRow, ...]
    totals: EditionTotals
    is_intact: bool
    slip: SlipRow | None
