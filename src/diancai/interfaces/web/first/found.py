"""What search hits say: read a kind at a time, and only those that the account's posts reach are told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from diancai.ground.people.who_may import Act
from diancai.ground.search.queries import Hit
from diancai.interfaces.web.desk import Desk
from diancai.stages.need.queries import find_needs
from diancai.stages.order.queries import find_orders
from diancai.stages.remark.queries import find_shown
from diancai.stages.supply.queries import find_offers
from diancai.words import Route


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as a line: its kind in words, what it says, where it is, where it opens."""

    kind: str
    text: str
    place: str
    href: str
    at: datetime


Told = tuple[str, str, str]


def told_hits(desk: Desk, hits: Sequence[Hit]) -> list[Found]:
    """The hits that the account may see, in order."""
    told = {
        kind: READERS[kind](desk, [hit.object_id for hit in hits if hit.kind == kind])
        for kind in {hit.kind for hit in hits} & READERS.keys()
    }
    return [
        Found(*told[hit.kind][hit.object_id], reverse(hit.kind, args=[hit.object_id]), hit.at)
        for hit in hits
        if hit.object_id in told.get(hit.kind, {})
    ]


def _remarks(desk: Desk, ids: Iterable[int]) -> dict[int, Told]:
    return {
        row.id: (_("民情记录"), row.text, row.place_name)
        for row in find_shown(ids).values()
        if desk.may_here(Act.SEE_DIVERTED if row.is_diverted else Act.SEE_REMARK, row.scope)
    }


def _needs(desk: Desk, ids: Iterable[int]) -> dict[int, Told]:
    return {
        row.id: (_("需求"), row.content, row.county_name + row.place_name)
        for row in find_needs(ids).values()
        if desk.may_here(Act.SEE_DIVERTED if row.route == Route.DIVERT else Act.SEE_NEED, row.scope)
    }


def _offers(desk: Desk, ids: Iterable[int]) -> dict[int, Told]:
    """Offers are open to everyone who may see lists."""
    if not desk.may(Act.SEE_LISTS):
        return {}
    return {row.id: (_("服务项目"), row.service, row.department) for row in find_offers(list(ids)).values()}


def _orders(desk: Desk, ids: Iterable[int]) -> dict[int, Told]:
    return {
        row.id: (_("订单"), f"{row.number} {row.content}", row.place) for row in find_orders(desk.account, list(ids))
    }


READERS: dict[str, Callable[[Desk, Iterable[int]], dict[int, Told]]] = {
    "remark": _remarks,
    "need": _needs,
    "offer": _offers,
    "order": _orders,
}
