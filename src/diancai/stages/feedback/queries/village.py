"""What goes back to a village: its needs and what became of them in a month, in fields that everybody may read."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.ground.place.queries import full_name, get_scope, get_station
from diancai.stages.feedback.models import FollowUp
from diancai.stages.feedback.queries.counts import counts_of
from diancai.stages.feedback.queries.done import done_words, known_of
from diancai.stages.feedback.rules import VillageAnswers, VillageLine, VillageReply, covered, outcome_of
from diancai.stages.order.models import Order
from diancai.words import ClosingReason, OrderState, Route, Solved

MOST_LINES = 200
TOLD = (OrderState.COMPLETED, OrderState.CLOSED, OrderState.PLANNED)


def get_village_reply(
    account: Account, *, programme_id: int, place_code: str, month: str, told_on: date
) -> VillageReply:
    """The reply sheet of a village (or of all villages of a town) for a month `2019-12`.

    Only needs that stand on a list, their own orders, none that was hidden. Raises `NotAllowed`, `NotFound` (place).
    """
    scope = get_scope(place_code)
    check(account, Act.TELL_VILLAGE, scope)
    first, after = _span(month)
    here = Q(village_code=place_code) if scope.village_code else Q(town_code=place_code)
    found = _of_month(programme_id, first, after).filter(here).select_related("need").order_by("placed_at", "id")
    asked = FollowUp.objects.filter(here, programme_id=programme_id, opened_at__gte=first, opened_at__lt=after)
    counts = counts_of(asked.filter(order__hidden_at=None))
    solved = counts.solved
    station = get_station(place_code)
    return VillageReply(
        place=full_name(scope, above=scope.prefecture_code),
        period=f"{first.year}年{first.month}月",
        told_on=told_on,
        lines=tuple(_line(order) for order in found[:MOST_LINES]),
        answers=VillageAnswers(
            counts.asked, counts.reached, solved[Solved.YES], solved[Solved.PARTLY], solved[Solved.NO]
        ),
        call=station.duty_phone if station else "",
    )


def list_villages(
    account: Account, *, programme_id: int, place_code: str, month: str
) -> tuple[tuple[str, str, int], ...]:
    """Villages with something to tell in a month: code, name, how many lines. Raises `NotAllowed`, `NotFound`."""
    scope = get_scope(place_code)
    check(account, Act.TELL_VILLAGE, scope)
    first, after = _span(month)
    columns = ("prefecture_code", "county_code", "town_code", "village_code")
    here = {columns[len(scope.codes) - 1]: place_code}
    found = _of_month(programme_id, first, after).filter(**here).exclude(village_code="")
    counted = _counted(found.values_list("village_code", flat=True))
    above = scope.prefecture_code
    return tuple((code, full_name(get_scope(code), above=above), counted[code]) for code in sorted(counted))


def _of_month(programme_id: int, first: datetime, after: datetime) -> QuerySet[Order]:
    """Orders of which there is something to tell: completed, closed or put on the plan in the month."""
    completed = Q(completed_at__gte=first, completed_at__lt=after)
    closed = Q(closed_at__gte=first, closed_at__lt=after)
    planned = Q(state=OrderState.PLANNED, changed_at__gte=first, changed_at__lt=after)
    found = Order.objects.filter(completed | closed | planned, programme_id=programme_id, state__in=TOLD)
    return found.filter(is_twin=False, hidden_at=None, need__route=Route.LIST, need__is_live=True)


def _line(order: Order) -> VillageLine:
    known = known_of(order.need_id)
    reason = ClosingReason(order.closing_reason) if order.closing_reason else None
    done = done_words(order, order.round)
    told = (order.closing_rule, order.closing_words) if reason not in SERVED else ()
    words = [*done, *(covered(each, known) for each in told if each)]
    lead = order.assignments.filter(is_lead=True).select_related("department").order_by("-id").first()
    at = order.completed_at or order.closed_at or order.changed_at
    return VillageLine(
        content=covered(order.content, known),
        department=lead.department.name if lead else "",
        outcome=outcome_of(OrderState(order.state), reason, round=order.round, plan_year=order.plan_year),
        on=timezone.localdate(at),
        words="；".join(dict.fromkeys(words)),
    )


SERVED = (ClosingReason.SOLVED, ClosingReason.PARTLY_SOLVED)


def _span(month: str) -> tuple[datetime, datetime]:
    """The first instants of the month and of the next."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=32)).replace(day=1)
    zone = timezone.get_default_timezone()
    return (
        datetime(first.year, first.month, 1, tzinfo=zone),
        datetime(after.year, after.month, 1, tzinfo=zone),
    )


def _counted(codes: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for code in codes:
        counted[code] = counted.get(code, 0) + 1
    return counted
