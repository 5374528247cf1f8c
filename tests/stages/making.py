"""Records of earlier stages for the stories of later ones: a need that was reviewed, a remark under it, an offer."""

import uuid
from datetime import date, datetime
from typing import Any

from cast import LIANFENG, NOON, Cast

from diancai.ground.place.models import Department
from diancai.ground.place.queries import get_scope
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.remark.models import Remark
from diancai.stages.supply.actions import write_offer
from diancai.stages.supply.rows import OfferRow
from diancai.words import Kind, NeedState, Route, Strand

COURSE: dict[str, Any] = {
    "leader": "副局长 李某",
    "service": "向日葵列当防治技术培训",
    "service_form": "集中培训",
    "contact": "赵某",
    "strand": Strand.SCIENCE,
    "topics": ("种植业/病虫草害防治",),
    "capacity": 2,
    "capacity_unit": "场",
    "capacity_period": "month",
    "valid_from": date(2019, 12, 1),
    "valid_until": date(2099, 12, 31),
}


def make_need(programme_id: int, place_code: str = LIANFENG, *, at: datetime = NOON, **fields: Any) -> Need:
    """A need of a place that the office has accepted, unless said otherwise."""
    scope = get_scope(place_code)
    columns: dict[str, Any] = {
        "route": Route.LIST,
        "kind": Kind.NEED,
        "content": "向日葵列当防治技术培训",
        "topic": "种植业/病虫草害防治",
        "strand": Strand.SCIENCE,
        "service_form": "集中培训",
        "households": 23,
        "wanted_text": "种葵花以前",
        "state": NeedState.ACCEPTED,
        "made_at": at,
        "changed_at": at,
    }
    return Need.objects.create(
        uuid=uuid.uuid4(),
        programme_id=programme_id,
        prefecture_code=scope.prefecture_code,
        county_code=scope.county_code,
        town_code=scope.town_code,
        village_code=scope.village_code,
        **(columns | fields),
    )


def make_source(need: Need, cast: Cast, shown: str = "想叫农牧局的下来讲讲列当咋治。", **fields: Any) -> NeedSource:
    """A remark under a need."""
    remark = Remark.objects.create(
        uuid=uuid.uuid4(),
        programme_id=need.programme_id,
        source="home_visit",
        verbatim=shown,
        shown=shown,
        text_key=uuid.uuid4().hex,
        language="zh",
        recorded_at=need.made_at,
        received_at=need.made_at,
        recorded_by=cast.village_officer,
        prefecture_code=need.prefecture_code,
        county_code=need.county_code,
        town_code=need.town_code,
        village_code=need.village_code,
        **fields,
    )
    return NeedSource.objects.create(
        need=need, origin=need, remark=remark, want_number=1, reason="第1件事", households=23, linked_at=need.made_at
    )


def make_offer(cast: Cast, programme_id: int, *, department: Department | None = None, **fields: Any) -> OfferRow:
    """A course that the cast's department offers, written by the office."""
    return write_offer(
        by=cast.prefecture_office,
        at=NOON,
        programme_id=programme_id,
        department_id=(department or cast.department).pk,
        **(COURSE | fields),
    )
