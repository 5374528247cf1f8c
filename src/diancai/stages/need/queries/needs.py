"""Lists of needs and one need with all it rests on."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from diancai.ground.errors import NotFound
from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below, level_of
from diancai.ground.place.queries import tree
from diancai.ground.place.reach import codes_for
from diancai.ground.search.queries import find
from diancai.stages.need.models import GONE, LIVE, Need, NeedPlace, NeedSource, NeedStep
from diancai.stages.need.queries.showing import (
    need_row,
    need_rows,
    proposals_of,
    scope_from,
    source_row,
    step_row,
)
from diancai.stages.need.rows import Households, NeedDetail, NeedRow
from diancai.stages.need.rules import Share, Step, add_households
from diancai.stages.remark.queries import month_bounds
from diancai.words import Level, NeedState, Route

MOST_SEARCHED_PAGES = 20
# Nothing before these is taken back; and steps that the digest or an undo made are passed over.
FINAL = (Step.PROPOSED.value, Step.LISTED.value)
PASSED_OVER = (Step.JOINED.value, Step.RESTORED.value)


def list_needs(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    strand: str = "",
    topic: str = "",
    state: str = "",
    progress: str = "",
    route: str = "list",
    month: str = "",
    q: str = "",
    sort: str = "newest",
    after: str = "",
    limit: int = 50,
) -> Page[NeedRow]:
    """Needs of a route, the newest first (`sort="oldest"`: the other way).

    `state`: "" leaves out what was left out; merged ones only with `state="merged"`. `route="divert"` is for the office
    that handles reports. `month`: `2019-12`, by making. `q` searches, newest first. Next page: `after=page.next_after`.
    """
    act = Act.SEE_DIVERTED if route == Route.DIVERT else Act.SEE_NEED
    codes = codes_for(account, act, place_code)
    if not codes:
        return Page((), None)
    wanted = Q(programme_id=programme_id, route=route) & _state(state) & _month(month)
    for column, value in (("strand", strand), ("topic", topic), ("progress", progress)):
        wanted &= Q(**{column: value}) if value else Q()
    if q.strip():
        return _search(q, codes, wanted, after, limit)
    filters = [here & wanted for code in codes for here in places_of(code)]
    return _page(filters, after, limit, oldest=sort == "oldest")


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
    merged = Need.objects.filter(merged_into=need, state=NeedState.MERGED).exclude(content=GONE).order_by("pk")
    scope = scope_from(need)
    return NeedDetail(
        need=need_rows([need])[0],
        sources=tuple(source_row(source, account) for source in sources),
        proposals=proposals_of([need.pk], account).get(need.pk, ()),
        merged=tuple(need_row(other) for other in merged),
        history=tuple(step_row(step) for step in steps),
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
        return can(account, Act.SEE_DIVERTED, scope_from(need))
    if can(account, Act.SEE_NEED, scope_from(need)):
        return True
    known = tree()
    codes = {place.partition(" ")[0] for place in need.places}
    return any(can(account, Act.SEE_NEED, known[code].scope) for code in codes if code in known)


def _was_diverted(need: Need) -> bool:
    """Whether a need rests on nothing any more because its remark was diverted."""
    if need.is_live:
        return False
    if need.content == GONE:
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
        return Q(is_live=False, state=state) & ~Q(content=GONE)
    return LIVE & (Q(state=state) if state else ~Q(state=NeedState.DROPPED))


def _month(month: str) -> Q:
    if not month:
        return Q()
    first, behind = month_bounds(month)
    return Q(made_at__gte=first, made_at__lt=behind)


def _page(filters: Sequence[Q], after: str, limit: int, *, oldest: bool) -> Page[NeedRow]:
    """One page; an account with several posts asks once for each, so that every question has its index."""
    order = ("made_at", "id") if oldest else ("-made_at", "-id")
    found: dict[int, Need] = {}
    for wanted in filters:
        asked = Need.objects.filter(wanted)
        if after:
            asked = asked.filter(_newer_than(after) if oldest else older_than(after, "made_at"))
        found |= {need.pk: need for need in asked.order_by(*order)[: limit + 1]}
    needs = sorted(found.values(), key=lambda need: (need.made_at, need.pk), reverse=not oldest)
    shown = needs[:limit]
    more = after_key(shown[-1].made_at, shown[-1].pk) if len(needs) > limit else None
    return Page(need_rows(shown), more)


def _newer_than(after: str) -> Q:
    """Rows behind the key in a list that runs from the oldest to the newest."""
    older = older_than(after, "made_at")
    moment, _, identifier = after.partition("~")
    return ~older & ~Q(id=int(identifier)) & Q(made_at__gte=moment) if older else Q()


def _search(q: str, codes: tuple[str, ...], wanted: Q, after: str, limit: int) -> Page[NeedRow]:
    """Hits that pass the filters, in slices until the page is full; the key is the index's own."""
    found: list[Need] = []
    for _ in range(MOST_SEARCHED_PAGES):
        hits = find(q, codes=codes, kinds=("need",), after=after, limit=limit)
        held = {need.pk: need for need in Need.objects.filter(wanted, pk__in=[hit.object_id for hit in hits.rows])}
        for hit in hits.rows:
            if hit.object_id in held:
                found.append(held[hit.object_id])
            if len(found) == limit:
                return Page(
                    need_rows(found), None if hit is hits.rows[-1] and hits.next_after is None else str(hit.row_id)
                )
        if hits.next_after is None:
            return Page(need_rows(found), None)
        after = hits.next_after
    return Page(need_rows(found), after)
