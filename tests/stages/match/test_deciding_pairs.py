"""李芳 confirms and refuses; capacity is booked and nobody else decides."""

from datetime import timedelta

import pytest
from cast import NOON, Cast
from stages.making import make_need, make_offer
from stages.match.pairing import one_pair

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import confirm_match, make_match, refuse_match
from diancai.stages.match.errors import (
    AlreadyDecided,
    AlreadyMatched,
    DoesNotServe,
    NeedNotOpen,
    NoCapacityLeft,
    OfferNotInForce,
    ReasonMissing,
)
from diancai.stages.match.models import Match
from diancai.stages.need.models import Need
from diancai.words import MatchState, NeedProgress, NeedState


def test_confirming_matches_the_need_and_books_one(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    row = confirm_match(by=cast.county_office, at=NOON, match_id=match.pk)
    assert (row.state, row.decided_by, row.free, row.need_progress) == ("confirmed", "李芳", 1, NeedProgress.MATCHED)
    event = Event.objects.get(kind="match.confirmed")
    assert (event.details["need_id"], event.details["offer_id"]) == (row.need_id, row.offer_id)
    with pytest.raises(AlreadyDecided):
        confirm_match(by=cast.county_office, at=NOON, match_id=match.pk)


@pytest.mark.parametrize(
    "who",
    [
        "stranger",
        "other_county_office",
        "department_contact",
        "department_leader",
        "village_officer",
        "town_officer",
        "leader",
        "auditor",
        "administrator",
    ],
)
def test_nobody_else_decides(cast: Cast, programme: ProgrammeRow, who: str) -> None:
    match, account = one_pair(cast, programme), getattr(cast, who)
    for act in (
        lambda: confirm_match(by=account, at=NOON, match_id=match.pk),
        lambda: refuse_match(by=account, at=NOON, match_id=match.pk, reason="不合适"),
        lambda: make_match(by=account, at=NOON, need_id=match.need_id, offer_id=match.offer_id),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Match.objects.get().state == MatchState.PROPOSED


def test_a_need_has_one_confirmed_offer(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    other = make_offer(cast, programme.id, service="列当防治田间课堂")
    confirm_match(by=cast.county_office, at=NOON, match_id=match.pk)
    with pytest.raises(AlreadyMatched):
        make_match(by=cast.county_office, at=NOON, need_id=match.need_id, offer_id=other.id)
    refuse_match(by=cast.county_office, at=NOON, match_id=match.pk, reason="改用田间课堂")
    assert Need.objects.get().progress == NeedProgress.OPEN
    made = make_match(by=cast.county_office, at=NOON, need_id=match.need_id, offer_id=other.id)
    assert (made.state, made.why) == ("confirmed", ("人工对接",))


def test_a_full_offer_is_not_confirmed_again_but_in_another_month(cast: Cast, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id, capacity=1)
    needs = [make_need(programme.id) for _ in range(3)]
    for_first, for_second = (
        {"by": cast.county_office, "at": NOON, "need_id": need.pk, "offer_id": offer.id} for need in needs[:2]
    )
    make_match(**for_first)
    with pytest.raises(NoCapacityLeft) as refused:
        make_match(**for_second)
    assert "2019-12" in refused.value.text("zh")
    assert "五原县农牧局" in refused.value.text("zh")
    make_match(**for_second, month="2020-01")
    told = {"by": cast.county_office, "at": NOON, "need_id": needs[2].pk, "offer_id": offer.id}
    with pytest.raises(NoCapacityLeft):
        make_match(**told, month="2020-01")
    make_match(**told, month="2020-02")


def test_what_cannot_serve_is_not_paired(cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id)
    office = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    elsewhere = make_offer(cast, programme.id, department=cast.other_department)
    with pytest.raises(DoesNotServe):
        make_match(**office, offer_id=elsewhere.id)
    over = make_offer(cast, programme.id, valid_until=NOON.date() - timedelta(days=1))
    with pytest.raises(OfferNotInForce):
        make_match(**office, offer_id=over.id)
    with pytest.raises(NotFound):
        make_match(**office, offer_id=0)
    Need.objects.filter(pk=need.pk).update(state=NeedState.DROPPED, left_out_reason="不是需求")
    with pytest.raises(NeedNotOpen):
        make_match(**office, offer_id=make_offer(cast, programme.id).id)
    assert not Match.objects.exists()


def test_a_refusal_needs_its_reason_and_is_kept(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    with pytest.raises(ReasonMissing):
        refuse_match(by=cast.county_office, at=NOON, match_id=match.pk, reason="  ")
    row = refuse_match(by=cast.county_office, at=NOON, match_id=match.pk, reason="时间赶不上")
    assert (row.state, row.reason) == ("refused", "时间赶不上")
    with pytest.raises(AlreadyDecided):
        refuse_match(by=cast.county_office, at=NOON, match_id=match.pk, reason="再说一遍")
