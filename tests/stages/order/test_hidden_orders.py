"""A report about persons behind an order: hidden in whatever state, from everybody but who handles such reports."""

import pytest
from cast import NOON, Cast
from stages.order.bringing import bring_order, bring_part, go_up, part_of, placed, twin_of

from diancai.ground.errors import NotFound
from diancai.ground.search.models import SearchRow
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.stages.order.queries import (
    board,
    clock_facts,
    count_orders,
    count_outcomes,
    find_orders,
    get_order,
    list_orders,
)
from diancai.words import AssignmentState, OrderState


def test_a_closed_order_is_hidden_from_every_list_and_count(cast: Cast, need: Need) -> None:
    order = bring_order(cast, need.pk, OrderState.CLOSED)
    words = {"programme_id": need.programme_id}
    row = actions.hide_order(at=NOON, order_id=order.id)
    assert (row.state, Order.objects.get().hidden_at) == (OrderState.CLOSED, NOON)
    for who in (cast.village_officer, cast.town_officer, cast.leader, cast.county_office, cast.prefecture_office):
        assert list_orders(who, **words).rows == ()
        assert find_orders(who, [order.id]) == ()
        assert all(column.count.number == 0 for column in board(who, **words))
        assert sum(count_outcomes(who, **words).by_reason.values()) == 0
        assert count_orders(who, **words).waiting == 0
    assert not SearchRow.objects.filter(kind="order").exists()
    for who in (cast.village_officer, cast.town_officer, cast.leader):
        with pytest.raises(NotFound):
            get_order(who, order.id)
    assert get_order(cast.county_office, order.id).order.id == order.id
    assert clock_facts([order.id])[0].state == OrderState.CLOSED
    again = actions.hide_order(at=NOON, order_id=order.id)
    assert again.revision == row.revision


def test_work_in_hand_goes_on_and_waiting_orders_end(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    assert actions.hide_order(at=NOON, order_id=order.id).state == OrderState.IN_HAND
    with pytest.raises(NotFound):
        actions.withdraw_order(by=cast.town_officer, at=NOON, order_id=order.id, reason="不要了")
    actions.complete_assignment(
        by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, words="1月3日讲课1场，到场46人"
    )
    from stages.making import make_need

    waits = placed(cast, make_need(need.programme_id).pk, department_id=cast.department.pk)
    row = actions.hide_order(at=NOON, order_id=waits.id, by=cast.county_office)
    assert (row.state, part_of(waits).state) == (OrderState.WITHDRAWN, AssignmentState.WITHDRAWN)


def test_the_twin_is_hidden_with_the_order_below(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    go_up(cast, order.id)
    twin = twin_of(order.id)
    for each in (order.id, twin.pk):
        actions.hide_order(at=NOON, order_id=each)
    states = dict(Order.objects.values_list("pk", "state"))
    assert states[twin.pk] == OrderState.WITHDRAWN
    assert list_orders(cast.prefecture_office, programme_id=need.programme_id).rows == ()
