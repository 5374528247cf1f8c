"""Boards: the orders of a department or an office in columns, the most urgent first; and the counts of a first page."""

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Act
from diancai.ground.place.sight import sight_of
from diancai.stages.order.models import Assignment, Order
from diancai.stages.order.queries.details import WITH_EVERYTHING
from diancai.stages.order.queries.lists import OPEN_STATES, late_on, visible
from diancai.stages.order.rows import BoardCard, BoardColumn, OrderCounts
from diancai.stages.order.wording import PROBLEM_AFTER_RETURNS, assignment_row, order_row
from diancai.words import AssignmentState, OrderState

OFFICE_COLUMNS = (
    OrderState.PLACED,
    OrderState.RETURNED,
    OrderState.DISPATCHED,
    OrderState.ACCEPTED,
    OrderState.IN_HAND,
    OrderState.COMPLETED,
    OrderState.PLANNED,
    OrderState.CLOSED,
)
DEPARTMENT_COLUMNS = (
    OrderState.DISPATCHED,
    OrderState.ACCEPTED,
    OrderState.IN_HAND,
    OrderState.COMPLETED,
    OrderState.RETURNED,
)


def board(
    account: Account, *, programme_id: int, department_id: int | None = None, place_code: str = "", limit: int = 20
) -> tuple[BoardColumn, ...]:
    """Columns by state with true counts and the `limit` most urgent cards (due first, then oldest).

    For a department the columns follow its own part and each card carries it; for an office, the orders' state.
    Raises `NotAllowed` for a place or department out of sight.
    """
    if department_id is None:
        orders = visible(account, place_code).filter(programme_id=programme_id)
        return tuple(_office_column(account, orders, state, limit) for state in OFFICE_COLUMNS)
    parts = _parts(account, programme_id, department_id, place_code)
    return tuple(_department_column(account, parts, state, limit) for state in DEPARTMENT_COLUMNS)


def count_orders(
    account: Account, *, programme_id: int, place_code: str = "", department_id: int | None = None
) -> OrderCounts:
    """What waits for an answer or a dispatch, is late, came back, stands on the plan, or was returned three times."""
    orders = visible(account, place_code, department_id).filter(programme_id=programme_id)
    counted = orders.order_by().aggregate(
        waiting=Count("id", filter=Q(state__in=[OrderState.PLACED, OrderState.DISPATCHED, OrderState.RETURNED])),
        late=Count("id", filter=late_on(timezone.localdate())),
        returned=Count("id", filter=Q(state=OrderState.RETURNED)),
        planned=Count("id", filter=Q(state=OrderState.PLANNED)),
        problem=Count("id", filter=Q(times_returned__gte=PROBLEM_AFTER_RETURNS, state__in=OPEN_STATES)),
    )
    if department_id is not None:
        parts = _parts(account, programme_id, department_id, place_code)
        counted["waiting"] = parts.filter(state=AssignmentState.DISPATCHED).count()
    return OrderCounts(**counted)


def _parts(account: Account, programme_id: int, department_id: int, place_code: str) -> QuerySet[Assignment]:
    """Parts of a department that the account may see; its own people see them all, which needs no look at places."""
    parts = Assignment.objects.filter(department_id=department_id, order__programme_id=programme_id)
    if not place_code and department_id in sight_of(account, Act.SEE_ORDER).department_ids:
        return parts
    return parts.filter(order__in=visible(account, place_code, department_id))


def _office_column(account: Account, orders: QuerySet[Order], state: OrderState, limit: int) -> BoardColumn:
    today = timezone.localdate()
    here = orders.filter(state=state)
    total = here.aggregate(count=Count("id"), late=Count("id", filter=late_on(today)))
    cards = here.order_by(F("due_on").asc(nulls_last=True), "id").prefetch_related("assignments__department")[:limit]
    return BoardColumn(state, total["count"], total["late"], tuple(BoardCard(order_row(o, today), None) for o in cards))


def _department_column(account: Account, parts: QuerySet[Assignment], state: OrderState, limit: int) -> BoardColumn:
    today = timezone.localdate()
    here = parts.filter(state=state.value)
    late = Q(due_on__lt=today, ended_at=None) & ~Q(state=AssignmentState.COMPLETED)
    total = here.aggregate(count=Count("id"), late=Count("id", filter=late))
    found = here.select_related("order", *WITH_EVERYTHING).prefetch_related("order__assignments__department")
    cards = found.order_by(F("due_on").asc(nulls_last=True), "id")[:limit]
    shown = (BoardCard(order_row(p.order, today), assignment_row(account, p.order, p, today)) for p in cards)
    return BoardColumn(state, total["count"], total["late"], tuple(shown))
