"""What every act on a follow-up shares: hold the order first and then the follow-up, and write the one event.

Acts on orders lock in the same way, so that an answer and a redo never wait for each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from diancai.ground.errors import NotFound
from diancai.ground.ledger.actions import record
from diancai.ground.people.models import Account
from diancai.ground.people.queries import check
from diancai.ground.people.who_may import Act
from diancai.stages.feedback.errors import FollowUpOver
from diancai.stages.feedback.models import FollowUp
from diancai.stages.order.actions.holding import lock
from diancai.stages.order.models import Order
from diancai.words import FollowUpState


@contextmanager
def follow_up_in_hand(follow_up_id: int, by: Account) -> Iterator[FollowUp]:
    """The locked follow-up, if the account may follow up there and it is not over.

    Raises `NotFound`, `NotAllowed`, `FollowUpOver`.
    """
    with transaction.atomic():
        order_id = FollowUp.objects.filter(pk=follow_up_id).values_list("order_id", flat=True).first()
        order = lock(order_id)
        if order.hidden_at is not None:
            raise NotFound
        held = hold(follow_up_id, order)
        check(by, Act.FOLLOW_UP, held.scope)
        check_open(held)
        yield held


def hold(follow_up_id: int, order: Order) -> FollowUp:
    """The follow-up of an order that is locked already."""
    held = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up_id)
    held.order = order
    return held


def check_open(follow_up: FollowUp) -> None:
    """Raise `FollowUpOver` when the order is in another round or the follow-up was ended."""
    if follow_up.state == FollowUpState.ENDED or follow_up.round != follow_up.order.round:
        raise FollowUpOver


def tell(
    kind: str,
    follow_up: FollowUp,
    by: Account | None,
    at: datetime,
    details: dict[str, object],
    words: dict[str, object] | None = None,
) -> None:
    """Append the event; its words go with the follow-up or with the order when either is diverted."""
    known = {"order_id": follow_up.order_id, "need_id": follow_up.need_id, "programme_id": follow_up.programme_id}
    record(
        kind,
        subject=("follow_up", follow_up.pk),
        by=by,
        at=at,
        scope=follow_up.scope,
        sub_place=follow_up.sub_place,
        details=known | {"number_of_round": follow_up.round} | details,
        words=words,
        about=[("follow_up", follow_up.pk), ("order", follow_up.order_id)],
    )
