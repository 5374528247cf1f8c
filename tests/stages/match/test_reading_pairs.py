"""Who sees proposals, and the two gaps."""

import pytest
from cast import DENGKOU, LIANFENG, NOON, WUYUAN, Cast
from stages.making import make_need, make_offer
from stages.match.pairing import one_pair, proposed

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import refuse_match
from diancai.stages.match.models import Match
from diancai.stages.match.queries import (
    count_gaps,
    get_match,
    list_common_needs,
    list_needs_without_offer,
    list_offers_unasked,
    list_proposals,
)
from diancai.words import NeedProgress, Strand


def test_who_sees_pairs(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    words = {"programme_id": programme.id}
    for who in (cast.county_office, cast.prefecture_office, cast.department_contact, cast.leader):
        assert [row.id for row in list_proposals(who, **words).rows] == [match.pk]
        assert get_match(who, match.pk).id == match.pk
    for who in (cast.other_county_office, cast.other_department_contact):
        assert list_proposals(who, **words).rows == ()
        with pytest.raises(NotFound):
            get_match(who, match.pk)
    with pytest.raises(NotAllowed):
        list_proposals(cast.other_county_office, **words, place_code=WUYUAN)
    for who in (cast.stranger, cast.village_officer, cast.auditor):
        with pytest.raises(NotAllowed):
            list_proposals(who, **words)
        with pytest.raises(NotAllowed):
            count_gaps(who, **words)


def test_proposals_filter_and_page(cast: Cast, programme: ProgrammeRow) -> None:
    for number in range(4):
        make_need(programme.id, strand=Strand.SCIENCE if number else Strand.SERVICE)
    offer = make_offer(cast, programme.id)
    proposed(programme)
    office, words = cast.county_office, {"programme_id": programme.id}
    seen, after = [], ""
    while True:
        page = list_proposals(office, **words, after=after, limit=3)  # type: ignore[arg-type]
        seen += [row.id for row in page.rows]
        if page.next_after is None:
            break
        after = page.next_after
    assert seen == sorted(Match.objects.values_list("pk", flat=True), reverse=True)
    assert len(list_proposals(office, **words, strand="service").rows) == 1
    assert len(list_proposals(office, **words, offer_id=offer.id).rows) == 4
    assert list_proposals(office, **words, state="refused").rows == ()


def test_the_two_gaps_and_their_counts(cast: Cast, programme: ProgrammeRow) -> None:
    served = make_need(programme.id)
    alone = make_need(programme.id, LIANFENG, content="斗渠清淤", topic="农田水利/渠系清淤", strand=Strand.SERVICE)
    make_need(programme.id, DENGKOU, content="人饮管线维修", topic="人畜饮水/管网维修", strand=Strand.SERVICE)
    make_need(programme.id, LIANFENG, content="已经派了的事", topic="", progress=NeedProgress.ORDERED)
    asked = make_offer(cast, programme.id)
    idle = make_offer(cast, programme.id, service="惠民文艺演出", service_form="演出", topics=(), strand="culture")
    proposed(programme)
    words = {"programme_id": programme.id}
    needs = list_needs_without_offer(cast.county_office, **words).rows
    assert [row.need_id for row in needs] == [alone.pk]
    assert len(list_needs_without_offer(cast.prefecture_office, **words).rows) == 2
    assert [row.offer_id for row in list_offers_unasked(cast.county_office, **words).rows] == [idle.id]
    cells = {(cell.strand, cell.county): cell for cell in count_gaps(cast.prefecture_office, **words)}
    science = cells[Strand.SCIENCE, "五原县"]
    assert (science.needs, science.needs_without_offer, science.offers, science.offers_unasked) == (2, 0, 1, 0)
    service = cells[Strand.SERVICE, "磴口县"]
    assert (service.needs, service.needs_without_offer) == (1, 1)
    assert cells[Strand.CULTURE, "五原县"].offers_unasked == 1
    refuse_match(
        by=cast.county_office,
        at=NOON,
        match_id=Match.objects.get(need=served, offer_id=asked.id).pk,
        reason="时间赶不上",
    )
    gap = next(row for row in list_needs_without_offer(cast.county_office, **words).rows if row.need_id == served.pk)
    assert gap.refused == 1


def test_common_needs_keep_a_line_in_each_county(cast: Cast, programme: ProgrammeRow) -> None:
    ours = make_need(programme.id, is_common=True)
    theirs = make_need(programme.id, DENGKOU, is_common=True)
    make_need(programme.id, content="别的事", topic="别的")
    common = list_common_needs(cast.prefecture_office, programme_id=programme.id)
    assert [(row.counties, row.need_ids) for row in common] == [(("五原县", "磴口县"), (ours.pk, theirs.pk))]
    assert list_common_needs(cast.other_county_office, programme_id=programme.id)[0].need_ids == (theirs.pk,)
