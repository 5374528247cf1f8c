"""退回重办 and 销号: rounds are counted, nothing is overwritten, and two people close what dissatisfied somebody."""

from typing import Any

import pytest
from cast import NOON, Cast
from stages.order import ready
from stages.order.bringing import above, answer, bring_part, bureau, go_up, part_of, placed, twin_of

from diancai.ground.errors import NotAllowed
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    ActNotNow,
    NotCompletedYet,
    NotTriedEnough,
    SamePerson,
    SettlementNeeded,
    SettlementWaits,
    WayNotMet,
    WordsMissing,
)
from diancai.stages.order.models import Assignment, Order, ProblemOrder, Redo, Settlement
from diancai.stages.order.queries import count_outcomes, get_order
from diancai.words import AssignmentState, ClosingReason, OrderState, Verdict

DONE = "1月3日讲课1场，到场46人"


def office(cast: Cast, order_id: int) -> dict[str, Any]:
    return {"by": cast.county_office, "at": NOON, "order_id": order_id}


def finish(cast: Cast, order_id: int) -> None:
    """The lead accepts and completes its part of the round."""
    part = Assignment.objects.get(order_id=order_id, is_lead=True, ended_at=None)
    actions.accept_assignment(**answer(cast, part))  # type: ignore[arg-type]
    actions.complete_assignment(**answer(cast, part), words=DONE)  # type: ignore[arg-type]


def judge(order_id: int, verdict: Verdict | None, round_number: int = 1, tried: int = 0) -> None:
    actions.record_verdict(at=NOON, order_id=order_id, round=round_number, verdict=verdict, tried=tried)


def test_a_round_is_new_and_the_one_before_stays(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    actions.close_order(**office(cast, order.id), reason="solved")
    first = part_of(order)
    with pytest.raises(WordsMissing):
        actions.open_redo(at=NOON, order_id=order.id, reason=" ")
    row = actions.open_redo(at=NOON, order_id=order.id, reason="群众说没学会")
    assert (row.round, row.state, row.closing_reason, row.committed, row.open_rest) == (2, "dispatched", None, 0, 0)
    redo = Redo.objects.get()
    assert (redo.number, redo.closed_as, redo.closed_before_at, redo.opened_by) == (2, "solved", NOON, None)
    first.refresh_from_db()
    assert (first.state, first.round, first.completion_words) == ("completed", 1, DONE)
    assert (part_of(order).round, part_of(order).state) == (2, "dispatched")
    assert "第2轮重办，群众反映：群众说没学会。" in Order.objects.get().text
    history = get_order(cast.county_office, order.id).history
    assert [line.zh for line in history[-2:]] == ["归档：已解决", "退回重办，第2轮：群众说没学会"]
    finish(cast, order.id)
    assert Order.objects.get().state == OrderState.COMPLETED
    with pytest.raises(ActNotNow):
        actions.open_redo(at=NOON, order_id=placed(cast, _another(need).pk).id, reason="没办")


def test_joint_departments_redo_it_where_wanted(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk, joint_department_ids=[bureau("科技").pk])
    finish_lead = Assignment.objects.get(is_lead=True)
    actions.accept_assignment(**answer(cast, finish_lead), leader="李某", contact="赵某")  # type: ignore[arg-type]
    actions.complete_assignment(**answer(cast, finish_lead), words=DONE)  # type: ignore[arg-type]
    row = actions.open_redo(**office(cast, order.id), reason="没学会", with_joint=False)
    assert (row.lead, row.joint) == ("五原县农牧局", ())
    finish(cast, order.id)
    assert actions.open_redo(**office(cast, order.id), reason="没学会").joint == ()
    assert Redo.objects.count() == 2


def test_the_third_redo_is_a_problem_order_without_a_lead(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    for number in (2, 3):
        row = actions.open_redo(**office(cast, order.id), reason="还是没学会")
        assert (row.round, row.is_problem) == (number, False)
        finish(cast, order.id)
    row = actions.open_redo(**office(cast, order.id), reason="还是没学会")
    assert (row.round, row.state, row.lead, row.is_problem) == (4, OrderState.PLACED, "", True)
    assert ProblemOrder.objects.get().reason == "redos"
    row = actions.resolve_problem(
        **office(cast, order.id),
        meeting_on=NOON.date(),
        attended="农牧局、科技局",
        decision="科技局派特派员包村",
        department_id=bureau("科技").pk,
    )
    assert (row.lead, row.state) == ("五原县科技局", OrderState.DISPATCHED)


def test_what_the_upper_level_had_done_is_redone_there(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk, department_id=cast.department.pk)
    go_up(cast, order.id)
    twin = twin_of(order.id)
    one = above(cast, order.id)
    actions.accept_assignment(**one)  # type: ignore[arg-type]
    actions.complete_assignment(**one, words="打井3眼，已出水")  # type: ignore[arg-type]
    actions.close_order(**office(cast, order.id), reason="solved")
    row = actions.open_redo(at=NOON, order_id=order.id, reason="有一眼井不出水")
    twin.refresh_from_db()
    assert (row.state, row.round, twin.state, twin.round) == ("escalated", 2, "dispatched", 2)
    one = above(cast, order.id)
    actions.accept_assignment(**one)  # type: ignore[arg-type]
    actions.complete_assignment(**one, words="已洗井，3眼都出水")  # type: ignore[arg-type]
    assert Order.objects.get(pk=order.id).state == OrderState.COMPLETED


def test_a_verdict_counts_for_its_round_and_only_after_completion(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.IN_HAND)
    with pytest.raises(NotCompletedYet):
        judge(order.id, Verdict.SATISFIED)
    actions.complete_assignment(**answer(cast, part_of(order)), words=DONE)  # type: ignore[arg-type]
    judge(order.id, Verdict.NOT_SOLVED)
    assert (Order.objects.get().verdict, Order.objects.get().dissatisfied_at) == ("not_solved", NOON)
    actions.open_redo(at=NOON, order_id=order.id, reason="没解决")
    judge(order.id, Verdict.SATISFIED)  # a late answer about the first round
    assert (Order.objects.get().verdict, Order.objects.get().round) == ("", 2)


def test_a_dissatisfied_order_is_closed_by_two(cast: Cast, need: Need) -> None:
    order_id = ready.dissatisfied(cast, need.pk)
    told = office(cast, order_id) | {"reason": "explained"}
    with pytest.raises(SettlementNeeded):
        actions.close_order(**told)
    with pytest.raises(SettlementNeeded):
        actions.close_order(**told, way="judged")
    for way in ("redone", "extended", "handed_over"):
        with pytest.raises(WayNotMet):
            actions.close_order(**told, way=way, evidence="有记录")
    row = actions.close_order(**told, way="judged", evidence="研判记录第3号")
    assert row.state == OrderState.COMPLETED
    with pytest.raises(SettlementWaits):
        actions.close_order(**told, way="judged", evidence="研判记录第3号")
    with pytest.raises(SamePerson):
        actions.confirm_settlement(**office(cast, order_id))
    with pytest.raises(NotAllowed):
        actions.confirm_settlement(by=cast.department_leader, at=NOON, order_id=order_id)
    second: dict[str, Any] = {"by": cast.leader, "at": NOON, "order_id": order_id}
    with pytest.raises(WordsMissing):
        actions.refuse_settlement(**second, words="")
    assert actions.refuse_settlement(**second, words="先补发手册").state == OrderState.COMPLETED
    actions.close_order(**told, way="judged", evidence="手册已补发")
    row = actions.confirm_settlement(**second)
    assert (row.state, row.closing_reason) == (OrderState.CLOSED, ClosingReason.EXPLAINED)
    assert list(Settlement.objects.values_list("refused_words", "second")) == [
        ("先补发手册", cast.leader.pk),
        ("", cast.leader.pk),
    ]


def test_a_signed_paper_is_the_second_person(cast: Cast, need: Need) -> None:
    told = office(cast, ready.dissatisfied(cast, need.pk)) | {"reason": "explained", "way": "judged"}
    row = actions.close_order(**told, evidence="研判记录", signed_by="旗委副书记 白某", paper="送审单2019-7")
    assert row.state == OrderState.CLOSED
    assert (Settlement.objects.get().second, Settlement.objects.get().signed_by) == (None, "旗委副书记 白某")


def test_satisfied_after_the_redo_needs_the_redo_and_the_satisfaction(cast: Cast, need: Need) -> None:
    order_id = ready.dissatisfied(cast, need.pk)
    actions.open_redo(**office(cast, order_id), reason="没学会")
    finish(cast, order_id)
    told = office(cast, order_id) | {"reason": "solved", "way": "redone", "evidence": "12月20日回访记录"}
    with pytest.raises(WayNotMet):
        actions.close_order(**told)
    judge(order_id, Verdict.SATISFIED, 2)
    actions.close_order(**told)
    actions.confirm_settlement(by=cast.prefecture_office, at=NOON, order_id=order_id)
    assert Order.objects.get().closing_reason == "solved"


def test_not_reached_counts_the_tries_that_were_recorded(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    judge(order.id, None, tried=2)
    with pytest.raises(NotTriedEnough):
        actions.close_order(**office(cast, order.id), reason="not_reached")
    judge(order.id, None, tried=3)
    row = actions.close_order(**office(cast, order.id), reason="not_reached")
    assert row.closing_reason == ClosingReason.NOT_REACHED


def test_closed_and_solved_are_counted_apart(cast: Cast, need: Need) -> None:
    first = bring_part(cast, need.pk, AssignmentState.COMPLETED)
    actions.close_order(**office(cast, first.id), reason="solved")
    second = placed(cast, _another(need).pk)
    actions.close_order(**office(cast, second.id), reason="not_allowed", rule="《水法》第三十六条")
    counts = count_outcomes(cast.county_office, programme_id=need.programme_id)
    assert (counts.solved, counts.by_reason[ClosingReason.NOT_ALLOWED], counts.completed) == (1, 1, 0)
    assert not hasattr(counts, "closed")
    with pytest.raises(NotAllowed):
        count_outcomes(cast.stranger, programme_id=need.programme_id)


def _another(need: Need) -> Need:
    from stages.making import make_need

    return make_need(need.programme_id)
