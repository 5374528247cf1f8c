"""The engine proposes with reasons; what was refused does not come back."""

import pytest
from cast import DENGKOU, NOON, PREFECTURE, Cast
from stages.making import make_need, make_offer
from stages.match.pairing import one_pair, proposed

from diancai.ground.ledger.models import Event
from diancai.ground.place.models import Department
from diancai.ground.programme.queries import ProgrammeRow
from diancai.ground.work.actions import run_all
from diancai.ground.work.models import Job
from diancai.stages.match.actions import refuse_match
from diancai.stages.match.models import Match
from diancai.stages.match.queries import list_proposals, offers_proposed
from diancai.stages.need.actions import accept_need, change_need
from diancai.stages.supply.actions import withdraw_offer
from diancai.words import MatchState, NeedProgress, NeedState


def test_a_fitting_offer_is_proposed_with_reasons_and_another_is_not(cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id)
    fits = make_offer(cast, programme.id)
    make_offer(
        cast, programme.id, service="惠民文艺演出", service_form="现场演出", topics=("文艺演出",), strand="culture"
    )
    assert proposed(programme) == [(need.pk, fits.id)]
    row = list_proposals(cast.county_office, programme_id=programme.id).rows[0]
    assert 0 < row.score <= 1
    assert row.why
    assert all(isinstance(reason, str) and reason for reason in row.why)
    assert (row.free, row.capacity_unit, row.need_place) == (2, "场", "五原县塔尔湖镇联丰村")


def test_an_offer_of_another_county_is_not_proposed(cast: Cast, programme: ProgrammeRow) -> None:
    make_need(programme.id)
    make_offer(cast, programme.id, department=cast.other_department)
    bureau = Department.objects.get(place_id=PREFECTURE, line="农牧")
    everywhere = make_offer(cast, programme.id, department=bureau)
    make_offer(cast, programme.id, department=bureau, place_codes=(DENGKOU,))
    assert [offer for _, offer in proposed(programme)] == [everywhere.id]


def test_proposing_again_changes_nothing(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    events = Event.objects.count()
    proposed(programme)
    assert list(Match.objects.values_list("pk", "score", "state")) == [(match.pk, match.score, "proposed")]
    assert Event.objects.count() == events


def test_a_refused_pair_never_comes_back(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    refuse_match(by=cast.county_office, at=NOON, match_id=match.pk, reason="讲的不是列当")
    assert proposed(programme) == []
    assert Match.objects.get().state == MatchState.REFUSED
    assert list_proposals(cast.county_office, programme_id=programme.id).rows == ()


def test_what_no_longer_fits_is_taken_away(cast: Cast, programme: ProgrammeRow) -> None:
    match = one_pair(cast, programme)
    withdraw_offer(by=cast.county_office, at=NOON, offer_id=match.offer_id)
    assert proposed(programme) == []
    assert not Match.objects.exists()


@pytest.mark.parametrize("fields", [{"state": NeedState.COMBED}, {"route": "case"}, {"progress": NeedProgress.ORDERED}])
def test_needs_off_the_list_are_not_matched(cast: Cast, programme: ProgrammeRow, fields: dict[str, str]) -> None:
    make_need(programme.id, **fields)
    make_offer(cast, programme.id)
    assert proposed(programme) == []


def test_accepting_a_need_and_writing_an_offer_ask_for_matching(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    run_all()
    need = make_need(programme.id, state=NeedState.COMBED)
    accept_need(by=cast.county_office, at=NOON, need_id=need.pk)
    run_all()
    assert Match.objects.filter(need=need, state=MatchState.PROPOSED).count() == 1
    make_offer(cast, programme.id, service="列当防治田间课堂")
    run_all()
    assert Match.objects.filter(need=need).count() == 2
    assert not Job.objects.filter(kind="match.propose").exclude(state="done").exists()


def test_a_need_that_changes_after_review_is_matched_anew(cast: Cast, programme: ProgrammeRow) -> None:
    make_offer(cast, programme.id)
    need = make_need(programme.id, content="斗渠清淤", topic="农田水利/渠系清淤", service_form="现场施工")
    under_review = make_need(programme.id, state=NeedState.COMBED)
    run_all()
    assert not Match.objects.exists()
    for each in (need, under_review):
        change_need(
            by=cast.county_office,
            at=NOON,
            need_id=each.pk,
            revision=0,
            content="向日葵列当防治培训",
            topic="种植业/病虫草害防治",
            service_form="集中培训",
        )
    run_all()
    assert list(Match.objects.values_list("need_id", flat=True)) == [need.pk]


def test_the_best_of_a_need_stands_first(cast: Cast, programme: ProgrammeRow) -> None:
    make_need(programme.id)
    weaker = make_offer(cast, programme.id, service="葵花列当讲座", service_form="讲座")
    better = make_offer(cast, programme.id)
    proposed(programme)
    rows = list_proposals(cast.county_office, programme_id=programme.id).rows
    assert [row.offer_id for row in rows] == [better.id, weaker.id]
    assert rows[0].score > rows[1].score
    shown = offers_proposed(rows[0].need_id, cast.department.pk)
    assert shown == ((better.id, better.service), (weaker.id, weaker.service))


def test_many_offers_in_a_row_are_matched_once(cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id)
    for number in range(3):
        make_offer(cast, programme.id, service=f"列当防治培训{number}")
    run_all()
    results = list(Job.objects.filter(kind="match.propose").order_by("id").values_list("result", flat=True))
    assert [result["pairs"] for result in results] == [None, None, 3]
    assert Match.objects.filter(need=need).count() == 3
