"""Splitting a need in which several things are wanted: parts are needs of their own that rest on the same remarks."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from diancai.engine.reasons import Reason
from diancai.ground.people.models import Account
from diancai.stages.need.errors import PartsMissing
from diancai.stages.need.keeping import check_leave, locked, recount, save, step, tell
from diancai.stages.need.making import TAKEN_OVER
from diancai.stages.need.models import Need, NeedSource
from diancai.stages.need.numbering import give_numbers
from diancai.stages.need.queries.showing import need_rows
from diancai.stages.need.rows import NeedRow
from diancai.stages.need.rules import CHANGEABLE, Step, check_fields, check_step
from diancai.words import NeedState

# Fields that a part may have of its own; its place stays that of the need.
OF_A_PART = tuple(name for name in CHANGEABLE if name not in {"place_code", "sub_place", "is_common"})
OF_THE_SHARE = ("households", "households_approx", "persons", "quantity", "wanted_text", "wanted_from", "wanted_until")


@transaction.atomic
def split_need(
    *, by: Account, at: datetime, need_id: int, parts: Sequence[Mapping[str, Any]], revision: int | None = None
) -> tuple[NeedRow, ...]:
    """Make one need into several: the first part changes the need itself, each further part is a new need.

    All parts rest on the same remarks, whose households are counted once. Raises `NotFound`, `NotAllowed`,
    `ChangedMeanwhile`, `StateForbids`, `PartsMissing`, and those of `rules.check_fields`.
    """
    need = locked(need_id, revision)
    check_leave(by, need)
    check_step(NeedState(need.state), Step.SPLIT)
    checked = [_part(part) for part in parts]
    if len(checked) < 2:
        raise PartsMissing
    before = {name: getattr(need, name) for name in checked[0]} | {"by_hand": need.by_hand}
    sources = list(need.sources.select_related("remark"))
    new = [_new_need(need, part, at) for part in checked[1:]]
    for name, value in checked[0].items():
        setattr(need, name, value)
    need.by_hand = sorted({*need.by_hand, *(set(checked[0]) & set(OF_THE_SHARE))} - {"wanted_text"})
    save(need, at, *checked[0], "by_hand")
    give_numbers(new)
    _share(sources, new, by, at)
    step(need, Step.SPLIT, by=by, at=at, before=before | {"parts": [n.pk for n in new]}).save()
    for part in new:
        step(part, Step.PROPOSED, by=by, at=at, before={"need": need.pk}).save()
    recount([need.pk, *(n.pk for n in new)])
    tell("need.split", [need, *new], by=by, at=at, split=need.pk)
    held = Need.objects.in_bulk([need.pk, *(n.pk for n in new)])
    return need_rows([held[pk] for pk in (need.pk, *(n.pk for n in new))])


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    checked = check_fields({name: value for name, value in part.items() if name in OF_A_PART})
    if not checked.get("content"):
        raise PartsMissing
    return checked


def _new_need(need: Need, part: Mapping[str, Any], at: datetime) -> Need:
    taken = {name: getattr(need, name) for name in TAKEN_OVER}
    made = Need(
        **(taken | dict(part)),
        uuid=uuids.uuid4(),
        state=need.state if need.state != NeedState.ACCEPTED else NeedState.COMBED,
        doubt=need.doubt,
        why=list(need.why),
        by_hand=sorted(set(part) & set(OF_THE_SHARE) - {"wanted_text"}),
        made_at=at,
        changed_at=at,
    )
    made.save()
    return made


def _share(sources: Sequence[NeedSource], new: Sequence[Need], by: Account, at: datetime) -> None:
    """Give each new need a share in every remark of the old one, under the remark's next free number."""
    remarks = {source.remark_id for source in sources}
    highest = dict(
        NeedSource.objects.filter(remark_id__in=remarks)
        .order_by()
        .values_list("remark_id")
        .annotate(highest=Max("want_number"))
    )
    made = []
    for need in new:
        done: set[int] = set()
        for source in sources:
            if source.remark_id in done:
                continue
            done.add(source.remark_id)
            highest[source.remark_id] += 1
            made.append(_copy(source, need, highest[source.remark_id], by, at))
    NeedSource.objects.bulk_create(made)


def _copy(source: NeedSource, need: Need, number: int, by: Account, at: datetime) -> NeedSource:
    return NeedSource(
        need=need,
        origin=need,
        remark_id=source.remark_id,
        want_number=number,
        quote=source.quote,
        reason=Reason.SPLIT.tell(),
        households=source.households,
        households_approx=source.households_approx,
        persons=source.persons,
        quantity=need.quantity,
        wanted_text=need.wanted_text,
        wanted_from=need.wanted_from,
        wanted_until=need.wanted_until,
        linked_at=at,
        linked_by=by,
    )
