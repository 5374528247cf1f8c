"""Matches: proposals to confirm or refuse, pairs made by hand, and the gaps on both sides."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from diancai.ground.errors import Refusal
from diancai.ground.paging import Page
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import asked, chip, words
from diancai.interfaces.web.charts import gap_bars, gap_map
from diancai.interfaces.web.counts import told_count
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.places import place_chip, trail
from diancai.interfaces.web.showing import done, refused, show, way_back
from diancai.stages.match.actions import confirm_match, make_match, refuse_match
from diancai.stages.match.queries import (
    count_gaps,
    get_match,
    list_common_needs,
    list_needs_without_offer,
    list_offers_unasked,
    list_proposals,
)
from diancai.stages.match.rows import GapCount, MatchRow
from diancai.stages.need.queries import get_need
from diancai.stages.supply.queries import list_offers
from diancai.words import Level, MatchState, Strand

POST = ("POST",)


@enter(Act.SEE_MATCH)
def matches(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Proposals, the best first; confirmed and refused ones by filter."""
    page = filtered_matches(request, desk, after=request.GET.get("after", ""), limit=20)
    states = [(value, label) for value, label in words(MatchState) if value != MatchState.PROPOSED]
    chips = (
        place_chip(request, desk),
        chip(request, "strand", _("七送"), words(Strand)),
        chip(request, "state", _("状态"), states),
    )
    facts = {
        "page": page,
        "count": told_count(request, page),
        "chips": chips,
        "trail": trail(request, desk),
        "may_decide": desk.may(Act.DECIDE_MATCH),
    }
    return show(request, "match/list.html", facts)


def filtered_matches(request: HttpRequest, desk: Desk, *, after: str, limit: int) -> Page[MatchRow]:
    """Pairs that the filters in the address let through, also for the export."""
    query = request.GET
    return list_proposals(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        state=query.get("state", "") or MatchState.PROPOSED,
        strand=query.get("strand", ""),
        after=after,
        limit=limit,
    )


@enter(Act.SEE_MATCH)
def match(request: HttpRequest, desk: Desk, match_id: int) -> HttpResponse:
    """One pair with its reasons."""
    row = get_match(desk.account, match_id)
    facts = {"row": row, "may_decide": desk.may_here(Act.DECIDE_MATCH, row.scope)}
    return show(request, "match/detail.html", facts)


@enter(Act.DECIDE_MATCH, methods=POST)
def confirm(request: HttpRequest, desk: Desk, match_id: int) -> HttpResponse:
    """Yes: the offer serves the need."""
    return _act(
        request,
        _("已确认对接。"),
        lambda: confirm_match(by=desk.account, at=timezone.now(), match_id=match_id),
    )


@enter(Act.DECIDE_MATCH, methods=POST)
def refuse(request: HttpRequest, desk: Desk, match_id: int) -> HttpResponse:
    """No, with a reason; the pair is not proposed again."""
    reason = asked(request).text("reason")
    return _act(
        request,
        _("记下了：不合适，不再推荐这一对。"),
        lambda: refuse_match(by=desk.account, at=timezone.now(), match_id=match_id, reason=reason),
    )


@enter(Act.DECIDE_MATCH, methods=("GET", "POST"))
def make(request: HttpRequest, desk: Desk, need_id: int) -> HttpResponse:
    """Choose an offer for a need by hand: offers that serve its place."""
    form = asked(request)
    if request.method == "POST":
        try:
            make_match(by=desk.account, at=timezone.now(), need_id=need_id, offer_id=form.number("offer") or 0)
        except Refusal as refusal:
            return refused(request, refusal, request.get_full_path())
        return done(request, _("已对接。"), reverse("need", args=[need_id]))
    row = get_need(desk.account, need_id).need
    page = list_offers(
        desk.account,
        programme_id=desk.programme_id,
        serves=row.place_code,
        strand=form.text("strand"),
        q=form.text("q"),
        after=form.text("after"),
    )
    chips = (chip(request, "strand", _("七送"), words(Strand)),)
    return show(request, "match/make.html", {"row": row, "page": page, "chips": chips})


@enter(Act.SEE_MATCH)
def gaps(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Where needs and offers do not meet: a chart by strand and by county; each bar opens its list."""
    place = request.GET.get("place", "")
    cells = count_gaps(desk.account, programme_id=desk.programme_id, place_code=place)
    facts = {
        "bars": gap_bars(cells, place),
        "cells": sorted(cells, key=_by_strand),
        "map": gap_map(cells) if desk.level == Level.PREFECTURE else None,
        "needs_total": sum(cell.needs_without_offer for cell in cells),
        "offers_total": sum(cell.offers_unasked for cell in cells),
        "common": list_common_needs(desk.account, programme_id=desk.programme_id),
        "chips": (place_chip(request, desk),),
        "trail": trail(request, desk),
    }
    return show(request, "match/gaps.html", facts)


def _by_strand(cell: GapCount) -> tuple[int, str]:
    """The order of the seven strands, what is in none last; then the counties by code."""
    return (list(Strand).index(cell.strand) if cell.strand else len(Strand)), cell.county_code


@enter(Act.SEE_MATCH)
def needs_without(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Needs that no offer may serve."""
    return _gap_list(request, desk, list_needs_without_offer, "match/needs_without.html")


@enter(Act.SEE_MATCH)
def offers_unasked(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Offers that nobody asks for."""
    return _gap_list(request, desk, list_offers_unasked, "match/offers_unasked.html")


def _gap_list(request: HttpRequest, desk: Desk, read: Callable[..., Page[Any]], template: str) -> HttpResponse:
    query = request.GET
    page = read(
        desk.account,
        programme_id=desk.programme_id,
        place_code=query.get("place", ""),
        strand=query.get("strand", ""),
        after=query.get("after", ""),
    )
    chips = (place_chip(request, desk), chip(request, "strand", _("七送"), words(Strand)))
    facts = {
        "page": page,
        "count": told_count(request, page),
        "chips": chips,
        "trail": trail(request, desk),
        "may_decide": desk.may(Act.DECIDE_MATCH),
    }
    return show(request, template, facts)


def _act(request: HttpRequest, text: str, act: Callable[[], object]) -> HttpResponse:
    address = way_back(request, reverse("matches"))
    try:
        act()
    except Refusal as refusal:
        return refused(request, refusal, address)
    return done(request, text, address)
