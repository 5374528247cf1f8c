"""Version 1 of the JSON interface: translate in, make one call, translate out. Refusals keep their code and texts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from diancai.ground.errors import NotValid, Refusal
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import level_of
from diancai.ground.place.queries import list_places
from diancai.ground.place.sight import codes_for
from diancai.ground.programme.queries import get_programme
from diancai.ground.search.queries import find_within
from diancai.interfaces.api.answering import answer
from diancai.interfaces.api.entry import Token
from diancai.interfaces.api.orders import router as orders
from diancai.interfaces.api.shapes import CountOut, HitPage, NeedPage, Problem, RemarkIn, RemarkOut
from diancai.stages.need.queries import list_need_lines
from diancai.stages.order.queries import reach_of
from diancai.stages.remark.actions import record_remark
from diancai.stages.tally.queries import counts_by
from diancai.words import Level, Source

REFUSALS = {400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
MOST_ROWS = 200

api = NinjaAPI(title="点菜 diancai", version="1", urls_namespace="api-1", auth=Token(), docs_url=None)
api.add_router("", orders)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as JSON, with the status of its kind."""
    problem = {"code": refusal.code, "zh": refusal.text("zh"), "en": refusal.text("en")}
    return api.create_response(request, problem, status=refusal.status)


@api.post("/remarks", response={200: RemarkOut, **REFUSALS}, summary="Record a remark")
def post_remark(request: HttpRequest, told: RemarkIn) -> RemarkOut:
    """What somebody said, once: the same uuid again answers with the same remark."""
    now = timezone.now()
    kept = record_remark(
        by=request.auth,  # type: ignore[attr-defined]
        at=now,
        programme_id=get_programme(told.programme).id,
        text=told.text,
        place_code=told.place_code,
        source=_source(told.source),
        uuid=told.uuid,
        sub_place=told.sub_place,
        subject=told.subject,
        said_at=told.said_at,
        households=told.households,
        persons=told.persons,
        speaker=told.speaker,
        phone=told.phone,
        is_emergency=told.is_emergency,
    )
    return RemarkOut(
        id=kept.id,
        uuid=UUID(kept.uuid),
        shown=kept.text,
        source=kept.source,
        place=kept.place_name,
        recorded_at=kept.recorded_at,
    )


@api.get("/needs", response={200: NeedPage, **REFUSALS}, summary="List needs, newest first")
def get_needs(
    request: HttpRequest,
    place: str = "",
    strand: str = "",
    topic: str = "",
    state: str = "",
    progress: str = "",
    month: str = "",
    words: str = "",
    after: str = "",
    limit: int = 50,
    programme: str = "",
) -> HttpResponse:
    """Needs that the account may see, by any mix of filters; `next_after` leads to the next page."""
    page = list_need_lines(
        request.auth,  # type: ignore[attr-defined]
        programme_id=get_programme(programme).id,
        place_code=place,
        strand=strand,
        topic=topic,
        state=state,
        progress=progress,
        month=month,
        q=words,
        after=after,
        limit=max(1, min(limit, MOST_ROWS)),
    )
    return answer({"rows": page.rows, "next_after": page.next_after})


@api.get("/search", response={200: HitPage, **REFUSALS}, summary="Search remarks, needs, offers and orders")
def get_search(request: HttpRequest, words: str, after: str = "", limit: int = 50) -> HttpResponse:
    """Records with all the words, newest first, each kind as far as the account may see it."""
    reach = reach_of(request.auth)  # type: ignore[attr-defined]
    hits = find_within(words, reach, after=after, limit=max(1, min(limit, MOST_ROWS)))
    rows = [{"kind": hit.kind, "id": hit.object_id, "at": hit.at} for hit in hits.rows]
    return answer({"rows": rows, "next_after": hits.next_after, "count": hits.count})


@api.get("/counts", response={200: list[CountOut], **REFUSALS}, summary="Needs by strand × county × month")
def get_counts(request: HttpRequest, programme: str = "") -> HttpResponse:
    """Standing counts of the needs that the account may see, rebuilt where an act has touched them."""
    told = get_programme(programme)
    mine = codes_for(request.auth, Act.SEE_NEED)  # type: ignore[attr-defined]
    places = [code for code in mine if level_of(code) in {Level.COUNTY, Level.TOWN}]
    if told.prefecture_code in mine:
        places += [county.code for county in list_places(Level.COUNTY)]
    by_strand = counts_by("needs", told.id, places, "strand")
    rows = sorted((place, strand, month, number) for (place, month, strand), number in by_strand.items())
    return answer([{"county_code": p, "strand": s, "month": m, "count": number} for p, s, m, number in rows])


def _source(told: str) -> Source:
    try:
        return Source(told)
    except ValueError as error:
        raise NotValid(what=f"source: {told}") from error
