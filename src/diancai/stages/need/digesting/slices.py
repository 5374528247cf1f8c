"""One slice of the digest: prepared outside a transaction, written in one, thrown away when somebody was faster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from diancai.engine.reasons import Reason
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.withholding import WITHHELD
from diancai.stages.need.digesting.neighbours import Neighbours, Pair, newest_need, pair_up, placed_of
from diancai.stages.need.digesting.reading import read_remark
from diancai.stages.need.keeping import event_details, index, recount, step
from diancai.stages.need.making import Made, Units, make_need
from diancai.stages.need.models import MergeProposal, Need, NeedSource, NeedStep
from diancai.stages.need.numbering import give_numbers
from diancai.stages.need.rules import Step
from diancai.stages.remark.actions import divert_remark, mark_digested
from diancai.stages.remark.queries import find_same_text
from diancai.stages.remark.rows import Undigested
from diancai.words import Route

SAME_TEXT = Reason.JOINED_SAME_TEXT.tell()
TextKey = tuple[int, str, str]


class Overtaken(Exception):
    """Another worker wrote needs or remarks of this slice meanwhile: prepare it anew."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A slice ready to be written.

    `made`: needs of each remark that is the first of its text; `joining`: remarks whose text another remark has, by its
    id (in the database or in this slice); `newest`: the highest need id that the comparison knew.
    """

    rows: tuple[Undigested, ...]
    made: dict[int, list[Made]]
    joining: dict[int, int]
    pairs: list[Pair]
    newest: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a slice added."""

    remarks: int = 0
    needs: int = 0
    joined: int = 0
    proposals: int = 0
    diverted: int = 0


def text_key(row: Undigested) -> TextKey:
    """Identical texts get the same needs within one programme and county."""
    return row.programme_id, row.scope.county_code, row.text_key


def prepare(rows: Sequence[Undigested], neighbours: Neighbours, units: Units, *, newest: int, at: datetime) -> Prepared:
    """Read the remarks and find what their needs may be one with; writes nothing."""
    numbers, settled = _numbers_taken(rows)
    templates = find_same_text([row.text_key for row in rows], besides=[row.id for row in rows])
    first: dict[TextKey, int] = {}
    made: dict[int, list[Made]] = {}
    joining: dict[int, int] = {}
    for row in rows:
        key = text_key(row)
        if row.id in settled:
            continue
        template = templates.get(key, first.get(key))
        if template is not None and row.id not in numbers:
            joining[row.id] = template
            continue
        wants = enumerate(read_remark(row), numbers.get(row.id, 0) + 1)
        made[row.id] = [make_need(row, want, units, at=at, number=number) for number, want in wants]
        if all(one.need.route != Route.DIVERT for one in made[row.id]):
            first.setdefault(key, row.id)
    listed = [placed_of(m.need, m.source.quote) for some in made.values() for m in some if m.need.route == Route.LIST]
    return Prepared(tuple(rows), made, joining, pair_up(listed, neighbours), newest)


def _numbers_taken(rows: Sequence[Undigested]) -> tuple[dict[int, int], set[int]]:
    """Of remarks that were digested before: their highest want number, and those that have needs already."""
    sources = NeedSource.objects.filter(remark_id__in=[row.id for row in rows])
    highest = dict(sources.order_by().values_list("remark_id").annotate(highest=Max("want_number")))
    wordless = Q(need__route=Route.DIVERT) | Q(need__content=WITHHELD)
    settled = set(sources.exclude(wordless).values_list("remark_id", flat=True))
    return highest, settled


@transaction.atomic
def write(prepared: Prepared, *, by: Account | None, at: datetime) -> Written:
    """Write a prepared slice. Raises `Overtaken`, and nothing is kept then."""
    ids = [row.id for row in prepared.rows]
    if len(mark_digested(ids, at=at)) != len(ids) or newest_need() != prepared.newest:
        raise Overtaken
    made = [one for some in prepared.made.values() for one in some]
    needs = [one.need for one in made]
    Need.objects.bulk_create(needs)
    give_numbers(needs)
    for one in made:
        # Unsaved when the share was put together: tell it the keys that the needs have now.
        one.source.need = one.source.origin = one.need
    NeedSource.objects.bulk_create([one.source for one in made])
    NeedStep.objects.bulk_create([step(need, Step.PROPOSED, by=None, at=at) for need in needs])
    proposals = _save_pairs(prepared.pairs, needs)
    diverted = _divert(prepared.made, at)
    joined = _join(prepared, at)
    index(needs)
    _tell(prepared.rows, needs, joined, by, at)
    return Written(len(ids), len(needs), len(prepared.joining), proposals, diverted)


def _save_pairs(pairs: Sequence[Pair], needs: Sequence[Need]) -> int:
    named = {str(need.uuid): need.pk for need in needs}
    older = {pair.second for pair in pairs} | {pair.first for pair in pairs} - set(named)
    named |= {str(uuid): pk for uuid, pk in Need.objects.filter(uuid__in=older - set(named)).values_list("uuid", "pk")}
    found = []
    for pair in pairs:
        first, second = sorted((named[pair.first], named[pair.second]))
        found.append(
            MergeProposal(
                first_id=first,
                second_id=second,
                score=pair.score,
                why=list(pair.why),
                is_identical=pair.is_identical,
                is_across_counties=pair.is_across,
            )
        )
    MergeProposal.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def _divert(made: Mapping[int, Sequence[Made]], at: datetime) -> int:
    """Reports about persons leave at once: their words are taken away in the same transaction."""
    reports = [remark for remark, some in made.items() if any(one.need.route == Route.DIVERT for one in some)]
    for remark_id in reports:
        divert_remark(by=None, at=at, remark_id=remark_id, reason="系统识别为反映人的问题")
    return len(reports)


def _join(prepared: Prepared, at: datetime) -> list[int]:
    """Give each remark of a known text a share in the needs of that text; returns the needs that grew."""
    if not prepared.joining:
        return []
    rows = {row.id: row for row in prepared.rows}
    wanted = set(prepared.joining.values())
    shares: dict[int, list[NeedSource]] = {}
    for source in NeedSource.objects.filter(remark_id__in=wanted).select_related("remark", "need").order_by("id"):
        if source.need.route != Route.DIVERT and source.need.content != WITHHELD:
            shares.setdefault(source.remark_id, []).append(source)
    new = [
        _joined(source, rows[remark], at)
        for remark, template in prepared.joining.items()
        for source in shares.get(template, [])
    ]
    NeedSource.objects.bulk_create(new)
    grown = {source.need_id: source.need for source in new}
    NeedStep.objects.bulk_create([step(need, Step.JOINED, by=None, at=at) for need in grown.values()])
    recount(grown)
    return sorted(grown)


def _joined(source: NeedSource, row: Undigested, at: datetime) -> NeedSource:
    from_words = source.households if source.remark.households is None else None
    return NeedSource(
        need_id=source.need_id,
        origin_id=source.need_id,
        remark_id=row.id,
        want_number=source.want_number,
        quote=source.quote,
        reason=SAME_TEXT,
        households=row.households if row.households is not None else from_words,
        households_approx=row.households_approx if row.households is not None else source.households_approx,
        persons=row.persons if row.persons is not None else source.persons if source.remark.persons is None else None,
        quantity=source.quantity,
        wanted_text=source.wanted_text,
        wanted_from=source.wanted_from,
        wanted_until=source.wanted_until,
        linked_at=at,
    )


def _tell(
    rows: Sequence[Undigested], needs: Sequence[Need], joined: Sequence[int], by: Account | None, at: datetime
) -> None:
    counties = {row.scope.county_code for row in rows}
    scope = Scope(rows[0].scope.prefecture_code, counties.pop() if len(counties) == 1 else "")
    details = event_details(needs) | {"remarks": len(rows), "joined": list(joined), "programme": rows[0].programme_id}
    record("need.proposed", subject=("needs", rows[0].programme_id), by=by, at=at, scope=scope, details=details)
