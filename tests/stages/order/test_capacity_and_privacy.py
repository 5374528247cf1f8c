"""An order takes no more than the offer has left, and what is written in an act keeps no phone for ever."""

import pytest
from cast import NOON, Cast
from stages.making import make_need, make_offer
from stages.order.bringing import MUSTS, part_of, placed

from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import make_match
from diancai.stages.match.errors import CapacityShort
from diancai.stages.match.models import Match
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Assignment, Order
from diancai.stages.supply.actions import change_offer

PHONE = "13848001234"


def test_an_order_asks_for_no_more_than_is_free(cast: Cast, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id, capacity=5)
    one, other = make_need(programme.id), make_need(programme.id)
    office = {"by": cast.county_office, "at": NOON}
    first = make_match(**office, need_id=one.pk, offer_id=offer.id)
    second = make_match(**office, need_id=other.pk, offer_id=offer.id)
    with pytest.raises(CapacityShort) as refused:
        actions.place_order(**office, need_id=one.pk, match_id=first.id, asked=5, unit="场")
    assert "只剩4场，不够5场" in refused.value.text("zh")
    assert Order.objects.count() == 0
    order = actions.place_order(**office, need_id=one.pk, match_id=first.id, asked=4, unit="场")
    with pytest.raises(CapacityShort):
        actions.place_order(**office, need_id=other.pk, match_id=second.id, asked=2, unit="场")
    actions.withdraw_order(**office, order_id=order.id, reason="重复点单")
    actions.place_order(**office, need_id=other.pk, match_id=second.id, asked=5, unit="场")
    assert sorted(Match.objects.values_list("booked", flat=True)) == [0, 5]


def test_acceptance_joins_no_offer_that_is_full(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id, capacity=2)
    order = placed(cast, need.pk, department_id=cast.department.pk, asked=3, unit="场")
    one = {"by": cast.department_contact, "at": NOON, "assignment_id": part_of(order).pk}
    with pytest.raises(CapacityShort):
        actions.accept_assignment(**one, offer_id=offer.id)
    assert (part_of(order).state, Match.objects.count()) == ("dispatched", 0)
    row = actions.accept_assignment(**one, offer_id=offer.id, committed=2)
    assert (row.committed, row.open_rest, Match.objects.get().booked) == (2, 1, 2)


def test_less_is_always_booked_also_after_the_capacity_was_lowered(cast: Cast, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id, capacity=4)
    need = make_need(programme.id)
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=offer.id)
    order = placed(cast, need.pk, match_id=match.id, asked=4)
    change_offer(by=cast.department_contact, at=NOON, offer_id=offer.id, revision=offer.revision, capacity=1)
    part = part_of(order).pk
    actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part, committed=3)
    assert Match.objects.get().booked == 3


def test_no_phone_stays_in_orders_or_the_ledger(cast: Cast, programme: ProgrammeRow) -> None:
    office, contact = {"by": cast.county_office, "at": NOON}, {"by": cast.department_contact, "at": NOON}
    first, second, third = (make_need(programme.id) for _ in range(3))
    order = placed(cast, first.pk, department_id=cast.department.pk)
    told = {"reason": f"不归我局管，问{PHONE}", "basis": f"“三定”规定，{PHONE}"}
    actions.return_assignment(**contact, assignment_id=part_of(order).pk, **told)
    actions.plan_order(**office, order_id=order.id, year=2020, money="县财政", answerer=f"李芳{PHONE}")
    order = placed(cast, second.pk, department_id=cast.department.pk)
    one = {**contact, "assignment_id": part_of(order).pk}
    actions.accept_assignment(**one, **MUSTS)
    actions.start_assignment(**one)
    actions.complete_assignment(**one, words=f"1月3日讲课1场，到场46人，联系{PHONE}")
    actions.close_order(**office, order_id=order.id, reason="solved", words=f"已回访{PHONE}")
    order = placed(cast, third.pk)
    actions.withdraw_order(**office, order_id=order.id, reason=f"重复点单，电话{PHONE}")
    kept = [*Event.objects.values_list("details", flat=True), *Order.objects.values(), *Assignment.objects.values()]
    assert "到场46人" in str(kept)
    assert PHONE not in str(kept)
