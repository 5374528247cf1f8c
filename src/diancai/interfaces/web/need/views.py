"""Needs: the list with its filters, one need with what it rests on, the form that changes it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import NotFound, Refusal
from diancai.ground.paging import Page
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import Asked, asked, chip, words
from diancai.interfaces.web.chain import steps_of_need
from diancai.interfaces.web.counts import standing_count
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.need.deciding import deciding_words, open_proposals
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import done, show, way_back
from diancai.stages.match.queries import list_proposals
from diancai.stages.match.rows import MatchRow
from diancai.stages.need.actions import change_need
from diancai.stages.need.queries import get_need, list_needs
from diancai.stages.need.rows import NeedDetail, NeedRow
from diancai.stages.order.queries import list_orders_of_need, where_it_stands
from diancai.words import HandlingLevel, NeedProgress, NeedState, Route, Strand, Urgency

LIVE = (NeedState.PROPOSED, NeedState.COMBED, NeedState.ACCEPTED, NeedState.LISTED)


@enter(Act.SEE_NEED)
def needs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list, newest first."""
    page = filtered_needs(request, desk, after=request.GET.get("after", ""))
    chips = (
        place_chip(request, desk),
        chip(request, "strand", _("七送"), words(Strand)),
        chip(request, "state", _("审核"), words(NeedState)),
        chip(request, "progress", _("进展"), words(NeedProgress)),
        chip(request, "month", _("月份"), _months(desk)),
        chip(request, "sort", _("排序"), [("oldest", _("最早的在前"))]),
    )
    count = standing_count(request, desk, page, "needs", {"state": LIVE})
    facts = {"page": page, "count": count, "chips": chips, "trail": trail(request, desk)}
    return show(request, "need/list.html", facts | {"may_review": desk.may(Act.REVIEW_NEED)})


def filtered_needs(request: HttpRequest, desk: Desk, *, after: str, limit: int = 50) -> Page[NeedRow]:
    """Needs that the filters in the address let through, also for the export."""
    query = request.GET
    return list_needs(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        route=query.get("route", "") or Route.LIST,
        strand=query.get("strand", ""),
        topic=query.get("topic", ""),
        state=query.get("state", ""),
        progress=query.get("progress", ""),
        month=query.get("month", ""),
        q=query.get("q", ""),
        sort=query.get("sort", "") or "newest",
        after=after,
        limit=limit,
    )


def _months(desk: Desk) -> list[tuple[str, str]]:
    """The months of the programme up to now, the newest first, at most two years of them."""
    if desk.programme is None:
        return []
    start, last = desk.programme.starts_on, min(desk.today, desk.programme.ends_on or desk.today)
    count = (last.year - start.year) * 12 + last.month - start.month
    months = [divmod(start.year * 12 + start.month - 1 + step, 12) for step in range(max(0, count - 23), count + 1)]
    return [(f"{year}-{month + 1:02}", f"{year}-{month + 1:02}") for year, month in reversed(months)]


@enter(Act.SEE_NEED)
def need(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """One need: how it stands, its chain, facts, remarks, proposals, history."""
    detail = get_need(desk.account, need_id)
    orders = list_orders_of_need(desk.account, need_id) if desk.may(Act.SEE_ORDER) else ()
    matches = _matches(desk, need_id)
    facts = {
        "detail": detail,
        "row": detail.need,
        "matches": matches,
        "orders": orders,
        "steps": steps_of_need(detail, matches, orders),
        "stands": where_it_stands(desk.account, need_id) if orders else (),
        "quotes": [source.quote for source in detail.sources],
        "decided": deciding_words(detail),
        "proposals": open_proposals(desk, detail),
        "alike": _alike(desk, detail),
        "strands": words(Strand),
    }
    return show(request, "need/detail.html", facts)


def _alike(desk: Desk, detail: NeedDetail) -> list[NeedRow]:
    """Needs of the same county and topic: those that this one may be merged into by hand."""
    row = detail.need
    if not detail.may_comb or not row.topic or row.merged_into_id:
        return []
    county = row.scope.county_code
    page = list_needs(desk.account, programme_id=row.programme_id, place_code=county, topic=row.topic, limit=30)
    return [other for other in page.rows if other.id != row.id]


def _matches(desk: Desk, need_id: int) -> tuple[MatchRow, ...]:
    if not desk.may(Act.SEE_MATCH):
        return ()
    found = [
        list_proposals(desk.account, programme_id=desk.programme_id, need_id=need_id, state=state).rows
        for state in ("confirmed", "proposed")
    ]
    return tuple(row for rows in found for row in rows)


@enter(Act.COMB_NEED, Act.REVIEW_NEED, methods=("GET", "POST"))
def edit_need(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Change a need in the office's words; the remark it rests on stays as it was said."""
    detail = get_need(desk.account, need_id)
    if not (detail.may_comb or detail.may_review):
        raise NotFound
    form = asked(request, _known(detail.need))
    back = way_back(request, reverse("need", args=[need_id]))
    if request.method == "POST" and _change(form, desk, need_id):
        return done(request, _("已修改。"), back, undo=reverse("undo_need", args=[need_id]))
    facts = {
        "row": detail.need,
        "detail": detail,
        "asked": form,
        "back": back,
        "strands": words(Strand),
        "routes": words(Route),
        "urgencies": words(Urgency),
        "levels": words(HandlingLevel),
    }
    return show(request, "need/edit.html", facts, status=422 if request.method == "POST" else 200)


TEXTS = ("content", "topic", "service_form", "wanted_text", "quantity", "lead", "joint")
CHOICES = ("strand", "route", "urgency", "handling_level")


def _known(row: NeedRow) -> dict[str, object]:
    names = (*TEXTS, *CHOICES, "wanted_from", "wanted_until", "households", "persons", "revision")
    return {name: getattr(row, name) for name in names} | {"households_approx": "1" if row.households_approx else ""}


def _change(form: Asked, desk: Desk, need_id: int) -> bool:
    fields: dict[str, object] = {name: form.text(name, must=name == "content") for name in TEXTS}
    fields |= {name: form.text(name) for name in CHOICES}
    fields |= {name: form.day(name) for name in ("wanted_from", "wanted_until")}
    fields |= {name: form.number(name) for name in ("households", "persons")}
    fields["households_approx"] = bool(form.text("households_approx"))
    revision = form.number("revision") or 0
    if not form.is_fine:
        return False
    try:
        change_need(by=desk.account, at=timezone.now(), need_id=need_id, revision=revision, **fields)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True
