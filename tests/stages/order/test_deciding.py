"""The office closes, plans and withdraws; departments complete by what they did."""

from datetime import timedelta

import pytest
from cast import NOON, Cast
from stages.making import make_offer
from stages.order.bringing import bring_part, part_of, placed, progress

from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import make_match
from diancai.stages.match.models import Match
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    NotACompletion,
    WordsMissing,
)
from diancai.stages.order.queries import list_orders_of_need
from diancai.words import (
    AssignmentState,
    NeedProgress,
    OrderState,
)


def test_carrying_on_does_not_complete(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    with pytest.raises(NotACompletion):
        actions.complete_assignment(
            by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, words="正在持续推进"
        )
    assert part_of(order).state == AssignmentState.IN_HAND


def test_on_the_plan_is_an_outcome_that_can_be_taken_up_again(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.ACCEPTED)
    row = actions.plan_order(
        by=cast.county_office, at=NOON, order_id=order.id, year=2020, money="县财政预算", answerer="李芳"
    )
    assert (row.state, row.plan_year, row.lead, row.late) == (OrderState.PLANNED, 2020, "", False)
    assert progress(need) == NeedProgress.PLANNED
    assert part_of(order).state == AssignmentState.WITHDRAWN
    row = actions.dispatch_order(
        by=cast.county_office, at=NOON + timedelta(days=60), order_id=order.id, department_id=cast.department.pk
    )
    assert (row.state, row.plan_year) == (OrderState.DISPATCHED, 2020)
    assert progress(need) == NeedProgress.ORDERED


def test_closing_ends_the_pair_and_keeps_what_was_served_booked(
    cast: Cast, need: Need, programme: ProgrammeRow
) -> None:
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=make_offer(cast, programme.id).id)
    order = placed(cast, need.pk, match_id=match.id)
    one = {"by": cast.department_contact, "at": NOON, "assignment_id": part_of(order).pk}
    actions.accept_assignment(**one)
    actions.complete_assignment(**one, words="讲课1场，到场46人")
    row = actions.close_order(by=cast.county_office, at=NOON, order_id=order.id, reason="solved")
    assert (row.state, row.closed_at) == (OrderState.CLOSED, NOON)
    assert (Match.objects.get().booked, Match.objects.get().is_current) == (1, False)
    assert progress(need) == NeedProgress.CLOSED


def test_a_withdrawn_order_gives_the_need_back(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=make_offer(cast, programme.id).id)
    order = placed(cast, need.pk, match_id=match.id)
    with pytest.raises(WordsMissing):
        actions.withdraw_order(by=cast.county_office, at=NOON, order_id=order.id, reason=" ")
    actions.withdraw_order(by=cast.county_office, at=NOON, order_id=order.id, reason="需求有变")
    assert (progress(need), Match.objects.get().booked) == (NeedProgress.MATCHED, 0)
    again = placed(cast, need.pk, match_id=match.id)
    assert again.id != order.id
    assert [row.id for row in list_orders_of_need(cast.leader, need.pk)] == [again.id, order.id]


def test_delivery_writes_two_numbers_and_changes_nothing_else(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    row = actions.record_delivery(at=NOON, order_id=order.id, under_way=1, fulfilled=0)
    assert (row.under_way, row.fulfilled, row.state) == (1, 0, OrderState.IN_HAND)
