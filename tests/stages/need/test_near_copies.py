"""Near-copies of one text at one place are questions at one need: a star, not a net."""

import pytest
from cast import NOON

from diancai.stages.need.actions import merge_needs
from diancai.stages.need.digesting.job import digest_remarks
from diancai.stages.need.models import MergeProposal, Need

pytestmark = pytest.mark.django_db


def near_copy(number: int) -> str:
    return f"第{number}社的斗渠淤住了，给清一清哇，{number * 7}来米"


def stars() -> list[tuple[int, int]]:
    return list(MergeProposal.objects.order_by("second_id").values_list("first_id", "second_id"))


def test_each_near_copy_is_proposed_to_the_first_alone(tell):
    for number in range(1, 41):
        tell(near_copy(number), digest=False)
    digest_remarks()
    lead, *others = Need.objects.order_by("pk").values_list("pk", flat=True)
    assert len(others) == 39
    assert stars() == [(lead, other) for other in others]


def test_a_later_digest_finds_the_same_lead(tell):
    for number in range(1, 6):
        tell(near_copy(number), digest=False)
    digest_remarks()
    tell(near_copy(77), digest=False)
    digest_remarks()
    for number in range(100, 180):  # a large digest holds the needs in memory, a small one searches
        tell(near_copy(number), digest=False)
    digest_remarks()
    lead = Need.objects.order_by("pk").first()
    assert {first for first, _ in stars()} == {lead.pk}
    assert len(stars()) == Need.objects.count() - 1


def test_a_refused_pair_makes_the_refused_need_a_lead_of_its_own(tell):
    tell(near_copy(1))
    tell(near_copy(2))
    digest_remarks()
    MergeProposal.objects.update(answer=MergeProposal.Answer.PARTED)
    tell(near_copy(3))
    digest_remarks()
    third = Need.objects.order_by("pk").last()
    assert [second for _, second in stars()].count(third.pk) == 1


def test_when_the_lead_is_merged_its_near_copies_are_proposed_to_what_it_became(cast, tell):
    for number in range(1, 5):
        tell(near_copy(number), digest=False)
    digest_remarks()
    tell("我们村想请医生来给老人量量血压")
    lead, *copies, survivor = Need.objects.order_by("pk").values_list("pk", flat=True)
    merge_needs(by=cast.county_office, at=NOON, into_id=survivor, need_id=lead, reason="同一件事")
    assert {pair for pair in stars() if survivor in pair} == {(copy, survivor) for copy in copies}
