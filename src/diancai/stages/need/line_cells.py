"""A need's line on the demand list as it stands when the list is drawn. Called by the editions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from diancai.ground.place.queries import name_of
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.need.queries.showing import place_text, places_text
from diancai.stages.need.rules import line_cells, window_text
from diancai.words import HandlingLevel, NeedProgress, Strand


def cells_of(need: Need, county: str, wanted_time: str) -> dict[str, str]:
    """The cells of a need's line as it stands now, without its position."""
    return line_cells(
        county=county,
        place=places_text(need),
        content=need.content,
        topic=need.topic,
        strand=Strand(need.strand) if need.strand else None,
        service_form=need.service_form,
        wanted_time=wanted_time,
        households=need.households,
        is_approx=need.households_approx,
        lead=need.lead,
        joint=need.joint,
        handling_level=HandlingLevel(need.handling_level),
        progress=NeedProgress(need.progress),
        need_number=need.number,
        remark_count=need.remark_count,
        quantity=need.quantity,
        is_common=need.is_common,
    )


def wanted_times(needs: Sequence[Need]) -> dict[int, str]:
    """The wanted time of each line; villages with different times are named (`永联村12月19日前、联丰村1月4日前`)."""
    sources = NeedSource.objects.filter(need__in=needs, is_counted=True).select_related("remark")
    told: dict[int, dict[str, str]] = {need.pk: {} for need in needs}
    for source in sources.order_by("need_id", "id"):
        remark = source.remark
        on = timezone.localdate(remark.said_at) if remark.said_at else None
        text = window_text(source.wanted_from, source.wanted_until, source.wanted_text, on)
        if text:
            told[source.need_id].setdefault(text, name_of(remark.village_code) or _above(remark))
    return {need.pk: _window(need, told[need.pk]) for need in needs}


def _above(remark: Any) -> str:
    return place_text(remark.scope, remark.sub_place)


def _window(need: Need, told: Mapping[str, str]) -> str:
    if {"wanted_from", "wanted_until"} & set(need.by_hand) or len(told) < 2:
        return window_text(need.wanted_from, need.wanted_until, need.wanted_text, need.first_said_on)
    return "、".join(f"{place}{text}" for text, place in told.items())
