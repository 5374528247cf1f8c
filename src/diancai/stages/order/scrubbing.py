"""Taking the words out of an order whose need was diverted: its own, and those of everything that hangs on it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models

from diancai.ground.ledger.actions import drop_words
from diancai.ground.people.models import Account
from diancai.ground.people.who_may import Scope
from diancai.ground.privacy.withholding import withhold_words
from diancai.ground.search import actions as search
from diancai.stages.order.models import Order

# The number and the unit tell nothing of anybody; the village is covered by who may see the order.
STAYS = {"number", "unit", "sub_place", "strand"}


def withhold_order(order: Order, *, by: Account | None, at: datetime) -> None:
    """Withhold every free text of the order and of its parts, pauses, plans and whatever else names it; unindex it.

    What the need says now, if it stands on another remark, is the caller's to put in `content` afterwards.
    """
    # A sub-place may be the address of a house: nothing stands in its stead, for it is shown as part of the place.
    order.sub_place = ""
    order.save(update_fields=["sub_place"])
    for record in (order, *_hanging_on(order)):
        withhold_words(record, stays=STAYS)
    search.remove("order", [order.pk])
    drop_words([("order", order.pk)], by=by, at=at, scope=Scope(order.prefecture_code, order.county_code))


def _hanging_on(order: Order) -> Iterator[models.Model]:
    """Records of this stage with a key to the order."""
    for relation in Order._meta.related_objects:
        if relation.related_model._meta.app_label == Order._meta.app_label and relation.related_model is not Order:
            yield from relation.related_model._default_manager.filter(**{relation.field.name: order})
