"""Orders for which something waits: an answer, a decision, a second person; each returns the order's id."""

from datetime import UTC, date, datetime, timedelta

from cast import NOON, Cast
from stages.order.bringing import MUSTS, answer, bring_part, bureau, go_up, part_of, placed, twin_of

from diancai.stages.order import actions
from diancai.stages.order.models import Extension
from diancai.stages.order.rows import OrderRow
from diancai.words import AssignmentState, Verdict

WHY = {"reason": "不是本局职责", "basis": "“三定”规定"}


def went_up(cast: Cast, need_id: int) -> int:
    """The prefecture was asked to take over and has not answered."""
    return go_up(cast, placed(cast, need_id, department_id=cast.department.pk).id).id


def asked_from_below(cast: Cast, need_id: int) -> int:
    """The twin of the same."""
    return twin_of(went_up(cast, need_id)).pk


def asked_of_the_region(cast: Cast, need_id: int) -> int:
    """The twin itself went up to the region."""
    twin = asked_from_below(cast, need_id)
    return go_up(cast, twin, by=cast.prefecture_office).id


def paused(cast: Cast, need_id: int) -> int:
    """Work in hand whose clock stands still for the season."""
    order = bring_part(cast, need_id, AssignmentState.IN_HAND)
    return actions.pause_order(by=cast.county_office, at=NOON, order_id=order.id, reason="season").id


def with_due_day(cast: Cast, need_id: int) -> OrderRow:
    """Accepted, due on 31 December."""
    order = placed(cast, need_id, department_id=cast.department.pk, due_on=date(2019, 12, 31))
    return actions.accept_assignment(by=cast.department_contact, at=NOON, assignment_id=part_of(order).pk, **MUSTS)


def asked_for_longer(cast: Cast, need_id: int) -> int:
    """The department asks for five more working days."""
    part = part_of(with_due_day(cast, need_id))
    return actions.ask_extension(
        by=cast.department_contact, at=NOON, assignment_id=part.pk, reason="大雪封路，牧户出不来", days=5
    ).id


def given_longer(cast: Cast, need_id: int) -> int:
    """The office granted them, and nobody has told the resident."""
    order_id = asked_for_longer(cast, need_id)
    extension = Extension.objects.get(order_id=order_id)
    actions.decide_extension(by=cast.county_office, at=NOON, extension_id=extension.pk, granted=True)
    return order_id


def in_trouble(cast: Cast, need_id: int) -> int:
    """Returned three times."""
    order = placed(cast, need_id, department_id=cast.department.pk)
    for line in ("科技", "水利", ""):
        order = actions.return_assignment(**answer(cast, part_of(order)), **WHY)  # type: ignore[arg-type]
        if line:
            office = {"by": cast.county_office, "at": NOON, "order_id": order.id}
            order = actions.dispatch_order(**office, department_id=bureau(line).pk)  # type: ignore[arg-type]
    return order.id


def dissatisfied(cast: Cast, need_id: int) -> int:
    """Completed, and the follow-up found somebody dissatisfied."""
    order = bring_part(cast, need_id, AssignmentState.COMPLETED)
    return actions.record_verdict(
        at=NOON, order_id=order.id, round=1, verdict=Verdict.DISSATISFIED, tried=0, by=cast.county_office
    ).id


def closing_proposed(cast: Cast, need_id: int) -> int:
    """李芳 proposed to close it as judged."""
    return actions.close_order(
        by=cast.county_office,
        at=NOON,
        order_id=dissatisfied(cast, need_id),
        reason="explained",
        way="judged",
        evidence="12月9日研判：已按标准培训，补发手册",
    ).id


def plan_came_due(cast: Cast, need_id: int) -> int:
    """On the plan of 2019, and the year's look at plans has come by."""
    order = placed(cast, need_id)
    office = {"by": cast.county_office, "order_id": order.id}
    actions.plan_order(**office, at=NOON - timedelta(days=30), year=2019, money="县财政", answerer="李芳")
    assert actions.bring_plans_due(at=datetime(2019, 12, 1, tzinfo=UTC)) == 1
    return order.id
