"""Which places an account's posts reach, as codes; an account with several posts has several. Called by lists."""

from datetime import date

from django.utils import timezone

from diancai.ground.people.models import Account
from diancai.ground.people.queries import list_posts
from diancai.ground.people.who_may import ALLOWED, Act, Scope
from diancai.ground.place.queries import get_scope


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
