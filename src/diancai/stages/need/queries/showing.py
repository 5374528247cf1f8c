"""How records become rows that may be shown. Called by the queries and actions of this stage."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import full_name, name_of, tree
from diancai.stages.need.models import MergeProposal, Need, NeedSource, NeedStep
from diancai.stages.need.rows import NeedLine, NeedRow, Placed, ProposalRow, SourceRow, StepRow
from diancai.stages.need.rules import Step
from diancai.words import HandlingLevel, Kind, NeedProgress, NeedState, Route, Source, Strand, Urgency

OPEN_PAIR = Q(answer=MergeProposal.Answer.OPEN, first__is_live=True, second__is_live=True)
NAMED_PLACES = 6
PLACE_COLUMNS = ("prefecture_code", "county_code", "town_code", "village_code", "sub_place", "places")
# The columns of `NeedLine` but for its place, in that order around it.
LINE_COLUMNS = (
    *("id", "content"),
    *("strand", "topic", "state", "progress", "wanted_from", "wanted_until", "households", "remark_count", "made_at"),
)


def need_rows(needs: Sequence[Need]) -> tuple[NeedRow, ...]:
    """Records as rows, with the number of open proposals of each: one question for all of them."""
    open_pairs = count_open([need.pk for need in needs])
    return tuple(need_row(need, open_pairs[need.pk]) for need in needs)


def need_line(row: Any) -> NeedLine:
    """A named row of `LINE_COLUMNS` and `PLACE_COLUMNS` as a line."""
    identifier, content, *rest = row[: len(LINE_COLUMNS)]
    return NeedLine(identifier, content, f"{name_of(row.county_code)}{places_text(row)}", *rest)


def need_row(need: Need, open_proposals: int = 0) -> NeedRow:
    """A record as a row."""
    scope = need.scope
    return NeedRow(
        id=need.pk,
        uuid=str(need.uuid),
        number=need.number,
        programme_id=need.programme_id,
        route=Route(need.route),
        kind=Kind(need.kind),
        content=need.content,
        topic=need.topic,
        strand=Strand(need.strand) if need.strand else None,
        service_form=need.service_form,
        language=need.language,
        wanted_text=need.wanted_text,
        wanted_from=need.wanted_from,
        wanted_until=need.wanted_until,
        quantity=need.quantity,
        households=need.households,
        households_approx=need.households_approx,
        persons=need.persons,
        urgency=Urgency(need.urgency),
        handling_level=HandlingLevel(need.handling_level),
        lead=need.lead,
        joint=need.joint,
        place_code=scope.place_code,
        county_name=name_of(scope.county_code),
        place_name=places_text(need),
        sub_place=need.sub_place,
        scope=scope,
        state=NeedState(need.state),
        progress=NeedProgress(need.progress),
        doubt=need.doubt,
        why=tuple(need.why),
        is_common=need.is_common,
        times_repeated=need.times_repeated,
        remark_count=need.remark_count,
        open_proposals=open_proposals,
        left_out_reason=need.left_out_reason,
        merged_into_id=need.merged_into_id,
        first_said_on=need.first_said_on,
        made_at=need.made_at,
        changed_at=need.changed_at,
        revision=need.revision,
    )


def places_text(need: Placed) -> str:
    """Town, village and sub-place of every remark: `新公中镇永联村二社、塔尔湖镇联丰村五社`; many end with 等n处."""
    # A row of columns will do, which has no `scope` of its own.
    scope = Scope(need.prefecture_code, need.county_code, need.town_code, need.village_code)
    own = place_text(scope, need.sub_place)
    if len(need.places) < 2:
        return own
    names = list(dict.fromkeys(_place_name(place) for place in need.places))
    if len(names) <= NAMED_PLACES:
        return "、".join(names)
    return f"{'、'.join(names[:NAMED_PLACES])}等{len(names)}处"


def place_text(scope: Scope, sub_place: str) -> str:
    """A place below its county; the county or prefecture itself where nothing lower is told."""
    above = scope.county_code if scope.town_code else scope.prefecture_code if scope.county_code else ""
    return full_name(scope, sub_place, above)


def _place_name(place: str) -> str:
    code, _, sub_place = place.partition(" ")
    known = tree().get(code)
    return place_text(known.scope, sub_place) if known else sub_place


def count_open(need_ids: Sequence[int]) -> Counter[int]:
    """Open proposals of each need."""
    pairs = MergeProposal.objects.filter(OPEN_PAIR, Q(first_id__in=need_ids) | Q(second_id__in=need_ids))
    counted: Counter[int] = Counter()
    for first, second in pairs.values_list("first_id", "second_id"):
        counted[first] += 1
        counted[second] += 1
    return counted


def source_row(source: NeedSource, account: Account) -> SourceRow:
    """A share as a row; the remark's words only where the account may see the remark itself."""
    remark = source.remark
    scope = remark.scope
    visible = not remark.is_diverted and can(account, Act.SEE_REMARK, scope)
    return SourceRow(
        id=source.pk,
        remark_id=remark.pk,
        text=remark.shown if visible else "",
        quote=source.quote if visible else "",
        source=Source(remark.source),
        place_code=scope.place_code,
        place_name=place_text(scope, remark.sub_place) if visible or not remark.is_diverted else "",
        said_at=remark.said_at,
        households=source.households,
        households_approx=source.households_approx,
        persons=source.persons,
        quantity=source.quantity,
        wanted_text=source.wanted_text,
        wanted_from=source.wanted_from,
        wanted_until=source.wanted_until,
        reason=source.reason,
        is_counted=source.is_counted,
        came_from_id=source.origin_id if source.origin_id != source.need_id else None,
        linked_by=str(source.linked_by) if source.linked_by else "",
        linked_at=source.linked_at,
    )


def proposals_of(
    need_ids: Sequence[int], account: Account, *, answered: bool = False
) -> dict[int, tuple[ProposalRow, ...]]:
    """Proposals of each need, best first, with the other need and its quotes beside it.

    Of a need in another county that the account may not see, only that the county has one of the same kind is told.
    """
    wanted = Q(first_id__in=need_ids) | Q(second_id__in=need_ids)
    pairs = list(
        MergeProposal.objects.filter(wanted if answered else wanted & OPEN_PAIR).select_related("first", "second")
    )
    asked = set(need_ids)
    found: dict[int, list[ProposalRow]] = defaultdict(list)
    quotes = quotes_of({pair.first_id for pair in pairs} | {pair.second_id for pair in pairs})
    for pair in sorted(pairs, key=lambda p: (-p.score, p.pk)):
        for own, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if own.pk in asked:
                found[own.pk].append(_proposal_row(pair, other, quotes.get(other.pk, ()), account))
    return {need: tuple(rows) for need, rows in found.items()}


def _proposal_row(pair: MergeProposal, other: Need, quotes: tuple[str, ...], account: Account) -> ProposalRow:
    visible = not pair.is_across_counties or can(account, Act.SEE_NEED, other.scope)
    return ProposalRow(
        id=pair.pk,
        score=pair.score,
        why=tuple(pair.why) if visible else (),
        is_identical=pair.is_identical,
        is_across_counties=pair.is_across_counties,
        answer=pair.answer,
        other=need_row(other) if visible else _of_the_same_kind(other),
        other_quotes=quotes if visible else (),
    )


def _of_the_same_kind(other: Need) -> NeedRow:
    """A need of another county without its words, places and numbers."""
    county = Scope(other.prefecture_code, other.county_code)
    row = need_row(other)
    return replace(
        row,
        uuid="",
        number="",
        content=f"{row.county_name}有一条同类需求",
        topic="",
        strand=None,
        service_form="",
        language="",
        wanted_text="",
        wanted_from=None,
        wanted_until=None,
        quantity="",
        households=None,
        households_approx=False,
        persons=None,
        lead="",
        joint="",
        place_code=county.place_code,
        place_name=row.county_name,
        sub_place="",
        scope=county,
        why=(),
        left_out_reason="",
        merged_into_id=None,
        first_said_on=None,
    )


def quotes_of(need_ids: Iterable[int], most: int = 3) -> dict[int, tuple[str, ...]]:
    """The first quotes of each need, masked as they were stored; none of a diverted remark."""
    found: dict[int, list[str]] = defaultdict(list)
    sources = NeedSource.objects.filter(need_id__in=list(need_ids), is_counted=True, remark__is_diverted=False)
    for need_id, quote in sources.order_by("need_id", "id").values_list("need_id", "quote"):
        if quote and len(found[need_id]) < most:
            found[need_id].append(quote)
    return {need: tuple(quotes) for need, quotes in found.items()}


def step_rows(steps: Sequence[NeedStep]) -> tuple[StepRow, ...]:
    """Steps as lines of the history.

    A step names the other needs that it touched by their keys, so that it tells their words as they are now: of one
    that was diverted meanwhile, none.
    """
    named = {key for step in steps for key in _others(step)}
    contents = dict(Need.objects.filter(pk__in=named).values_list("pk", "content"))
    return tuple(_step_row(step, contents) for step in steps)


def _others(step: NeedStep) -> list[int]:
    before = step.before
    return [*([before["need"]] if "need" in before else []), *before.get("parts", ())]


def _step_row(step: NeedStep, contents: Mapping[int, str]) -> StepRow:
    kind = Step(step.kind)
    others = "；".join(f"“{contents[key]}”" for key in _others(step) if key in contents)
    note = "：".join(told for told in (others, step.note) if told)
    return StepRow(step.at, str(step.by) if step.by else "", step.kind, kind.zh, kind.en, note, step.is_undone)
