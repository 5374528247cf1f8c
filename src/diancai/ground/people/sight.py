"""What an account may see of a list: its places and departments, turned into a condition on ancestor columns.

Called by the queries of every stage. A list asked for one place is refused when that place is out of sight; a list
asked for none shows all that the account's posts reach.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account
from diancai.ground.people.queries import list_posts
from diancai.ground.people.who_may import ALLOWED, Act


@dataclass(frozen=True, slots=True)
class Sight:
    """Codes of the places at or below which the account sees records, and the departments whose records it sees."""

    place_codes: frozenset[str]
    department_ids: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.place_codes or self.department_ids)


def sight_of(account: Account, act: Act, on: date | None = None) -> Sight:
    """What the account's posts in force reach for the act. Raises `NotAllowed` when that is nothing."""
    day = on or timezone.localdate()
    posts = [post for post in list_posts(account) if post.role in ALLOWED[act] and post.holds_on(day)]
    sight = Sight(
        frozenset(post.place_code for post in posts if post.place_code),
        frozenset(post.department_id for post in posts if post.department_id is not None),
    )
    if not sight:
        raise NotAllowed
    return sight


def column_of(code: str) -> str:
    """The ancestor column that holds the code of a place of its level."""
    if code[4:6] == "00":
        return "prefecture_code"
    if code[6:9] == "000":
        return "county_code"
    return "town_code" if code[9:] == "000" else "village_code"


def within(codes: Iterable[str], prefix: str = "") -> Q:
    """Records at or below any of the places, by equality; no record when there is no code."""
    allowed = Q(pk__in=())
    for position, code in enumerate(sorted(codes)):
        here = Q(**{f"{prefix}{column_of(code)}": code})
        allowed = allowed | here if position else here
    return allowed
