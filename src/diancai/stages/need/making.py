"""How needs are put together: from a want of the digest, or as a part or copy of another need."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from diancai.engine.digest import Want
from diancai.engine.reasons import JOINT, Reason
from diancai.ground.people.who_may import Scope
from diancai.ground.place.queries import DepartmentRow, name_of
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.need.rules import LONGEST_CONTENT
from diancai.stages.remark.rows import Undigested
from diancai.words import Language, NeedState, Route, Strand

# What a part or a parted share takes over from the need it came from.
TAKEN_OVER = (
    "programme_id", "route", "kind", "topic", "strand", "service_form", "language", "urgency", "handling_level", "lead",
    "joint", "prefecture_code", "county_code", "town_code", "village_code", "sub_place", "is_common",
)  # fmt: skip
TOWN_LINE = "乡镇"
DIVERTED_CONTENT = "转有权处理单位1件"  # all that a list's line may say of a report about persons


@dataclass(frozen=True, slots=True)
class Made:
    """An unsaved need and its first share."""

    need: Need
    source: NeedSource


class Units:
    """Names the units for lines of work: 水利 becomes the county's own bureau, 乡镇 the town's government."""

    def __init__(self, departments: Sequence[DepartmentRow]) -> None:
        self._names = {(d.place_code, d.line): d.name for d in departments}

    def name(self, line: str, scope: Scope) -> str:
        """The county's unit of that line, the prefecture's where the county has none, else the line itself."""
        if line == TOWN_LINE:
            return f"{name_of(scope.town_code)}政府" if scope.town_code else "苏木乡镇政府"
        for place_code in (scope.county_code, scope.prefecture_code):
            if (place_code, line) in self._names:
                return self._names[place_code, line]
        return line


def make_need(remark: Undigested, want: Want, units: Units, *, at: datetime, number: int) -> Made:
    """A need from a want. What the sheet told beside the words goes before what the engine thinks."""
    told = _told(remark.told)
    is_diverted = want.route == Route.DIVERT
    households = want.households if want.households is not None else remark.households
    approx = want.households_approx if want.households is not None else remark.households_approx
    if is_diverted:
        households, told = None, {}
    values: dict[str, Any] = {
        "content": want.content[:LONGEST_CONTENT] or "（待归纳）",
        "topic": (want.topic or "")[:80],
        "strand": want.strand or "",
        "service_form": (want.service_form or "")[:80],
        "wanted_text": (want.wanted_text or "")[:200],
    }
    need = Need(
        uuid=uuids.uuid4(),
        programme_id=remark.programme_id,
        route=want.route,
        kind=want.kind,
        language=_language(remark, want),
        wanted_from=want.wanted_from,
        wanted_until=want.wanted_until,
        quantity=(want.quantity or "")[:80],
        households=households,
        households_approx=approx,
        persons=want.persons if want.persons is not None else None if is_diverted else remark.persons,
        urgency=want.urgency,
        handling_level=want.handling_level,
        lead=units.name(want.lead, remark.scope)[:60] if want.lead else "",
        joint="、".join(units.name(line, remark.scope) for line in want.joint)[:120],
        state=first_state(want.route, remark.scope),
        doubt=max(0, min(100, round(want.doubt * 100))),
        # Even the words that gave a report away would tell what it is about.
        why=[] if is_diverted else list(want.why),
        first_said_on=timezone.localdate(remark.said_at) if remark.said_at and not is_diverted else None,
        made_at=at,
        changed_at=at,
        remark_count=1,
        places=[] if is_diverted else [f"{remark.scope.place_code} {remark.sub_place}".strip()],
        prefecture_code=remark.scope.prefecture_code,
        county_code=remark.scope.county_code,
        town_code=remark.scope.town_code,
        village_code=remark.scope.village_code,
        sub_place="" if is_diverted else remark.sub_place,
        **(values | told),
    )
    return Made(need, _source(need, remark, want, households, approx, at, number))


def _source(
    need: Need, remark: Undigested, want: Want, households: int | None, approx: bool, at: datetime, number: int
) -> NeedSource:
    is_diverted = want.route == Route.DIVERT
    return NeedSource(
        need=need,
        origin=need,
        remark_id=remark.id,
        want_number=number,
        quote="" if is_diverted else want.quote,
        reason="" if is_diverted else JOINT.join(want.why)[:300],
        households=households,
        households_approx=approx,
        persons=need.persons,
        quantity=need.quantity,
        wanted_text=need.wanted_text,
        wanted_from=need.wanted_from,
        wanted_until=need.wanted_until,
        linked_at=at,
    )


def first_state(route: Route, scope: Scope) -> NeedState:
    """The town combs first where there is one; a diverted report is nobody's to review here."""
    if route == Route.DIVERT:
        return NeedState.ACCEPTED
    return NeedState.PROPOSED if scope.town_code else NeedState.COMBED


def _told(told: Mapping[str, str]) -> dict[str, Any]:
    """Fields of a need that the sheet filled in itself."""
    given: dict[str, Any] = {}
    if strand := Strand.from_zh(told.get("strand", "")):
        given["strand"] = strand
    for name, column in (("service_form", "service_form"), ("wanted_text", "wanted_time")):
        if told.get(column):
            given[name] = told[column][:80]
    return given


def _language(remark: Undigested, want: Want) -> str:
    """The language that the service must have: told in the line, or that of the remark itself."""
    asked = f"{want.content}{want.service_form or ''}"
    if "蒙" in asked and any(word in asked for word in ("蒙古语", "蒙语", "蒙文", "蒙古文")):
        return Language.MONGOLIAN
    return Language.MONGOLIAN if remark.language == Language.MONGOLIAN else ""


def copy_of(need: Need, source: NeedSource, *, at: datetime) -> Need:
    """A new need for a share that leaves `need`; it waits for review."""
    remark = source.remark
    taken = {name: getattr(need, name) for name in TAKEN_OVER}
    place = {
        name: getattr(remark, name)
        for name in ("prefecture_code", "county_code", "town_code", "village_code", "sub_place")
    }
    return Need(
        **(taken | place),
        uuid=uuids.uuid4(),
        # In the remark's own words: those of the need may be another's, who may yet turn out to report a person.
        content=(source.quote or remark.shown)[:LONGEST_CONTENT],
        wanted_text=source.wanted_text,
        state=NeedState.COMBED if need.state != NeedState.PROPOSED else NeedState.PROPOSED,
        why=[Reason.SPLIT_FROM.tell()],
        doubt=60,
        made_at=at,
        changed_at=at,
        number="",
    )
