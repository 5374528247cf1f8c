"""Reads what a unit hands over; frozen rows. A unit is a department, or an office or station at a place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from diancai.ground.errors import NotAllowed
from diancai.ground.paging import Page
from diancai.ground.people.models import Absence, Account, Post
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act, Scope
from diancai.ground.place.queries import get_department, get_scope, get_station, name_of
from diancai.stages.feedback.queries import list_follow_ups
from diancai.stages.feedback.rows import FollowUpRow
from diancai.stages.order.models import Escalation, Extension, PlanReview
from diancai.stages.order.queries import list_orders
from diancai.stages.order.rows import OrderRow
from diancai.stages.urging.queries import list_urges
from diancai.stages.urging.rows import UrgeRow
from diancai.words import EscalationAnswer, EscalationKind, OrderState, Role

Row = TypeVar("Row")
AT_ONCE = 500
OPEN = tuple(
    state
    for state in OrderState
    if state not in (OrderState.CLOSED, OrderState.WITHDRAWN, OrderState.PLANNED, OrderState.COMPLETED)
)


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An open order with what hangs on it. `went_up`: to whom, with the answer; `asks_longer`: working days asked."""

    row: OrderRow
    went_up: str
    went_up_answer: EscalationAnswer | None
    went_up_kind: EscalationKind | None
    asks_longer: int | None
    longer_reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a post in the unit, and who stands in for him now."""

    name: str
    username: str
    role: Role
    since: date
    until: date | None
    deputy: str
    away_until: date | None


@dataclass(frozen=True, slots=True)
class HandOver:
    """All of it. `completed` wait for the resident or for closing; `planned` for their year."""

    unit: str
    place: str
    programme: str
    made_by: str
    made_at: datetime
    phone: str
    orders: tuple[OpenOrder, ...]
    completed: tuple[OrderRow, ...]
    planned: tuple[OrderRow, ...]
    plan_reviews: frozenset[int]
    urges: tuple[UrgeRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    people: tuple[Person, ...]

    @property
    def problems(self) -> tuple[OrderRow, ...]:
        """Orders that a meeting must decide on."""
        return tuple(each.row for each in self.orders if each.row.is_problem)


def read_hand_over(
    account: Account,
    *,
    programme_id: int,
    programme: str,
    at: datetime,
    place_code: str = "",
    department_id: int | None = None,
) -> HandOver:
    """What the department, or the office or station at the place, hands over. Raises `NotAllowed`, `NotFound`."""
    unit, place, scope = _unit(place_code, department_id)
    check(account, Act.HAND_OVER_WORK, scope)
    asked = {"programme_id": programme_id, "place_code": "" if department_id else place_code}
    held = [row for state in OPEN for row in _orders(account, department_id, asked, state)]
    mine = [row for row in held if department_id is None or department_id in row.held_by_ids]
    planned = _orders(account, department_id, asked, OrderState.PLANNED)
    due = PlanReview.objects.filter(order_id__in=[row.id for row in planned], outcome="")
    station = get_station(place_code) if place_code and department_id is None else None
    return HandOver(
        unit=unit,
        place=place,
        programme=programme,
        made_by=str(account),
        made_at=at,
        phone=station.duty_phone if station else "",
        orders=_with_hangings(sorted(mine, key=lambda row: (row.due_on is None, row.due_on, row.id))),
        completed=tuple(_orders(account, department_id, asked, OrderState.COMPLETED)),
        planned=tuple(planned),
        plan_reviews=frozenset(due.values_list("order_id", flat=True)),
        urges=_urges(account, department_id, asked),
        follow_ups=_follow_ups(account, department_id, asked),
        people=_people(place_code, department_id, timezone.localdate(at)),
    )


def _unit(place_code: str, department_id: int | None) -> tuple[str, str, Scope]:
    if department_id is not None:
        department = get_department(department_id)
        return department.name, name_of(department.place_code), department.scope
    scope = get_scope(place_code)
    return name_of(place_code), name_of(scope.county_code or scope.prefecture_code), scope


def _orders(account: Account, department_id: int | None, asked: dict[str, object], state: OrderState) -> list[OrderRow]:
    def read(after: str) -> Page[OrderRow]:
        return list_orders(
            account,
            department_id=department_id,
            state=state,
            after=after,
            limit=AT_ONCE,
            **asked,  # type: ignore[arg-type]
        )

    return list(_all(read))


def _urges(account: Account, department_id: int | None, asked: dict[str, object]) -> tuple[UrgeRow, ...]:
    def read(after: str) -> Page[UrgeRow]:
        return list_urges(
            account,
            department_id=department_id,
            waiting="open",
            after=after,
            limit=AT_ONCE,
            **asked,  # type: ignore[arg-type]
        )

    return tuple(_all(read))


def _follow_ups(account: Account, department_id: int | None, asked: dict[str, object]) -> tuple[FollowUpRow, ...]:
    """Those that wait; empty for a unit that may not see answers."""

    def read(after: str) -> Page[FollowUpRow]:
        return list_follow_ups(account, department_id=department_id, after=after, limit=AT_ONCE, **asked)  # type: ignore[arg-type]

    try:
        return tuple(_all(read))
    except NotAllowed:
        return ()


def _all(read: Callable[[str], Page[Row]]) -> Iterator[Row]:
    after = ""
    while True:
        page = read(after)
        yield from page.rows
        if not page.next_after:
            return
        after = page.next_after


def _with_hangings(rows: Sequence[OrderRow]) -> tuple[OpenOrder, ...]:
    ids = [row.id for row in rows]
    up = Escalation.objects.filter(lower_id__in=ids, ended_at=None).select_related("upper_department", "upper")
    went_up = {each.lower_id: each for each in up}
    asked = {each.order_id: each for each in Extension.objects.filter(order_id__in=ids, decided_at=None)}
    return tuple(_open(row, went_up.get(row.id), asked.get(row.id)) for row in rows)


def _open(row: OrderRow, up: Escalation | None, longer: Extension | None) -> OpenOrder:
    to = "" if up is None else " ".join(filter(None, (str(up.upper_department or ""), str(up.upper or ""))))
    return OpenOrder(
        row=row,
        went_up=to or ("上级" if up else ""),
        went_up_answer=EscalationAnswer(up.answer) if up and up.answer else None,
        went_up_kind=EscalationKind(up.kind) if up else None,
        asks_longer=longer.days if longer else None,
        longer_reason=longer.reason if longer else "",
    )


def _people(place_code: str, department_id: int | None, today: date) -> tuple[Person, ...]:
    seat = Q(department_id=department_id) if department_id is not None else Q(place_id=place_code)
    in_force = Q(valid_from__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))
    posts = Post.objects.filter(seat, in_force, account__is_active=True).select_related("account")
    away = Absence.objects.filter(
        account__in=[post.account_id for post in posts], first_day__lte=today, last_day__gte=today, ended_at=None
    )
    stands_in = {each.account_id: each for each in away.select_related("deputy")}
    people = [
        Person(str(p.account), p.account.username, Role(p.role), p.valid_from, p.valid_until, "", None)
        for p in posts.order_by("role", "account__username")
    ]
    ids = [post.account_id for post in posts.order_by("role", "account__username")]
    return tuple(
        replace(person, deputy=str(stands_in[pk].deputy), away_until=stands_in[pk].last_day)
        if pk in stands_in
        else person
        for pk, person in zip(ids, people, strict=True)
    )
