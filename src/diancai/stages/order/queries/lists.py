"""Lists of orders, by key."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from diancai.ground.paging import Page, after_key, older_than
from diancai.ground.people.models import Account
from diancai.ground.people.queries import can
from diancai.ground.people.who_may import Act
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.place.sight import Sight, seen_codes, sight_of
from diancai.stages.order.actions.holding import WITH_PARTS
from diancai.stages.order.models import RUNNING, Assignment, Extension, Order, PlanReview
from diancai.stages.order.queries.sides import by_presence
from diancai.stages.order.rows import OrderRow
from diancai.stages.order.seats import seat_at_board
from diancai.stages.order.wording import order_row

PROBLEM = Q(problem_since__isnull=False)
PAUSED = Q(paused_at__isnull=False)
ASKS_LONGER = Q(pk__in=Extension.objects.filter(decided_at=None).values("order_id"))
PLAN_DUE = Q(pk__in=PlanReview.objects.filter(outcome="").values("order_id"))


def list_orders(
    account: Account,
    *,
    programme_id: int,
    place_code: str = "",
    department_id: int | None = None,
    state: str = "",
    strand: str = "",
    late: bool = False,
    problem: bool = False,
    paused: bool = False,
    plan_due: bool = False,
    asks_longer: bool = False,
    presence: str = "",
    after: str = "",
    limit: int = 50,
) -> Page[OrderRow]:
    """Orders in the account's sight, the newest first. `department_id`: those that it has or had a part of.

    `late`: the clock runs and is over; `problem`: a meeting must decide; `plan_due`: the year of
    its plan has come; `asks_longer`: an extension waits for its answer; `presence`: "free" nobody of the account's side
    is on it, "mine", "others". Raises `NotAllowed`, also for a place or department out of sight.
    """
    found = visible(account, place_code, department_id).filter(programme_id=programme_id)
    wanted = {"state": state, "strand": strand}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    flags = (late, problem, paused, plan_due, asks_longer)
    marks = (late_at(timezone.now()), PROBLEM, PAUSED, PLAN_DUE, ASKS_LONGER)
    for mark in (mark for is_asked, mark in zip(flags, marks, strict=True) if is_asked):
        found = found.filter(mark)
    if presence:
        seat = seat_at_board(account, department_id, timezone.localdate())
        found = found.filter(by_presence(account, presence, seat, timezone.now()))
    found = found.filter(older_than(after, "placed_at")).order_by("-placed_at", "-id")
    page = list(found.prefetch_related(WITH_PARTS)[: limit + 1])
    more = after_key(page[limit - 1].placed_at, page[limit - 1].pk) if len(page) > limit else None
    now = timezone.now()
    return Page(tuple(order_row(order, now) for order in page[:limit]), more)


def list_orders_of_need(account: Account, need_id: int) -> tuple[OrderRow, ...]:
    """All orders of one need that the account may see: its own first, then those that went up; the newest first."""
    now = timezone.now()
    found = Order.objects.filter(need_id=need_id, hidden_at=None).order_by("is_twin", "-placed_at", "-id")
    rows = [order_row(order, now) for order in found.prefetch_related(WITH_PARTS)]
    return tuple(row for row in rows if can(account, Act.SEE_ORDER, row.scope))


def find_orders(account: Account, order_ids: Iterable[int]) -> tuple[OrderRow, ...]:
    """The orders among these that the account may see: what a search has found."""
    now = timezone.now()
    rows = [order_row(order, now) for order in _found(order_ids)]
    return tuple(row for row in rows if can(account, Act.SEE_ORDER, row.scope))


def _found(order_ids: Iterable[int]) -> QuerySet[Order]:
    return Order.objects.filter(pk__in=order_ids, hidden_at=None).prefetch_related(WITH_PARTS)


def ids_with_own_part(account: Account) -> Any:
    """Identifiers of the orders in which a department of the account has or had a part, as a subquery for search."""
    sight = sight_of(account, Act.SEE_ORDER)
    return Assignment.objects.filter(department_id__in=sight.department_ids).order_by().values("order_id")


def late_at(now: datetime) -> Q:
    """Orders whose clock runs and is over at `now`."""
    return RUNNING & Q(due_at__lt=now)


def visible(account: Account, place_code: str = "", department_id: int | None = None) -> QuerySet[Order]:
    """Orders in the account's sight: of its places, or with a part of its departments; narrowed when asked.

    Those hidden by a divert are in nobody's list: who handles the report has its own page.
    """
    sight = sight_of(account, Act.SEE_ORDER)
    allowed = _own(sight) if not place_code else _of_place(sight, place_code)
    found = Order.objects.filter(allowed, hidden_at=None)
    return found.filter(with_part_of({department_id})) if department_id else found


def with_part_of(department_ids: frozenset[int] | set[int]) -> Q:
    """Orders of which any of the departments has or had a part."""
    return Q(pk__in=Assignment.objects.filter(department_id__in=department_ids).order_by().values("order_id"))


def _own(sight: Sight) -> Q:
    if not sight.department_ids:
        return at_or_below_any(sight.place_codes)
    taken = with_part_of(sight.department_ids)
    return at_or_below_any(sight.place_codes) | taken if sight.place_codes else taken


def _of_place(sight: Sight, place_code: str) -> Q:
    if seen_codes(sight, place_code):
        return at_or_below_any([place_code])
    return at_or_below_any([place_code]) & with_part_of(sight.department_ids)
