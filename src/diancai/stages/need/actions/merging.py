"""Merging is a link: shares of remarks move to another need and can be parted again for ever (design 2.2, 8.4)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from diancai.engine.reasons import JOINT, Reason
from diancai.engine.said.masking import mask
from diancai.ground.errors import NotFound
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can, check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.privacy.withholding import WITHHELD
from diancai.stages.need.actions.standing import check_no_order, has_order
from diancai.stages.need.errors import (
    AlreadyAnswered,
    NotMerged,
    OnlySource,
    OtherCounty,
    OtherProgramme,
    OtherRoute,
    SameNeed,
)
from diancai.stages.need.keeping import check_leave, locked, recount, save, step, tell, told
from diancai.stages.need.making import copy_of
from diancai.stages.need.models import MergeProposal, Need, NeedSource
from diancai.stages.need.queries.showing import need_rows
from diancai.stages.need.rows import NeedRow
from diancai.stages.need.rules import Step, after, check_step
from diancai.words import NeedState

A = MergeProposal.Answer


@transaction.atomic
def merge_needs(*, by: Account, at: datetime, into_id: int, need_id: int, reason: str) -> NeedRow:
    """Merge a need into another of its county; returns the one that stays.

    Raises `NotFound`, `NotAllowed`, `ReasonMissing`, `SameNeed`, `OtherCounty`, `OtherProgramme`, `OtherRoute`,
    `HasOrders`, `StateForbids`, `NeedWordless`.
    """
    into, need = _locked_pair(into_id, need_id)
    check_leave(by, into, need)
    _merge(into, need, by, at, told(reason, 300))
    return need_rows([Need.objects.get(pk=into.pk)])[0]


@transaction.atomic
def undo_merge(*, by: Account, at: datetime, need_id: int) -> NeedRow:
    """Let a merged need stand alone again, with everything that had come into it; at any time, by whoever may review.

    Orders and published lines stay with the need they were made on. It waits for the county office, or for the town
    where it had not been combed. Raises `NotFound`, `NotAllowed`, `NotMerged`.
    """
    need = locked(need_id)
    if need.state != NeedState.MERGED or need.merged_into_id is None:
        raise NotMerged
    check(by, Act.COMB_NEED if need.state_before == NeedState.PROPOSED else Act.REVIEW_NEED, need.scope)
    bring_back(need, by, at)
    return need_rows([Need.objects.get(pk=need.pk)])[0]


def bring_back(need: Need, by: Account, at: datetime) -> None:
    """Move a merged need's shares back, under the lock of both; one event."""
    parent = need.merged_into
    if parent is None:
        raise NotMerged
    root = root_of(parent)
    family = family_of(need)
    NeedSource.objects.filter(origin_id__in=family, need_id=root.pk).update(
        need_id=need.pk, reason=Reason.UNMERGED.tell()
    )
    need.state = after(NeedState(need.state_before or NeedState.COMBED))
    need.merged_into, need.state_before = None, ""
    save(need, at, "state", "merged_into", "state_before")
    # The question of whether they are one is open again, else nobody would be asked before both are on a list.
    MergeProposal.objects.filter(_between(parent, need), answer=A.JOINED).update(
        answer=A.OPEN, answered_by=None, answered_at=None
    )
    _undo_steps(need, parent)
    step(need, Step.RESTORED, by=by, at=at, before={"need": parent.pk}).save()
    recount([need.pk, root.pk])
    tell("need.parted", [need], by=by, at=at, parted_from=root.pk)


def _undo_steps(need: Need, parent: Need) -> None:
    """Strike through the last merge in both histories."""
    for kind, of, other in ((Step.MERGED, need, parent), (Step.TOOK_IN, parent, need)):
        standing = of.steps.filter(kind=kind, is_undone=False).order_by("-id")
        last = next((s for s in standing if s.before.get("need") == other.pk), None)
        if last is not None:
            last.is_undone = True
            last.save(update_fields=["is_undone"])


@transaction.atomic
def part_source(*, by: Account, at: datetime, source_id: int, reason: str) -> NeedRow:
    """Take one remark's share out of a need; returns the need of its own that it has now, which waits for review.

    A share that came by a merge goes back to the need it was made for where that one stands empty. Raises `NotFound`,
    `NotAllowed`, `ReasonMissing`, `OnlySource`, `StateForbids`.
    """
    source = NeedSource.objects.select_related("need").filter(pk=source_id).first()
    if source is None:
        raise NotFound
    need = locked(source.need_id)
    check_leave(by, need)
    check_step(NeedState(need.state), Step.PARTED)
    why = told(reason, 300)
    if not NeedSource.objects.filter(need=need).exclude(remark_id=source.remark_id).exists():
        raise OnlySource
    before = {"source": source.pk, "origin": source.origin_id}
    own = _own_need(source, need, at)
    source.need, source.origin, source.reason, source.linked_by, source.linked_at = own, own, why, by, at
    source.save(update_fields=["need", "origin", "reason", "linked_by", "linked_at"])
    step(need, Step.PARTED, by=by, at=at, before=before | {"need": own.pk}, note=why).save()
    step(own, Step.RESTORED, by=by, at=at, before={"need": need.pk}, note=why).save()
    save(need, at)
    recount([need.pk, own.pk])
    tell("need.parted", [own], by=by, at=at, parted_from=need.pk, reason=why)
    return need_rows([Need.objects.get(pk=own.pk)])[0]


def _own_need(source: NeedSource, need: Need, at: datetime) -> Need:
    """The need that a parted share goes to: the one made for it, while that stands merged and empty, else a new one."""
    origin = locked(source.origin_id)
    alone = not NeedSource.objects.filter(origin=origin).exclude(pk=source.pk).exists()
    if origin.pk != need.pk and origin.state == NeedState.MERGED and origin.content != WITHHELD and alone:
        origin.state = after(NeedState(origin.state_before or NeedState.COMBED))
        origin.merged_into, origin.state_before = None, ""
        save(origin, at, "state", "merged_into", "state_before")
        return origin
    own = copy_of(need, source, at=at)
    own.save()
    return own


@transaction.atomic
def answer_proposal(*, by: Account, at: datetime, proposal_id: int, join: bool, reason: str = "") -> NeedRow:
    """Answer a proposal: join the two, or say that they are not one. The answer is kept for ever.

    The need with an order stays, else the older one. Across counties joining tags both as common and merges nothing;
    it takes leave to review one of the two, and the other county's history stays its own. Returns the need that stays
    (one's own, else the first of the pair, when none is merged). Raises `NotFound`, `NotAllowed`,
    `AlreadyAnswered`, and what `merge_needs` raises.
    """
    proposal = MergeProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound
    first, second = _locked_pair(proposal.first_id, proposal.second_id)
    _check_answer(by, proposal, first, second)
    proposal.answer, proposal.answered_by, proposal.answered_at = A.JOINED if join else A.PARTED, by, at
    proposal.save(update_fields=["answer", "answered_by", "answered_at"])
    if proposal.is_across_counties and not _may(by, first):
        first, second = second, first
    if join and proposal.is_across_counties:
        _tag(first, second, by, at)
    elif join:
        into, need = (second, first) if has_order(second) and not has_order(first) else (first, second)
        why = mask(reason.strip()).shown[:300] or JOINT.join(proposal.why)[:300]
        _merge(into, need, by, at, why or Reason.ONE_MATTER.tell())
        first = into
    else:
        tell("proposal.answered", [first, second], by=by, at=at, joined=False, reason=mask(reason.strip()).shown[:200])
    return need_rows([Need.objects.get(pk=first.pk)])[0]


def _check_answer(by: Account, proposal: MergeProposal, first: Need, second: Need) -> None:
    """Across counties the office of either county answers, or the prefecture; within one whoever may work on both."""
    if proposal.is_across_counties:
        if not any(_may(by, need) for need in (first, second)):
            check(by, Act.REVIEW_NEED, first.scope)
    else:
        check_leave(by, first, second)
    if proposal.answer != A.OPEN:
        raise AlreadyAnswered


def _may(by: Account, need: Need) -> bool:
    above = Scope(need.prefecture_code)
    return can(by, Act.REVIEW_NEED, need.scope) or can(by, Act.REVIEW_NEED, above)


def _tag(first: Need, second: Need, by: Account, at: datetime) -> None:
    for need in (first, second):
        if not _may(by, need):
            Need.objects.filter(pk=need.pk).update(is_common=True)
            continue
        before = {"is_common": need.is_common}
        check_step(NeedState(need.state), Step.COMMON)
        need.is_common = True
        save(need, at, "is_common")
        step(need, Step.COMMON, by=by, at=at, before=before).save()
    tell("proposal.answered", [first, second], by=by, at=at, joined=True, is_common=True)


def _merge(into: Need, need: Need, by: Account, at: datetime, why: str) -> None:
    _check_pair(into, need)
    before = {"state": need.state, "need": into.pk}
    check_step(NeedState(into.state), Step.TOOK_IN)
    need.state_before, need.state = need.state, check_step(NeedState(need.state), Step.MERGED)
    need.merged_into, need.is_live = into, False
    save(need, at, "state", "state_before", "merged_into", "is_live")
    NeedSource.objects.filter(need=need).update(need=into, reason=why, linked_by=by, linked_at=at)
    step(need, Step.MERGED, by=by, at=at, before=before, note=why).save()
    step(into, Step.TOOK_IN, by=by, at=at, before={"need": need.pk}, note=why).save()
    save(into, at)
    recount([into.pk, need.pk])
    MergeProposal.objects.filter(_between(into, need), answer=A.OPEN).update(
        answer=A.JOINED, answered_by=by, answered_at=at
    )
    _pass_on_proposals(need, into)
    tell("need.merged", [into, need], by=by, at=at, into=into.pk, merged=need.pk, reason=why)


def _pass_on_proposals(need: Need, into: Need) -> None:
    """What was proposed to the merged need is proposed to the one that stands for it; a pair answered before stays so.

    Near-copies are proposed to the first of their kind only, so a merge of that one would else hide all of them.
    """
    open_pairs = MergeProposal.objects.filter(Q(first=need) | Q(second=need), answer=A.OPEN)
    passed_on = []
    for pair in open_pairs.exclude(_between(into, need)):
        other = pair.second_id if pair.first_id == need.pk else pair.first_id
        first, second = sorted((into.pk, other))
        passed_on.append(
            MergeProposal(
                first_id=first,
                second_id=second,
                score=pair.score,
                why=pair.why,
                is_identical=False,
                is_across_counties=pair.is_across_counties,
            )
        )
    MergeProposal.objects.bulk_create(passed_on, ignore_conflicts=True)


def _between(one: Need, other: Need) -> Q:
    first, second = sorted((one.pk, other.pk))
    return Q(first_id=first, second_id=second)


def _check_pair(into: Need, need: Need) -> None:
    if into.pk == need.pk:
        raise SameNeed
    if into.programme_id != need.programme_id:
        raise OtherProgramme
    if into.county_code != need.county_code:
        raise OtherCounty
    if into.route != need.route:
        raise OtherRoute
    check_no_order(need)


def _locked_pair(one_id: int, other_id: int) -> tuple[Need, Need]:
    """Both needs, locked in the order of their ids so that two acts never wait for each other in a ring."""
    held = {pk: locked(pk) for pk in sorted({one_id, other_id})}
    return held[one_id], held[other_id]


def root_of(need: Need) -> Need:
    """The need that stands for another after all merges."""
    while need.merged_into is not None:
        need = need.merged_into
    return need


def family_of(need: Need) -> set[int]:
    """The need and all that were merged into it, directly or by way of others."""
    family = {need.pk}
    while True:
        more = set(Need.objects.filter(merged_into_id__in=family).values_list("pk", flat=True)) - family
        if not more:
            return family
        family |= more
