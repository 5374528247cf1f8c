"""Raising a need by hand from a remark in which the engine found none, or not this one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from diancai.engine.reasons import Reason
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.need.digesting.reading import plain_want, units
from diancai.stages.need.keeping import recount, step, tell
from diancai.stages.need.making import make_need
from diancai.stages.need.models import NeedSource
from diancai.stages.need.numbering import give_numbers
from diancai.stages.need.queries.showing import need_rows
from diancai.stages.need.rows import NeedRow
from diancai.stages.need.rules import CHANGEABLE, Step, check_fields
from diancai.stages.remark.queries import get_remark, get_undigested
from diancai.words import Route

BY_HAND = Reason.RAISED_BY_HAND.tell()
# The place of a need that is raised is the remark's.
RAISED = tuple(name for name in CHANGEABLE if name not in {"place_code", "sub_place", "route"})


@transaction.atomic
def raise_need(*, by: Account, at: datetime, remark_id: int, content: str, **fields: Any) -> NeedRow:
    """A new need resting on the remark, with the line that a person wrote; it waits for review like any other.

    `fields` are those of `change_need` but for place and route. Raises `NotFound` (also for a diverted or withdrawn
    remark), `NotAllowed`, and those of `rules.check_fields`.
    """
    seen = get_remark(by, remark_id)
    check(by, Act.COMB_NEED, seen.scope)
    remark = get_undigested(remark_id)
    if remark is None or seen.state in {"withdrawn", "diverted"}:
        raise NotFound
    checked = check_fields({"content": content} | {name: fields[name] for name in fields if name in RAISED})
    taken = NeedSource.objects.filter(remark_id=remark_id).aggregate(highest=Max("want_number"))["highest"] or 0
    made = make_need(remark, plain_want(remark, Route.LIST, BY_HAND), units(), at=at, number=taken + 1)
    for name, value in checked.items():
        setattr(made.need, name, value)
    made.need.by_hand = sorted(set(checked) & {"households", "persons", "quantity", "wanted_from", "wanted_until"})
    made.need.save()
    made.source.save()
    give_numbers([made.need])
    step(made.need, Step.PROPOSED, by=by, at=at, note=BY_HAND).save()
    [need] = recount([made.need.pk])
    tell("need.raised", [need], by=by, at=at, remark=remark_id)
    return need_rows([need])[0]
