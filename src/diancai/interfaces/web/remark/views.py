"""Remarks: the list, one remark, the form where one sentence is enough, and what may be done with a remark."""

from collections.abc import Sequence
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotFound, Refusal
from diancai.ground.ledger.queries import list_events
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import get_station
from diancai.interfaces.web.asking import Asked, asked, chip, words
from diancai.interfaces.web.counts import standing_count
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.emergency import must_call
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.mongolian import stands_of
from diancai.interfaces.web.places import options, place_chip, trail
from diancai.interfaces.web.showing import done, refused, show, way_back
from diancai.interfaces.web.upload import photos_of
from diancai.stages.need.queries import list_needs_of_remark
from diancai.stages.need.rows import NeedRow
from diancai.stages.remark.actions import divert_remark, record_remark, return_diverted, reveal, withdraw_remark
from diancai.stages.remark.queries import get_batch, get_photo, get_remark, list_remarks
from diancai.stages.remark.rows import RemarkRow
from diancai.words import Language, Source, Strand

# Which field of the form a refusal of the action belongs to.
BESIDE = {"empty_remark": "text", "remark_too_long": "text", "said_in_future": "said_at", "no_such_place": "place"}
BESIDE |= {"photo_not_taken": "photos"}
STATES = ("waiting", "digested", "withdrawn", "diverted")


@enter(Act.SEE_REMARK)
def remarks(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, newest first, filtered by place, source and state."""
    query = request.GET
    page = list_remarks(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        source=query.get("source", ""),
        state=query.get("state", ""),
        month=query.get("month", ""),
        q=query.get("q", ""),
        after=query.get("after", ""),
    )
    names = {"waiting": _("待整理"), "digested": _("已整理"), "withdrawn": _("已撤回"), "diverted": _("已转办")}
    shown = [state for state in STATES if state != "diverted" or desk.may(Act.SEE_DIVERTED)]
    chips = (
        place_chip(request, desk),
        chip(request, "source", _("来源"), words(Source)),
        chip(request, "state", _("状态"), [(state, names[state]) for state in shown]),
    )
    count = standing_count(request, desk, page, "remarks", {})
    facts = {"page": page, "count": count, "chips": chips, "trail": trail(request, desk), "state_names": names}
    return show(request, "remark/list.html", facts | {"may_write": desk.may(Act.RECORD_REMARK)})


@enter(Act.SEE_REMARK)
def remark(request: HttpRequest, desk: Desk, remark_id: int) -> HttpResponse:
    """One remark with the needs made of it."""
    return _remark_page(request, desk, remark_id)


def _remark_page(request: HttpRequest, desk: Desk, remark_id: int, **more: object) -> HttpResponse:
    row = get_remark(desk.account, remark_id)
    needs = list_needs_of_remark(desk.account, remark_id)
    facts = {
        "row": row,
        "needs": needs,
        "events": list_events("remark", remark_id),
        "may_reveal": desk.may_here(Act.REVEAL_PERSONAL, row.scope),
        "may_withdraw": desk.may_here(Act.RECORD_REMARK, row.scope) and row.state in ("waiting", "digested"),
        "may_raise": desk.may_here(Act.COMB_NEED, row.scope) and row.state in ("waiting", "digested"),
        "may_return": row.is_diverted and desk.may_here(Act.SEE_DIVERTED, row.scope),
        "strands": words(Strand),
        "sees_batch": _sees_batch(desk, row.batch_id),
        "mongolian_stands": _mongolian_stands(row, needs),
        "station_to_call": get_station(row.place_code) if must_call(row, needs) else None,
    }
    return show(request, "remark/detail.html", facts | more)


def _mongolian_stands(row: RemarkRow, needs: Sequence[NeedRow]) -> tuple[str, ...]:
    """How a remark told in Mongolian stands, for the officer to show to the person who spoke."""
    if row.language not in (Language.MONGOLIAN, Language.BOTH):
        return ()
    return stands_of(row.source, [(need.strand, need.state, need.progress) for need in needs])


def _sees_batch(desk: Desk, batch_id: int | None) -> bool:
    """Whether the import that a remark came with may be opened; it may be of a wider place than the remark."""
    if batch_id is None or not desk.may(Act.IMPORT_REMARKS):
        return False
    try:
        return bool(get_batch(desk.account, batch_id))
    except NotFound:
        return False


@enter(Act.RECORD_REMARK, methods=("GET", "POST"))
def new_remark(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write a remark down; the emergency buttons stand above the form, because calling comes first."""
    form = asked(request, {"place": desk.place_code, "source": Source.HOME_VISIT, "language": Language.CHINESE})
    if request.method == "POST":
        made = _record(form, request, desk)
        if made is not None:
            return made
    station = get_station(form.text("place") or desk.place_code) if desk.place_code else None
    facts = {
        "asked": form,
        "uuid": form.text("uuid") or str(uuid4()),
        "places": options(desk),
        "sources": words(Source),
        "languages": words(Language),
        "station": station,
    }
    return show(request, "remark/new.html", facts, status=200 if request.method == "GET" else 422)


def _record(form: Asked, request: HttpRequest, desk: Desk) -> HttpResponse | None:
    at = timezone.now()
    fields = {
        "text": form.text("text", must=True),
        "place_code": form.text("place", must=True),
        "source": form.text("source") or Source.HOME_VISIT,
        "sub_place": form.text("sub_place"),
        "said_at": form.moment("said_at") or at,
        "households": form.number("households"),
        "persons": form.number("persons"),
        "speaker": form.text("speaker"),
        "phone": form.text("phone"),
        "language": form.text("language") or None,
    }
    if not form.is_fine:
        return None
    try:
        row = record_remark(
            by=desk.account,
            at=at,
            programme_id=desk.programme_id,
            uuid=form.mark("uuid"),
            households_approx=bool(form.text("households_approx")),
            is_translation=bool(form.text("is_translation")),
            is_emergency=bool(form.text("is_emergency")),
            photos=photos_of(request.FILES.getlist("photos"), with_consent=bool(form.text("photo_consent"))),
            **fields,  # type: ignore[arg-type]
        )
    except Refusal as refusal:
        form.refuse(refusal, BESIDE)
        return None
    again = reverse("new_remark")
    return HttpResponseRedirect(f"{again}?saved={row.id}" if form.text("another") else f"{_address(row.id)}?saved=1")


@enter(Act.REVEAL_PERSONAL, methods=("POST",))
def reveal_remark(request: HttpRequest, desk: Desk, remark_id: int) -> HttpResponse:
    """Open what is sealed for a stated purpose; shown once on this answer, never in the address or a cache."""
    form = asked(request)
    opened = reveal(by=desk.account, at=timezone.now(), remark_id=remark_id, purpose=form.text("purpose"))
    return _remark_page(request, desk, remark_id, opened=opened)


@enter(Act.RECORD_REMARK, methods=("POST",))
def withdraw(request: HttpRequest, desk: Desk, remark_id: int) -> HttpResponse:
    """Take a remark back: it stays as evidence and counts nowhere."""
    reason = asked(request).text("reason")
    try:
        withdraw_remark(by=desk.account, at=timezone.now(), remark_id=remark_id, reason=reason)
    except Refusal as refusal:
        return refused(request, refusal, way_back(request, _address(remark_id)))
    return done(request, _("已撤回，记录保留，不再计数。"), reverse("remarks"))


@enter(Act.SEE_REMARK, methods=("POST",))
def divert(request: HttpRequest, desk: Desk, remark_id: int) -> HttpResponse:
    """Hand a report about persons to the lawful body: village and town no longer see it."""
    reason = asked(request).text("reason")
    try:
        divert_remark(by=desk.account, at=timezone.now(), remark_id=remark_id, reason=reason)
    except Refusal as refusal:
        return refused(request, refusal, way_back(request, _address(remark_id)))
    return done(request, _("已转办并保密。"), reverse("remarks"))


@enter(Act.SEE_DIVERTED, methods=("POST",))
def give_back(request: HttpRequest, desk: Desk, remark_id: int) -> HttpResponse:
    """No report about persons after all: the remark comes back and is digested again."""
    reason = asked(request).text("reason")
    try:
        return_diverted(by=desk.account, at=timezone.now(), remark_id=remark_id, reason=reason)
    except Refusal as refusal:
        return refused(request, refusal, way_back(request, _address(remark_id)))
    return done(request, _("已退回，系统会重新整理这一条。"), _address(remark_id))


@enter(Act.SEE_REMARK)
def photo(request: HttpRequest, desk: Desk, remark_id: int, photo_id: int) -> HttpResponse:
    """A picture beside a remark; never cached by anyone between."""
    shown = get_photo(desk.account, remark_id, photo_id)
    return HttpResponse(shown.content, content_type=shown.media_type, headers={"Cache-Control": "private, no-store"})


def _address(remark_id: int) -> str:
    return reverse("remark", args=[remark_id])
