"""What an account may search: each kind within the reach of its own act. For the search page and the interface."""

from collections.abc import Callable

from django.utils import timezone

from diancai.ground.people.queries import Account, list_posts
from diancai.ground.people.who_may import Act, may_somewhere
from diancai.ground.place.queries import list_places
from diancai.ground.place.sight import codes_for
from diancai.ground.search.queries import Reach
from diancai.stages.order.queries.lists import ids_with_own_part
from diancai.words import Level

# The kinds that are searched, and the act that opens each.
SEEN_WITH = {"remark": Act.SEE_REMARK, "need": Act.SEE_NEED, "offer": Act.SEE_LISTS, "order": Act.SEE_ORDER}


def kinds_for(account: Account) -> tuple[str, ...]:
    """The kinds of which the account may see some."""
    posts, today = list_posts(account), timezone.localdate()
    return tuple(kind for kind, act in SEEN_WITH.items() if may_somewhere(posts, act, today))


def reach_of(account: Account, kind: str = "") -> dict[str, Reach]:
    """The reach by kind; of `kind` alone when that is among those the account may see."""
    kinds = kinds_for(account)
    return {each: _REACHES[each](account) for each in ((kind,) if kind in kinds else kinds)}


def _everywhere(account: Account) -> Reach:
    """Offers are open to everyone who may see lists."""
    return Reach(tuple(place.code for place in list_places(Level.PREFECTURE)))


def _orders(account: Account) -> Reach:
    return Reach(codes_for(account, Act.SEE_ORDER), ids_with_own_part(account))


_REACHES: dict[str, Callable[[Account], Reach]] = {
    "remark": lambda account: Reach(codes_for(account, Act.SEE_REMARK)),
    "need": lambda account: Reach(codes_for(account, Act.SEE_NEED)),
    "offer": _everywhere,
    "order": _orders,
}
