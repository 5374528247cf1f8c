"""Who is told of what happens to an order; nobody else, nothing that a person wrote, nothing of a diverted report."""

import pytest
from cast import NOON
from django.db import transaction
from stages.order.bringing import MUSTS, answer, bring_part, go_up, part_of, placed
from stages.order.ready import WHY, asked_for_longer, given_longer, in_trouble

from diancai.ground.ledger.actions import record
from diancai.ground.notices.models import Notice
from diancai.stages.order import actions
from diancai.words import AssignmentState, NoticeKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def need_id(need):
    return need.pk


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("account__username", flat=True))


def test_the_departments_contact_is_told_once_of_the_part_that_waits_for_him(cast, need_id):
    order = placed(cast, need_id, department_id=cast.department.pk)
    assert told(NoticeKind.DISPATCHED) == {"sunliang"}
    actions.accept_assignment(**answer(cast, part_of(order)), **MUSTS)
    assert Notice.objects.count() == 1
    text = Notice.objects.get().text_zh
    assert order.number in text
    assert order.content not in text


def test_a_return_is_told_to_the_office_and_not_why(cast, need_id):
    order = placed(cast, need_id, department_id=cast.department.pk)
    actions.return_assignment(**answer(cast, part_of(order)), **WHY)
    assert told(NoticeKind.RETURNED) == {"lifang"}
    assert all(WHY["reason"] not in each.text_zh for each in Notice.objects.all())


def test_an_escalation_is_told_to_the_office_above(cast, need_id):
    go_up(cast, placed(cast, need_id, department_id=cast.department.pk).id)
    assert "zhaohong" in told(NoticeKind.ESCALATED)
    assert "chenming" not in told(NoticeKind.ESCALATED)


def test_an_extension_goes_to_who_decides_then_to_who_asked_and_to_who_tells_the_resident(cast, need_id):
    asked_for_longer(cast, need_id)
    assert told(NoticeKind.EXTENSION) == {"lifang"}


def test_a_granted_extension_is_a_task_for_the_officers_of_the_place(cast, need_id):
    given_longer(cast, need_id)
    assert told(NoticeKind.EXTENSION) == {"lifang", "sunliang"}
    assert told(NoticeKind.TELL_RESIDENT) <= {"naren", "wanggui"}
    assert told(NoticeKind.TELL_RESIDENT)


def test_completion_is_told_to_the_office_and_a_redo_to_the_department(cast, need_id):
    order = bring_part(cast, need_id, AssignmentState.COMPLETED)
    assert told(NoticeKind.COMPLETED) == {"lifang"}
    actions.open_redo(by=cast.county_office, at=NOON, order_id=order.id, reason="群众说没有解决")
    assert told(NoticeKind.REDO) == {"sunliang"}
    assert all("没有解决" not in each.text_zh for each in Notice.objects.all())


def test_a_problem_order_is_told_to_the_office_that_calls_the_meeting(cast, need_id):
    in_trouble(cast, need_id)
    assert told(NoticeKind.PROBLEM) == {"lifang"}


def test_nobody_outside_is_ever_told(cast, need_id):
    in_trouble(cast, need_id)
    everybody = set(Notice.objects.values_list("account__username", flat=True))
    assert not everybody & {"luren", "chenming", "qianjin", "zhoulan", "zhengshi", "heqiang"}


def test_of_a_hidden_order_nothing_is_left_in_any_inbox_and_nothing_is_told_later(cast, need_id):
    order = placed(cast, need_id, department_id=cast.department.pk)
    assert Notice.objects.exists()
    actions.hide_order(by=cast.county_office, at=NOON, order_id=order.id)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("turn", "kind", "who"),
    [
        ("clock_amber", NoticeKind.WARNING, {"sunliang"}),
        ("clock_red", NoticeKind.WARNING, {"sunliang"}),
        ("clock_overdue", NoticeKind.OVERDUE, {"sunliang", "wumin"}),
        ("sign_overdue", NoticeKind.OVERDUE, {"sunliang", "wumin"}),
    ],
)
def test_a_clock_that_turns_is_told_to_the_contact_and_when_it_is_over_to_the_leader_too(
    cast, need_id, turn, kind, who
):
    order = placed(cast, need_id, department_id=cast.department.pk)
    with transaction.atomic():
        record(
            f"order.{turn}",
            subject=("order", order.id),
            by=None,
            at=NOON,
            scope=order.scope,
            details={"department_id": cast.department.pk},
        )
    assert told(kind) == who


def test_orders_dispatched_together_are_told_one_by_one_and_once(cast, need_id):
    order = placed(cast, need_id)
    sent = {"by": cast.county_office, "at": NOON, "order_ids": [order.id], "department_id": cast.department.pk}
    assert len(actions.dispatch_orders(**sent).orders) == 1
    assert len(actions.dispatch_orders(**sent).orders) == 0
    assert told(NoticeKind.DISPATCHED) == {"sunliang"}
    assert Notice.objects.count() == 1
