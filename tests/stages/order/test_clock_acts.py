"""Pauses, extensions and plans: what moves the clocks is recorded exactly, and answered by the office alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cast import NOON, Cast
from django.db import IntegrityError, transaction
from stages.order import ready
from stages.order.bringing import bring_part, part_of, placed

from diancai.stages.need.models import Need
from diancai.stages.order import actions
from diancai.stages.order.errors import (
    AskedTooLate,
    CalendarMissing,
    ExtensionTooLong,
    ExtensionWaits,
    NoDueDate,
    NothingWaits,
    PausedAlready,
    PlanInPast,
    SettlementNeeded,
    WordsMissing,
)
from diancai.stages.order.models import Assignment, Extension, Order, Pause, PlanReview
from diancai.stages.order.queries import clock_facts, count_orders, get_order, list_orders
from diancai.stages.order.rows import ClockExtension, ClockPause
from diancai.words import AssignmentState, OrderState, PauseReason

TEN_DAYS = timedelta(days=10)


def ask(cast: Cast, order_id: int, **words: Any) -> None:
    told = {"at": NOON, "reason": "大雪封路，牧户出不来", "days": 5, **words}
    part = get_order(cast.department_contact, order_id).assignments[-1].id
    actions.ask_extension(by=cast.department_contact, assignment_id=part, **told)


def test_a_pause_has_its_reason_and_both_instants(cast: Cast, need: Need) -> None:
    order_id = ready.paused(cast, need.pk)
    office = {"by": cast.county_office, "order_id": order_id}
    with pytest.raises(PausedAlready):
        actions.pause_order(**office, at=NOON, reason="money")  # type: ignore[arg-type]
    assert count_orders(cast.county_office, programme_id=need.programme_id).paused == 1
    row = actions.resume_order(**office, at=NOON + TEN_DAYS)  # type: ignore[arg-type]
    assert row.paused_at is None
    with pytest.raises(NothingWaits):
        actions.resume_order(**office, at=NOON + TEN_DAYS)  # type: ignore[arg-type]
    actions.pause_order(**office, at=NOON + 2 * TEN_DAYS, reason="weather", words="封路")  # type: ignore[arg-type]
    facts = clock_facts([order_id])[0]
    assert facts.pauses == (
        ClockPause(1, PauseReason.SEASON, NOON, NOON + TEN_DAYS),
        ClockPause(1, PauseReason.WEATHER, NOON + 2 * TEN_DAYS, None),
    )
    actions.complete_assignment(
        by=cast.department_contact,
        at=NOON + 3 * TEN_DAYS,
        assignment_id=facts.parts[0].assignment_id,
        words="1月8日讲课1场，到场46人",
    )
    assert Pause.objects.latest("id").until == NOON + 3 * TEN_DAYS
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.filter(until=NOON + TEN_DAYS).update(until=NOON - TEN_DAYS)


def test_a_paused_order_is_not_late(cast: Cast, need: Need) -> None:
    order = ready.with_due_day(cast, need.pk)
    words = {"programme_id": need.programme_id}
    assert [row.id for row in list_orders(cast.county_office, **words, late=True).rows] == [order.id]
    actions.pause_order(by=cast.county_office, at=NOON, order_id=order.id, reason="money")
    assert list_orders(cast.county_office, **words, late=True).rows == ()
    assert [row.late for row in list_orders(cast.county_office, **words, paused=True).rows] == [False]


def test_an_extension_is_asked_before_the_due_day_is_over_and_counts_working_days(cast: Cast, need: Need) -> None:
    order = ready.with_due_day(cast, need.pk)
    for words, refusal in (
        ({"days": 61}, ExtensionTooLong),
        ({"days": 0}, ExtensionTooLong),
        ({"reason": " "}, WordsMissing),
        ({"at": datetime(2020, 1, 1, 1, tzinfo=UTC)}, AskedTooLate),
    ):
        with pytest.raises(refusal):
            ask(cast, order.id, **words)
    ask(cast, order.id, at=datetime(2019, 12, 31, 8, tzinfo=UTC))
    with pytest.raises(ExtensionWaits):
        ask(cast, order.id)
    extension = Extension.objects.get()
    assert (extension.is_last_hour, extension.due_before) == (True, date(2019, 12, 31))
    row = actions.decide_extension(by=cast.county_office, at=NOON + TEN_DAYS, extension_id=extension.pk, granted=True)
    # The first of January is a holiday, the 4th and 5th a weekend: five working days later is Wednesday, 8 January.
    assert row.due_on == part_of(row).due_on == date(2020, 1, 8)
    granted = ClockExtension(part_of(row).pk, extension.asked_at, 5, NOON + TEN_DAYS)
    assert clock_facts([order.id])[0].extensions == (granted,)
    assert (extension.due_before, Extension.objects.get().due_after) == (date(2019, 12, 31), date(2020, 1, 8))
    actions.tell_resident(by=cast.village_officer, at=NOON + TEN_DAYS, extension_id=extension.pk)
    with pytest.raises(NothingWaits):
        actions.tell_resident(by=cast.village_officer, at=NOON + TEN_DAYS, extension_id=extension.pk)
    history = [line.zh for line in get_order(cast.leader, order.id).history]
    assert "五原县农牧局申请延期5个工作日（到期前才提出）：大雪封路，牧户出不来" in history
    assert history[-1] == "已告知群众延期到2020-01-08"


def test_a_refused_extension_says_why_and_moves_nothing(cast: Cast, need: Need) -> None:
    order_id = ready.asked_for_longer(cast, need.pk)
    office: dict[str, Any] = {"by": cast.county_office, "at": NOON, "extension_id": Extension.objects.get().pk}
    with pytest.raises(WordsMissing):
        actions.decide_extension(**office, granted=False)
    actions.decide_extension(**office, granted=False, words="路已通")
    with pytest.raises(NothingWaits):
        actions.decide_extension(**office, granted=True)
    assert Order.objects.get(pk=order_id).due_on == date(2019, 12, 31)


def test_nobody_extends_what_he_no_longer_holds(cast: Cast, need: Need) -> None:
    order_id = ready.asked_for_longer(cast, need.pk)
    part = get_order(cast.county_office, order_id).assignments[0].id
    actions.recall_assignment(by=cast.county_office, at=NOON, assignment_id=part, reason="派错了")
    extension = Extension.objects.get()
    assert (extension.granted, extension.decision_words) == (False, "这一部分已不由原单位承办")


def test_without_a_due_day_or_a_calendar_nothing_is_extended(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.ACCEPTED)
    long_ago = datetime(2018, 6, 1, tzinfo=UTC)
    Assignment.objects.update(dispatched_at=long_ago)  # before the first calendar: nothing can be computed
    with pytest.raises(NoDueDate):
        ask(cast, order.id)
    Assignment.objects.update(dispatched_at=NOON, set_due_on=date(2098, 12, 31))
    ask(cast, order.id)
    with pytest.raises(CalendarMissing) as refused:
        actions.decide_extension(by=cast.county_office, at=NOON, extension_id=Extension.objects.get().pk, granted=True)
    assert "config/calendars/CN-2098.csv" in refused.value.text("zh") or "CN-" in refused.value.text("zh")
    assert Extension.objects.get().granted is None


def test_a_plan_is_looked_at_again_in_its_year(cast: Cast, need: Need) -> None:
    order_id = ready.plan_came_due(cast, need.pk)
    assert actions.bring_plans_due(at=NOON) == 0
    assert count_orders(cast.county_office, programme_id=need.programme_id).plans_due == 1
    office: dict[str, Any] = {"by": cast.county_office, "at": NOON, "order_id": order_id}
    with pytest.raises(PlanInPast):
        actions.review_plan(**office, outcome="moved", year=2019)
    row = actions.review_plan(**office, outcome="moved", year=2020, words="资金明年下达")
    assert (row.state, row.plan_year) == (OrderState.PLANNED, 2020)
    with pytest.raises(NothingWaits):
        actions.review_plan(**office, outcome="moved", year=2021)
    assert actions.bring_plans_due(at=NOON + timedelta(days=30)) == 1
    office["at"] = NOON + timedelta(days=30)
    with pytest.raises(WordsMissing):
        actions.review_plan(**office, outcome="dispatched")
    row = actions.review_plan(**office, outcome="dispatched", department_id=cast.department.pk)
    assert (row.state, row.lead) == (OrderState.DISPATCHED, "五原县农牧局")
    assert list(PlanReview.objects.values_list("year", "outcome")) == [(2019, "moved"), (2020, "dispatched")]


def test_a_plan_is_dropped_with_a_reason_and_never_as_solved(cast: Cast, need: Need) -> None:
    order_id = ready.plan_came_due(cast, need.pk)
    office: dict[str, Any] = {"by": cast.county_office, "at": NOON, "order_id": order_id, "outcome": "dropped"}
    with pytest.raises(WordsMissing):
        actions.review_plan(**office)
    Order.objects.update(dissatisfied_at=NOON)
    with pytest.raises(SettlementNeeded):
        actions.review_plan(**office, words="项目取消，已向村里说明")
    Order.objects.update(dissatisfied_at=None)
    row = actions.review_plan(**office, words="项目取消，已向村里说明")
    assert (row.state, row.closing_reason) == (OrderState.CLOSED, "plan_dropped")


def test_dispatching_a_planned_order_answers_its_review(cast: Cast, need: Need) -> None:
    order_id = ready.plan_came_due(cast, need.pk)
    actions.dispatch_order(by=cast.county_office, at=NOON, order_id=order_id, department_id=cast.department.pk)
    assert PlanReview.objects.get().outcome == "dispatched"


def test_the_facts_of_the_clocks_are_what_was_recorded(cast: Cast, need: Need) -> None:
    order = bring_part(cast, need.pk, AssignmentState.ACCEPTED)
    other = placed(cast, ready_need(need).pk)
    first, second = clock_facts([other.id, order.id])
    assert (first.order_id, second.order_id) == (order.id, other.id)
    assert (first.source, first.topic, first.wanted_text) == ("home_visit", need.topic, "种葵花以前")
    part = first.parts[0]
    assert (part.dispatched_at, part.answered_at, part.completed_at, part.ended_at) == (NOON, NOON, None, None)
    assert (first.round, second.parts, first.pauses) == (1, (), ())


def ready_need(need: Need) -> Need:
    from stages.making import make_need

    return make_need(need.programme_id)
