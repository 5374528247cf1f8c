"""Lists of needs and one need with all it rests on."""

from collections.abc import Iterable, Sequence
from typing import Any, Required, TypedDict, Unpack

from django.db.models import Q, QuerySet

from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below, level_of
from diancai.ground.place.queries import tree
from diancai.ground.place.sight import codes_for
from diancai.ground.privacy.withholding import WITHHELD
from diancai.ground.search.queries import find
from diancai.stages.need.models import LIVE, Need, NeedPlace, NeedSource, NeedStep
from diancai.stages.need.queries.showing import (
    LINE_COLUMNS,
    PLACE_COLUMNS,
    need_line,
    need_row,
    need_rows,
    proposals_of,
    source_row,
    step_rows,
)
from diancai.stages.need.rows import Households, NeedDetail, NeedLine, NeedRow
from diancai.stages.need.rules import Share, Step, add_households
from diancai.stages.remark.queries import month_bounds
from diancai.words import Level, NeedState, Route

MOST_SEARCHED_PAGES = 20
# Nothing before these is taken back; and steps that the digest or an undo made are passed over.
FINAL = (Step.PROPOSED.value, Step.LISTED.value)
PASSED_OVER = (Step.JOINED.value, Step.RESTORED.value)


class Asked(TypedDict, total=False):
    """What a list of needs is asked for; whatever is left out, or empty, lets everything through.

    `state`: "" leaves out what was left out; merged ones only with "merged". `route`: "list" unless told; "divert" is
    for the office that handles reports. `month`: `2019-12`, by making. `q` searches. `sort="oldest"` turns the list
    round, but not a search. The next page starts at `after=page.next_after`.
    """

    programme_id: Required[int]
    place_code: str
    strand: str
    topic: str
    state: str
    progress: str
    route: str
    month: str
    q: str
    sort: str
    after: str
    limit: int


def list_needs(account: Account, **asked: Unpack[Asked]) -> Page[NeedRow]:
    """Needs of a route, the newest first, as far as the account may see them."""
    found = _list(account, Need.objects.all(), asked)
    return Page(need_rows(found.rows), found.next_after)


def list_need_lines(account: Account, **asked: Unpack[Asked]) -> Page[NeedLine]:
    """The same list for programs: the few columns that are told, and no question about proposals."""
    found = _list(account, Need.objects.values_list(*LINE_COLUMNS, *PLACE_COLUMNS, named=True), asked)
    return Page(tuple(need_line(row) for row in found.rows), found.next_after)


def _list(account: Account, needs: QuerySet[Need, Any], asked: Asked) -> Page[Any]:
    """A page of `needs`, which says in which shape they come."""
    route, q = asked.get("route", Route.LIST), asked.get("q", "")
    act = Act.SEE_DIVERTED if route == Route.DIVERT else Act.SEE_NEED
    codes = codes_for(account, act, asked.get("place_code", ""))
    if not codes:
        return Page((), None)
    told = {column: asked.get(column) for column in ("strand", "topic", "progress")}
    wanted = Q(
        programme_id=asked["programme_id"], route=route, **{name: value for name, value in told.items() if value}
    )
    wanted &= _state(asked.get("state", "")) & _month(asked.get("month", ""))
    after, limit = asked.get("after", ""), asked.get("limit", 50)
    if q.strip():
        return _search(q, codes, needs.filter(wanted), after, limit)
    filters = [needs.filter(here & wanted) for code in codes for here in places_of(code)]
    return _page(filters, after, limit, oldest=asked.get("sort") == "oldest")


def places_of(code: str) -> tuple[Q, ...]:
    """The ways in which a need belongs to a place: by its own, or by a remark of there that was merged into it.

    They are asked one after the other, so that each has its index; above the towns a need has one place only.
    """
    if level_of(code) in {Level.PREFECTURE, Level.COUNTY}:
        return (at_or_below(code),)
    return at_or_below(code), Q(pk__in=NeedPlace.objects.filter(code=code).values("need_id"))


def get_need(account: Account, need_id: int) -> NeedDetail:
    """A need with its remarks, proposals, what was merged into it, and its history. Raises `NotFound`."""
    need = Need.objects.filter(pk=need_id).first()
    if need is None or not may_see(account, need):
        raise NotFound
    sources = need.sources.select_related("remark", "linked_by").order_by("id")
    steps = list(need.steps.select_related("by").order_by("id"))
    last = last_undoable(steps)
    merged = Need.objects.filter(merged_into=need, state=NeedState.MERGED).exclude(content=WITHHELD).order_by("pk")
    scope = need.scope
    return NeedDetail(
        need=need_rows([need])[0],
        sources=tuple(source_row(source, account) for source in sources),
        proposals=proposals_of([need.pk], account).get(need.pk, ()),
        merged=tuple(need_row(other) for other in merged),
        history=step_rows(steps),
        may_comb=can(account, Act.COMB_NEED, scope),
        may_review=can(account, Act.REVIEW_NEED, scope),
        undo_zh=Step(last.kind).zh if last else "",
        undo_en=Step(last.kind).en if last else "",
    )


def list_needs_of_remark(account: Account, remark_id: int) -> tuple[NeedRow, ...]:
    """What became of a remark, as far as the account may see it."""
    sources = NeedSource.objects.filter(remark_id=remark_id).select_related("need").order_by("want_number")
    needs = {source.need_id: source.need for source in sources}
    return need_rows([need for need in needs.values() if may_see(account, need)])


def find_needs(need_ids: Iterable[int]) -> dict[int, NeedRow]:
    """Needs by id for later stages, without leave asked: they decide what of it they show."""
    return {row.id: row for row in need_rows(list(Need.objects.filter(pk__in=list(need_ids))))}


def count_households(need_ids: Sequence[int]) -> Households:
    """The households behind these needs, each remark's counted once."""
    needs = {need.pk: need for need in Need.objects.filter(pk__in=need_ids)}
    by_hand = {
        pk: Households(need.households, need.households_approx)
        for pk, need in needs.items()
        if "households" in need.by_hand
    }
    sources = NeedSource.objects.filter(need_id__in=needs, is_counted=True)
    shares = [Share(s.need_id, s.remark_id, s.households, s.households_approx) for s in sources]
    return add_households(shares, by_hand)


def may_see(account: Account, need: Need) -> bool:
    """Whether the account may see the need: by its place, or by that of a remark that was merged into it.

    A diverted one is seen by its office alone.
    """
    if need.route == Route.DIVERT or _was_diverted(need):
        return can(account, Act.SEE_DIVERTED, need.scope)
    if can(account, Act.SEE_NEED, need.scope):
        return True
    known = tree()
    codes = {place.partition(" ")[0] for place in need.places}
    return any(can(account, Act.SEE_NEED, known[code].scope) for code in codes if code in known)


def _was_diverted(need: Need) -> bool:
    """Whether a need rests on nothing any more because its remark was diverted."""
    if need.is_live:
        return False
    if need.content == WITHHELD:
        return True
    return need.state != NeedState.MERGED and need.sources.filter(remark__is_diverted=True).exists()


def last_undoable(steps: Sequence[NeedStep]) -> NeedStep | None:
    """The last step that stands and may be taken back; what stands before a publication stays."""
    for step in reversed(steps):
        if not step.is_undone and step.kind not in PASSED_OVER:
            return None if step.kind in FINAL else step
    return None


def _state(state: str) -> Q:
    if state == NeedState.MERGED:
        return Q(is_live=False, state=state) & ~Q(content=WITHHELD)
    return LIVE & (Q(state=state) if state else ~Q(state=NeedState.DROPPED))


def _month(month: str) -> Q:
    if not month:
        return Q()
    first, behind = month_bounds(month)
    return Q(made_at__gte=first, made_at__lt=behind)


def _page(found: Sequence[QuerySet[Need, Any]], after: str, limit: int, *, oldest: bool) -> Page[Any]:
    """One page; an account with several posts asks once for each, so that every question has its index."""
    order = ("made_at", "id") if oldest else ("-made_at", "-id")
    behind = (_newer_than(after) if oldest else older_than(after, "made_at")) if after else Q()
    held = {need.id: need for each in found for need in each.filter(behind).order_by(*order)[: limit + 1]}
    needs = sorted(held.values(), key=lambda need: (need.made_at, need.id), reverse=not oldest)
    shown = needs[:limit]
    more = after_key(shown[-1].made_at, shown[-1].id) if len(needs) > limit else None
    return Page(tuple(shown), more)


def _newer_than(after: str) -> Q:
    """Rows behind the key in a list that runs from the oldest to the newest."""
    older = older_than(after, "made_at")
    moment, _, identifier = after.partition("~")
    return ~older & ~Q(id=int(identifier)) & Q(made_at__gte=moment) if older else Q()


def _search(q: str, codes: tuple[str, ...], needs: QuerySet[Need, Any], after: str, limit: int) -> Page[Any]:
    """Hits that pass the filters, in slices until the page is full; the key is the index's own."""
    found: list[Any] = []
    for _ in range(MOST_SEARCHED_PAGES):
        hits = find(q, codes=codes, kinds=("need",), after=after, limit=limit)
        held = {need.id: need for need in needs.filter(pk__in=[hit.object_id for hit in hits.rows])}
        for hit in hits.rows:
            if hit.object_id in held:
                found.append(held[hit.object_id])
            if len(found) == limit:
                return Page(tuple(found), None if hit is hits.rows[-1] and hits.next_after is None else str(hit.row_id))
        if hits.next_after is None:
            return Page(tuple(found), None)
        after = hits.next_after
    return Page(tuple(found), after)
