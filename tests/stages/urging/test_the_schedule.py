"""The schedule warns before the due day and reminds after it, once each, and only while the county's office is open."""

from cast import Cast
from stages.urging.late import Late, at

from diancai.stages.order import actions as orders
from diancai.stages.urging.actions import remind_due
from diancai.stages.urging.models import Urge
from diancai.words import UrgingCause


def _causes(late: Late) -> list[UrgingCause]:
    return [UrgingCause(each) for each in Urge.objects.filter(part=late.part_id).values_list("cause", flat=True)]


def test_amber_then_red_then_expired_each_once(late: Late) -> None:
    sent = [remind_due(at=at(day, hour)) for day in (10, 11, 12, 13, 16, 17) for hour in (9, 10, 17)]
    assert sum(sent) == 3
    assert sorted(_causes(late)) == ["amber", "expired", "red"]


def test_the_reminder_after_the_due_day_asks_for_an_answer_and_the_warnings_do_not(late: Late) -> None:
    for day in (11, 12, 13, 16):
        remind_due(at=at(day))
    asked = {urge.cause: urge.answer_due_on is not None for urge in Urge.objects.filter(part=late.part_id)}
    assert asked == {"amber": False, "red": False, "expired": True}


def test_nothing_leaves_at_night_at_noon_or_on_a_free_day(late: Late) -> None:
    quiet = [at(13, 8), at(13, 13), at(13, 20), at(14), at(15)]  # early, noon, evening, Saturday, Sunday
    assert [remind_due(at=moment) for moment in quiet] == [0] * 5
    assert remind_due(at=at(13, 15)) == 1


def test_what_stands_still_or_is_done_is_left_alone(cast: Cast, late: Late, pressing: Late) -> None:
    orders.pause_order(by=cast.county_office, at=at(11), order_id=late.order_id, reason="season")
    part = {"by": cast.department_contact, "assignment_id": pressing.part_id}
    orders.start_assignment(at=at(11), **part)
    orders.complete_assignment(at=at(11, 15), words="12月11日抢修，已通电", **part)
    assert remind_due(at=at(16)) == 0


def test_where_the_calendar_does_not_reach_nothing_is_sent(late: Late) -> None:
    far = at(16).replace(year=2099)
    assert remind_due(at=far) == 0


def test_a_longer_time_warns_anew(cast: Cast, late: Late) -> None:
    remind_due(at=at(12))
    part = late.part_id
    orders.ask_extension(by=cast.department_contact, at=at(12), assignment_id=part, reason="讲师生病", days=5)
    extension = orders_extension(late)
    orders.decide_extension(by=cast.county_office, at=at(12, 15), extension_id=extension, granted=True)
    before = len(_causes(late))
    assert remind_due(at=at(16)) == 0
    for day in (18, 19, 20):
        remind_due(at=at(day))
    assert len(_causes(late)) == before + 2


def orders_extension(late: Late) -> int:
    from diancai.stages.order.models import Extension

    return Extension.objects.get(order_id=late.order_id).pk
