"""The engine's digester, made once for a process from the programme's topics, the farm calendar and the place names."""

import logging
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from diancai.config import read_json, read_text
from diancai.engine.digest import Digest, Digester, Remark, Want, load_topics
from diancai.engine.reasons import Reason
from diancai.engine.said.farm_calendar import load_farm_calendar
from diancai.ground.place.known_names import place_names
from diancai.ground.place.queries import list_departments
from diancai.stages.need.making import Units
from diancai.stages.remark.rows import Undigested
from diancai.stages.remark.rules import can_count
from diancai.words import HandlingLevel, Kind, Route, Urgency

log = logging.getLogger(__name__)
SHORT_LINE = 30


@lru_cache(maxsize=1)
def digester() -> Digester:
    """The digester; the county's own topic list and calendar where it has them."""
    return Digester(
        topics=load_topics(read_text("topics.csv", settings.CONFIG_OVERRIDES)),
        calendar=load_farm_calendar(read_json("farm_calendar.json", settings.CONFIG_OVERRIDES)),
        places=place_names(),
    )


def units() -> Units:
    """The units of all places, by line of work."""
    return Units(list_departments())


def read_remark(remark: Undigested) -> tuple[Want, ...]:
    """What a remark asks for. What an officer marked as an emergency is one; what an office returned is no report.

    A remark on which the engine fails must not hold up the others: it goes to the review with its own first words.
    """
    try:
        digest = _digest(remark)
    except Exception:  # the one place where any fault of the engine is met
        log.exception("the engine failed on remark %s", remark.id)
        return (plain_want(remark, Route.LIST, Reason.ENGINE_FAILED.tell()),)
    wants = tuple(_countable(want) for want in digest.wants if want.route != Route.NONE)
    if any(want.route == Route.DIVERT for want in wants):
        return wants[:1] if remark.may_divert else (plain_want(remark, Route.LIST, Reason.NO_REPORT.tell()),)
    if remark.is_emergency and not any(want.route == Route.EMERGENCY for want in wants):
        return (plain_want(remark, Route.EMERGENCY, Reason.MARKED_EMERGENCY.tell()), *wants)
    return wants


def _digest(remark: Undigested) -> Digest:
    said = timezone.localtime(remark.said_at) if remark.said_at else None
    return digester().digest(
        Remark(
            id=str(remark.id),
            text=remark.text,
            subject=remark.subject,
            said_at=said,
            place_code=remark.scope.place_code,
            sub_place=remark.sub_place,
            source=remark.source,
        )
    )


def _countable(want: Want) -> Want:
    """The want without a number of households or persons that nobody can mean; a person must look then."""
    if can_count(want.households) and can_count(want.persons):
        return want
    return replace(
        want,
        households=want.households if can_count(want.households) else None,
        persons=want.persons if can_count(want.persons) else None,
        doubt=max(want.doubt, 0.9),
        why=(*want.why, Reason.TOO_MANY.tell()),
    )


def plain_want(remark: Undigested, route: Route, why: str) -> Want:
    """A want in the remark's own first words, for what the engine did not put into a line; a person must look."""
    is_urgent = route == Route.EMERGENCY
    on: date | None = timezone.localdate(remark.said_at) if remark.said_at and is_urgent else None
    return Want(
        n=1, route=route, kind=Kind.EMERGENCY if is_urgent else Kind.NEED, content=remark.text[:SHORT_LINE],
        wanted_text="立即" if is_urgent else None, wanted_from=on, wanted_until=on, service_form=None, topic=None,
        topic_score=0.0, strand=None, quantity=None, households=remark.households, households_approx=False,
        persons=remark.persons, urgency=Urgency.CRITICAL if is_urgent else Urgency.NORMAL,
        handling_level=HandlingLevel.UNCLEAR, lead=None, joint=(), doubt=0.9, why=(why,), quote=remark.text,
    )  # fmt: skip
