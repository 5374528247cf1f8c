"""Which places an account's posts reach, as codes and as columns. Called by the lists of every stage.

Lists filter by equality on the column of a code's level (design 5); an account with several posts has several codes.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.people.queries import list_posts
from diancai.ground.people.who_may import ALLOWED, Act, Scope
from diancai.ground.place.queries import get_scope
from diancai.words import Level


def level_of(code: str) -> Level:
    """The level that a 12-digit code tells by its trailing zeros."""
    if code[9:] != "000":
        return Level.VILLAGE
    if code[6:9] != "000":
        return Level.TOWN
    return Level.PREFECTURE if code[4:6] == "00" else Level.COUNTY


def column_of(code: str) -> str:
    """The name of the column that holds a code's level: `county_code`."""
    return f"{level_of(code).value}_code"


def at_or_below(code: str) -> Q:
    """Records at a place or below it."""
    return Q(**{column_of(code): code})


def at_or_below_any(codes: Iterable[str]) -> Q:
    """Records at or below any of the places; of no codes every record, so ask `codes_for` first."""
    allowed = Q()
    for code in codes:
        allowed |= at_or_below(code)
    return allowed


def codes_for(account: Account, act: Act, place_code: str = "", on: date | None = None) -> tuple[str, ...]:
    """The topmost places in which the account's posts allow the act, narrowed to `place_code` where that is given.

    Empty when nothing is allowed there. Departments' posts reach no place.
    """
    day = on or timezone.localdate()
    posts = [p for p in list_posts(account) if p.holds_on(day) and p.role in ALLOWED[act] and p.place_code]
    held = {post.place_code for post in posts}
    if place_code:
        wanted = get_scope(place_code).codes
        if held & set(wanted):
            return (place_code,)
        held = {code for code in held if place_code in get_scope(code).codes}
    return tuple(sorted(code for code in held if not held & set(get_scope(code).codes[:-1])))


def deepest(scope: Scope) -> str:
    """The code of the record's own place."""
    return scope.codes[-1] if scope.codes else ""
