"""Version 1 of the JSON interface: translate in, make one call, translate out. Refusals keep their code and texts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI

from diancai.ground.errors import NotValid, Refusal
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import level_of
from diancai.ground.place.queries import list_places
from diancai.ground.place.reach import codes_for
from diancai.ground.programme.queries import get_programme
from diancai.ground.search.queries import find_within
from diancai.interfaces.api.entry import Token
from diancai.interfaces.api.shapes import CountOut, HitOut, HitPage, NeedPage, Problem, RemarkIn, RemarkOut
from diancai.stages.need.queries import list_needs
from diancai.stages.need.rows import NeedRow
from diancai.stages.order.queries import reach_of
from diancai.stages.remark.actions import record_remark
from diancai.stages.tally.queries import counts
from diancai.words import Level, Source

REFUSALS = {400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
MOST_ROWS = 200

api = NinjaAPI(title="点菜 diancai", version="1", urls_namespace="api-1", auth=Token(), docs_url=None)


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
) -> dict[str, object]:
    """Needs that the account may see, by any mix of filters; `next_after` leads to the next page."""
    page = list_needs(
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
    # Plain values: the declared shape is checked once, on the way out.
    return {"rows": [_need(row) for row in page.rows], "next_after": page.next_after}


@api.get("/search", response={200: HitPage, **REFUSALS}, summary="Search remarks, needs, offers and orders")
def get_search(request: HttpRequest, words: str, after: str = "", limit: int = 50) -> HitPage:
    """Records with all the words, newest first, each kind as far as the account may see it."""
    reach = reach_of(request.auth)  # type: ignore[attr-defined]
    hits = find_within(words, reach, after=after, limit=max(1, min(limit, MOST_ROWS)))
    rows = [HitOut(kind=hit.kind, id=hit.object_id, at=hit.at) for hit in hits.rows]
    return HitPage(rows=rows, next_after=hits.next_after, count=hits.count)


@api.get("/counts", response={200: list[CountOut], **REFUSALS}, summary="Needs by strand × county × month")
def get_counts(request: HttpRequest, programme: str = "") -> list[CountOut]:
    """Standing counts of the needs that the account may see, rebuilt where an act has touched them."""
    told = get_programme(programme)
    mine = codes_for(request.auth, Act.SEE_NEED)  # type: ignore[attr-defined]
    places = [code for code in mine if level_of(code) in {Level.COUNTY, Level.TOWN}]
    if told.prefecture_code in mine:
        places += [county.code for county in list_places(Level.COUNTY)]
    summed: dict[tuple[str, str, str], int] = {}
    for (place, month, strand, *_), number in counts("needs", told.id, places).items():
        summed[place, strand, month] = summed.get((place, strand, month), 0) + number
    return [
        CountOut(county_code=place, strand=strand, month=month, count=number)
        for (place, strand, month), number in sorted(summed.items())
    ]


def _source(told: str) -> Source:
    try:
        return Source(told)
    except ValueError as error:
        raise NotValid(what=f"source: {told}") from error


def _need(row: NeedRow) -> dict[str, object]:
    """A need in the shape `NeedOut`."""
    return {
        "id": row.id,
        "content": row.content,
        "place": f"{row.county_name}{row.place_name}",
        "strand": row.strand or "",
        "topic": row.topic,
        "state": row.state,
        "progress": row.progress,
        "wanted_from": row.wanted_from,
        "wanted_until": row.wanted_until,
        "households": row.households,
        "remark_count": row.remark_count,
        "made_at": row.made_at,
    }
