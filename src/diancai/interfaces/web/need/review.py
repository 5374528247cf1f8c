"""The review screen: the queue by doubt, the remark with the words that decided, the proposal, one key for each act."""

from django.http import HttpRequest, HttpResponse

from diancai.ground.paging import whole_number
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import changed, words
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.need.deciding import deciding_words, open_proposals
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import show
from diancai.stages.need.queries import count_review_queue, get_need, list_review_queue
from diancai.stages.need.rows import NeedDetail, QueueRow
from diancai.words import Level, Role, Strand

CERTAIN = 20  # doubt up to which needs may be accepted all at once
COUNTY_ROLES = (Role.PROGRAMME_OFFICE,)


@enter(Act.COMB_NEED, Act.REVIEW_NEED)
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The most doubtful need that waits, or the one named by `need`."""
    level = _level(request, desk)
    place = request.GET.get("place", "")
    queue = list_review_queue(
        desk.account,
        programme_id=desk.programme_id,
        level=level,
        place_code=place,
        after=request.GET.get("after", ""),
    )
    left = count_review_queue(desk.account, programme_id=desk.programme_id, level=level, place_code=place)
    detail = _here(request, desk, queue.rows)
    position = next((n for n, row in enumerate(queue.rows) if detail and row.need.id == detail.need.id), 0)
    facts = {
        "queue": queue,
        "left": left,
        "level": level,
        "detail": detail,
        "row": detail.need if detail else None,
        "quotes": [source.quote for source in detail.sources] if detail else [],
        "decided": deciding_words(detail) if detail else [],
        "after_act": _after_act(request, queue.rows, position),
        "before": queue.rows[position - 1].need if position else None,
        "next": queue.rows[position + 1].need if position + 1 < len(queue.rows) else None,
        "proposals": open_proposals(desk, detail) if detail else [],
        "certain": CERTAIN,
        "strands": words(Strand),
        "chips": (place_chip(request, desk),),
        "trail": trail(request, desk),
        "may_switch": desk.may(Act.REVIEW_NEED) and desk.level == Level.COUNTY,
    }
    return show(request, "need/review.html", facts)


def _after_act(request: HttpRequest, rows: tuple[QueueRow, ...], position: int) -> str:
    """Where an act leads: to the need after this one, or to the top of the queue behind the last."""
    following = str(rows[position + 1].need.id) if position + 1 < len(rows) else ""
    return request.path + changed(request.GET, need=following)


def _level(request: HttpRequest, desk: Desk) -> str:
    if desk.level == Level.TOWN:
        return "town"
    return "town" if request.GET.get("level") == "town" else "county"


def _here(request: HttpRequest, desk: Desk, rows: tuple[QueueRow, ...]) -> NeedDetail | None:
    """The need asked for while it still waits, else the first of the queue."""
    asked = whole_number(request.GET.get("need", ""))
    waiting = {row.need.id for row in rows}
    if asked in waiting:
        return get_need(desk.account, asked)
    return get_need(desk.account, rows[0].need.id) if rows else None
