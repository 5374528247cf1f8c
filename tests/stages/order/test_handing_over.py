"""移交, 退回的时限, 问题工单: parts change hands, never back to those who asked, and not for ever."""

from datetime import date, timedelta

import pytest
from cast import LIANFENG, NOON, SINCE, TAERHU, Cast
from stages.order import ready
from stages.order.bringing import MUSTS, answer, bring_part, bureau, part_of, placed

from diancai.ground.errors import NotAllowed, Refusal
from diancai.ground.ledger.models import Event
from diancai.ground.place.models import Department
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    DecidedByMeeting,
    HoldsItAlready,
    MeetingFirst,
    MeetingInFuture,
    NoSuccessor,
    QuantityOutOfRange,
    ReturnedToAsker,
    ReturnWindowOver,
    WordsMissing,
)
from diancai.stages.order.models import Assignment, Order, ProblemOrder
from diancai.stages.order.queries import count_orders, get_order, list_orders
from diancai.words import AssignmentState, OrderState

WHY = {"reason": "属科技特派员服务", "basis": "科技局“三定”规定"}


def test_a_whole_part_goes_to_another_department_as_a_transfer(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.ACCEPTED)
    first, science = part_of(order), bureau("科技")
    row = actions.hand_over_assignment(**answer(cast, first), to_department_id=science.pk, **WHY)  # type: ignore[arg-type]
    assert (row.state, row.lead, row.times_transferred, row.times_returned) == ("dispatched", "五原县科技局", 1, 0)
    first.refresh_from_db()
    assert (first.state, first.handed_reason, first.handed_basis) == ("handed_over", WHY["reason"], WHY["basis"])
    detail = get_order(cast.county_office, order.id)
    assert (detail.assignments[0].went_to, detail.assignments[1].came_from) == ("五原县科技局", "五原县农牧局")
    assert detail.history[-1].zh == "五原县农牧局把移交给五原县科技局：属科技特派员服务（依据：科技局“三定”规定）"
    assert "五原县科技局：请承办" in detail.text


def test_a_share_goes_to_a_joint_department_and_the_lead_keeps_the_rest(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk, asked=5, unit="场")
    lead = part_of(order)
    actions.accept_assignment(**answer(cast, lead), **MUSTS)  # type: ignore[arg-type]
    words = {**answer(cast, lead), "to_department_id": bureau("科技").pk, **WHY}
    with pytest.raises(QuantityOutOfRange):
        actions.hand_over_assignment(**words, quantity=6)  # type: ignore[arg-type]
    row = actions.hand_over_assignment(**words, quantity=2)  # type: ignore[arg-type]
    assert (row.lead, row.joint, row.committed, row.open_rest) == ("五原县农牧局", ("五原县科技局",), 3, 0)
    assert row.times_transferred == 0
    actions.accept_assignment(**answer(cast, part_of(order)))  # type: ignore[arg-type]
    assert Order.objects.get().state == OrderState.ACCEPTED
    assert sorted(Assignment.objects.values_list("asked", "committed")) == [(2, 2), (3, 3)]


def test_nothing_is_handed_to_those_who_asked_or_who_hold_it(cast: Cast, need: Need) -> None:
    part = part_of(placed(cast, need.pk, department_id=cast.department.pk, joint_department_ids=[bureau("科技").pk]))
    lead = Assignment.objects.get(is_lead=True)
    town = Department.objects.create(
        name="塔尔湖镇农业服务中心", short_name="农服中心", line="农牧", place_id=TAERHU, valid_from=SINCE
    )
    village = Department.objects.create(
        name="联丰村", short_name="联丰", line="村", place_id=LIANFENG, valid_from=SINCE
    )
    words = answer(cast, lead)
    for taker in (town, village):
        with pytest.raises(ReturnedToAsker):
            actions.hand_over_assignment(**words, to_department_id=taker.pk, **WHY)  # type: ignore[arg-type]
    with pytest.raises(ReturnedToAsker):
        actions.hand_over_assignment(  # type: ignore[arg-type]
            **words, to_department_id=bureau("水利").pk, reason="请塔尔湖镇自行解决", basis="属地管理"
        )
    with pytest.raises(HoldsItAlready):
        actions.hand_over_assignment(**words, to_department_id=part.department_id, **WHY)  # type: ignore[arg-type]
    with pytest.raises(WordsMissing):
        actions.hand_over_assignment(**words, to_department_id=bureau("水利").pk, reason="", basis="规定")  # type: ignore[arg-type]


def test_a_return_has_a_window_and_after_it_needs_leave(cast: Cast, need: Need) -> None:
    """Dispatched on Tuesday 10 December: two working days are over with Thursday."""
    order = placed(cast, need.pk, department_id=cast.department.pk)
    part, friday = part_of(order), NOON + timedelta(days=3)
    late = {**answer(cast, part), "at": friday, **WHY}
    with pytest.raises(ReturnWindowOver) as refused:
        actions.return_assignment(**late)  # type: ignore[arg-type]
    assert "2019-12-12" in refused.value.text("zh")
    with pytest.raises(NotAllowed):
        actions.allow_late_return(by=cast.department_contact, at=friday, assignment_id=part.pk, words="好")
    actions.allow_late_return(by=cast.county_office, at=friday, assignment_id=part.pk, words="职责刚划转")
    actions.return_assignment(**late)  # type: ignore[arg-type]
    part.refresh_from_db()
    assert (part.state, part.is_late_return) == (AssignmentState.RETURNED, True)
    assert "逾期退回" in get_order(cast.county_office, order.id).history[-1].zh


def test_a_return_in_the_last_hours_is_shown_as_such(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk, due_on=date(2019, 12, 10))
    actions.return_assignment(**answer(cast, part_of(order)), **WHY)  # type: ignore[arg-type]
    assert (part_of(order).is_last_hour, part_of(order).is_late_return) == (True, False)
    assert Event.objects.get(kind="order.returned").details["is_last_hour"] is True


def test_the_third_return_is_a_problem_order_that_a_meeting_resolves(cast: Cast, need: Need) -> None:
    order_id = ready.in_trouble(cast, need.pk)
    problem = ProblemOrder.objects.get()
    assert (problem.reason, problem.since, problem.resolved_at) == ("returns", NOON, None)
    words = {"programme_id": need.programme_id}
    assert [row.id for row in list_orders(cast.county_office, **words, problem=True).rows] == [order_id]
    assert count_orders(cast.county_office, **words).problem == 1
    office = {"by": cast.county_office, "at": NOON, "order_id": order_id}
    with pytest.raises(MeetingFirst):
        actions.dispatch_order(**office, department_id=bureau("教育").pk)  # type: ignore[arg-type]
    met = {**office, "attended": "农牧局、科技局、水利局分管领导", "decision": "由农牧局牵头，12月底前办完"}
    with pytest.raises(MeetingInFuture):
        actions.resolve_problem(**met, meeting_on=date(2019, 12, 11))  # type: ignore[arg-type]
    with pytest.raises(WordsMissing):
        actions.resolve_problem(**{**met, "attended": " "}, meeting_on=date(2019, 12, 10))  # type: ignore[arg-type]
    row = actions.resolve_problem(  # type: ignore[arg-type]
        **met, meeting_on=date(2019, 12, 10), department_id=cast.department.pk, due_on=date(2019, 12, 31)
    )
    assert (row.state, row.lead, row.is_problem) == (OrderState.DISPATCHED, "五原县农牧局", False)
    named = part_of(row)
    for act in (
        lambda: actions.return_assignment(**answer(cast, named), **WHY),  # type: ignore[arg-type]
        lambda: actions.hand_over_assignment(**answer(cast, named), to_department_id=bureau("科技").pk, **WHY),  # type: ignore[arg-type]
    ):
        with pytest.raises(DecidedByMeeting):
            act()
    assert "return" not in get_order(cast.department_contact, order_id).assignments[-1].acts
    meeting = get_order(cast.county_office, order_id).problems[0]
    assert (meeting.attended, meeting.resolved_at) == ("农牧局、科技局、水利局分管领导", NOON)


def test_the_third_transfer_with_nobody_leading_is_a_problem_order(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    for number, line in enumerate(("科技", "水利", "教育"), 1):
        assert not Order.objects.get().problem_since, number
        actions.hand_over_assignment(  # type: ignore[arg-type]
            **answer(cast, part_of(order)), to_department_id=bureau(line).pk, **WHY
        )
    assert (ProblemOrder.objects.get().reason, Order.objects.get().times_transferred) == ("transfers", 3)
    # Whoever holds it may still take it on; then the office records its meeting.
    row = actions.accept_assignment(**answer(cast, part_of(order)), **MUSTS)  # type: ignore[arg-type]
    assert (row.state, row.is_problem) == (OrderState.ACCEPTED, True)


def test_a_unit_that_was_renamed_passes_everything_on_and_no_clock_starts_anew(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    old = part_of(order)
    with pytest.raises(NoSuccessor):
        actions.pass_to_successor(by=cast.county_office, at=NOON, department_id=cast.department.pk)
    new = Department.objects.create(
        name="五原县农牧和科技局", short_name="农科局", line="农牧", place_id=cast.department.place_id, valid_from=SINCE
    )
    Department.objects.filter(pk=cast.department.pk).update(successor=new, valid_until=NOON.date())
    with pytest.raises(NotAllowed):
        actions.pass_to_successor(by=cast.other_county_office, at=NOON, department_id=cast.department.pk)
    later = NOON + timedelta(days=20)
    assert actions.pass_to_successor(by=cast.county_office, at=later, department_id=cast.department.pk) == 1
    part = part_of(order)
    assert (part.department, part.state, part.committed, part.is_lead) == (new, "in_hand", 1, True)
    assert (part.dispatched_at, part.answered_at, part.came_from) == (old.dispatched_at, old.answered_at, old)
    row = get_order(cast.county_office, order.id).order
    assert (row.lead, row.state, row.times_transferred) == ("五原县农牧和科技局", OrderState.IN_HAND, 0)
    assert actions.pass_to_successor(by=cast.county_office, at=later, department_id=cast.department.pk) == 0


def test_two_units_that_became_one_hold_one_part(cast: Cast, need: Need) -> None:
    science = bureau("科技")
    order = placed(cast, need.pk, department_id=cast.department.pk, joint_department_ids=[science.pk])
    Department.objects.filter(pk=cast.department.pk).update(successor=science, valid_until=NOON.date())
    actions.pass_to_successor(by=cast.county_office, at=NOON, department_id=cast.department.pk)
    live = Assignment.objects.get(order_id=order.id, ended_at=None)
    assert (live.department, live.is_lead, live.asked) == (science, True, 1)


@pytest.mark.parametrize(
    "refusal", [ReturnWindowOver(last_day="2019-12-12"), MeetingFirst(act_zh="派单", act_en="dispatch")]
)
def test_refusals_say_what_to_do(refusal: Refusal) -> None:
    assert refusal.text("zh").endswith("。")
    assert refusal.text("en").endswith(".")
