"""What an account may see: the places and departments that its posts reach, as codes or as a condition on columns.

Called by the queries of every stage: `codes_for` where each place is asked with its own index, `seen` where one
condition does. A list asked by `seen` for one place is refused when that place is out of sight; a list
asked for none shows all that the account's posts reach.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from diancai.ground.errors import NotAllowed
from diancai.ground.people.models import Account
from diancai.ground.people.queries import list_posts
from diancai.ground.people.who_may import ALLOWED, Act
from diancai.ground.place.codes import at_or_below_any
from diancai.ground.place.queries import get_scope


@dataclass(frozen=True, slots=True)
class Sight:
    """Codes of the places at or below which the account sees records, and the departments whose records it sees."""

    place_codes: frozenset[str]
    department_ids: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.place_codes or self.department_ids)

    def topmost(self, place_code: str = "") -> tuple[str, ...]:
        """The topmost places, narrowed to `place_code` where that is given; empty when none lies there."""
        held = set(self.place_codes)
        if place_code:
            if held & set(get_scope(place_code).codes):
                return (place_code,)
            held = {code for code in held if place_code in get_scope(code).codes}
        return tuple(sorted(code for code in held if not held & set(get_scope(code).codes[:-1])))


def sight_of(account: Account, act: Act) -> Sight:
    """What the account's posts in force reach for the act. Raises `NotAllowed` when that is nothing."""
    sight = _sight(account, act)
    if not sight:
        raise NotAllowed
    return sight


def codes_for(account: Account, act: Act, place_code: str = "") -> tuple[str, ...]:
    """The topmost places in which the account's posts allow the act, narrowed to `place_code` where that is given.

    Empty when nothing is allowed there. Departments' posts reach no place.
    """
    return _sight(account, act).topmost(place_code)


def _sight(account: Account, act: Act) -> Sight:
    day = timezone.localdate()
    posts = [post for post in list_posts(account) if post.role in ALLOWED[act] and post.holds_on(day)]
    return Sight(
        frozenset(post.place_code for post in posts if post.place_code),
        frozenset(post.department_id for post in posts if post.department_id is not None),
    )


def seen(account: Account, act: Act, place_code: str = "", *, prefix: str = "", departments: str = "") -> Q:
    """The condition of a list: what the account sees, narrowed to one place when asked.

    `prefix` leads to the record with the place columns, `departments` to the id of a department that takes part.
    Raises `NotAllowed` when the account sees nothing at all, or nothing of that place.
    """
    sight = sight_of(account, act)
    own = at_or_below_any(sight.place_codes, prefix)
    taken = Q(**{f"{departments}__in": sight.department_ids}) if departments and sight.department_ids else None
    if not place_code:
        return own | taken if taken is not None else own
    asked = at_or_below_any([place_code], prefix)
    if seen_codes(sight, place_code):
        return asked
    if taken is None:
        raise NotAllowed
    return asked & taken


def seen_codes(sight: Sight, place_code: str) -> bool:
    """Whether a post's place covers the place asked for; False when only a department's part may be seen of it.

    Raises `NotAllowed` when neither is so.
    """
    if sight.place_codes & set(get_scope(place_code).codes):
        return True
    if not sight.department_ids:
        raise NotAllowed
    return False
