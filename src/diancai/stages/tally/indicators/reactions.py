"""What the indicators answer: acts on orders, on their needs and on what residents said mark the orders' units.

A divert takes the words of exclusions away in its own transaction (docs/decisions/0006).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from diancai.ground.ledger.actions import listen
from diancai.ground.ledger.models import Event
from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.withholding import withhold_words
from diancai.stages.order.models import Order
from diancai.stages.tally.indicators.counting import RULE
from diancai.stages.tally.indicators.reading import ids_of_needs
from diancai.stages.tally.models import Exclusion, Mark
from diancai.stages.tally.rules import CellKey, cell_of, month_of

ABOUT_ORDERS = ("order.", "feedback.")
ABOUT_NEEDS = ("need.merged", "need.parted", "need.undone", "need.changed", "need.split", "need.recounted")
AT_ONCE = 500


def register() -> None:
    """Listen; called once when the tables are known."""
    for prefix in ABOUT_ORDERS:
        listen(prefix, on_order)
    for kind in ABOUT_NEEDS:
        listen(kind, on_need)
    listen("order.hidden", on_hidden)


def on_order(event: Event) -> None:
    """Mark the units of the orders that the event names."""
    mark_orders(named("order", event))


def on_need(event: Event) -> None:
    """Mark the units of the orders of the needs that the event names."""
    mark_orders(ids_of_needs(named("need", event)))


def on_hidden(event: Event) -> None:
    """What was written about a hidden order goes with it."""
    for exclusion in Exclusion.objects.filter(order_id__in=list(named("order", event))):
        withhold_words(exclusion, stays={"indicator"})


def mark_orders(order_ids: Iterable[int]) -> None:
    """Mark the units in which these orders are counted."""
    ids, keys = sorted(set(order_ids)), set()
    columns = ("programme_id", "prefecture_code", "county_code", "placed_at")
    for start in range(0, len(ids), AT_ONCE):
        found = Order.objects.filter(pk__in=ids[start : start + AT_ONCE]).order_by().values_list(*columns)
        for programme_id, prefecture, county, at in found:
            place = cell_of(Scope(prefecture, county))
            keys.add(CellKey(RULE, programme_id, place, month_of(timezone.localdate(at))))
    Mark.objects.bulk_create(
        [Mark(rule=k.rule, programme_id=k.programme_id, place_code=k.place_code, month=k.month) for k in sorted(keys)],
        batch_size=200,
    )


def named(subject: str, event: Event) -> Iterator[int]:
    """Identifiers under the subject and under every detail called `order_id`, `order_ids`, `into_need_id` …"""
    if event.subject_kind == subject and event.subject_id.isdigit():
        yield int(event.subject_id)
    for name, value in event.details.items():
        words = name.split("_")
        if subject in words or f"{subject}s" in words:
            yield from integers(value)


def integers(value: Any) -> Iterator[int]:
    """The whole numbers in a detail."""
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from integers(each)
