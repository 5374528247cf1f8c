"""孙亮 answers: he joins an offer, takes on a part, or gives it back with a reason."""

from datetime import date

import pytest
from cast import NOON, TAERHU, Cast
from stages.making import make_offer
from stages.order.bringing import MUSTS, answer, bureau, part_of, placed, progress

from diancai.ground.place.models import Department
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import make_match, propose_matches
from diancai.stages.match.models import Match
from diancai.stages.match.queries import offers_proposed
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    LeadFirst,
    LeadStands,
    NothingOpen,
    OfferOfAnother,
    QuantityOutOfRange,
    ReturnedToAsker,
    WordsMissing,
)
from diancai.stages.order.models import Order
from diancai.stages.order.queries import count_orders, get_order
from diancai.stages.supply.errors import MustMissing
from diancai.stages.supply.models import Offer, SupplyEdition
from diancai.words import (
    AssignmentState,
    ClosingReason,
    EditionState,
    NeedProgress,
    OrderState,
)


def test_acceptance_joins_the_offer_that_the_person_names(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id)
    make_offer(cast, programme.id, service="牲畜防疫消毒药品发放", topics=("畜牧业/疫病防控",), service_form="发放")
    propose_matches(programme_id=programme.id, at=NOON)
    order = placed(cast, need.pk, department_id=cast.department.pk)
    row = actions.accept_assignment(
        by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, offer_id=offer.id
    )
    assert row.offer_id == offer.id
    assert Offer.objects.count() == 2
    assert (Match.objects.get(pk=row.match_id).state, Match.objects.get(pk=row.match_id).booked) == ("confirmed", 1)
    assert "纳入已有项目“向日葵列当防治技术培训”" in get_order(cast.county_office, order.id).history[-1].zh


def test_a_proposal_of_the_engine_is_never_joined_unless_a_person_names_it(
    cast: Cast, need: Need, programme: ProgrammeRow
) -> None:
    offer = make_offer(cast, programme.id)
    propose_matches(programme_id=programme.id, at=NOON)
    assert offers_proposed(need.pk, cast.department.pk) == ((offer.id, offer.service),)
    order = placed(cast, need.pk, department_id=cast.department.pk)
    row = actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk)
    assert row.offer_id not in (None, offer.id)
    proposed = Match.objects.get(offer_id=offer.id)
    assert (proposed.state, proposed.booked, proposed.decided_by) == ("proposed", 0, None)
    assert SupplyEdition.objects.get().lines.get().offer_id == row.offer_id


def test_without_a_fitting_offer_a_supplement_line_is_made(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk, asked=2, unit="场")
    with pytest.raises(MustMissing):
        actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk)
    assert part_of(order).state == AssignmentState.DISPATCHED
    row = actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, **MUSTS)
    offer = Offer.objects.get()
    assert (row.offer_id, offer.service, offer.leader, offer.contact) == (offer.pk, need.content, "李某", "赵某")
    assert (offer.capacity, offer.capacity_unit, offer.capacity_period) == (2, "场", "term")
    edition = SupplyEdition.objects.get()
    assert (edition.is_supplement, edition.state, edition.period) == (True, EditionState.DRAFT, "2019-12")
    assert edition.lines.get().offer_id == offer.pk
    assert "增补项目" in get_order(cast.county_office, order.id).history[-1].zh


def test_the_next_supplement_takes_leader_and_contact_from_the_last_offer(
    cast: Cast, need: Need, programme: ProgrammeRow
) -> None:
    offer = make_offer(cast, programme.id, service="牲畜防疫", leader="副局长 王某", contact="钱某")
    order = placed(cast, need.pk, department_id=cast.department.pk)
    actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk)
    added = Offer.objects.exclude(pk=offer.id).get()
    assert (added.leader, added.contact) == ("副局长 王某", "钱某")


def test_a_department_joins_only_its_own_offers(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    theirs = make_offer(cast, programme.id, department=bureau("科技"))
    own = make_offer(cast, programme.id, service="另一个项目", topics=())
    order = placed(cast, need.pk, department_id=cast.department.pk)
    part = part_of(order)
    with pytest.raises(OfferOfAnother):
        actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part.pk, offer_id=theirs.id)
    row = actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part.pk, offer_id=own.id)
    assert row.offer_id == own.id


def test_a_part_accepted_leaves_the_rest_open_and_dispatchable(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk, asked=5, unit="场")
    with pytest.raises(QuantityOutOfRange):
        actions.accept_assignment(
            by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, committed=6, **MUSTS
        )
    row = actions.accept_assignment(
        by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, committed=3, **MUSTS
    )
    assert (row.state, row.committed, row.open_rest) == (OrderState.ACCEPTED, 3, 2)
    science = bureau("科技")
    lead = part_of(order)
    row = actions.dispatch_order(
        by=cast.county_office, at=NOON, order_id=order.id, department_id=science.pk, is_lead=False
    )
    assert (row.open_rest, row.joint, row.lead) == (0, ("五原县科技局",), "五原县农牧局")
    with pytest.raises(NothingOpen):
        actions.dispatch_order(
            by=cast.county_office, at=NOON, order_id=order.id, department_id=bureau("教育").pk, is_lead=False
        )
    joint = part_of(order)
    assert (joint.asked, joint.is_lead) == (2, False)
    row = actions.complete_assignment(
        by=cast.department_contact, at=NOON, assignment_id=lead.pk, words="讲课3场，到场120人"
    )
    assert row.state == OrderState.IN_HAND
    actions.accept_assignment(**answer(cast, joint))
    row = actions.complete_assignment(**answer(cast, joint), words="讲课2场，到场60人")
    assert (row.state, row.committed, row.open_rest) == (OrderState.COMPLETED, 5, 0)
    assert progress(need) == NeedProgress.COMPLETED


def test_a_rest_nobody_takes_is_closed_as_partly_solved(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk, asked=5)
    one = {"by": cast.department_contact, "at": NOON, "assignment_id": part_of(order).pk}
    actions.accept_assignment(**one, committed=3, **MUSTS)
    actions.complete_assignment(**one, words="讲课3场，到场120人")
    row = actions.close_order(
        by=cast.county_office, at=NOON, order_id=order.id, reason=ClosingReason.PARTLY_SOLVED, words="余2场无人承办"
    )
    assert (row.state, row.closing_reason) == (OrderState.CLOSED, ClosingReason.PARTLY_SOLVED)
    assert part_of(order).state == AssignmentState.COMPLETED


def test_helpers_need_a_lead_and_there_is_one_lead(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk)
    office = {"by": cast.county_office, "at": NOON, "order_id": order.id}
    with pytest.raises(LeadFirst):
        actions.dispatch_order(**office, department_id=cast.department.pk, is_lead=False)
    actions.dispatch_order(**office, department_id=cast.department.pk)
    with pytest.raises(LeadStands):
        actions.dispatch_order(**office, department_id=bureau("科技").pk)
    row = actions.dispatch_order(**office, department_id=bureau("科技").pk, is_lead=False, asked=0)
    assert row.joint == ("五原县科技局",)


def test_a_return_keeps_reason_basis_and_suggestion_and_goes_to_the_next(
    cast: Cast, need: Need, programme: ProgrammeRow
) -> None:
    offer = make_offer(cast, programme.id)
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=offer.id)
    order = placed(cast, need.pk, match_id=match.id)
    row = actions.return_assignment(
        by=cast.department_contact,
        at=NOON,
        assignment_id=part_of(order).pk,
        reason="技术推广由科技局牵头",
        basis="县政府2019年分工",
        suggested_department_id=bureau("科技").pk,
    )
    assert (row.state, row.times_returned, row.lead, row.open_rest) == (OrderState.RETURNED, 1, "", 1)
    assert Match.objects.get().booked == 0
    back = get_order(cast.department_contact, order.id)
    assert back.assignments[0].suggested == "五原县科技局"
    assert "建议由五原县科技局承办" in back.history[-1].zh
    row = actions.dispatch_order(
        by=cast.county_office, at=NOON, order_id=order.id, department_id=bureau("科技").pk, due_on=date(2020, 1, 5)
    )
    assert (row.lead, row.offer_id, row.match_id, row.due_on) == ("五原县科技局", None, None, date(2020, 1, 5))
    assert "此前五原县农牧局退回，理由：技术推广由科技局牵头" in get_order(cast.county_office, order.id).text


def test_a_return_never_goes_to_the_town_that_asked(cast: Cast, need: Need) -> None:
    town = Department.objects.create(
        name="塔尔湖镇人民政府", short_name="镇政府", line="乡镇", place_id=TAERHU, valid_from=date(2016, 1, 1)
    )
    order = placed(cast, need.pk, department_id=cast.department.pk)
    one = {"by": cast.department_contact, "at": NOON, "assignment_id": part_of(order).pk, "basis": "“三定”规定"}
    with pytest.raises(ReturnedToAsker):
        actions.return_assignment(**one, reason="不是本局职责", suggested_department_id=town.pk)
    with pytest.raises(ReturnedToAsker):
        actions.return_assignment(**one, reason="建议由塔尔湖镇自行解决")
    with pytest.raises(WordsMissing):
        actions.return_assignment(**(one | {"basis": ""}), reason="不是本局职责")
    assert part_of(order).state == AssignmentState.DISPATCHED
    assert Order.objects.get().times_returned == 0


def test_the_third_return_is_the_offices_problem(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    for times in range(1, 4):
        row = actions.return_assignment(
            by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, reason="无人员", basis="编制文件"
        )
        assert (row.times_returned, row.is_problem) == (times, times == 3)
        if times < 3:
            actions.dispatch_order(by=cast.county_office, at=NOON, order_id=order.id, department_id=cast.department.pk)
    assert count_orders(cast.county_office, programme_id=need.programme_id).problem == 1
