"""An order was completed: somebody asks, three days in vain or with an answer, and "not solved" opens a round."""

from datetime import timedelta

import pytest
from cast import NOON, Cast
from django.utils import timezone
from stages.feedback.conftest import LATER
from stages.making import make_need
from stages.order.bringing import MUSTS, bring_order, bring_part, go_up, part_of

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.place.stations import set_station
from diancai.ground.work.actions import run_all
from diancai.stages.feedback.actions import record_answer, record_try, settle_follow_ups
from diancai.stages.feedback.errors import AnswerMissing, AnswerTooLong, FollowUpOver, TryInFuture
from diancai.stages.feedback.models import FollowUp, Rating, Try
from diancai.stages.feedback.queries import count_answers, get_follow_up, list_follow_ups
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.models import Order
from diancai.words import AssignmentState, ClosingReason, FollowUpState, OrderState, Satisfaction, Solved, Verdict


def test_completion_opens_one_follow_up_with_its_own_clock(cast: Cast, follow_up: FollowUp) -> None:
    assert (follow_up.state, follow_up.round, follow_up.opened_at) == (FollowUpState.WAITING, 1, NOON)
    # Three working days after Tuesday 10 December: Friday, at the end of the office's day.
    assert timezone.localtime(follow_up.due_at).strftime("%Y-%m-%d %H:%M") == "2019-12-13 18:00"
    assert follow_up.department == cast.department
    assert settle_follow_ups(order_id=follow_up.order_id, at=LATER) == follow_up.pk
    assert FollowUp.objects.count() == 1
    assert Event.objects.filter(kind="feedback.opened").count() == 1


def test_it_is_given_to_the_officer_of_the_nearest_station(cast: Cast, need: Need) -> None:
    set_station(by=cast.county_office, at=NOON, place_code=need.village_code, officer=cast.village_officer)
    bring_part(cast, need.pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    assert FollowUp.objects.get().officer == cast.village_officer


def test_nothing_is_asked_before_completion(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    run_all(clock=lambda: NOON)
    assert settle_follow_ups(order_id=order.id, at=NOON) is None
    assert not FollowUp.objects.exists()


def test_each_need_served_by_one_training_is_asked_about_by_itself(cast: Cast, programme) -> None:
    for _ in range(2):
        bring_part(cast, make_need(programme.id).pk, AssignmentState.COMPLETED)
    run_all(clock=lambda: NOON)
    assert FollowUp.objects.values("need_id").distinct().count() == 2


def test_the_order_that_went_up_is_asked_about_once_below(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.ACCEPTED)
    go_up(cast, order.id)
    twin = Order.objects.get(is_twin=True)
    Order.objects.filter(pk=twin.pk).update(state=OrderState.COMPLETED, completed_at=NOON)
    assert settle_follow_ups(order_id=twin.pk, at=NOON) is None


def test_no_follow_up_for_a_report_about_persons_or_a_personal_case(cast: Cast, programme) -> None:
    for route in ("divert", "case", "emergency", "none"):
        need = make_need(programme.id)
        order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
        Need.objects.filter(pk=need.pk).update(route=route)
        assert settle_follow_ups(order_id=order.id, at=NOON) is None
    run_all(clock=lambda: NOON)
    assert not FollowUp.objects.exists()


def test_three_tries_on_different_days_make_not_reached(cast: Cast, follow_up: FollowUp) -> None:
    say = {"by": cast.village_officer, "follow_up_id": follow_up.pk, "way": "phone", "fate": "no_answer"}
    for hours in (1, 2, 3):
        row = record_try(**say, at=NOON + timedelta(hours=hours))
    assert (row.state, row.days_tried) == (FollowUpState.WAITING, 1)
    record_try(**say, at=NOON + timedelta(days=1))
    row = record_try(**(say | {"way": "visit", "fate": "away"}), at=NOON + timedelta(days=3))
    assert (row.state, row.days_tried) == (FollowUpState.NOT_REACHED, 3)
    assert Order.objects.get().times_tried == 3
    closed = actions.close_order(
        by=cast.county_office,
        at=NOON + timedelta(days=4),
        order_id=follow_up.order_id,
        reason=ClosingReason.NOT_REACHED,
    )
    assert closed.closing_reason == ClosingReason.NOT_REACHED
    assert Try.objects.count() == 5


def test_who_was_not_reached_may_be_reached_yet(cast: Cast, follow_up: FollowUp) -> None:
    say = {"by": cast.village_officer, "follow_up_id": follow_up.pk}
    for days in (1, 2, 3):
        record_try(**say, at=NOON + timedelta(days=days), way="phone", fate="switched_off")
    row = record_answer(**say, at=NOON + timedelta(days=5), way="visit", solved="yes", satisfaction="basically")
    assert (row.state, row.days_tried) == (FollowUpState.REACHED, 3)
    counts = count_answers(cast.county_office, programme_id=follow_up.programme_id)
    assert (counts.asked, counts.reached, counts.not_reached) == (1, 1, 0)
    assert counts.satisfaction[Satisfaction.BASICALLY] == 1


def test_a_try_cannot_lie_in_the_future_or_before_the_completion(cast: Cast, follow_up: FollowUp) -> None:
    say = {"by": cast.village_officer, "at": LATER, "follow_up_id": follow_up.pk, "way": "phone", "fate": "away"}
    for moved in (timedelta(seconds=1), timedelta(days=-2)):
        with pytest.raises(TryInFuture):
            record_try(**say, tried_at=LATER + moved)
    assert not Try.objects.exists()


def test_all_answers_are_kept_and_the_last_one_counts(cast: Cast, follow_up: FollowUp) -> None:
    say = {"by": cast.village_officer, "follow_up_id": follow_up.pk, "way": "phone"}
    record_answer(**say, at=LATER, solved="yes", satisfaction="dissatisfied", words="讲得太快")
    record_answer(**say, at=LATER + timedelta(hours=1), solved="partly", satisfaction="satisfied")
    detail = get_follow_up(cast.county_office, follow_up.pk)
    assert [(r.solved, r.counts) for r in detail.ratings] == [(Solved.PARTLY, True), (Solved.YES, False)]
    order = Order.objects.get()
    assert (order.verdict, order.state) == (Verdict.SATISFIED, OrderState.COMPLETED)
    assert order.dissatisfied_at is not None, "somebody was dissatisfied, and that is not forgotten"


def test_not_solved_opens_a_counted_round_with_an_event_and_its_own_follow_up(cast: Cast, follow_up: FollowUp) -> None:
    row = record_answer(
        by=cast.village_officer,
        at=LATER,
        follow_up_id=follow_up.pk,
        way="visit",
        solved="no",
        satisfaction="very_dissatisfied",
        words="专家没有到地里看",
    )
    assert (row.state, row.is_over, row.solved) == (FollowUpState.REACHED, True, Solved.NO)
    order = Order.objects.get()
    assert (order.round, order.state) == (2, OrderState.DISPATCHED)
    assert order.redos.get().reason == "回访：群众说没有解决。专家没有到地里看"
    assert Event.objects.filter(kind="order.redo_opened").count() == 1
    with pytest.raises(FollowUpOver):
        record_try(by=cast.village_officer, at=LATER, follow_up_id=follow_up.pk, way="phone", fate="away")
    one = {"by": cast.department_contact, "at": LATER, "assignment_id": part_of(order).pk}
    actions.accept_assignment(**one, **MUSTS)
    actions.complete_assignment(**one, words="12月12日到地里看了3块地，讲了用药")
    run_all(clock=lambda: LATER)
    second = FollowUp.objects.get(round=2)
    row = record_answer(
        by=cast.village_officer, at=LATER, follow_up_id=second.pk, way="phone", solved="yes", satisfaction="satisfied"
    )
    counts = count_answers(cast.county_office, programme_id=follow_up.programme_id)
    assert (counts.asked, counts.redone, counts.solved[Solved.YES], counts.solved[Solved.NO]) == (2, 1, 1, 1)
    assert Order.objects.get().verdict == Verdict.SATISFIED


def test_a_closed_order_that_was_not_solved_is_opened_again(cast: Cast, follow_up: FollowUp) -> None:
    actions.close_order(by=cast.county_office, at=LATER, order_id=follow_up.order_id, reason="solved")
    run_all(clock=lambda: LATER)
    assert FollowUp.objects.get().state == FollowUpState.WAITING, "closed is not solved: he is asked all the same"
    record_answer(by=cast.village_officer, at=LATER, follow_up_id=follow_up.pk, way="phone", solved="no")
    order = Order.objects.get()
    assert (order.state, order.round, order.redos.get().closed_as) == (OrderState.DISPATCHED, 2, "solved")


def test_the_third_not_solved_makes_a_problem_order_and_a_later_answer_is_not_lost(
    cast: Cast, follow_up: FollowUp
) -> None:
    Order.objects.update(problem_since=NOON)
    record_answer(by=cast.village_officer, at=LATER, follow_up_id=follow_up.pk, way="phone", solved="no")
    rating = Rating.objects.get()
    assert (rating.solved, rating.opened_redo) == (Solved.NO, False)
    assert Order.objects.get().verdict == Verdict.NOT_SOLVED
    assert Event.objects.filter(kind="feedback.redo_waits").count() == 1


def test_withdrawing_and_going_on_end_the_asking(cast: Cast, follow_up: FollowUp) -> None:
    actions.open_redo(by=cast.county_office, at=LATER, order_id=follow_up.order_id, reason="抽查发现没有做完")
    run_all(clock=lambda: LATER)
    assert FollowUp.objects.get().state == FollowUpState.ENDED
    assert count_answers(cast.county_office, programme_id=follow_up.programme_id).asked == 0


def test_strangers_and_the_wrong_county_neither_see_nor_write(cast: Cast, follow_up: FollowUp) -> None:
    for who in (cast.stranger, cast.other_county_office, cast.department_contact, cast.leader):
        with pytest.raises(NotAllowed):
            record_answer(by=who, at=LATER, follow_up_id=follow_up.pk, way="phone", solved="yes")
        with pytest.raises(NotAllowed):
            record_try(by=who, at=LATER, follow_up_id=follow_up.pk, way="phone", fate="away")
    for who in (cast.stranger, cast.other_county_office, cast.other_department_contact):
        with pytest.raises(NotFound):
            get_follow_up(who, follow_up.pk)
    assert get_follow_up(cast.department_contact, follow_up.pk).remark_ids == ()
    listed = list_follow_ups(cast.department_contact, programme_id=follow_up.programme_id).rows
    assert [row.id for row in listed] == [follow_up.pk]
    assert list_follow_ups(cast.other_county_office, programme_id=follow_up.programme_id).rows == ()
    with pytest.raises(NotAllowed):
        list_follow_ups(cast.stranger, programme_id=follow_up.programme_id)
    assert not Rating.objects.exists()


def test_an_answer_says_whether_solved_and_keeps_no_phone_in_plain(cast: Cast, follow_up: FollowUp) -> None:
    say = {"by": cast.village_officer, "at": LATER, "follow_up_id": follow_up.pk, "way": "phone"}
    with pytest.raises(AnswerMissing):
        record_answer(**say, solved="")
    with pytest.raises(AnswerTooLong):
        record_answer(**say, solved="yes", words="长" * 501)
    record_answer(**say, solved="yes", satisfaction="very", words="有事打13847805678找我")
    rating = Rating.objects.get()
    assert "13847805678" not in rating.shown
    assert rating.verbatim == "有事打13847805678找我"
    event = Event.objects.get(kind="feedback.answered")
    assert "13847805678" not in str(event.details)
    assert event.details["solved"] == "yes"


def test_bring_order_still_knows_closed_orders_that_nobody_completed(cast: Cast, need: Need) -> None:
    bring_order(cast, need.pk, OrderState.CLOSED)
    run_all(clock=lambda: NOON)
    assert not FollowUp.objects.exists(), "explained without being done: nothing to rate"
