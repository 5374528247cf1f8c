"""A remark that is diverted takes its words out of what was made of it: needs, shares, histories, editions.

Called inside the transaction of the divert, by the reaction of this stage and by a review that diverts a need: waiting
for a job would leave the words open to the village meanwhile.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from diancai.ground.ledger.actions import drop_words, record
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.withholding import WITHHELD
from diancai.stages.need.keeping import KIND, month_of, recount
from diancai.stages.need.models import MergeProposal, Need, NeedSource, NeedStep
from diancai.stages.need.rules import Step
from diancai.stages.need.withholding import withhold_lines
from diancai.stages.remark.models import Remark
from diancai.words import Route

# What of a step lets it be taken back without any word of it: states and links.
PLAIN = {"state", "state_before", "need", "source", "parts", "is_common", "origin"}
WORDS = ("topic", "strand", "service_form", "wanted_text", "quantity", "lead", "joint", "left_out_reason")


def scrub_remark(remark_id: int, *, by: Account | None, at: datetime) -> None:
    """Take the words of a diverted remark out of every need; does nothing where it has none yet."""
    shares = NeedSource.objects.filter(remark_id=remark_id).exclude(need__route=Route.DIVERT)
    touched = _touched(set(shares.values_list("need_id", flat=True)) | set(shares.values_list("origin_id", flat=True)))
    if not touched:
        return
    shares.update(quote="", reason="", quantity="", wanted_text="")
    kept = {need.pk for need in touched if _keeps_its_words(need)}
    remark = Remark.objects.get(pk=remark_id)
    for need in touched:
        _leave_place(need, remark)
        need.save()
    recount(need.pk for need in touched)
    forget([need for need in touched if need.pk not in kept], kept=kept, by=by, at=at)


def forget(needs: Collection[Need], *, by: Account | None, at: datetime, kept: Collection[int] = ()) -> None:
    """Take the words of needs out of histories, proposals and editions, and tell later stages which needs lost theirs.

    `kept`: needs whose own words stand while a share of theirs is gone; what was written about them goes all the same.
    """
    touched = [*needs, *Need.objects.filter(pk__in=kept)]
    ids = [need.pk for need in touched]
    linked = _linked(ids)
    _scrub_histories(ids)
    NeedStep.objects.filter(need_id__in=linked).exclude(kind=Step.LISTED.value).update(note="")
    NeedSource.objects.filter(Q(need_id__in=ids) | Q(origin_id__in=ids)).update(reason="")
    MergeProposal.objects.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).update(why=[])
    withhold_lines(touched, WITHHELD, kept=kept, by=by, at=at)
    for county in sorted({(need.prefecture_code, need.county_code) for need in touched}):
        here = [need for need in touched if (need.prefecture_code, need.county_code) == county]
        # Nothing below the county: a village must not recognise its report.
        scope = Scope(*county)
        details = {
            "need_ids": [need.pk for need in here],
            "wordless_ids": [need.pk for need in here if need.pk not in kept],
            "months": sorted({month_of(need) for need in here}),
            "programme": here[0].programme_id,
        }
        drop_words([(KIND, pk) for pk in {*linked, *(need.pk for need in here)}], by=by, at=at, scope=scope)
        record("need.diverted", subject=("needs", here[0].programme_id), by=by, at=at, scope=scope, details=details)


def _touched(need_ids: set[int]) -> list[Need]:
    """The needs, locked, and all that were merged into them; those that only note a diversion hold no words."""
    family = set(need_ids)
    while more := set(Need.objects.filter(merged_into_id__in=family).values_list("pk", flat=True)) - family:
        family |= more
    held = Need.objects.select_for_update().filter(pk__in=family).exclude(route=Route.DIVERT)
    return [need for need in held.order_by("pk") if need.content != WITHHELD]


def _keeps_its_words(need: Need) -> bool:
    """Whether what the need says was said in a remark that stands; if not, its words are taken away or replaced."""
    standing = _standing(need)
    if standing is None:
        blank(need)
        return False
    if standing.origin_id != need.pk and not _has_own(need):
        _take_words_of(need, standing.origin)
        return False
    return True


def _standing(need: Need) -> NeedSource | None:
    """The first share of a remark that was not diverted, in the need or made for it."""
    shares = NeedSource.objects.filter(Q(need=need) | Q(origin=need), remark__is_diverted=False)
    return shares.select_related("origin").order_by("id").first()


def _has_own(need: Need) -> bool:
    return NeedSource.objects.filter(origin=need, remark__is_diverted=False).exists()


def _leave_place(need: Need, remark: Remark) -> None:
    """Leave a need that keeps words no place below the town which the diverted remark alone had told."""
    shares = NeedSource.objects.filter(Q(need=need) | Q(origin=need), remark__is_diverted=False)
    places = set(shares.values_list("remark__village_code", "remark__sub_place"))
    if not places:
        return
    if (need.village_code, need.sub_place) not in places:
        need.sub_place = ""
    if need.village_code == remark.village_code and need.village_code not in {village for village, _ in places}:
        need.village_code = ""


def blank(need: Need) -> None:
    """Take every word off a need; what it may be told in now is the caller's to say.

    A sub-place goes too: it may be the address of a house.
    """
    need.sub_place, need.places = "", []
    need.content, need.why, need.wanted_from, need.wanted_until = WITHHELD, [], None, None
    need.households = need.persons = None
    for name in WORDS:
        setattr(need, name, WITHHELD if name == "left_out_reason" and need.left_out_reason else "")
    need.by_hand = []


def _take_words_of(need: Need, other: Need) -> None:
    """What was said in the diverted remark is said in the words of one that stands."""
    need.content, need.why, need.sub_place = other.content, [], ""
    for name in ("topic", "strand", "service_form", "wanted_text", "quantity"):
        setattr(need, name, getattr(other, name))


def _linked(need_ids: Collection[int]) -> set[int]:
    """Needs that were one with these for a while: what was written on them then may tell of these."""
    steps = NeedStep.objects.filter(Q(need_id__in=need_ids) | Q(before__need__in=list(need_ids)))
    found: set[int] = set()
    for need_id, before in steps.values_list("need_id", "before"):
        found |= {need_id, *([before["need"]] if "need" in before else []), *before.get("parts", ())}
    # A part of such a need was made while it was one with these.
    found |= set(NeedStep.objects.filter(before__need__in=sorted(found)).values_list("need_id", flat=True))
    return found - set(need_ids)


def _scrub_histories(need_ids: Collection[int]) -> None:
    """Blank the words in the steps of these needs, and of those that tell of them."""
    named = Q(need_id__in=need_ids) | Q(before__need__in=list(need_ids))
    for step in NeedStep.objects.filter(named).exclude(kind=Step.LISTED.value):
        step.note = ""
        step.before = {name: value for name, value in step.before.items() if name in PLAIN}
        step.save(update_fields=["note", "before"])
