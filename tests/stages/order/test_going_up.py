"""提请上级: 五原县 asks the prefecture's bureau; the lower order follows, and the village sees where it stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from cast import NOON, PREFECTURE, Cast
from stages.making import make_need, make_offer
from stages.order.bringing import above, bureau, go_up, part_of, placed, progress, twin_of, upper_contact

from diancai.ground.errors import NotAllowed, NotFound
from diancai.ground.ledger.models import Event
from diancai.ground.programme.queries import ProgrammeRow
from diancai.stages.match.actions import make_match
from diancai.stages.match.models import Match
from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    DepartmentElsewhere,
    NeedNotOrderable,
    NoUpperLine,
    ReturnedToAsker,
    UpperStillOpen,
    WordsMissing,
)
from diancai.stages.order.models import Assignment, Escalation, Order, Pause
from diancai.stages.order.queries import count_outcomes, get_order, list_orders, where_it_stands
from diancai.stages.order.rows import OrderRow
from diancai.words import ClosingReason, EscalationKind, HandlingLevel, NeedProgress, OrderLevel, OrderState

DONE = "新打机电井3眼，2020年1月8日出水验收"


@pytest.fixture
def order(cast: Cast, need: Need) -> OrderRow:
    return placed(cast, need.pk, department_id=cast.department.pk, due_on=date(2019, 12, 31))


def state_of(order_id: int) -> str:
    return Order.objects.values_list("state", flat=True).get(pk=order_id)


def finish_above(cast: Cast, order_id: int) -> None:
    one = above(cast, order_id)
    actions.accept_assignment(**one)  # type: ignore[arg-type]
    actions.complete_assignment(**one, words=DONE)  # type: ignore[arg-type]


def test_a_twin_opens_one_level_up_through_the_line(cast: Cast, order: OrderRow) -> None:
    row = go_up(cast, order.id)
    twin = twin_of(order.id)
    assert (row.state, twin.state, twin.level, twin.is_twin) == ("escalated", "dispatched", "prefecture", True)
    assert (twin.number, twin.content, twin.due_on) == ("巴彦淖尔-2019-0001", order.content, date(2019, 12, 31))
    assert part_of(twin).department.name == "市农牧局"
    assert f"{order.number}提请：县里已打井1眼，水量不够；请求：解决取水指标和打井资金" in twin.text
    # Both offices and both bureaus see both; the links lead both ways.
    for who in (cast.county_office, cast.prefecture_office, cast.town_officer):
        assert get_order(who, order.id).escalations[0].upper_id == twin.pk
        asked = get_order(who, twin.pk).asked_from
        assert asked is not None
        assert (asked.lower_id, asked.tried) == (order.id, "县里已打井1眼，水量不够")
    assert get_order(upper_contact(cast), twin.pk).order.id == twin.pk
    assert Pause.objects.get(order_id=order.id).reason == "upper"
    event = Event.objects.get(kind="order.escalated")
    assert (event.details["upper_id"], event.details["kind"]) == (twin.pk, "takes_over")


def test_the_county_does_not_act_on_what_is_the_prefectures(cast: Cast, order: OrderRow) -> None:
    go_up(cast, order.id)
    twin = twin_of(order.id)
    part = part_of(twin)
    for act in (
        lambda: actions.withdraw_order(by=cast.county_office, at=NOON, order_id=twin.pk, reason="不要了"),
        lambda: actions.recall_assignment(by=cast.county_office, at=NOON, assignment_id=part.pk, reason="不要了"),
        lambda: actions.answer_escalation(by=cast.county_office, at=NOON, order_id=twin.pk, answer="takes_over"),
        lambda: actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part.pk),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(DepartmentElsewhere):
        actions.dispatch_order(
            by=cast.prefecture_office,
            at=NOON,
            order_id=twin.pk,
            department_id=cast.department.pk,
            is_lead=False,
            asked=0,
        )


def test_accepting_above_answers_below_and_the_lower_order_follows_to_the_end(cast: Cast, order: OrderRow) -> None:
    go_up(cast, order.id)
    one = above(cast, order.id)
    actions.accept_assignment(**one)  # type: ignore[arg-type]
    asked = Escalation.objects.get()
    assert (asked.answer, asked.answered_by) == ("takes_over", upper_contact(cast))
    lead = Assignment.objects.get(order_id=order.id)
    assert (lead.state, state_of(order.id)) == ("handed_over", "escalated")
    assert Pause.objects.get(order_id=order.id).until == NOON
    actions.start_assignment(**one)  # type: ignore[arg-type]
    assert state_of(order.id) == "escalated"
    with pytest.raises(UpperStillOpen):
        actions.call_back_escalation(by=cast.county_office, at=NOON, order_id=order.id, reason="自己办")
    actions.complete_assignment(**one, words=DONE)  # type: ignore[arg-type]
    detail = get_order(cast.village_officer, order.id)
    assert (detail.order.state, detail.order.completed_at) == (OrderState.COMPLETED, NOON)
    assert "上级单巴彦淖尔-2019-0001：已办结" in detail.history[-1].zh
    row = actions.close_order(by=cast.county_office, at=NOON, order_id=order.id, reason="solved")
    assert (row.closing_reason, Escalation.objects.get().ended_at) == (ClosingReason.SOLVED, NOON)
    # One need, one thing done: the twin adds nothing to what came of the county's orders.
    counts = count_outcomes(cast.prefecture_office, programme_id=order.programme_id)
    assert (counts.solved, counts.completed, sum(counts.by_reason.values())) == (1, 0, 1)


def test_the_upper_level_returns_it_and_the_county_goes_on(cast: Cast, order: OrderRow) -> None:
    go_up(cast, order.id)
    twin = twin_of(order.id)
    words: dict[str, Any] = {"by": upper_contact(cast), "at": NOON, "order_id": twin.pk, "answer": "returned"}
    with pytest.raises(WordsMissing):
        actions.answer_escalation(**words, words="已够条件")
    with pytest.raises(ReturnedToAsker):
        actions.answer_escalation(**words, words="建议由塔尔湖镇自行解决", basis="属地管理")
    actions.answer_escalation(**words, words="3眼以内由旗县审批", basis="《取水许可管理办法》第九条")
    detail = get_order(cast.county_office, order.id)
    assert (detail.order.state, state_of(twin.pk), detail.order.paused_at) == ("dispatched", "withdrawn", None)
    assert "上级退回。3眼以内由旗县审批（依据：《取水许可管理办法》第九条）" in detail.history[-1].zh
    again = go_up(cast, order.id)
    assert (again.state, Order.objects.filter(level="prefecture").count()) == ("escalated", 2)


def test_called_back_the_twin_is_withdrawn(cast: Cast, order: OrderRow) -> None:
    go_up(cast, order.id)
    twin = twin_of(order.id)
    row = actions.call_back_escalation(by=cast.county_office, at=NOON, order_id=order.id, reason="县里资金已落实")
    assert (row.state, row.paused_at, state_of(twin.pk)) == (OrderState.DISPATCHED, None, "withdrawn")
    assert get_order(cast.county_office, order.id).escalations[0].ended_at == NOON


def test_taking_part_leaves_the_county_its_own_share(cast: Cast, need: Need, programme: ProgrammeRow) -> None:
    match = make_match(by=cast.county_office, at=NOON, need_id=need.pk, offer_id=make_offer(cast, programme.id).id)
    order = placed(cast, need.pk, match_id=match.id, asked=2, unit="场")
    lead = part_of(order)
    row = go_up(cast, order.id, "takes_part", asked=1)
    assert (row.state, row.paused_at, twin_of(order.id).asked) == (OrderState.DISPATCHED, None, 1)
    one = {"by": cast.department_contact, "at": NOON, "assignment_id": lead.pk}
    actions.accept_assignment(**one)  # type: ignore[arg-type]
    row = actions.complete_assignment(**one, words="讲课2场，到场80人")  # type: ignore[arg-type]
    assert (row.state, progress(need)) == (OrderState.IN_HAND, NeedProgress.IN_HAND)
    finish_above(cast, order.id)
    assert (state_of(order.id), progress(need)) == ("completed", NeedProgress.COMPLETED)
    # The twin joined no offer: the need keeps the pair that its county made.
    assert [(m.pk, m.is_current, m.booked) for m in Match.objects.all()] == [(match.id, True, 2)]


def test_the_plan_and_a_refusal_above_are_the_lower_orders_too(cast: Cast, order: OrderRow) -> None:
    go_up(cast, order.id)
    actions.plan_order(
        by=cast.prefecture_office,
        at=NOON,
        order_id=twin_of(order.id).pk,
        year=2021,
        money="市级水利资金",
        answerer="贺静",
    )
    lower = Order.objects.get(pk=order.id)
    assert (lower.state, lower.plan_year, lower.plan_money) == ("planned", 2021, "市级水利资金")
    twin = twin_of(order.id)
    actions.dispatch_order(
        by=cast.prefecture_office, at=NOON, order_id=twin.pk, department_id=bureau("水利", PREFECTURE).pk
    )
    assert state_of(order.id) == "escalated"
    part = part_of(twin)
    actions.recall_assignment(by=cast.prefecture_office, at=NOON, assignment_id=part.pk, reason="不批")
    actions.close_order(
        by=cast.prefecture_office, at=NOON, order_id=twin.pk, reason="not_allowed", rule="《水法》第三十六条"
    )
    lower.refresh_from_db()
    assert (lower.state, lower.closing_reason, lower.closing_rule) == ("closed", "not_allowed", "《水法》第三十六条")


def test_the_region_has_no_account_and_its_answer_is_recorded(cast: Cast, order: OrderRow) -> None:
    go_up(cast, order.id)
    twin = twin_of(order.id)
    go_up(cast, twin.pk, by=cast.prefecture_office)
    assert (state_of(twin.pk), state_of(order.id)) == ("escalated", "escalated")
    assert Escalation.objects.get(lower=twin).level == OrderLevel.REGION
    told: dict[str, Any] = {
        "by": cast.prefecture_office,
        "at": NOON,
        "order_id": twin.pk,
        "said_by": "自治区水利厅规划处",
    }
    actions.record_outside_answer(**told, answer="takes_over", words="列入项目库")
    actions.record_outside_answer(**told, answer="done", words="3眼井已验收")
    assert (state_of(twin.pk), state_of(order.id)) == ("completed", "completed")
    assert "自治区水利厅规划处答复：上级已办完。3眼井已验收" in get_order(cast.leader, twin.pk).history[-1].zh


def test_it_goes_up_when_the_list_was_made_so(cast: Cast, programme: ProgrammeRow) -> None:
    need = make_need(programme.id, handling_level=HandlingLevel.PREFECTURE)
    asking = actions.GoingUp(EscalationKind.TAKES_OVER, "县里没有取水指标", "解决指标和资金", is_planned=True)
    row = placed(cast, need.pk, department_id=cast.department.pk, escalation=asking)
    assert (row.state, Escalation.objects.get().is_planned) == (OrderState.ESCALATED, True)
    other = placed(cast, make_need(programme.id, handling_level=HandlingLevel.JOINT).pk)
    assert get_order(cast.county_office, other.id).planned_escalation == EscalationKind.TAKES_PART
    assert get_order(cast.county_office, row.id).planned_escalation is None


def test_what_cannot_go_up(cast: Cast, need: Need) -> None:
    order = placed(cast, need.pk)
    with pytest.raises(NoUpperLine):
        go_up(cast, order.id)
    with pytest.raises(WordsMissing):
        go_up(cast, order.id, tried=" ", department_id=bureau("水利", PREFECTURE).pk)
    with pytest.raises(DepartmentElsewhere):
        go_up(cast, order.id, department_id=bureau("水利").pk)
    assert not Escalation.objects.exists()
    assert not Order.objects.filter(is_twin=True).exists()
    go_up(cast, order.id, department_id=bureau("水利", PREFECTURE).pk)
    with pytest.raises(NeedNotOrderable):
        placed(cast, need.pk)


def test_the_village_reads_where_its_need_stands(cast: Cast, need: Need) -> None:
    def told() -> list[str]:
        return [step.zh for step in where_it_stands(cast.village_officer, need.pk)]

    assert told() == ["需求已审定", "还没有点单"]
    order = placed(cast, need.pk, department_id=cast.department.pk)
    assert told()[-1] == "已派给五原县农牧局，等它接单"
    go_up(cast, order.id)
    assert told()[2:] == ["提请市农牧局：解决取水指标和打井资金", "等市农牧局答复", "旗县办不了，已提请上级"]
    finish_above(cast, order.id)
    steps = where_it_stands(cast.village_officer, need.pk)
    assert [step.zh for step in steps][3:] == [
        "市农牧局答复：上级承办",
        "市农牧局办完了它那部分",
        "市农牧局说办完了，等回访群众",
    ]
    assert all(step.en and "{" not in step.zh + step.en for step in steps)
    with pytest.raises(NotFound):
        where_it_stands(cast.other_county_office, need.pk)
    with pytest.raises(NotFound):
        where_it_stands(cast.department_contact, need.pk)


def test_a_shared_training_completes_each_order_by_itself(cast: Cast, programme: ProgrammeRow) -> None:
    offer = make_offer(cast, programme.id)
    orders = [placed(cast, make_need(programme.id).pk, department_id=cast.department.pk) for _ in range(2)]
    for order in orders:
        part = part_of(order).pk
        actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part, offer_id=offer.id)
    actions.complete_assignment(
        by=cast.department_contact,
        at=NOON + timedelta(days=1),
        assignment_id=part_of(orders[0]).pk,
        words="讲课1场，到场46人",
    )
    assert [state_of(order.id) for order in orders] == ["completed", "accepted"]
    rows = list_orders(cast.county_office, programme_id=programme.id, state="completed").rows
    assert [row.id for row in rows] == [orders[0].id]
