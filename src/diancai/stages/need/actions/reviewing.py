"""Combing and reviewing: the town passes on, the county office accepts, changes, leaves out."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from diancai.engine.reasons import Reason
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below, level_of
from diancai.ground.place.queries import get_scope
from diancai.stages.need.actions.standing import check_no_order
from diancai.stages.need.errors import OtherCounty, WindowBackwards
from diancai.stages.need.keeping import check_leave, check_words, index, locked, recount, save, step, tell, told
from diancai.stages.need.making import DIVERTED_CONTENT
from diancai.stages.need.models import LIVE, MergeProposal, Need, NeedStep
from diancai.stages.need.queries.showing import OPEN_PAIR, need_rows
from diancai.stages.need.rows import NeedRow
from diancai.stages.need.rules import Step, check_fields, check_step
from diancai.stages.need.scrubbing import blank, forget
from diancai.stages.need.withholding import follow_route
from diancai.stages.remark.actions import divert_remark
from diancai.words import Level, NeedState, Route

SLICE = 200
# What a recount derives from the remarks; once a person sets one, it is his.
DERIVED_BY_COUNT = {"households", "households_approx", "persons", "quantity", "wanted_from", "wanted_until"}


@transaction.atomic
def comb_need(*, by: Account, at: datetime, need_id: int, revision: int | None = None) -> NeedRow:
    """The town passes a need on to the county office. Raises `NotFound`, `NotAllowed`, `StateForbids`."""
    need = locked(need_id, revision)
    check(by, Act.COMB_NEED, need.scope)
    check_words(by, need)
    before = need.state
    need.state = check_step(NeedState(before), Step.COMBED)
    save(need, at, "state")
    step(need, Step.COMBED, by=by, at=at, before={"state": before}).save()
    tell("need.combed", [need], by=by, at=at)
    return need_rows([need])[0]


@transaction.atomic
def accept_need(*, by: Account, at: datetime, need_id: int, revision: int | None = None) -> NeedRow:
    """The county office accepts a need for its list. Raises `NotFound`, `NotAllowed`, `StateForbids`."""
    need = locked(need_id, revision)
    check(by, Act.REVIEW_NEED, need.scope)
    check_words(by, need)
    before = need.state
    need.state = check_step(NeedState(before), Step.ACCEPTED)
    save(need, at, "state")
    step(need, Step.ACCEPTED, by=by, at=at, before={"state": before}).save()
    tell("need.accepted", [need], by=by, at=at)
    return need_rows([need])[0]


def accept_certain(*, by: Account, at: datetime, programme_id: int, place_code: str, most_doubt: int = 20) -> int:
    """Accept what waits for the county office with a doubt of at most `most_doubt` and no open proposal to merge.

    At most 200 in a transaction, one event for each. Returns how many. Raises `NotAllowed`.
    """
    check(by, Act.REVIEW_NEED, get_scope(place_code))
    paired = MergeProposal.objects.filter(OPEN_PAIR).filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
    certain = Need.objects.filter(
        LIVE & at_or_below(place_code), programme_id=programme_id, state=NeedState.COMBED, doubt__lte=most_doubt
    ).filter(~Exists(paired))
    if level_of(place_code) == Level.PREFECTURE:
        certain = certain.filter(county_code="")  # a county's needs are its own to accept
    total = 0
    while accepted := _accept_slice(list(certain.order_by("pk").values_list("pk", flat=True)[:SLICE]), by, at):
        total += accepted
    return total


@transaction.atomic
def _accept_slice(need_ids: list[int], by: Account, at: datetime) -> int:
    waiting = Need.objects.select_for_update().filter(pk__in=need_ids, state=NeedState.COMBED)
    needs = list(waiting.order_by("pk"))
    if not needs:
        return 0
    for need in needs:
        need.state, need.changed_at, need.revision = NeedState.ACCEPTED, at, need.revision + 1
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(
        state=NeedState.ACCEPTED, changed_at=at, revision=F("revision") + 1
    )
    before, note = {"state": NeedState.COMBED}, Reason.ACCEPTED_TOGETHER.tell()
    NeedStep.objects.bulk_create([step(n, Step.ACCEPTED, by=by, at=at, before=before, note=note) for n in needs])
    tell("need.accepted", needs, by=by, at=at)
    return len(needs)


@transaction.atomic
def change_need(*, by: Account, at: datetime, need_id: int, revision: int | None = None, **fields: Any) -> NeedRow:
    """Change fields of a need (`rules.CHANGEABLE`). What the remarks said stays with them.

    A route changed to "divert" gives its remarks to the lawful body and takes the need's words away. Raises `NotFound`,
    `NotAllowed`, `ChangedMeanwhile`, `NeedWordless`, `StateForbids`, `OtherCounty`, `HasOrders` for another route but
    "divert", which withdraws the order, and those of `rules.check_fields`.
    """
    need = locked(need_id, revision)
    check_leave(by, need)
    check_step(NeedState(need.state), Step.CHANGED)
    wanted = check_fields(fields)
    wanted |= _place_columns(need, wanted.pop("place_code", ""))
    changed = {name: value for name, value in wanted.items() if getattr(need, name) != value}
    if not changed:
        return need_rows([need])[0]
    if changed.get("route") == Route.DIVERT:
        _divert(need, by, at)
    else:
        _change(need, changed, by, at)
    index([need])
    tell("need.changed", [need], by=by, at=at, fields=sorted(changed))
    return need_rows([need])[0]


def _change(need: Need, changed: dict[str, Any], by: Account, at: datetime) -> None:
    if "route" in changed:
        check_no_order(need)
    before = {name: getattr(need, name) for name in changed} | {"by_hand": need.by_hand}
    for name, value in changed.items():
        setattr(need, name, value)
    if need.wanted_from and need.wanted_until and need.wanted_from > need.wanted_until:
        raise WindowBackwards
    own = {"households" if name == "households_approx" else name for name in DERIVED_BY_COUNT & set(changed)}
    need.by_hand = sorted({*need.by_hand, *own})
    save(need, at, *changed, "by_hand")
    step(need, Step.CHANGED, by=by, at=at, before=before, note="、".join(changed)).save()
    if "route" in changed:
        follow_route(need, by=by, at=at)


def _place_columns(need: Need, place_code: str) -> dict[str, str]:
    """The columns of another place in the same county. Raises `OtherCounty`."""
    if not place_code:
        return {}
    scope = get_scope(place_code)
    if scope.county_code != need.county_code and need.county_code:
        raise OtherCounty
    return {
        "prefecture_code": scope.prefecture_code,
        "county_code": scope.county_code,
        "town_code": scope.town_code,
        "village_code": scope.village_code,
    }


def _divert(need: Need, by: Account, at: datetime) -> None:
    """Divert the remarks, which takes the words of every need they are in; of this one a note of the diversion stays.

    An order on it is withdrawn as far as its state allows: what the law asks does not wait for it.
    """
    in_force = need.sources.filter(remark__is_diverted=False, remark__withdrawn_at=None)
    for remark_id in sorted(set(in_force.values_list("remark_id", flat=True))):
        divert_remark(by=by, at=at, remark_id=remark_id, reason="审核时改为转办")
    need.refresh_from_db()
    blank(need)
    need.route, need.content, need.state, need.places = Route.DIVERT, DIVERTED_CONTENT, NeedState.ACCEPTED, []
    need.by_hand = sorted(DERIVED_BY_COUNT)
    need.revision, need.changed_at = need.revision + 1, at
    need.save()
    need.sources.update(quote="", reason="", quantity="", wanted_text="")
    step(need, Step.CHANGED, by=by, at=at, note="route").save()
    forget(recount([need.pk]), by=by, at=at)


@transaction.atomic
def leave_out(*, by: Account, at: datetime, need_id: int, reason: str, revision: int | None = None) -> NeedRow:
    """Leave a need off the list, with a reason. Raises `NotFound`, `NotAllowed`, `ReasonMissing`, `StateForbids`,
    `HasOrders`."""
    need = locked(need_id, revision)
    check_leave(by, need)
    before = {"state": need.state}
    why = told(reason)
    after = check_step(NeedState(need.state), Step.LEFT_OUT)
    check_no_order(need)
    need.state_before, need.state, need.left_out_reason = need.state, after, why
    save(need, at, "state", "state_before", "left_out_reason")
    step(need, Step.LEFT_OUT, by=by, at=at, before=before, note=why).save()
    tell("need.left_out", [need], by=by, at=at, reason=why)
    return need_rows([need])[0]
