"""Whom a notice reaches: accounts by name, or whoever holds a post at a place or in a department; deputies as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from diancai.ground.people.absences import deputies_of
from diancai.ground.people.models import Account
from diancai.words import Role


@dataclass(frozen=True, slots=True)
class Seat:
    """Everybody with this post: of exactly one place, or of one department."""

    role: Role
    place_code: str = ""
    department_id: int | None = None


def account_ids(to: Iterable[Account | Seat], on: date) -> set[int]:
    """The open accounts behind them on a day; whoever is on leave is joined by his deputy.

    A deputised post is a post of the deputy's own while it lasts, so seats know him already.
    """
    people = {each.pk for each in to if isinstance(each, Account)}
    held = _held_by([each for each in to if isinstance(each, Seat)], on)
    return people | deputies_of(people, on) | held


def _held_by(seats: list[Seat], on: date) -> set[int]:
    if not seats:
        return set()
    wanted = Q()
    for seat in seats:
        where = Q(posts__department=seat.department_id) if seat.department_id else Q(posts__place=seat.place_code)
        wanted |= where & Q(posts__role=seat.role)
    in_force = Q(posts__valid_until=None) | Q(posts__valid_until__gte=on)
    found = Account.objects.filter(wanted & in_force, posts__valid_from__lte=on, is_active=True)
    return set(found.values_list("pk", flat=True))
