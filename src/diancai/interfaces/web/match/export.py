"""Matches and both gap lists as Excel: every row that the filters of the page let through."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from diancai.formats.sheets.writing import SheetColumn, Value
from diancai.ground.people.who_may import Act
from diancai.interfaces.web.asking import word_label
from diancai.interfaces.web.desk import Desk
from diancai.interfaces.web.download import every_row, whole_list
from diancai.interfaces.web.enter import enter
from diancai.interfaces.web.match.views import filtered_matches
from diancai.stages.match.queries import list_needs_without_offer, list_offers_unasked
from diancai.stages.match.rows import MatchRow, NeedGapRow, OfferGapRow


@enter(Act.SEE_MATCH)
def export_matches(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All pairs with their reasons."""
    rows = every_row(lambda after, limit: filtered_matches(request, desk, after=after, limit=limit))
    columns = [
        SheetColumn(_("需求内容"), 30),
        SheetColumn(_("地方"), 22),
        SheetColumn(_("户数"), 8, "right"),
        SheetColumn(_("服务项目"), 28),
        SheetColumn(_("责任单位"), 18),
        SheetColumn(_("状态"), 10, "center"),
        SheetColumn(_("推荐理由"), 40),
        SheetColumn(_("不利之处"), 24),
        SheetColumn(_("不合适的原因"), 20),
    ]
    lines = (_match(row) for row in rows)
    return _file(request, desk, columns, lines, title=_("对接"), count_word="对")


@enter(Act.SEE_MATCH)
def export_needs_without(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All needs that no offer may serve."""
    read = list_needs_without_offer
    rows = every_row(lambda after, limit: read(desk.account, **_asked(request, desk), after=after, limit=limit))
    columns = [
        SheetColumn(_("需求内容"), 36),
        SheetColumn(_("地方"), 26),
        SheetColumn(_("七送"), 8, "center"),
        SheetColumn(_("主题"), 18),
        SheetColumn(_("服务时间"), 20),
        SheetColumn(_("户数"), 8, "right"),
        SheetColumn(_("看过不合适的"), 10, "right"),
    ]
    lines = (_need(row) for row in rows)
    return _file(request, desk, columns, lines, title=_("没有服务可接的需求"), count_word="条")


@enter(Act.SEE_MATCH)
def export_offers_unasked(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """All offers that nobody asks for."""
    read = list_offers_unasked
    rows = every_row(lambda after, limit: read(desk.account, **_asked(request, desk), after=after, limit=limit))
    columns = [
        SheetColumn(_("服务项目"), 36),
        SheetColumn(_("责任单位"), 24),
        SheetColumn(_("七送"), 8, "center"),
        SheetColumn(_("服务范围"), 30),
        SheetColumn(_("到哪天"), 12),
    ]
    lines = (_offer(row) for row in rows)
    return _file(request, desk, columns, lines, title=_("没有人点的服务"), count_word="项")


def _file(
    request: HttpRequest,
    desk: Desk,
    columns: list[SheetColumn],
    lines: Iterator[tuple[Value, ...]],
    *,
    title: str,
    count_word: str,
) -> HttpResponseBase:
    name = f"{title} {desk.today}"
    return whole_list(request, columns, lines, title=title, name=name, count_word=count_word)


def _asked(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    query = request.GET
    return {
        "programme_id": desk.programme_id,
        "place_code": query.get("place", ""),
        "strand": query.get("strand", ""),
    }


def _match(row: MatchRow) -> tuple[Value, ...]:
    return (
        row.need_content,
        row.need_place,
        row.need_households,
        row.offer_service,
        row.offer_department,
        word_label(row.state),
        "；".join(row.why),
        "；".join(row.against),
        row.reason,
    )


def _need(row: NeedGapRow) -> tuple[Value, ...]:
    strand = word_label(row.strand) if row.strand else ""
    return (row.content, row.place, strand, row.topic, row.wanted, row.households, row.refused)


def _offer(row: OfferGapRow) -> tuple[Value, ...]:
    strand = word_label(row.strand) if row.strand else ""
    return (row.service, row.department, strand, row.places_text, row.valid_until)
