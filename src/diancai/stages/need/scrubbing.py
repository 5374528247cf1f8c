"""A remark that is diverted takes its words out of what was made of it: needs, shares, histories, open editions.

Called inside the transaction of the divert, by the reaction of this stage and by a review that diverts a need: waiting
for a job would leave the words open to the village meanwhile. What a published edition froze stays as it was signed.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.stages.need.keeping import month_of, recount
from diancai.stages.need.models import GONE, DemandEdition, DemandLine, MergeProposal, Need, NeedSource, NeedStep
from diancai.stages.need.rules import Step
from diancai.words import EditionState, Route

# What of a step lets it be taken back without any word of it: states and links.
PLAIN = {"state", "state_before", "need", "source", "parts", "is_common"}
WORDS = ("topic", "strand", "service_form", "wanted_text", "quantity", "lead", "joint", "left_out_reason")


def scrub_remark(remark_id: int, *, by: Account | None, at: datetime) -> None:
    """Take the words of a diverted remark out of every need; does nothing where it has none yet."""
    shares = NeedSource.objects.filter(remark_id=remark_id).exclude(need__route=Route.DIVERT)
    touched = _touched(set(shares.values_list("need_id", flat=True)) | set(shares.values_list("origin_id", flat=True)))
    if not touched:
        return
    shares.update(quote="", reason="", quantity="", wanted_text="")
    for need in touched:
        standing = _standing(need)
        if standing is None:
            _scrub(need)
        elif standing.origin_id != need.pk and not _has_own(need):
            _take_words_of(need, standing.origin)
        need.save()
    ids = [need.pk for need in touched]
    _scrub_histories(ids)
    MergeProposal.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).update(why=[])
    recount(ids)
    withdraw_words(touched, by=by, at=at)


def withdraw_words(needs: Collection[Need], *, by: Account | None, at: datetime) -> None:
    """Drop the needs' lines from editions that are not published, and tell later stages which needs lost their words.

    A signed edition that loses a line is a draft again: its paper shows what may not be shown.
    """
    ids = [need.pk for need in needs]
    lines = DemandLine.objects.filter(need_id__in=ids).exclude(edition__state=EditionState.PUBLISHED)
    for edition in list(DemandEdition.objects.select_for_update().filter(pk__in=lines.values("edition_id"))):
        edition.lines.filter(need_id__in=ids).delete()
        _number_anew(edition)
        if edition.state == EditionState.SIGNED:
            _unsign(edition, by, at)
    for county in sorted({(need.prefecture_code, need.county_code) for need in needs}):
        here = [need for need in needs if (need.prefecture_code, need.county_code) == county]
        # Nothing below the county: a village must not recognise its report.
        details = {
            "need_ids": [need.pk for need in here],
            "months": sorted({month_of(need) for need in here}),
            "programme": here[0].programme_id,
        }
        subject = ("needs", here[0].programme_id)
        record("need.diverted", subject=subject, by=by, at=at, scope=Scope(*county), details=details)


def _touched(need_ids: set[int]) -> list[Need]:
    """The needs, locked, and all that were merged into them; those that only note a diversion hold no words."""
    family = set(need_ids)
    while more := set(Need.objects.filter(merged_into_id__in=family).values_list("pk", flat=True)) - family:
        family |= more
    held = Need.objects.select_for_update().filter(pk__in=family).exclude(route=Route.DIVERT)
    return [need for need in held.order_by("pk") if need.content != GONE]


def _standing(need: Need) -> NeedSource | None:
    """The first share of a remark that was not diverted, in the need or made for it."""
    shares = NeedSource.objects.filter(Q(need=need) | Q(origin=need), remark__is_diverted=False)
    return shares.select_related("origin").order_by("id").first()


def _has_own(need: Need) -> bool:
    return NeedSource.objects.filter(origin=need, remark__is_diverted=False).exists()


def _scrub(need: Need) -> None:
    need.content, need.why, need.wanted_from, need.wanted_until = GONE, [], None, None
    need.households = need.persons = None
    for name in WORDS:
        setattr(need, name, "（不显示）" if name == "left_out_reason" and need.left_out_reason else "")
    need.by_hand = []


def _take_words_of(need: Need, other: Need) -> None:
    """What was said in the diverted remark is said in the words of one that stands."""
    need.content, need.why = other.content, []
    for name in ("topic", "strand", "service_form", "wanted_text", "quantity"):
        setattr(need, name, getattr(other, name))


def _scrub_histories(need_ids: Collection[int]) -> None:
    """Blank the words in the steps of these needs, and of those that tell of them."""
    named = Q(need_id__in=need_ids) | Q(before__need__in=list(need_ids))
    for step in NeedStep.objects.filter(named).exclude(kind=Step.LISTED.value):
        step.note = ""
        step.before = {name: value for name, value in step.before.items() if name in PLAIN}
        step.save(update_fields=["note", "before"])


def _number_anew(edition: DemandEdition) -> None:
    for position, line in enumerate(edition.lines.order_by("position"), 1):
        line.position, line.cells = position, line.cells | {"number": str(position)}
        line.save(update_fields=["position", "cells"])


def _unsign(edition: DemandEdition, by: Account | None, at: datetime) -> None:
    edition.state, edition.signed_by, edition.signed_on = EditionState.DRAFT, "", None
    edition.signed_paper = edition.digest = ""
    edition.save()
    details = {"programme": edition.programme_id, "period": edition.period}
    scope = Scope(edition.prefecture_code, edition.county_code)
    record("demand.unsigned", subject=("demand_edition", edition.pk), by=by, at=at, scope=scope, details=details)
