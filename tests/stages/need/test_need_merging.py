"""Merging is a link that is undone for ever; one remark's households are counted once."""

from datetime import timedelta

import pytest
from cast import DENGKOU, NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stages.need.conftest import CANAL, CUCUMBER, MILDEW, SHOW, VILLAGES

from diancai.ground.errors import NotAllowed
from diancai.ground.ledger.models import Event
from diancai.stages.need.actions import (
    accept_need,
    answer_proposal,
    change_need,
    merge_needs,
    part_source,
    set_progress,
    split_need,
    undo_last,
    undo_merge,
)
from diancai.stages.need.errors import (
    AlreadyAnswered,
    ChangedMeanwhile,
    HasOrders,
    NotMerged,
    OnlySource,
    OtherCounty,
    OtherRoute,
    PartsMissing,
    ReasonMissing,
    SameNeed,
    StateForbids,
)
from diancai.stages.need.models import MergeProposal, Need, NeedSource
from diancai.stages.need.queries import count_households, get_need, list_needs, list_needs_of_remark
from diancai.stages.need.rows import Households
from diancai.words import NeedProgress, NeedState

pytestmark = pytest.mark.django_db


@pytest.fixture
def greenhouses(tell):
    """The two that want the same: 永联 with 5 households, 联丰 with 7."""
    return tell(CUCUMBER, VILLAGES["永联"])[0], tell(MILDEW, VILLAGES["联丰"])[0]


def test_a_merged_need_keeps_every_remark_and_adds_households_up(greenhouses, cast, programme):
    first, second = greenhouses
    row = merge_needs(by=cast.county_office, at=NOON, into_id=first.pk, need_id=second.pk, reason="同为黄瓜病害")
    assert (row.remark_count, row.households) == (2, 12)
    assert "永联村" in row.place_name
    assert "联丰村" in row.place_name
    detail = get_need(cast.county_office, first.pk)
    assert [source.came_from_id for source in detail.sources] == [None, second.pk]
    assert detail.sources[1].reason == "同为黄瓜病害"
    assert [other.id for other in detail.merged] == [second.pk]
    assert [need.id for need in list_needs(cast.county_office, programme_id=programme.id).rows] == [first.pk]
    assert [n.id for n in list_needs(cast.county_office, programme_id=programme.id, state="merged").rows] == [second.pk]
    remark = second.own_sources.get().remark_id
    assert [need.id for need in list_needs_of_remark(cast.village_officer, remark)] == [first.pk]
    for who in (cast.village_officer, cast.town_officer):
        seen = list_needs(who, programme_id=programme.id).rows
        assert [need.id for need in seen] == [first.pk], "the village finds the need its remark went into"
        assert get_need(who, first.pk).need.id == first.pk
    undo_merge(by=cast.county_office, at=NOON, need_id=second.pk)
    assert [need.id for need in list_needs(cast.village_officer, programme_id=programme.id).rows] == [second.pk]


def test_a_merge_is_undone_and_both_stand_as_before(greenhouses, cast):
    first, second = greenhouses
    before = Need.objects.filter(pk=first.pk).values("households", "wanted_until", "quantity", "places").get()
    merge_needs(by=cast.county_office, at=NOON, into_id=first.pk, need_id=second.pk, reason="同一件事")
    back = undo_merge(by=cast.county_office, at=NOON, need_id=second.pk)
    assert (back.state, back.remark_count, back.households) == (NeedState.PROPOSED, 1, 7)
    assert back.open_proposals == 1, "the question of whether they are one is asked again"
    assert Need.objects.filter(pk=first.pk).values("households", "wanted_until", "quantity", "places").get() == before
    with pytest.raises(NotMerged):
        undo_merge(by=cast.county_office, at=NOON, need_id=second.pk)


def test_undo_last_takes_a_merge_back_from_either_side(greenhouses, cast):
    first, second = greenhouses
    for named in (first, second):
        merge_needs(by=cast.county_office, at=NOON, into_id=first.pk, need_id=second.pk, reason="同一件事")
        undo_last(by=cast.county_office, at=NOON, need_id=named.pk)
        assert set(Need.objects.values_list("state", flat=True)) == {NeedState.PROPOSED}


def test_a_chain_of_merges_is_parted_at_any_link_at_any_time(tell, cast):
    a, b, c = (tell(f"想给{n}号井修一修水泵，我们{n}户", at=NOON + timedelta(minutes=n))[0] for n in (2, 3, 4))
    MergeProposal.objects.all().delete()
    told = {"by": cast.county_office, "at": NOON}
    merge_needs(into_id=b.pk, need_id=a.pk, reason="同", **told)
    merge_needs(into_id=c.pk, need_id=b.pk, reason="同", **told)
    accept_need(need_id=c.pk, **told)
    assert NeedSource.objects.filter(need=c).count() == 3
    back = undo_merge(need_id=b.pk, **told)
    assert (back.remark_count, Need.objects.get(pk=c.pk).remark_count) == (2, 1)
    assert Need.objects.get(pk=a.pk).merged_into_id == b.pk
    assert undo_merge(need_id=a.pk, **told).remark_count == 1
    assert Need.objects.filter(state=NeedState.MERGED).count() == 0


def test_what_had_been_accepted_waits_for_review_when_it_stands_alone_again(greenhouses, cast):
    first, second = greenhouses
    told = {"by": cast.county_office, "at": NOON}
    accept_need(need_id=second.pk, **told)
    merge_needs(into_id=first.pk, need_id=second.pk, reason="同", **told)
    assert undo_merge(need_id=second.pk, **told).state == NeedState.COMBED


def test_a_need_with_an_order_stays_and_the_other_goes_in(greenhouses, cast):
    first, second = greenhouses
    set_progress(need_id=second.pk, progress=NeedProgress.ORDERED, at=NOON)
    with pytest.raises(HasOrders):
        merge_needs(by=cast.county_office, at=NOON, into_id=first.pk, need_id=second.pk, reason="同")
    (pair,) = MergeProposal.objects.all()
    assert answer_proposal(by=cast.county_office, at=NOON, proposal_id=pair.pk, join=True).id == second.pk


def test_what_may_not_merge_is_refused(greenhouses, tell, cast, county_offices):
    first, second = greenhouses
    told = {"by": cast.county_office, "at": NOON}
    (far,) = tell(CUCUMBER, "150822103201", by=cast.other_county_office)
    for into, need, refusal, by in (
        (first.pk, first.pk, SameNeed, cast.county_office),
        (first.pk, far.pk, OtherCounty, county_offices),
        (first.pk, far.pk, NotAllowed, cast.county_office),
        (first.pk, second.pk, NotAllowed, cast.other_county_office),
        (first.pk, second.pk, NotAllowed, cast.stranger),
        (first.pk, second.pk, NotAllowed, cast.village_officer),
    ):
        with pytest.raises(refusal):
            merge_needs(by=by, at=NOON, into_id=into, need_id=need, reason="同")
    with pytest.raises(ReasonMissing):
        merge_needs(into_id=first.pk, need_id=second.pk, reason="", **told)
    change_need(need_id=second.pk, route="case", **told)
    with pytest.raises(OtherRoute):
        merge_needs(into_id=first.pk, need_id=second.pk, reason="同", **told)
    assert not Need.objects.filter(state=NeedState.MERGED).exists()


def test_a_proposal_is_answered_once_and_the_answer_stays(greenhouses, cast):
    (pair,) = MergeProposal.objects.all()
    with pytest.raises(NotAllowed):
        answer_proposal(by=cast.other_county_office, at=NOON, proposal_id=pair.pk, join=True)
    answer_proposal(by=cast.county_office, at=NOON, proposal_id=pair.pk, join=False, reason="两种病")
    with pytest.raises(AlreadyAnswered):
        answer_proposal(by=cast.county_office, at=NOON, proposal_id=pair.pk, join=True)
    assert get_need(cast.county_office, greenhouses[0].pk).proposals == ()
    assert not Need.objects.filter(state=NeedState.MERGED).exists()


def test_across_counties_joining_tags_both_as_common_and_merges_nothing(tell, cast, programme):
    (here,) = tell(CANAL)
    (there,) = tell(CANAL, DENGKOU, by=cast.other_county_office)
    (pair,) = MergeProposal.objects.all()
    answer_proposal(by=cast.prefecture_office, at=NOON, proposal_id=pair.pk, join=True)
    assert set(Need.objects.values_list("is_common", "state")) == {
        (True, NeedState.PROPOSED),
        (True, NeedState.COMBED),
    }
    for who, need in ((cast.county_office, here), (cast.other_county_office, there)):
        assert [row.id for row in list_needs(who, programme_id=programme.id).rows] == [need.pk]


def test_one_remark_leaves_and_has_a_need_of_its_own_to_review(tell, cast):
    (need,) = tell(CANAL)
    tell(CANAL, VILLAGES["永联"])
    accept_need(by=cast.county_office, at=NOON, need_id=need.pk)
    source = NeedSource.objects.filter(need=need).order_by("-id").first()
    own = part_source(by=cast.county_office, at=NOON, source_id=source.pk, reason="不是同一条渠")
    assert (own.state, own.place_code, own.remark_count, own.households) == (
        NeedState.COMBED,
        VILLAGES["永联"],
        1,
        23,
    )
    need.refresh_from_db()
    assert (need.remark_count, need.households, need.state) == (1, 23, NeedState.ACCEPTED)
    undo_last(by=cast.county_office, at=NOON, need_id=need.pk)
    need.refresh_from_db()
    assert (need.remark_count, Need.objects.get(pk=own.id).state) == (2, NeedState.MERGED)


def test_the_only_remark_of_a_need_does_not_leave_it(tell, cast):
    (need,) = tell(CANAL)
    with pytest.raises(OnlySource):
        part_source(by=cast.county_office, at=NOON, source_id=need.sources.get().pk, reason="不对")
    with pytest.raises(NotAllowed):
        part_source(by=cast.stranger, at=NOON, source_id=need.sources.get().pk, reason="不对")


def test_a_parted_remark_goes_back_to_the_need_it_was_made_for(greenhouses, cast):
    first, second = greenhouses
    told = {"by": cast.county_office, "at": NOON}
    merge_needs(into_id=first.pk, need_id=second.pk, reason="同", **told)
    source = NeedSource.objects.get(origin=second)
    assert part_source(source_id=source.pk, reason="不是一回事", **told).id == second.pk
    assert Need.objects.get(pk=second.pk).is_live


def test_a_need_is_split_into_parts_whose_households_are_counted_once(tell, cast):
    (need,) = tell(CANAL)
    parts = [{"content": "斗渠清淤"}, {"content": "渠口闸门维修", "quantity": "1座"}]
    rows = split_need(by=cast.county_office, at=NOON, need_id=need.pk, parts=parts)
    assert [row.content for row in rows] == ["斗渠清淤", "渠口闸门维修"]
    assert [row.households for row in rows] == [23, 23]
    assert rows[1].number != rows[0].number
    assert count_households([row.id for row in rows]) == Households(23, False)
    back = undo_last(by=cast.county_office, at=NOON, need_id=need.pk)
    assert (back.content, back.quantity, back.households) == (need.content, need.quantity, 23)
    assert Need.objects.get(pk=rows[1].id).state == NeedState.MERGED


def test_a_split_needs_two_parts_with_words_and_a_fresh_page(tell, cast):
    (need,) = tell(CANAL)
    told = {"by": cast.county_office, "at": NOON, "need_id": need.pk}
    for parts in ([{"content": "清淤"}], [{"content": "清淤"}, {"quantity": "1座"}], []):
        with pytest.raises(PartsMissing):
            split_need(parts=parts, **told)
    with pytest.raises(ChangedMeanwhile):
        split_need(parts=[{"content": "一"}, {"content": "二"}], revision=7, **told)
    with pytest.raises(NotAllowed):
        split_need(**(told | {"by": cast.stranger}), parts=[{"content": "一"}, {"content": "二"}])
    assert Need.objects.count() == 1


def test_a_merged_need_is_not_worked_on(greenhouses, cast):
    first, second = greenhouses
    told = {"by": cast.county_office, "at": NOON}
    merge_needs(into_id=first.pk, need_id=second.pk, reason="同", **told)
    with pytest.raises(StateForbids):
        change_need(need_id=second.pk, content="别的", **told)
    with pytest.raises(StateForbids):
        merge_needs(into_id=second.pk, need_id=first.pk, reason="反过来", **told)


def test_an_act_on_needs_writes_exactly_one_event(greenhouses, tell, cast):
    first, second = greenhouses
    (third,) = tell(SHOW)
    told = {"by": cast.county_office, "at": NOON}
    for act in (
        lambda: merge_needs(into_id=first.pk, need_id=second.pk, reason="同", **told),
        lambda: undo_merge(need_id=second.pk, **told),
        lambda: split_need(need_id=third.pk, parts=[{"content": "一"}, {"content": "二"}], **told),
        lambda: undo_last(need_id=third.pk, **told),
        lambda: accept_need(need_id=third.pk, **told),
        lambda: undo_last(need_id=third.pk, **told),
    ):
        before = Event.objects.count()
        act()
        assert Event.objects.count() == before + 1


@pytest.fixture
def four(tell):
    """Four needs that have nothing to do with each other, of 2, 3, 5 and 7 households."""
    texts = ("想给2号井修水泵，我们2户", "想看二人台，我们3户", "想学剪枝，我们5户", "想修路，我们7户")
    return [tell(text)[0] for text in texts]


@given(acts=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=8))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_merged_and_parted_no_remark_is_lost_and_the_total_stands(four, cast, acts):
    from django.db import transaction

    from diancai.ground.errors import Refusal

    point = transaction.savepoint()
    told = {"by": cast.county_office, "at": NOON}
    total = count_households([need.pk for need in four])
    for one, other, join in acts:
        try:
            if join:
                merge_needs(into_id=four[one].pk, need_id=four[other].pk, reason="同", **told)
            else:
                undo_last(need_id=four[one].pk, **told)
        except Refusal:
            continue
    live = list(Need.objects.filter(is_live=True))
    remarks = sum(need.remark_count for need in live)
    households = count_households([need.pk for need in live])
    sums = sum(need.households or 0 for need in live)
    transaction.savepoint_rollback(point)
    assert (remarks, households, sums) == (4, total, total.number)
