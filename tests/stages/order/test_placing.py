"""李芳 places an order: its number, its department, its text, and what is refused."""

import uuid
from datetime import date, timedelta

import pytest
from cast import DENGKOU, NOON, PREFECTURE, WUYUAN, Cast
from stages.making import make_need, make_offer
from stages.order.bringing import bring_part, bureau, part_of, placed, progress

from diancai.ground.ledger.models import Event
from diancai.ground.place.models import Department
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import confirm_match, make_match
from diancai.stages.match.models import Match
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    DepartmentElsewhere,
    DueInPast,
    DutyBasisMissing,
    MatchNotConfirmed,
    NeedNotOrderable,
    QuantityOutOfRange,
)
from diancai.stages.order.models import Order
from diancai.stages.order.queries import get_order
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.words import (
    AssignmentState,
    NeedProgress,
    NeedState,
    OrderState,
    Route,
)


def test_an_order_straight_to_a_department_is_dispatched_with_a_text(cast: Cast, need: Need) -> None:
    order = placed(
        cast,
        need.pk,
        department_id=cast.department.pk,
        asked=2,
        unit="场",
        due_on=date(2020, 1, 20),
        joint_department_ids=[bureau("科技").pk],
    )
    assert (order.number, order.state, order.lead) == ("五原-2019-0001", OrderState.DISPATCHED, "五原县农牧局")
    assert (order.asked, order.committed, order.open_rest, order.joint) == (2, 0, 0, ("五原县科技局",))
    assert progress(need) == NeedProgress.ORDERED
    detail = get_order(cast.county_office, order.id)
    for told in (
        "五原-2019-0001",
        "五原县塔尔湖镇联丰村",
        "约23户",
        "种葵花以前",
        "2020-01-20",
        "五原县科技局",
        "《农业技术推广法》",
        "2场",
    ):
        assert told in detail.text, told
    assert "此前没有同类事项" in detail.text
    assert [(row.kind, row.by) for row in detail.history] == [("order.placed", "李芳")]
    assert "派给五原县农牧局，五原县科技局配合" in detail.history[0].zh


def test_the_text_names_who_took_the_like_last(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    first = bring_part(cast, need.pk, AssignmentState.ACCEPTED)
    again = placed(cast, make_need(programme.id).pk, department_id=cast.department.pk)
    assert again.number == "五原-2019-0002"
    assert f"上次同类事项由五原县农牧局承办（{first.number}" in get_order(cast.county_office, again.id).text
    elsewhere = make_need(programme.id, DENGKOU)
    theirs = actions.place_order(
        by=cast.other_county_office, at=NOON, need_id=elsewhere.pk, department_id=cast.other_department.pk
    )
    assert "此前没有同类事项" in get_order(cast.other_county_office, theirs.id).text


def test_numbers_run_by_county_and_year(cast: Cast, programme: ProgrammeRow) -> None:
    later = NOON + timedelta(days=40)

    def number(place: str, at: object = NOON) -> str:
        need = make_need(programme.id, place)
        return actions.place_order(by=cast.prefecture_office, at=at, need_id=need.pk).number  # type: ignore[arg-type]

    assert [number(WUYUAN), number(DENGKOU), number(WUYUAN), number(PREFECTURE), number(WUYUAN, later)] == [
        "五原-2019-0001",
        "磴口-2019-0001",
        "五原-2019-0002",
        "巴彦淖尔-2019-0001",
        "五原-2020-0001",
    ]


def test_the_same_parcel_twice_is_one_order(cast: Cast, need: Need) -> None:
    parcel = uuid.uuid4()
    assert placed(cast, need.pk, uuid=parcel).id == placed(cast, need.pk, uuid=parcel).id
    assert Order.objects.count() == Event.objects.filter(kind="order.placed").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"state": NeedState.PROPOSED},
        {"state": NeedState.DROPPED, "left_out_reason": "不是需求"},
        {"route": Route.CASE},
        {"route": Route.DIVERT},
        {"is_live": False},
        {"progress": NeedProgress.PLANNED},
    ],
)
def test_only_a_reviewed_need_of_a_list_without_order_is_ordered(
    cast: Cast, programme: ProgrammeRow, fields: dict[str, str]
) -> None:
    with pytest.raises(NeedNotOrderable):
        placed(cast, make_need(programme.id, **fields).pk)
    assert not Order.objects.exists()


def test_one_open_order_per_need(cast: Cast, need: Need) -> None:
    placed(cast, need.pk)
    with pytest.raises(NeedNotOrderable):
        placed(cast, need.pk)
    # Even when somebody set the progress back, the database refuses the second.
    Need.objects.filter(pk=need.pk).update(progress=NeedProgress.OPEN)
    with pytest.raises(NeedNotOrderable):
        placed(cast, need.pk)
    assert Order.objects.count() == 1


def test_wrong_words_of_an_order_are_refused(cast: Cast, need: Need) -> None:
    with pytest.raises(DepartmentElsewhere):
        placed(cast, need.pk, department_id=cast.other_department.pk)
    with pytest.raises(DueInPast):
        placed(cast, need.pk, department_id=cast.department.pk, due_on=date(2019, 12, 9))
    for asked in (0, 10**9):
        with pytest.raises(QuantityOutOfRange):
            placed(cast, need.pk, asked=asked)
    with pytest.raises(MatchNotConfirmed):
        placed(cast, need.pk, match_id=0)
    Department.objects.filter(pk=cast.department.pk).update(duty_basis="")
    with pytest.raises(DutyBasisMissing):
        placed(cast, need.pk, department_id=cast.department.pk)
    assert not Order.objects.exists()
    assert placed(cast, need.pk, department_id=cast.department.pk, duty_basis="县政府分工").lead


def test_the_bureau_of_the_prefecture_may_be_ordered_from(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=bureau("农牧", PREFECTURE).pk)
    assert order.lead == "市农牧局"


def test_a_confirmed_match_goes_to_its_department_and_books_what_is_asked(
    cast: Cast, need: Need, programme: ProgrammeRow
) -> None:
    offer = make_offer(cast, programme.id)
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=offer.id)
    order = placed(cast, need.pk, match_id=match.id, asked=2, unit="场")
    assert (order.lead, order.offer_id) == ("五原县农牧局", offer.id)
    assert Match.objects.get().booked == 2
    actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, committed=1)
    assert Match.objects.get().booked == 1
    assert Offer.objects.count() == 1
    assert not SupplyEdition.objects.exists()


def test_a_proposed_or_foreign_match_cannot_be_ordered(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id)
    other = make_need(programme.id)
    made = make_match(by=cast.county_office, at=NOON, need_id=other.pk, offer_id=offer.id)
    with pytest.raises(MatchNotConfirmed):
        placed(cast, need.pk, match_id=made.id)
    Match.objects.filter(pk=made.id).update(need=need, state="proposed", decided_at=None, booked=0)
    with pytest.raises(MatchNotConfirmed):
        placed(cast, need.pk, match_id=made.id)
    confirm_match(by=cast.county_office, at=NOON, match_id=made.id)
    assert placed(cast, need.pk, match_id=made.id).match_id == made.id
